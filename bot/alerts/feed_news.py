"""What is told of feeds in ops channels: when a feed turned bad, recovered, moved, ended, or brought too much at once.

poll -> `decide_feed_news` (written with the poll) -> `is_due` -> `compose` one bulletin a channel -> `bulletin_card`
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.cards import Button, Call, Card, Section, line
from bot.domain.feed_news import FeedNews, FeedStanding, NewFeedNews
from bot.domain.feeds import Feed
from bot.domain.models import EVERYONE, FeedId, WorkspaceId
from bot.domain.text import shorten
from bot.domain.troubles import FeedEvent, Trouble, remedy

TELL_AFTER = 3
"""So many failures in a row are no blip any more."""
GATHER = timedelta(minutes=5)
"""How long news of feeds waits for more of its kind, so that many are one message."""
PAUSE = timedelta(hours=1)
"""The shortest time between two bulletins."""
OUTAGE_LEAST = 5
"""So many feeds, and more than half of all, that fail together are one outage."""
MOST_LINES = 15
_HEADINGS = {
    FeedEvent.BAD: "In trouble",
    FeedEvent.GONE: "Ended",
    FeedEvent.MOVED: "Moved",
    FeedEvent.WELL: "Read again",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """One message on feeds: sections of a heading and lines, and the feed whose held articles it asks about."""

    title: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    held: FeedId | None = None


def decide_feed_news(feed: Feed, *, failures: int, trouble: Trouble | None, reason: str) -> tuple[NewFeedNews, ...]:
    """Decide whether a poll turned its feed bad, ended it, or well again; each is news once."""
    if failures == 0:
        return () if feed.told_as is None else (NewFeedNews(what=FeedEvent.WELL, reason=""),)
    if trouble is Trouble.GONE and feed.told_as is not FeedEvent.GONE:
        return (NewFeedNews(what=FeedEvent.GONE, reason=reason),)
    if failures >= TELL_AFTER and feed.told_as is None:
        return (NewFeedNews(what=FeedEvent.BAD, reason=reason),)
    return ()


def is_outage(standing: FeedStanding) -> bool:
    """Tell whether so many feeds fail together that the reason is likely here and not with each of them."""
    return standing.failing >= OUTAGE_LEAST and standing.failing * 2 > standing.polled


def is_due(news: Sequence[FeedNews], standing: FeedStanding, now: datetime) -> bool:
    """Tell whether a bulletin may be made now: its first news has waited for others, and the last one is long enough
    ago."""
    if not news or now - min(one.at for one in news) < GATHER:
        return False
    return standing.last_told_at is None or now - standing.last_told_at >= PAUSE


def drop_passed(news: Iterable[FeedNews]) -> list[FeedNews]:
    """Leave out the trouble that was over before anybody was told of it, and its end."""
    kept: list[FeedNews] = []
    for one in sorted(news, key=lambda each: each.id):
        before = next((old for old in kept if old.feed_id == one.feed_id and _is_trouble(old)), None)
        if one.what is FeedEvent.WELL and before is not None:
            kept.remove(before)
        else:
            kept.append(one)
    return kept


def _is_trouble(news: FeedNews) -> bool:
    return news.what in {FeedEvent.BAD, FeedEvent.GONE}


def concerns(news: FeedNews, workspace: WorkspaceId) -> bool:
    """Tell whether a workspace is told: it uses the feed, or everyone does."""
    return workspace in news.users or EVERYONE in news.users


def compose(news: Sequence[FeedNews], standing: FeedStanding) -> Bulletin:
    """Make one bulletin of all the news of one channel."""
    bad = [one for one in news if one.what is FeedEvent.BAD]
    if bad and is_outage(standing):
        return _outage(bad, [one for one in news if one.what is not FeedEvent.BAD], standing)
    return Bulletin(title=_title(news), sections=_sections(news))


def compose_held(news: FeedNews) -> Bulletin:
    """Make the bulletin of articles that were held back, with its question."""
    lines = (
        news.reason,
        "Show them: they are matched and told as any news. Drop them: they are kept as context, and nothing is told.",
    )
    return Bulletin(title=f"{_name(news)}: too much at once", sections=(("", lines),), held=news.feed_id)


def _outage(bad: Sequence[FeedNews], others: Sequence[FeedNews], standing: FeedStanding) -> Bulletin:
    title = f"{standing.failing} of {standing.polled} feeds cannot be read"
    lines = (
        "So many at once is most likely this machine's network, name server or proxy, not the feeds.",
        "They are tried again all the time; what they bring meanwhile is caught up on. One of the reasons:",
        _trouble_line(bad[0]),
    )
    return Bulletin(title=title, sections=(("", lines), *_sections(others)))


def _title(news: Sequence[FeedNews]) -> str:
    if len(news) == 1:
        said = {
            FeedEvent.BAD: "is in trouble",
            FeedEvent.GONE: "has ended",
            FeedEvent.MOVED: "has moved",
            FeedEvent.WELL: "is read again",
        }
        return f"{_name(news[0])} {said[news[0].what]}"
    counts = ((what, sum(one.what is what for one in news)) for what in _HEADINGS)
    told = [f"{count} {_HEADINGS[what].lower()}" for what, count in counts if count]
    return f"Feeds: {', '.join(told)}"


def _sections(news: Sequence[FeedNews]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    sections = []
    for what, heading in _HEADINGS.items():
        lines = [_line(one) for one in news if one.what is what]
        if len(lines) > MOST_LINES:
            lines = [*lines[:MOST_LINES], f"and {len(lines) - MOST_LINES} more: /news feed list"]
        if lines:
            sections.append((heading if len(news) > 1 else "", tuple(lines)))
    return tuple(sections)


def _line(news: FeedNews) -> str:
    if _is_trouble(news):
        return _trouble_line(news)
    return f"{_name(news)} ({news.host})" + (f": {news.reason}" if news.reason else "")


def _trouble_line(news: FeedNews) -> str:
    advice = f". {remedy(news.trouble)}" if news.trouble is not None else ""
    return f"{_name(news)} ({news.host}): {news.reason}{advice}"


def _name(news: FeedNews) -> str:
    return shorten(news.title, 80) or news.host


def write_bulletin(bulletin: Bulletin) -> str:
    """Write a bulletin as the reason of its alert."""
    return json.dumps([bulletin.title, bulletin.sections, bulletin.held], ensure_ascii=False)


def read_bulletin(written: str) -> Bulletin:
    """Read what `write_bulletin` wrote."""
    title, sections, held = json.loads(written)
    read = tuple((str(heading), tuple(map(str, lines))) for heading, lines in sections)
    return Bulletin(title=title, sections=read, held=None if held is None else FeedId(held))


def bulletin_card(bulletin: Bulletin) -> Card:
    """Show a bulletin, with the question about held articles as buttons."""
    sections = tuple(
        Section(heading=heading or None, lines=tuple(line(row) for row in rows)) for heading, rows in bulletin.sections
    )
    if bulletin.held is None:
        buttons: tuple[Button, ...] = (Button(label="Feeds", call=Call(command="feed list")),)
    else:
        buttons = tuple(
            Button(
                label=label, call=Call(command="feed held", arguments=(("feed", str(bulletin.held)), ("what", what)))
            )
            for label, what in (("Show them", "show"), ("Drop them", "drop"))
        )
    return Card(title=bulletin.title, text=bulletin.title, sections=sections, buttons=buttons)
