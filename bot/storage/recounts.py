"""Stories whose origins are to be counted: merged, taken apart, or new to a topic; and what was counted."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import ArticleId, StoryId
from bot.domain.records import Recount
from bot.storage.engine import Rows, to_the_end
from bot.storage.grouping_tables import recounts
from bot.storage.rows import chunks
from bot.storage.tables import stories, story_articles


class RecountRows(Rows):
    """Counting the origins of stories anew. Add a test for each new public method."""

    async def list_recounts(self, limit: int) -> list[Recount]:
        """List stories whose origins are to be counted, the longest waiting first."""
        waiting = select(recounts).order_by(recounts.c.id).limit(limit)
        async with self.database.read() as db:
            return [Recount(id=row.id, story_id=row.story_id) for row in await db.execute(waiting)]

    @to_the_end
    async def save_origins(self, recount: Recount, origin_of: Mapping[ArticleId, ArticleId]) -> None:
        """Keep the origins of a story's articles; it waits on where that was asked for once more meanwhile."""
        story = recount.story_id
        async with self.database.write() as db:
            await set_origins(db, [(story, article, origin) for article, origin in origin_of.items()])
            counted = update(stories).where(stories.c.id == story)
            await db.execute(counted.values(origins=max(1, len(set(origin_of.values())))))
            await db.execute(delete(recounts).where(recounts.c.id == recount.id))


async def set_origins(db: AsyncConnection, rows: Collection[tuple[StoryId, ArticleId, ArticleId]]) -> None:
    """Write which article each is a copy of, where it still is of that story."""
    if not rows:
        return
    mine = (story_articles.c.article_id == bindparam("article"), story_articles.c.story_id == bindparam("story"))
    values = [{"story": story, "article": article, "first": origin} for story, article, origin in rows]
    await db.execute(update(story_articles).where(*mine).values(origin=bindparam("first")), values)


async def ask_recount(db: AsyncConnection, ids: Collection[StoryId]) -> None:
    """Have the origins of stories counted; a count under way does not stand for it."""
    for some in chunks(sorted(ids)):
        await db.execute(delete(recounts).where(recounts.c.story_id.in_(some)))
        await db.execute(insert(recounts), [{"story_id": story} for story in some])
