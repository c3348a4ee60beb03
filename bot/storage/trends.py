"""Topics over time: how much each story brought between edges of days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, case, distinct, exists, func, select

from bot.domain.models import StoryId, TopicId, WorkspaceId
from bot.domain.trends import DayShare
from bot.domain.views import StoryLine
from bot.storage.columns import instant
from bot.storage.engine import Rows
from bot.storage.latest import list_lines
from bot.storage.rows import chunks
from bot.storage.sight import sees_article, sees_topic, threshold
from bot.storage.tables import articles, matches, story_articles, story_topics, topics

_PUBLISHED = case((articles.c.published_at < articles.c.seen_at, articles.c.published_at), else_=articles.c.seen_at)
"""What says to come from the future came when it was seen."""
MOST_EDGES = 200
"""So many edges are asked at once: each is a branch of one expression, and those may nest only so deep."""


class TrendRows(Rows):
    """Topics over time. Add a test for each new public method."""

    async def list_day_shares(self, viewer: WorkspaceId, topic: TopicId, edges: Sequence[datetime]) -> list[DayShare]:
        """Count what each story of a topic brought between two edges and the next, as far as the viewer may see."""
        shares: list[DayShare] = []
        async with self.database.read() as db:
            for first in range(0, len(edges) - 1, MOST_EDGES):
                some = edges[first : first + MOST_EDGES + 1]
                day = _day(some, first)
                origins = func.count(distinct(func.coalesce(story_articles.c.origin, articles.c.id)))
                # Found along the topic's stories of that time, never along all matches that a topic ever had.
                counted = (
                    select(
                        day.label("day"), story_articles.c.story_id, func.count().label("n"), origins.label("origins")
                    )
                    .select_from(story_topics)
                    .join(story_articles, story_articles.c.story_id == story_topics.c.story_id)
                    .join(articles, articles.c.id == story_articles.c.article_id)
                    .where(
                        story_topics.c.topic_id == topic,
                        story_topics.c.updated_at >= some[0],
                        instant(some[0]) <= _PUBLISHED,
                        instant(some[-1]) > _PUBLISHED,
                        _reaches(viewer),
                        sees_article(viewer),
                    )
                    .group_by("day", story_articles.c.story_id)
                    .order_by("day", story_articles.c.story_id)
                )
                shares += [
                    DayShare(day=row.day, story_id=row.story_id, articles=row.n, origins=row.origins)
                    for row in await db.execute(counted)
                ]
        return shares

    async def find_watched_since(self, viewer: WorkspaceId) -> datetime | None:
        """Tell when the first article was seen of all that the viewer may see; None where there is none."""
        first = select(articles.c.seen_at).where(sees_article(viewer)).order_by(articles.c.seen_at).limit(1)
        async with self.database.read() as db:
            since: datetime | None = await db.scalar(first)
        return since

    async def list_story_lines(self, viewer: WorkspaceId, ids: Sequence[StoryId]) -> list[StoryLine]:
        """List stories in lines, leaving out those that the viewer may not see."""
        lines: list[StoryLine] = []
        async with self.database.read() as db:
            for some in chunks(ids):
                lines += await list_lines(db, viewer, some)
        return lines


def _reaches(viewer: WorkspaceId) -> ColumnElement[bool]:
    """Tell whether the row of `articles` reaches the threshold of the row of `story_topics`."""
    # Nested, so that a story's few articles are looked through and never a topic's many matches.
    return exists(
        select(matches.c.article_id)
        .join(topics, topics.c.id == matches.c.topic_id)
        .where(
            matches.c.article_id == articles.c.id,
            matches.c.topic_id == story_topics.c.topic_id,
            matches.c.score >= threshold(),
            sees_topic(viewer),
        )
        .correlate(story_topics, articles)
    )


def _day(edges: Sequence[datetime], first: int) -> ColumnElement[int]:
    """Number the span between edges that an article was published in, from `first` on."""
    branches = [(instant(edge) > _PUBLISHED, first + number) for number, edge in enumerate(edges[1:])]
    return case(*branches)
