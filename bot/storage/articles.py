"""Articles: those that wait for gather, and those that were gathered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import Article, ArticleId, StoryId
from bot.storage.engine import Rows
from bot.storage.rows import ARTICLE, article_from, chunks
from bot.storage.tables import articles, story_articles


class ArticleRows(Rows):
    """Whole articles. Add a test for each new public method."""

    async def list_ungathered(self, limit: int) -> list[Article]:
        """List articles that no gathering has taken yet and nothing holds, in the order they were seen."""
        free = (articles.c.gathered_at.is_(None), articles.c.is_held.is_(False))
        waiting = select(*ARTICLE).where(*free).order_by(articles.c.id).limit(limit)
        async with self.database.read() as db:
            return [article_from(row) for row in await db.execute(waiting)]

    async def list_gathered_since(self, since: datetime) -> list[tuple[StoryId, Article]]:
        """List gathered articles seen since then with their story, oldest first."""
        gathered = (
            select(story_articles.c.story_id, *ARTICLE)
            .join_from(articles, story_articles, story_articles.c.article_id == articles.c.id)
            .where(articles.c.seen_at >= since)
            .order_by(articles.c.seen_at, articles.c.id)
        )
        async with self.database.read() as db:
            return [(row.story_id, article_from(row)) for row in await db.execute(gathered)]

    async def get_articles(self, ids: Sequence[ArticleId]) -> list[Article]:
        """Get articles in the order of `ids`, leaving out those that are gone."""
        async with self.database.read() as db:
            found = await _find_articles(db, ids)
        return [found[number] for number in ids if number in found]


async def _find_articles(db: AsyncConnection, ids: Sequence[ArticleId]) -> dict[ArticleId, Article]:
    found: dict[ArticleId, Article] = {}
    for some in chunks(ids):
        rows = await db.execute(select(*ARTICLE).where(articles.c.id.in_(some)))
        found |= {row.id: article_from(row) for row in rows}
    return found
