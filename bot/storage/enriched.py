"""What was added to articles: the text of their pages, and what a machine wrote."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alerts import Action, AlertKind
from bot.domain.models import Article, ArticleId
from bot.domain.pages import MachineText, PageText
from bot.storage.engine import Rows, to_the_end
from bot.storage.enriched_tables import machine_days, machine_texts, pages
from bot.storage.outbox import add_alert, read_outbox
from bot.storage.rows import ARTICLE, article_from, chunks
from bot.storage.tables import OPEN, articles, deliveries, story_articles

KEPT = timedelta(days=30)
"""What a machine wrote is of no use once its story is told to the end."""


class EnrichedRows(Rows):
    """What was added to articles. Add a test for each new public method."""

    async def list_headlines(self, shorter_than: int, since: datetime, limit: int) -> list[Article]:
        """List articles of alerts under way that have so little text and whose page was not tried yet, newest first."""
        told = (
            select(story_articles.c.article_id)
            .join(deliveries, deliveries.c.story_id == story_articles.c.story_id)
            .where(OPEN)
        )
        tried = exists().where(pages.c.article_id == articles.c.id)
        bare = (
            select(*ARTICLE)
            .where(
                articles.c.seen_at >= since,
                func.length(articles.c.text) < shorter_than + func.length(articles.c.title),
                articles.c.link.is_not(None),
                articles.c.scope.in_((None,)),
                articles.c.id.in_(told),
                ~tried,
            )
            .order_by(articles.c.seen_at.desc(), articles.c.id.desc())
            .limit(limit)
        )
        async with self.database.read() as db:
            return [article_from(row) for row in await db.execute(bare)]

    async def list_pages(self, ids: Sequence[ArticleId]) -> dict[ArticleId, PageText]:
        """Return what the pages of articles gave, of those that were tried."""
        found: dict[ArticleId, PageText] = {}
        async with self.database.read() as db:
            for some in chunks(ids):
                for row in await db.execute(select(pages).where(pages.c.article_id.in_(some))):
                    found[row.article_id] = PageText(text=row.text, problem=row.problem)
        return found

    @to_the_end
    async def save_page(self, article_id: ArticleId, page: PageText, now: datetime, *, is_late: bool = False) -> None:
        """Keep what an article's page gave; nothing where the article is gone by now.

        Where it is late, the messages that went out without it are edited; one edit that waits there is enough.
        """
        async with self.database.write() as db:
            if await db.scalar(select(articles.c.id).where(articles.c.id == article_id)) is None:
                return
            values = {"at": now, "text": page.text, "problem": page.problem}
            new = upsert(pages).values(article_id=article_id, **values)
            await db.execute(new.on_conflict_do_update(index_elements=[pages.c.article_id], set_=values))
            if is_late and page.text:
                await _edit_messages(db, article_id, now)

    async def find_machine_text(self, digest: bytes) -> MachineText | None:
        """Find what a machine wrote of a source before."""
        async with self.database.read() as db:
            row = (await db.execute(select(machine_texts).where(machine_texts.c.digest == digest))).one_or_none()
        if row is None:
            return None
        return MachineText(headline=row.headline, summary=row.summary, language=row.language)

    @to_the_end
    async def save_machine_text(self, digest: bytes, text: MachineText, now: datetime) -> None:
        """Keep what a machine wrote, and forget what is old."""
        values = {"headline": text.headline, "summary": text.summary, "language": text.language, "at": now}
        async with self.database.write() as db:
            new = upsert(machine_texts).values(digest=digest, **values)
            await db.execute(new.on_conflict_do_update(index_elements=[machine_texts.c.digest], set_=values))
            await db.execute(delete(machine_texts).where(machine_texts.c.at < now - KEPT))

    @to_the_end
    async def claim_machine_call(self, day: date, most: int) -> bool:
        """Count one more request of a day; False, and nothing counted, where the day has had so many."""
        async with self.database.write() as db:
            await db.execute(upsert(machine_days).values(day=day, calls=0).on_conflict_do_nothing())
            one_more = update(machine_days).where(machine_days.c.day == day, machine_days.c.calls < most)
            taken = (await db.execute(one_more.values(calls=machine_days.c.calls + 1))).rowcount
            await db.execute(delete(machine_days).where(machine_days.c.day < day - KEPT))
            return taken == 1


async def _edit_messages(db: AsyncConnection, article_id: ArticleId, now: datetime) -> None:
    held = select(story_articles.c.story_id).where(story_articles.c.article_id == article_id)
    told = list((await db.execute(held)).scalars())
    outbox = await read_outbox(db, told, now)
    for story, channel in sorted(outbox.living - outbox.waiting - outbox.muted):
        await add_alert(db, story, channel, AlertKind.COVERAGE, Action.EDIT, "", now)
