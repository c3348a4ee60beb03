"""What `status` counts, within a viewer's sight."""

from __future__ import annotations

from typing import Any

from sqlalchemy import FromClause, ScalarSelect, TextClause, and_, exists, func, not_, or_, select
from sqlalchemy.sql import ColumnElement

from bot.domain.models import WorkspaceId
from bot.domain.views import StatusView
from bot.storage.count_tables import ARTICLES, STORIES, archive_counts
from bot.storage.engine import Rows
from bot.storage.feed_tables import feeds
from bot.storage.sight import sees_article, sees_feed
from bot.storage.tables import (
    CLOSED_AS_FAILED,
    OPEN,
    alerts,
    article_feeds,
    articles,
    channels,
    deliveries,
    stories,
    story_articles,
    subscriptions,
)  # fmt: skip


class StatusRows(Rows):
    """Counts."""

    async def status(self, viewer: WorkspaceId) -> StatusView:
        """Count what there is."""
        oldest = (
            select(alerts.c.created_at)
            .join(deliveries, deliveries.c.alert_id == alerts.c.id)
            .where(OPEN)
            .order_by(deliveries.c.id)
            .limit(1)
        )
        async with self.database.read() as db:
            counts = (await db.execute(select(*_counts(viewer)))).mappings().one()
            return StatusView(**counts, oldest_pending_at=await db.scalar(oldest))


def _counts(viewer: WorkspaceId) -> list[Any]:
    covered = exists(
        select(story_articles.c.article_id)
        .join(articles, articles.c.id == story_articles.c.article_id)
        .where(story_articles.c.story_id == stories.c.id, sees_article(viewer))
    )
    hidden = select(articles.c.id).where(_is_hidden_article(viewer))
    touched = select(story_articles.c.story_id).where(story_articles.c.article_id.in_(hidden))
    is_hidden_story = and_(stories.c.id.in_(touched), not_(covered))
    watched = subscriptions.join(channels)
    counts = {
        "feeds": _count(feeds, sees_feed(viewer)),
        "feeds_failing": _count(feeds, sees_feed(viewer), feeds.c.failures > 0),
        "articles": _total(ARTICLES) - _count(articles, _is_hidden_article(viewer)),
        "stories": _total(STORIES) - _count(stories, is_hidden_story),
        "subscriptions": _count(watched, channels.c.workspace == viewer),
        "deliveries_pending": _count(deliveries, OPEN),
        "deliveries_failed": _count(deliveries, CLOSED_AS_FAILED),
        "ungathered": _count(articles, articles.c.gathered_at.is_(None), articles.c.is_held.is_(False)),
    }
    return [count.label(name) for name, count in counts.items()]


def _is_hidden_article(viewer: WorkspaceId) -> ColumnElement[bool]:
    """Tell whether the viewer does not see the row of `articles`.

    Looks only at what hidden feeds brought: most see nearly everything, and counting that row by row is slow.
    """
    hidden_feeds = select(feeds.c.id).where(or_(not_(sees_feed(viewer)), feeds.c.scope.not_in([None, viewer])))
    brought = select(article_feeds.c.article_id).where(article_feeds.c.feed_id.in_(hidden_feeds))
    return and_(articles.c.id.in_(brought), not_(sees_article(viewer)))


def _total(name: str) -> ColumnElement[int]:
    counted = select(archive_counts.c.number).where(archive_counts.c.name == name).scalar_subquery()
    return func.coalesce(counted, 0)


def _count(rows: FromClause, *conditions: ColumnElement[bool] | TextClause) -> ScalarSelect[int]:
    return select(func.count()).select_from(rows).where(*conditions).scalar_subquery()
