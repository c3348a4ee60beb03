"""Sift: what a poll brought that nobody saw before -> copies of known articles, news, and what is held back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.feed_news import NewFeedNews
from bot.domain.feeds import Entry, EntryKeys, Feed, Outcome
from bot.domain.models import ArticleId
from bot.domain.records import Poll
from bot.domain.troubles import FeedEvent
from bot.feeds.bursts import find_batch, find_held, is_burst, match_alike
from bot.ports import Store

Unseen = Sequence[tuple[Entry, EntryKeys]]
MOST_KNOWN = 3_000
"""How many of a feed's last articles copies are looked for among."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """What is really unseen, with the keys of what is `held` of it; `alike` are copies of known articles."""

    unseen: Unseen
    held: frozenset[EntryKeys] = frozenset()
    alike: tuple[tuple[EntryKeys, ArticleId], ...] = ()


async def sift(store: Store, feed: Feed, unseen: Unseen, *, known: int, now: datetime) -> Sifted:
    """Sort the unseen entries of a document of which `known` others were met before.

    A first sight is silent and needs no guard.
    """
    is_holding = feed.held > 0 and bool(unseen)
    if feed.first_polled_at is None or not (is_holding or is_burst(len(unseen), known)):
        return Sifted(unseen=unseen)
    brought = await store.list_brought(feed.id, MOST_KNOWN)
    alike = match_alike([entry for entry, _ in unseen], brought)
    rest = [pair for place, pair in enumerate(unseen) if place not in alike]
    since = feed.last_success_at or feed.first_polled_at
    news, batch = [entry for entry, _ in rest], find_batch(brought)
    held = find_held(news, feed.pace, since, now, batch=batch, is_holding=is_holding)
    return Sifted(
        unseen=rest,
        held=frozenset(rest[place][1] for place in held),
        alike=tuple((unseen[place][1], article_id) for place, article_id in alike.items()),
    )


def hold(feed: Feed, poll: Poll) -> Poll:
    """End a poll as held, in words; people are asked once until somebody decided."""
    count = sum(article.is_held for article in poll.articles)
    reason = (
        f"{count} entries came at once that look re-published or old, far more than this feed usually brings; they are "
        "held back"
    )
    news = () if feed.held else (NewFeedNews(what=FeedEvent.HELD, reason=f"{reason[0].upper()}{reason[1:]}."),)
    return replace(poll, outcome=Outcome.HELD, reason=reason, pace=feed.pace, news=(*poll.news, *news))
