"""What a viewer sees of stories in lines: the stories updated last, and the lines themselves.

Each list is an ordered walk along an index that stops at its limit, so that it takes as long over a large archive as
over a small one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement

from bot.domain.models import StoryId, TopicId, WorkspaceId
from bot.domain.views import StoryLine
from bot.storage.engine import Rows
from bot.storage.rows import ARTICLE_LINE, article_line_from
from bot.storage.sight import sees_article, sees_topic, threshold
from bot.storage.tables import articles, matches, stories, story_articles, story_topics, topics
from bot.storage.tuned import is_tuned_out


class LatestRows(Rows):
    """The stories updated last."""

    async def latest(self, viewer: WorkspaceId, topic: TopicId | None, limit: int) -> list[StoryLine]:
        """List the stories updated last, of one topic (at its own sensitivity) or of all that the viewer sees."""
        if topic is None:
            reached = exists().where(story_topics.c.story_id == stories.c.id, sees_topic_story(viewer))
            last = select(stories.c.id).where(reached).order_by(stories.c.updated_at.desc(), stories.c.id.desc())
        else:
            last = (
                select(story_topics.c.story_id)
                .where(story_topics.c.topic_id == topic, sees_topic_story(viewer))
                .order_by(story_topics.c.updated_at.desc(), story_topics.c.story_id.desc())
            )
        async with self.database.read() as db:
            ids = (await db.execute(last.limit(limit))).scalars().all()
            return await list_lines(db, viewer, ids)


def sees_topic_story(viewer: WorkspaceId) -> ColumnElement[bool]:
    """Tell whether the viewer sees the row of `story_topics`: its topic, and an article that reaches its threshold."""
    # Nested, so that a story's few articles are looked through and never a topic's many matches.
    reaches = exists(
        select(matches.c.article_id)
        .join(topics, topics.c.id == matches.c.topic_id)
        .where(
            matches.c.article_id == story_articles.c.article_id,
            matches.c.topic_id == story_topics.c.topic_id,
            matches.c.score >= threshold(),
            ~is_tuned_out(viewer, threshold()),
            sees_topic(viewer),
        )
        .correlate(story_topics, story_articles)
    )
    return exists(
        select(story_articles.c.article_id)
        .join(articles, articles.c.id == story_articles.c.article_id)
        .where(story_articles.c.story_id == story_topics.c.story_id, reaches, sees_article(viewer))
        .correlate(story_topics)
    )


async def list_lines(db: AsyncConnection, viewer: WorkspaceId, ids: Sequence[StoryId]) -> list[StoryLine]:
    """Build the lines of stories, in the order of `ids`, out of what the viewer may see of them."""
    if not ids:
        return []
    rows = {row.id: row for row in await db.execute(select(stories).where(stories.c.id.in_(ids)))}
    coverage = await _list_coverage(db, viewer, ids)
    reached = await _list_topics(db, viewer, ids)
    sizes = select(story_articles.c.story_id, func.count()).where(story_articles.c.story_id.in_(ids))
    total = {row[0]: row[1] for row in await db.execute(sizes.group_by(story_articles.c.story_id))}
    return [
        _line(rows[story], coverage[story], tuple(reached.get(story, ())), total[story])
        for story in ids
        if coverage.get(story)
    ]


def _line(row: Row[Any], coverage: Sequence[Row[Any]], reached: tuple[TopicId, ...], total: int) -> StoryLine:
    # A headline may be the title of an article that this viewer must not see.
    is_whole = total == len(coverage)
    headline = row.headline if is_whole or row.headline in {a.title for a in coverage} else coverage[0].title
    return StoryLine(
        id=row.id,
        headline=headline,
        first=article_line_from(coverage[0]),
        outlets=len({a.outlet for a in coverage}),
        topics=reached,
        updated_at=row.updated_at,
    )


async def _list_coverage(
    db: AsyncConnection, viewer: WorkspaceId, ids: Sequence[StoryId]
) -> Mapping[StoryId, list[Row[Any]]]:
    visible = (
        select(story_articles.c.story_id, *ARTICLE_LINE)
        .join(articles, articles.c.id == story_articles.c.article_id)
        .where(story_articles.c.story_id.in_(ids), sees_article(viewer))
        .order_by(articles.c.published_at, articles.c.id)
    )
    coverage: dict[StoryId, list[Row[Any]]] = defaultdict(list)
    for row in await db.execute(visible):
        coverage[row.story_id].append(row)
    return coverage


async def _list_topics(
    db: AsyncConnection, viewer: WorkspaceId, ids: Sequence[StoryId]
) -> Mapping[StoryId, list[TopicId]]:
    best = func.max(matches.c.score)
    seen = (
        select(story_articles.c.story_id, matches.c.topic_id)
        .join(matches, matches.c.article_id == story_articles.c.article_id)
        .join(topics, topics.c.id == matches.c.topic_id)
        .join(articles, articles.c.id == matches.c.article_id)
        .where(
            story_articles.c.story_id.in_(ids),
            matches.c.score >= threshold(),
            ~is_tuned_out(viewer, threshold()),
            sees_topic(viewer),
            sees_article(viewer),
        )
        .group_by(story_articles.c.story_id, matches.c.topic_id)
        .order_by(best.desc(), matches.c.topic_id)
    )
    reached: dict[StoryId, list[TopicId]] = defaultdict(list)
    for row in await db.execute(seen):
        reached[row.story_id].append(row.topic_id)
    return reached
