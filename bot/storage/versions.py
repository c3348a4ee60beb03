"""Versions: what an article said later, kept beside what it said first, and never news by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import ArticleId, WorkspaceId
from bot.domain.records import ArticleVersion, Poll, Wording
from bot.storage.change_tables import waiting_versions
from bot.storage.engine import Rows
from bot.storage.feed_tables import feeds
from bot.storage.rows import chunks
from bot.storage.sight import sees_feed
from bot.storage.tables import article_versions, articles

MOST_VERSIONS = 20
"""Of an article that changes with every poll (a counter, the time of day), the newest so many are kept."""


class VersionRows(Rows):
    """The later versions of articles. Add a test for each new public method."""

    async def list_versions(self, viewer: WorkspaceId, ids: Sequence[ArticleId]) -> list[ArticleVersion]:
        """List what articles said after their first wordings, in feeds that the viewer sees, by article and age."""
        kept = (
            select(article_versions)
            .join(feeds, feeds.c.id == article_versions.c.feed_id)
            .where(sees_feed(viewer))
            .order_by(article_versions.c.article_id, article_versions.c.at, article_versions.c.digest)
        )
        found: list[ArticleVersion] = []
        async with self.database.read() as db:
            for some in chunks(sorted(ids)):
                found += [
                    ArticleVersion(
                        article_id=row.article_id, feed_id=row.feed_id, at=row.at, title=row.title, text=row.text
                    )
                    for row in await db.execute(kept.where(article_versions.c.article_id.in_(some)))
                ]
        return found


async def save_versions(db: AsyncConnection, poll: Poll) -> None:
    """Keep the wordings of a poll that differ from the articles as they are, and from versions kept already."""
    changed = await _changed(db, poll.wordings)
    if not changed:
        return
    rows = [
        {
            "article_id": wording.article_id,
            "digest": _digest(wording),
            "feed_id": poll.feed_id,
            "at": poll.at,
            "title": wording.title,
            "text": wording.text,
        }
        for wording in changed
    ]
    known = await _known(db, rows)
    await db.execute(upsert(article_versions).on_conflict_do_nothing(), rows)
    waiting = [{"article_id": row["article_id"], "digest": row["digest"]} for row in rows]
    if waiting := [row for row in waiting if (row["article_id"], row["digest"]) not in known]:
        await db.execute(upsert(waiting_versions).on_conflict_do_nothing(), waiting)
    for article_id in sorted({wording.article_id for wording in changed}):
        await _forget_oldest(db, article_id)


async def _changed(db: AsyncConnection, wordings: Iterable[Wording]) -> list[Wording]:
    by_article = {wording.article_id: wording for wording in wordings}
    changed: list[Wording] = []
    said = select(articles.c.id, articles.c.title, articles.c.text)
    for ids in chunks(sorted(by_article)):
        for row in await db.execute(said.where(articles.c.id.in_(ids))):
            wording = by_article[row.id]
            if (wording.title, wording.text) != (row.title, row.text):
                changed.append(wording)
    return changed


async def _known(db: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> set[tuple[ArticleId, bytes]]:
    """Tell which of the versions are kept already."""
    found: set[tuple[ArticleId, bytes]] = set()
    for ids in chunks(sorted({row["article_id"] for row in rows})):
        kept = select(article_versions.c.article_id, article_versions.c.digest)
        found |= {tuple(row) for row in await db.execute(kept.where(article_versions.c.article_id.in_(ids)))}
    return found


async def _forget_oldest(db: AsyncConnection, article_id: ArticleId) -> None:
    mine = article_versions.c.article_id == article_id
    newest = select(article_versions.c.digest).where(mine).order_by(article_versions.c.at.desc()).limit(MOST_VERSIONS)
    await db.execute(delete(article_versions).where(mine, article_versions.c.digest.not_in(newest)))


def _digest(wording: Wording) -> bytes:
    return blake2b(f"{wording.title}\n{wording.text}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
