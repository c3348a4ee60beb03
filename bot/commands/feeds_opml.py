"""Feeds from and to other readers: lists of them imported and exported as OPML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from bot.alerts.lists import list_card
from bot.commands.answers import Context, Reply, TextFile
from bot.commands.feeds import FeedTag, feeds_right, unwrap
from bot.commands.registry import Named, QueryText, command
from bot.domain.cards import Button, Call, Card, Line, line
from bot.domain.errors import InputError
from bot.domain.feed_lists import FeedList, FeedUse, Imported, ListedFeed, may_leave, read_tags, tag_key
from bot.domain.text import clean, shorten
from bot.domain.urls import is_web_url, shown_host, shown_url
from bot.feeds.guard import Guard
from bot.feeds.opml import is_opml, read_addresses, write_opml

FILE_NAME = "feeds.opml"
MOST_NAMED = 8
MAX_NAME = 80


@command("feed import", right=feeds_right, opens_form=True)
async def import_feeds(
    ctx: Context,
    source: Annotated[QueryText, "The address of an OPML file, or its text, or addresses of feeds"],
    tags: Annotated[tuple[str, ...], "Words to find all of them by, with commas", Named()] = (),
) -> Reply:
    """Read the feeds of a list.

    Folders become tags. A file that lies nowhere yet can be put into a chat and its link copied.
    """
    listed = await _read_source(ctx, unwrap(source))
    every = read_tags(tags)
    wanted = [ListedFeed(url=f.url, title=f.title, tags=read_tags((*every, *f.tags))) for f in listed.feeds]
    most = ctx.settings.feeds.per_workspace
    imported = await ctx.store.import_feeds(
        wanted,
        interval=max(ctx.settings.fetch.default_interval, ctx.settings.fetch.min_interval),
        workspace=ctx.viewer,
        actor=ctx.asker.actor.id,
        now=ctx.now,
        most=most,
    )
    if imported.added:
        ctx.bells.poll.ring()
    return Reply(card=_imported_card(listed, imported, most))


@command("feed export", right=feeds_right)
async def export_feeds(
    ctx: Context, tag: Annotated[FeedTag | None, "Only feeds with this tag; left out: all"] = None
) -> Reply:
    """Give the feeds that are read here as OPML, for another reader."""
    uses = await ctx.store.list_feed_uses(ctx.viewer)
    if tag:
        uses = [use for use in uses if tag_key(tag) in map(tag_key, use.tags)]
    if not uses:
        raise InputError(f"No feed here has the tag “{shorten(tag, 60)}”." if tag else "No feed is read here yet.")
    leaving = [use for use in uses if may_leave(use.url)]
    kept = [use for use in uses if not may_leave(use.url)]
    file = None
    if leaving:
        text = write_opml(list(map(as_listed, leaving)), title="Feeds of Topicwire", now=ctx.now)
        file = TextFile(name=FILE_NAME, content=text)
    return Reply(card=_exported_card(leaving, kept), file=file)


def as_listed(use: FeedUse) -> ListedFeed:
    """Return a feed that is used as a list holds it."""
    return ListedFeed(url=use.url, title=use.title or shown_host(use.url), tags=use.tags)


async def _read_source(ctx: Context, source: str) -> FeedList:
    """Read a list from an address, OPML text or addresses; raises InputError saying what is wrong with it."""
    guard = Guard.of(ctx.settings.fetch.allow)
    is_address = is_web_url(source) and " " not in source
    try:
        if is_address:
            return await _fetch_list(ctx, source)
        if is_opml(source):
            return await ctx.fetcher.read_list(source.encode())
        return read_addresses(source, guard)
    except InputError as error:
        what = f"{shown_url(source)}: " if is_address else ""
        raise InputError(f"{what}{error.message} Nothing was changed.", field="source") from None


async def _fetch_list(ctx: Context, address: str) -> FeedList:
    page = await ctx.fetcher.fetch_page(address)
    if page.problem:
        raise InputError(f"it could not be read: {clean(page.problem).rstrip('.')}.")
    return await ctx.fetcher.read_list(page.body, page.content_type)


def _imported_card(listed: FeedList, imported: Imported, most: int) -> Card:
    rows: list[Line] = []
    if imported.added:
        rows.append(line(f"New here: {_name_feeds(imported.added)}"))
        rows.append(
            line("They are read from now on; what is in them now stays silent. /news feed list shows how far that is.")
        )
    if imported.known:
        rows.append(line(f"{len(imported.known)} of the list are read here already."))
    if listed.folded:
        rows.append(line(f"{listed.folded} stood in the list more than once."))
    if imported.left_out:
        rows.append(
            line(
                f"{len(imported.left_out)} were left out: at most {most} feeds are allowed in a workspace "
                f"(feeds.per_workspace). Remove some, or ask the operator: {_name_feeds(imported.left_out)}"
            )
        )
    rows += [
        line(f"Refused: {shorten(refused.name, MAX_NAME)}: {refused.reason}") for refused in listed.refused[:MOST_NAMED]
    ]
    if len(listed.refused) > MOST_NAMED:
        rows.append(line(f"and {len(listed.refused) - MOST_NAMED} more were refused"))
    count = len(imported.added)
    title = f"Imported {count} feed{'' if count == 1 else 's'}"
    look = Button(label="How far is it?", call=Call(command="feed list"))
    return list_card(title, rows, buttons=(look,) if imported.added else ())


def _exported_card(leaving: Sequence[FeedUse], kept: Sequence[FeedUse]) -> Card:
    rows: list[Line] = []
    declared = sum(not use.is_own for use in leaving)
    if declared:
        rows.append(line(f"{declared} of them are everyone's here: the operator declared them."))
    if kept:
        names = ", ".join(shorten(use.title or shown_host(use.url), MAX_NAME) for use in kept[:MOST_NAMED])
        more = f" and {len(kept) - MOST_NAMED} more" if len(kept) > MOST_NAMED else ""
        rows.append(
            line(
                f"Left out, because what stands in the address after the ? may be a secret: {names}{more}. "
                "Copy their addresses from where you found them."
            )
        )
    title = f"{len(leaving)} feed{'' if len(leaving) == 1 else 's'} as OPML"
    return list_card(title, rows or [line("Any feed reader can import it; tags are folders.")])


def _name_feeds(feeds: Sequence[ListedFeed]) -> str:
    names = [shorten(feed.title or shown_host(feed.url), MAX_NAME) for feed in feeds[:MOST_NAMED]]
    return ", ".join(names) + (f" and {len(feeds) - MOST_NAMED} more" if len(feeds) > MOST_NAMED else "")
