"""The health page: feeds with how their polls went, failing ones first, what waits to be told, and how late it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.feeds import Outcome
from bot.domain.judgements import Lag, Undelivered
from bot.domain.models import EVERYONE, FeedId
from bot.domain.troubles import remedy
from bot.domain.views import FeedLine, StatusView
from bot.ports import Store

LAG_OVER = timedelta(days=1)
LEAST_ALIKE = 4
MOST_FEEDS = 40
MOST_UNDELIVERED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """A feed and what to do about it; `shares` tell how its polls ended, in percent of their number."""

    feed: FeedLine
    remedy: str
    polls: int
    shares: Sequence[tuple[Outcome, int, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonTrouble:
    """What many feeds say at once, which is rarely their fault."""

    feeds: int
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthPage:
    """All that the template shows; `feeds` are those of the page numbered `number` of `pages`."""

    feeds: Sequence[FeedRow]
    number: int
    pages: int
    all_feeds: int
    failing: int
    status: StatusView
    undelivered: Sequence[Undelivered]
    lag: Lag
    overdue: int
    stalled: Sequence[str]
    common: CommonTrouble | None


async def read_health_page(store: Store, stalled: Sequence[str], now: datetime, *, number: int = 1) -> HealthPage:
    """Read how everything is, for the operator: the feeds of every workspace, a page of them."""
    found: dict[FeedId, FeedLine] = {}
    for workspace in (EVERYONE, *await store.list_workspaces()):
        found |= {feed.id: feed for feed in await store.list_feeds(workspace)}
    feeds = sorted(found.values(), key=lambda feed: (-_gravity(feed), feed.title.casefold(), feed.id))
    pages = max(-(-len(feeds) // MOST_FEEDS), 1)
    number = min(max(number, 1), pages)
    return HealthPage(
        feeds=[_row(feed) for feed in feeds[(number - 1) * MOST_FEEDS : number * MOST_FEEDS]],
        number=number,
        pages=pages,
        all_feeds=len(feeds),
        failing=sum(feed.failures > 0 for feed in feeds),
        status=await store.status(EVERYONE),
        undelivered=await store.list_undelivered(MOST_UNDELIVERED),
        lag=await store.measure_lag(since=now - LAG_OVER),
        overdue=sum(feed.next_check_at < now - timedelta(minutes=1) for feed in found.values()),
        stalled=stalled,
        common=_find_common(feeds),
    )


def _find_common(feeds: Sequence[FeedLine]) -> CommonTrouble | None:
    """Find the trouble that so many feeds have that it is more likely here than there."""
    counted = Counter(feed.problem for feed in feeds if feed.failures and feed.problem)
    for problem, number in counted.most_common(1):
        if number >= LEAST_ALIKE and number * 3 >= len(feeds):
            return CommonTrouble(feeds=number, problem=problem)
    return None


def _gravity(feed: FeedLine) -> int:
    return feed.failures * 2 + (feed.held > 0)


def _row(feed: FeedLine) -> FeedRow:
    total = sum(count for _, count in feed.polls)
    return FeedRow(
        feed=feed,
        remedy=remedy(feed.trouble) if feed.trouble is not None and feed.failures else "",
        polls=total,
        shares=[(outcome, count, round(100 * count / total, 1)) for outcome, count in feed.polls if count],
    )
