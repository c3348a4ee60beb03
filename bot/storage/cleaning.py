"""Retention: what is older than is kept, and what of a person is forgotten.

A story goes with its articles, alerts, messages' records and words; one that somebody follows, or of which something
waits to be told, stays whole. Articles that came without a date leave their empty row behind: the feed may list them
still, and they would come again as news. Dated ones are told apart by their date, see `pipeline/poll`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, exists, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import ChannelId, WorkspaceId
from bot.domain.operation import AuditLine, Cleaned
from bot.storage.engine import Rows, to_the_end
from bot.storage.enriched_tables import pages
from bot.storage.tables import (
    OPEN,
    alerts,
    article_versions,
    articles,
    audit_log,
    channels,
    deliveries,
    follows,
    matches,
    stories,
    story_articles,
)
from bot.storage.topic_tables import tuned_matches

FORGOTTEN = "forgotten"
"""What stands where a person's id stood."""


class CleaningRows(Rows):
    """What is taken out. Add a test for each new public method."""

    async def preview_clean(self, before: datetime) -> Cleaned:
        """Count what `clean` would take of what ended before then."""
        old = select(stories.c.id).where(*_is_old(before))
        in_old = select(story_articles.c.article_id).where(story_articles.c.story_id.in_(old))
        async with self.database.read() as db:
            counts = [
                await db.scalar(select(func.count()).select_from(found.subquery())) or 0
                for found in (old, in_old, select(alerts.c.id).where(alerts.c.story_id.in_(old)))
            ]
            oldest = await db.scalar(select(func.min(stories.c.updated_at)).where(stories.c.id.in_(old)))
        return Cleaned(stories=counts[0], articles=counts[1], alerts=counts[2], oldest_at=oldest)

    @to_the_end
    async def clean(self, before: datetime, most: int) -> Cleaned:
        """Take out at most so many stories that ended before then, the oldest first; all in one short transaction."""
        async with self.database.write() as db:
            found = select(stories.c.id, stories.c.updated_at).where(*_is_old(before))
            rows = (await db.execute(found.order_by(stories.c.updated_at).limit(most))).all()
            gone = [row.id for row in rows]
            held = select(story_articles.c.article_id).where(story_articles.c.story_id.in_(gone))
            taken = list((await db.execute(held)).scalars())
            told = (await db.execute(delete(alerts).where(alerts.c.story_id.in_(gone)))).rowcount
            await db.execute(delete(stories).where(stories.c.id.in_(gone)))
            await _take_articles(db, taken)
        oldest = rows[0].updated_at if rows else None
        return Cleaned(stories=len(gone), articles=len(taken), alerts=told, oldest_at=oldest)

    async def list_audit(self, workspace: WorkspaceId | None, since: datetime, limit: int) -> list[AuditLine]:
        """List who changed what, the newest first, in one workspace or (None) in all."""
        found = select(audit_log).where(audit_log.c.at >= since)
        if workspace is not None:
            found = found.where(audit_log.c.workspace == workspace)
        async with self.database.read() as db:
            rows = await db.execute(found.order_by(audit_log.c.at.desc(), audit_log.c.id.desc()).limit(limit))
            return [
                AuditLine(at=row.at, actor=row.actor, workspace=row.workspace, action=row.action, subject=row.subject)
                for row in rows
            ]

    @to_the_end
    async def forget_person(self, actor: str, direct: Sequence[str] = ()) -> int:
        """Erase a person's id wherever it stands, and their channels of direct messages with all that these watch.

        What they changed stays, as somebody's; rows that are about them alone go. Returns how many rows were touched.
        """
        touched = 0
        async with self.database.write() as db:
            for table in channels.metadata.sorted_tables:
                if "actor" in table.c:
                    touched += await _forget(db, table, actor)
            mine = [channels.c.channel.in_(direct)]
            ids: list[ChannelId] = list((await db.execute(select(channels.c.id).where(*mine))).scalars())
            await db.execute(delete(alerts).where(alerts.c.channel_id.in_(ids)))
            touched += (await db.execute(delete(channels).where(channels.c.id.in_(ids)))).rowcount
        return touched


def _is_old(before: datetime) -> list[ColumnElement[bool]]:
    followed = exists().where(follows.c.story_id == stories.c.id)
    waits = exists().where(deliveries.c.story_id == stories.c.id, OPEN)
    return [stories.c.updated_at < before, ~followed, ~waits]


async def _take_articles(db: AsyncConnection, taken: Sequence[int]) -> None:
    """Take out articles; of one that came without a date (it was published when it was seen) the empty row stays."""
    words = text("DELETE FROM article_words WHERE rowid = :id")
    if taken:
        await db.execute(words, [{"id": number} for number in taken])
    undated = articles.c.published_at == articles.c.seen_at
    mine = articles.c.id.in_(taken)
    await db.execute(delete(articles).where(mine, ~undated))
    for table in (matches, tuned_matches, article_versions, pages):
        await db.execute(delete(table).where(table.c.article_id.in_(taken)))
    await db.execute(update(articles).where(mine, undated).values(title="", text="", link=None, image_url=None))


async def _forget(db: AsyncConnection, table: Table, actor: str) -> int:
    is_about_them = table.c.actor.primary_key
    change: Any = delete(table) if is_about_them else update(table).values(actor=FORGOTTEN)
    return int((await db.execute(change.where(table.c.actor == actor))).rowcount)
