"""Feeds: what is read, how it goes, and a workspace's own ones."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit

from bot.alerts.cards import moment
from bot.alerts.feed_health import health_card
from bot.alerts.lists import list_card
from bot.alerts.phrases import say_language
from bot.commands.answers import Context, Reply, Right
from bot.commands.kinds import FeedName, find_feed
from bot.commands.registry import command
from bot.domain.cards import Button, Call, Card, Line, Span, line
from bot.domain.errors import InputError
from bot.domain.models import Feed, Outcome
from bot.domain.records import FeedRequest, Reading
from bot.domain.text import clean, shorten
from bot.domain.urls import is_web_url, shown_host, shown_url
from bot.domain.views import FeedLine

MAX_URL = 2_000
MAX_TITLE = 120
SLACK = timedelta(seconds=2)
"""What the fetcher may need beyond its own limits before it is given up."""


@command("feed list")
async def list_feeds(ctx: Context) -> Reply:
    """Show the feeds that are read here, and how that goes."""
    feeds = await ctx.store.list_feeds(ctx.viewer)
    if not feeds:
        how = line("To add one: ", Span(text="/news feed add URL", is_bold=True))
        return Reply(card=list_card("No feed is read here yet", [how]))
    return Reply(card=health_card(feeds))


@command("feed add", right=Right.MANAGE_WORKSPACE)
async def add_feed(
    ctx: Context,
    url: Annotated[str, "The feed's address, beginning with https:// or http://"],
    name: Annotated[str, "What to call it; left out: what it calls itself"] = "",
) -> Reply:
    """Read a feed for this workspace."""
    address = read_address(url)
    there = await ctx.store.find_feed(ctx.viewer, address)
    if there is not None:
        return Reply(card=_already(there))
    reading = await _fetch(ctx, address)
    feed = await ctx.store.add_feed(
        url=address,
        title=shorten(clean(name) or clean(reading.title) or shown_host(address), MAX_TITLE),
        language=reading.language,
        interval=max(ctx.settings.fetch.default_interval, ctx.settings.fetch.min_interval),
        workspace=ctx.viewer,
        now=ctx.now,
    )
    ctx.bells.poll.ring()
    return Reply(card=_added(feed, reading))


@command("feed remove", right=Right.MANAGE_WORKSPACE)
async def remove_feed(ctx: Context, feed: Annotated[FeedName, "Its number, address or name"]) -> Reply:
    """Stop reading a feed for this workspace."""
    found = await find_feed(ctx, _unwrap(feed))
    title = found.title or found.host
    if found.is_declared:
        raise InputError(
            f"{title} stands in the operator's feeds file (feeds.files), which everyone here shares, so it cannot be "
            "removed here. Ask the operator to take it out of that file."
        )
    if not await ctx.store.delete_feed_use(ctx.viewer, found.id):
        raise InputError(f"{title} is not read for this workspace any more; nothing was changed.")
    lines = [line("It is no longer read for this workspace; the articles that it brought are no longer shown here.")]
    return Reply(card=list_card(f"Removed the feed {title}", lines))


def read_address(typed: str) -> str:
    """Read a feed's address as people paste it; raises InputError saying what is wrong with it."""
    address = _unwrap(typed)
    if address.casefold().startswith("feed:"):
        rest = address[len("feed:") :]
        address = rest if is_web_url(rest) else f"https:{rest}"
    if len(address) > MAX_URL:
        raise InputError(f"That address has {len(address)} characters; at most {MAX_URL} are taken.", field="url")
    if any(char.isspace() for char in address) or not is_web_url(address):
        guess = f"https://{address}"
        is_near = "://" not in address and "." in address and " " not in address and is_web_url(guess)
        meant = f" Did you mean {guess}?" if is_near else ""
        raise InputError(f"A feed's address begins with https:// or http:// and has a host.{meant}", field="url")
    parts = urlsplit(address)
    if parts.username is not None or parts.password is not None:
        raise InputError(
            "That address holds a name or password, and what is added here is kept in the database, which never holds "
            "any. Ask the operator to declare this feed in the feeds file.",
            field="url",
        )
    return parts._replace(scheme=parts.scheme.lower(), fragment="").geturl()


def _unwrap(typed: str) -> str:
    """Take off what chats put around an address: <https://…|label>."""
    text = typed.strip()
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1].split("|", 1)[0].strip()
    return text


async def _fetch(ctx: Context, address: str) -> Reading:
    """Fetch a feed once; raises InputError with the reason where it cannot be read: nothing is saved then."""
    limits = ctx.settings.fetch
    longest = limits.timeout + limits.parse_timeout + SLACK
    try:
        async with asyncio.timeout(longest.total_seconds()):
            reading = await ctx.fetcher.read(FeedRequest(url=address))
    except TimeoutError:
        raise InputError(_unreadable(address, f"no answer within {longest.total_seconds():g} seconds")) from None
    if reading.outcome is Outcome.FAILED:
        raise InputError(_unreadable(address, clean(reading.reason)))
    return reading


def _unreadable(address: str, reason: str) -> str:
    return (
        f"{shown_url(address)} could not be read: {reason.rstrip('.')}. Nothing was saved. Open the address in a "
        "browser: it must lead to an RSS, Atom or JSON feed, not to a page; then add it again."
    )


def _already(feed: FeedLine) -> Card:
    title = feed.title or feed.host
    whose = "it stands in the operator's feeds file" if feed.is_declared else "somebody added it before"
    told = line(f"Nothing was changed: {whose}. Its number is #{feed.id}.")
    return list_card(f"{title} is read here already", [told])


def _added(feed: Feed, reading: Reading) -> Card:
    lines: list[Line] = [
        _what_it_is(feed, reading),
        line("What is in it now stays silent; what comes from now on is matched to your topics."),
        line("To stop: ", Span(text=f"/news feed remove {feed.id}", is_bold=True)),
    ]
    undo = Button(label="Undo", call=Call(command="feed remove", arguments=(("feed", str(feed.id)),)))
    return list_card(f"Added the feed {feed.title}", lines, buttons=(undo,))


def _what_it_is(feed: Feed, reading: Reading) -> Line:
    count = len(reading.entries)
    held = "It is empty now" if not count else f"It holds {count} entr{'y' if count == 1 else 'ies'}"
    language = f" in {say_language(reading.language)}" if reading.language and count else ""
    newest = max((e.published_at for e in reading.entries if e.published_at is not None), default=None)
    dated = (", the newest of ", moment(newest)) if newest is not None else ()
    every = int(feed.interval.total_seconds() // 60)
    return line(f"{held}{language}", *dated, f"; it is read every {every} minutes.")
