"""Who sees what, the one rule, as SQL: an article is seen where one of its feeds is used, and within its scope."""

from __future__ import annotations

from sqlalchemy import and_, case, exists, select
from sqlalchemy.sql import ColumnElement

from bot.domain.models import EVERYONE, Sensitivity, WorkspaceId
from bot.storage.feed_tables import feed_uses, feeds
from bot.storage.tables import article_feeds, articles, topics


def sees_article(viewer: WorkspaceId) -> ColumnElement[bool]:
    """Tell whether the viewer sees the row of `articles`."""
    brought = exists(
        select(article_feeds.c.feed_id)
        .join(feed_uses, feed_uses.c.feed_id == article_feeds.c.feed_id)
        .where(article_feeds.c.article_id == articles.c.id, feed_uses.c.workspace.in_((viewer, EVERYONE)))
    )
    return and_(articles.c.scope.in_((None, viewer)), articles.c.is_held.is_(False), brought)


def sees_feed(viewer: WorkspaceId) -> ColumnElement[bool]:
    """Tell whether the viewer sees the row of `feeds`."""
    return exists(
        select(feed_uses.c.feed_id).where(
            feed_uses.c.feed_id == feeds.c.id, feed_uses.c.workspace.in_((viewer, EVERYONE))
        )
    )


def sees_topic(viewer: WorkspaceId) -> ColumnElement[bool]:
    """Tell whether the viewer sees the row of `topics`: a pack's, or its own."""
    return topics.c.owner.in_((None, viewer))


def threshold() -> ColumnElement[float]:
    """Give the least score that counts for the row of `topics`."""
    return case({word.value: word.threshold for word in Sensitivity}, value=topics.c.sensitivity)
