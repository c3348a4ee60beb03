"""The topic page: what it watches, how much there was day by day, its stories, and how often it was right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.alerts.topic_detail import topic_card
from bot.domain.cards import Card
from bot.domain.errors import NotFoundError
from bot.domain.judgements import Judged
from bot.domain.models import Topic, WorkspaceId
from bot.domain.trends import TrendView
from bot.domain.views import StoryLine
from bot.pipeline.read import Reader
from bot.pipeline.trends import read_trend
from bot.topics.library import Library
from bot.web.marks import Bar, draw_bars

DAYS = 90
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


async def find_topic(reader: Reader, viewer: WorkspaceId, name: str) -> Topic:
    """Find a topic that a workspace sees by its name; raises NotFoundError."""
    for topic in await reader.store.list_topics(viewer):
        if topic.name == name:
            return topic
    raise NotFoundError(f"There is no topic {name} here.")


async def read_topic_page(
    reader: Reader, library: Library, viewer: WorkspaceId, topic: Topic, now: datetime
) -> TopicPage:
    """Read a topic as a workspace sees it."""
    trend = await read_trend(reader.store, viewer, topic, days=DAYS, zone="UTC", now=now)
    return TopicPage(
        topic=topic,
        explained=topic_card(topic, library),
        trend=trend,
        bars=_draw(trend),
        stories=await reader.store.latest(viewer, topic.id, MOST_STORIES),
        judged=await reader.store.count_judged(viewer, topic.id, since=now - timedelta(days=DAYS)),
    )


def _draw(trend: TrendView) -> list[Bar]:
    marks = {spike.day: str(number) for number, spike in enumerate(trend.spikes, 1)}
    labels = [f"{day.day.isoformat()}: {day.articles} articles, {day.stories} stories" for day in trend.days]
    bars = draw_bars([float(day.articles) for day in trend.days], labels)
    return [
        replace(bar, mark=marks.get(day.day, ""), is_faint=not day.is_watched)
        for bar, day in zip(bars, trend.days, strict=True)
    ]
