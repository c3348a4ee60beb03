"""Articles that the burst guard holds back, and what tells copies of known ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import FeedId, WorkspaceId
from bot.domain.records import KnownArticle
from bot.storage.audit import log_change
from bot.storage.engine import Rows, to_the_end
from bot.storage.feed_tables import feeds
from bot.storage.tables import article_feeds, articles


class HeldRows(Rows):
    """Held articles. Add a test for each new public method."""

    async def list_brought(self, feed_id: FeedId, limit: int) -> list[KnownArticle]:
        """List what a feed brought last, so that re-published copies can be told by it."""
        brought = (
            select(articles.c.id, articles.c.title, articles.c.url, articles.c.published_at, articles.c.is_held)
            .join(article_feeds, article_feeds.c.article_id == articles.c.id)
            .where(article_feeds.c.feed_id == feed_id)
            .order_by(articles.c.id.desc())
            .limit(limit)
        )
        async with self.database.read() as db:
            return [KnownArticle(**row) for row in (await db.execute(brought)).mappings()]

    @to_the_end
    async def decide_held(
        self, feed_id: FeedId, *, is_shown: bool, actor: str, workspace: WorkspaceId, now: datetime
    ) -> int:
        """Make a feed's held articles ordinary ones, or silent; returns how many there were."""
        brought = select(article_feeds.c.article_id).where(article_feeds.c.feed_id == feed_id)
        mine = update(articles).where(articles.c.is_held.is_(True), articles.c.id.in_(brought))
        async with self.database.write() as db:
            decided = await db.execute(mine.values(is_held=False, is_silent=not is_shown))
            await db.execute(update(feeds).where(feeds.c.id == feed_id).values(held=0))
            if decided.rowcount:
                action = "feed.show" if is_shown else "feed.drop"
                await log_change(db, at=now, actor=actor, workspace=workspace, action=action, subject=str(feed_id))
            return decided.rowcount


async def count_held(db: AsyncConnection, ids: Sequence[FeedId]) -> None:
    """Note how many articles of feeds are held now."""
    held = (
        select(func.count())
        .select_from(articles)
        .join(article_feeds, article_feeds.c.article_id == articles.c.id)
        .where(articles.c.is_held.is_(True), article_feeds.c.feed_id == feeds.c.id)
        .scalar_subquery()
    )
    await db.execute(update(feeds).where(feeds.c.id.in_(ids)).values(held=held))
