"""Adding a feed: by its own address, or by that of a site whose feeds are found and offered."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit

from bot.alerts.cards import moment
from bot.alerts.lists import list_card
from bot.alerts.phrases import say_language
from bot.commands.answers import Context, Reply
from bot.commands.feeds import feeds_right, unwrap
from bot.commands.registry import Named, command
from bot.domain.cards import Button, Call, Card, Line, Span, line
from bot.domain.errors import InputError
from bot.domain.feed_lists import MAX_TITLE, MAX_URL, read_tags
from bot.domain.feeds import Feed
from bot.domain.finds import Discovery, FoundFeed
from bot.domain.records import Reading
from bot.domain.text import clean, shorten
from bot.domain.troubles import Trouble, remedy
from bot.domain.urls import is_web_url, shown_host, shown_url
from bot.domain.views import FeedLine

SLACK = timedelta(seconds=2)
"""What the fetcher may need beyond its own limits before it is given up."""
MOST_OFFERED = 8
_SCHEME = re.compile(r"\bhttps?://", re.IGNORECASE)
_TELLING = {
    Trouble.GUARD,
    Trouble.NO_HOST,
    Trouble.TLS,
    Trouble.LOGIN,
    Trouble.CHALLENGE,
    Trouble.REFUSED,
}
_PASSING = {
    Trouble.SERVER,
    Trouble.TOO_SLOW,
    Trouble.TOO_OFTEN,
    Trouble.UNREACHABLE,
    Trouble.CUT,
    Trouble.DNS,
}
_OTHERWISE = (
    "Open the address in a browser: it must lead to an RSS, Atom or JSON feed, or to a page that links one; then add "
    "it again."
)


@command("feed add", right=feeds_right)
async def add_feed(
    ctx: Context,
    url: Annotated[str, "The address of a feed, or of a site whose feeds are then found"],
    name: Annotated[str, "What to call it; left out: what it calls itself"] = "",
    tags: Annotated[tuple[str, ...], "Words to find it by in the list, with commas", Named()] = (),
) -> Reply:
    """Read a feed for this workspace."""
    address = read_address(url)
    there = await ctx.store.find_feed(ctx.viewer, address)
    if there is not None:
        return Reply(card=await _tag_again(ctx, there, address, read_tags(tags)))
    found = await _discover(ctx, address, has_scheme=_SCHEME.search(url) is not None)
    if len(found.feeds) > 1:
        return Reply(card=_choice(found, address, name, tags))
    feed = found.feeds[0]
    if feed.url != address and (there := await ctx.store.find_feed(ctx.viewer, feed.url)) is not None:
        return Reply(card=await _tag_again(ctx, there, feed.url, read_tags(tags)))
    return Reply(card=await _add(ctx, feed, address, name=name, tags=read_tags(tags)))


async def _add(ctx: Context, found: FoundFeed, typed: str, *, name: str, tags: tuple[str, ...]) -> Card:
    feed = await ctx.store.add_feed(
        url=found.url,
        title=shorten(clean(name) or clean(found.title) or shown_host(found.url), MAX_TITLE),
        language=found.reading.language,
        interval=max(ctx.settings.fetch.default_interval, ctx.settings.fetch.min_interval),
        workspace=ctx.viewer,
        actor=ctx.asker.actor.id,
        now=ctx.now,
        tags=tags,
        most=ctx.settings.feeds.per_workspace,
    )
    ctx.bells.poll.ring()
    return _added(feed, found.reading, found.url if found.url != typed else "", tags)


async def _tag_again(ctx: Context, there: FeedLine, address: str, tags: tuple[str, ...]) -> Card:
    """Tell that a feed is there; tags that were given become those of a feed of the workspace's own."""
    uses = await ctx.store.list_feed_uses(ctx.viewer)
    use = next((use for use in uses if use.feed_id == there.id and use.is_own), None)
    if not tags or use is None:
        return _already(there)
    await ctx.store.add_feed(
        url=use.url,
        title=there.title,
        language=there.language,
        interval=max(ctx.settings.fetch.default_interval, ctx.settings.fetch.min_interval),
        workspace=ctx.viewer,
        actor=ctx.asker.actor.id,
        now=ctx.now,
        tags=tags,
    )
    title = there.title or there.host
    return list_card(f"{title} is read here already", [line(f"Its tags are now: {', '.join(tags)}.")])


def read_address(typed: str) -> str:
    """Read an address as people paste it, a missing https:// mended; raises InputError saying what is wrong with it."""
    address = unwrap(typed)
    if address.casefold().startswith("feed:"):
        rest = address[len("feed:") :]
        address = rest if is_web_url(rest) else f"https://{rest.lstrip('/')}"
    elif "://" not in address and "." in address.split("/", 1)[0]:
        address = f"https://{address}"
    if len(address) > MAX_URL:
        raise InputError(f"That address has {len(address)} characters; at most {MAX_URL} are taken.", field="url")
    if any(char.isspace() for char in address) or not is_web_url(address):
        raise InputError(
            "An address looks like https://example.org/feed, or like example.org for a site whose feeds are to be "
            "found: it begins with https:// or http://, or has a host with a dot.",
            field="url",
        )
    parts = urlsplit(address)
    if parts.username is not None or parts.password is not None:
        raise InputError(
            "That address holds a name or password, and what is added here is kept in the database, which never holds "
            "any. Ask the operator to declare this feed in the feeds file.",
            field="url",
        )
    return parts._replace(scheme=parts.scheme.lower(), fragment="").geturl()


async def _discover(ctx: Context, address: str, *, has_scheme: bool) -> Discovery:
    """Find feeds; where no scheme was typed and https leads nowhere, http is tried too. Raises InputError for none."""
    found = await _look(ctx, address)
    if found.problem and not has_scheme:
        other = await _look(ctx, f"http:{address.removeprefix('https:')}")
        found = found if other.problem else other
    if found.problem:
        raise InputError(_unreadable(address, clean(found.problem), found.trouble))
    return found


async def _look(ctx: Context, address: str) -> Discovery:
    limits = ctx.settings.fetch
    # One fetch for the page, one for all its candidates, and the page's reading.
    longest = 2 * limits.timeout + limits.parse_timeout + SLACK
    try:
        async with asyncio.timeout(longest.total_seconds()):
            return await ctx.fetcher.discover(address)
    except TimeoutError:
        raise InputError(_unreadable(address, f"no answer within {longest.total_seconds():g} seconds")) from None


def _unreadable(address: str, reason: str, trouble: Trouble | None = None) -> str:
    advice = _OTHERWISE
    if trouble in _PASSING:
        advice = "Add it again later."
    elif trouble in _TELLING:
        advice = remedy(trouble)
    return f"{shown_url(address)} could not be read: {reason.rstrip('.')}. Nothing was saved. {advice}"


def _already(feed: FeedLine) -> Card:
    title = feed.title or feed.host
    whose = "it stands in the operator's feeds file" if feed.is_declared else "somebody added it before"
    told = line(f"Nothing was changed: {whose}. Its number is #{feed.id}.")
    return list_card(f"{title} is read here already", [told])


def _choice(found: Discovery, address: str, name: str, tags: tuple[str, ...]) -> Card:
    """Offer the feeds of a site: a line and a button each. Nothing is saved until one is chosen."""
    given = tuple((key, text) for key, text in (("name", clean(name)), ("tags", ", ".join(tags))) if text)
    rows: list[Line] = [line("Nothing was added yet; choose one, or several after each other:")]
    buttons: list[Button] = []
    for number, feed in enumerate(found.feeds[:MOST_OFFERED], 1):
        title = shorten(clean(feed.title) or shown_host(feed.url), 60)
        command_line = f"/news feed add {feed.url}"
        held = _what_it_holds(feed.reading)
        rows.append(line(Span(text=f"{number}. {title}", is_bold=True), " · ", *held, f" · {command_line}"))
        call = Call(command="feed add", arguments=(("url", feed.url), *given))
        buttons.append(Button(label=f"Add {number}: {shorten(title, 30)}", call=call))
    more = len(found.feeds) - len(buttons) + found.left_out
    if more:
        rows.append(line(f"It links {more} more; to add one of them, give that one's own address."))
    return list_card(f"{shown_host(address)} has {len(found.feeds) + found.left_out} feeds", rows, buttons=buttons)


def _added(feed: Feed, reading: Reading, found_at: str, tags: tuple[str, ...]) -> Card:
    every = int(feed.interval.total_seconds() // 60)
    lines: list[Line] = [
        line(*_what_it_holds(reading), f"; it is read every {every} minutes at first, then at its own rhythm."),
        line("What is in it now stays silent; what comes from now on is matched to your topics."),
        line("To stop: ", Span(text=f"/news feed remove {feed.id}", is_bold=True)),
    ]
    if found_at:
        lines.insert(0, line(f"It was found at {shown_url(found_at)}."))
    if tags:
        lines.append(line(f"Tags: {', '.join(tags)}"))
    undo = Button(label="Undo", call=Call(command="feed remove", arguments=(("feed", str(feed.id)),)))
    return list_card(f"Added the feed {feed.title}", lines, buttons=(undo,))


def _what_it_holds(reading: Reading) -> tuple[str | Span, ...]:
    count = len(reading.entries)
    held = "It is empty now" if not count else f"It holds {count} entr{'y' if count == 1 else 'ies'}"
    language = f" in {say_language(reading.language)}" if reading.language and count else ""
    newest = max((e.published_at for e in reading.entries if e.published_at is not None), default=None)
    dated = (", the newest of ", moment(newest)) if newest is not None else ()
    return (f"{held}{language}", *dated)
