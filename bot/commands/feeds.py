"""Feeds: what is read and how it goes, and how a workspace ends the use of one of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, NewType

from bot.alerts.feed_health import health_card, is_failing
from bot.alerts.lists import list_card
from bot.commands.answers import Choice, Context, Reply, Right
from bot.commands.kinds import FeedName, find_feed, name_nearest
from bot.commands.registry import Between, command, suggests
from bot.domain.cards import Button, Call, Card, Line, Span, line
from bot.domain.errors import InputError
from bot.domain.feed_lists import tag_key
from bot.domain.models import FeedId
from bot.domain.settings import Settings
from bot.domain.text import shorten
from bot.domain.urls import is_web_url
from bot.domain.views import FeedLine

FeedTag = NewType("FeedTag", str)
PAGE = 20
"""How many feeds one answer shows: what the smallest platform has room for."""
MOST_TAGS_NAMED = 12

Tags = Mapping[FeedId, tuple[str, ...]]


def feeds_right(settings: Settings) -> Right | None:
    """Return the right that changing a workspace's feeds needs (feeds.managed_by)."""
    rights = {"workspace": Right.MANAGE_WORKSPACE, "channel": Right.MANAGE_CHANNEL}
    return rights.get(settings.feeds.managed_by)


@suggests(FeedTag)
async def suggest_tags(ctx: Context, typed: str) -> Sequence[Choice]:
    """Complete a tag of the workspace's feeds."""
    wanted = tag_key(typed)
    names = _tag_names(await ctx.store.list_feed_tags(ctx.viewer))
    return [Choice(label=name, value=name) for key, name in names.items() if wanted in key]


@command("feed list")
async def list_feeds(
    ctx: Context,
    tag: Annotated[FeedTag | None, "Only feeds with this tag"] = None,
    page: Annotated[int, "Which page of a long list", Between(1, 999)] = 1,
) -> Reply:
    """Show the feeds that are read here, and how that goes."""
    feeds = await ctx.store.list_feeds(ctx.viewer)
    if not feeds:
        how = line("To add one: ", Span(text="/news feed add ADDRESS", is_bold=True))
        return Reply(card=list_card("No feed is read here yet", [how]))
    tags = await ctx.store.list_feed_tags(ctx.viewer)
    if tag:
        feeds = _tagged(feeds, tags, tag)
    pages = -(-len(feeds) // PAGE)
    if page > pages:
        raise InputError(
            f"There is no page {page}: the list has {pages} page{'' if pages == 1 else 's'}.", field="page"
        )
    return Reply(card=_page_card(feeds, tags, tag or "", page))


@command("feed remove", right=feeds_right)
async def remove_feed(ctx: Context, feed: Annotated[FeedName, "Its number, address or name"]) -> Reply:
    """Stop reading a feed for this workspace."""
    found = await find_feed(ctx, unwrap(feed))
    title = found.title or found.host
    if found.is_declared:
        raise InputError(
            f"{title} stands in the operator's feeds file (feeds.files), which everyone here shares, so it cannot be "
            "removed here. Ask the operator to take it out of that file."
        )
    actor = ctx.asker.actor.id
    if not await ctx.store.delete_feed_use(ctx.viewer, found.id, actor=actor, now=ctx.now):
        raise InputError(
            f"{title} was imported by the operator for everyone here, so it cannot be removed here. Ask the operator."
        )
    lines = [line("It is no longer read for this workspace; the articles that it brought are no longer shown here.")]
    return Reply(card=list_card(f"Removed the feed {title}", lines))


def unwrap(typed: str) -> str:
    """Take off what chats put around an address: <https://…|label>."""
    text = typed.strip()
    is_wrapped = text.startswith("<") and text.endswith(">") and is_web_url(text[1:-1])
    return text[1:-1].split("|", 1)[0].strip() if is_wrapped else text


def _tagged(feeds: Sequence[FeedLine], tags: Tags, tag: str) -> list[FeedLine]:
    """Keep the feeds with a tag; raises InputError naming the tags that there are."""
    wanted = tag_key(tag)
    found = [feed for feed in feeds if wanted in map(tag_key, tags.get(feed.id, ()))]
    if found:
        return found
    names = _tag_names(tags)
    told = name_nearest(wanted, names) or _name_tags(list(names.values()))
    raise InputError(f"No feed here has the tag “{shorten(tag, 60)}”.{told}", field="tag")


def _tag_names(tags: Tags) -> dict[str, str]:
    """Return each tag once, in order, by the form that is compared."""
    found = {tag_key(name): name for names in tags.values() for name in names}
    return dict(sorted(found.items()))


def _name_tags(names: Sequence[str]) -> str:
    if not names:
        return " None has one yet: /news feed add ADDRESS --tags NAME gives one, and so do the folders of an import."
    more = f" and {len(names) - MOST_TAGS_NAMED} more" if len(names) > MOST_TAGS_NAMED else ""
    return f" There are: {', '.join(names[:MOST_TAGS_NAMED])}{more}."


def _page_card(feeds: Sequence[FeedLine], tags: Tags, tag: str, page: int) -> Card:
    """Show a page of the feeds, those in trouble on the first."""
    ranked = sorted(feeds, key=lambda feed: (not is_failing(feed), feed.title.casefold(), feed.id))
    shown = ranked[(page - 1) * PAGE : page * PAGE]
    card = health_card(shown)
    rows = [row for section in card.sections for row in section.lines]
    rows = [_with_tags(row, tags.get(feed.id, ())) for row, feed in zip(rows, shown, strict=True)]
    pages = -(-len(ranked) // PAGE)
    where = f"page {page} of {pages}" if pages > 1 else ""
    return list_card(_title(feeds, tag), rows, where, buttons=_turns(tag, page, pages))


def _title(feeds: Sequence[FeedLine], tag: str) -> str:
    parts = [f"{len(feeds)} feed{'' if len(feeds) == 1 else 's'}" + (f" tagged {tag}" if tag else "")]
    failing = sum(map(is_failing, feeds))
    unread = sum(feed.outcome is None and not is_failing(feed) for feed in feeds)
    parts += [f"{failing} in trouble"] if failing else []
    parts += [f"{unread} not read yet"] if unread else []
    return ", ".join(parts)


def _with_tags(row: Line, tags: Sequence[str]) -> Line:
    return (*row, Span(text=f" · {', '.join(tags)}")) if tags else row


def _turns(tag: str, page: int, pages: int) -> tuple[Button, ...]:
    """Make the buttons to the pages before and after."""
    said = (("tag", tag),) if tag else ()
    turns = (("Previous", page - 1), ("Next", page + 1))
    return tuple(
        Button(label=label, call=Call(command="feed list", arguments=(*said, ("page", str(number)))))
        for label, number in turns
        if 1 <= number <= pages
    )
