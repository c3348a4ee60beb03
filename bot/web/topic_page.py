"""The topic page: what it watches, how much there was day by day, its stories, and how often it was right."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.alerts.phrases import say_count
from bot.alerts.topic_detail import topic_card
from bot.domain.cards import Card
from bot.domain.errors import NotFoundError
from bot.domain.judgements import Judged
from bot.domain.models import Topic, TopicId, WorkspaceId
from bot.domain.trends import TrendView
from bot.domain.views import StoryLine
from bot.pipeline.read import Reader
from bot.pipeline.trends import read_trend
from bot.ports import Store
from bot.topics.library import Library
from bot.web.marks import Bar, draw_bars

DAYS = 90
KEPT = timedelta(minutes=1)
"""A large archive takes a second to count."""
MOST_STORIES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPage:
    """All that the template shows."""

    topic: Topic
    explained: Card
    trend: TrendView
    bars: Sequence[Bar]
    stories: Sequence[StoryLine]
    judged: Judged


class Trends:
    """Topics' days as they were counted lately: once in a while at most, however many look."""

    def __init__(self) -> None:
        self._kept: dict[tuple[WorkspaceId, TopicId], tuple[datetime, asyncio.Task[TrendView]]] = {}

    async def read(self, store: Store, viewer: WorkspaceId, topic: Topic, now: datetime) -> TrendView:
        """Return a topic's days, counted now or a moment ago; who asks at the same time waits for one count."""
        self._kept = {
            key: kept
            for key, kept in self._kept.items()
            if now - KEPT < kept[0] <= now and not (kept[1].done() and kept[1].exception())
        }
        key = (viewer, topic.id)
        if key not in self._kept:
            counting = read_trend(store, viewer, topic, days=DAYS, zone="UTC", now=now)
            self._kept[key] = (now, asyncio.create_task(counting))
        return await asyncio.shield(self._kept[key][1])


async def find_topic(reader: Reader, viewer: WorkspaceId, name: str) -> Topic:
    """Find a topic that a workspace sees by its name; raises NotFoundError."""
    for topic in await reader.store.list_topics(viewer):
        if topic.name == name:
            return topic
    raise NotFoundError(f"There is no topic {name} here.")


async def read_topic_page(
    reader: Reader,
    library: Library,
    viewer: WorkspaceId,
    topic: Topic,
    now: datetime,
    *,
    trends: Trends,
    language: str,
) -> TopicPage:
    """Read a topic as a workspace sees it."""
    trend = await trends.read(reader.store, viewer, topic, now)
    return TopicPage(
        topic=topic,
        explained=topic_card(topic, library),
        trend=trend,
        bars=_draw(trend, language),
        stories=await reader.store.latest(viewer, topic.id, MOST_STORIES),
        judged=await reader.store.count_judged(viewer, topic.id, since=now - timedelta(days=DAYS)),
    )


def _draw(trend: TrendView, language: str) -> list[Bar]:
    marks = {spike.day: str(number) for number, spike in enumerate(trend.spikes, 1)}
    labels = [
        f"{day.day.isoformat()}: {say_count('trend.articles', day.articles, language)},"
        f" {say_count('stories', day.stories, language)}"
        for day in trend.days
    ]
    bars = draw_bars([float(day.articles) for day in trend.days], labels)
    return [
        replace(bar, mark=marks.get(day.day, ""), is_faint=not day.is_watched)
        for bar, day in zip(bars, trend.days, strict=True)
    ]
