"""Feeds and who uses them: declared ones from files, others added in the chat; each is one row however many use it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, case, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import EVERYONE, Feed, FeedId, WorkspaceId
from bot.domain.records import DeclaredFeed
from bot.domain.views import FeedLine
from bot.storage.columns import instant
from bot.storage.engine import Rows, to_the_end
from bot.storage.rows import chunks, feed_from, feed_line_from
from bot.storage.sight import sees_feed
from bot.storage.tables import feed_items, feed_uses, feeds


class FeedRows(Rows):
    """Feeds, their uses and their leases. Add a test for each new public method."""

    @to_the_end
    async def reconcile_feeds(self, declared: Sequence[DeclaredFeed], now: datetime) -> None:
        """Make the declared feeds (used by EVERYONE) those of the files: add, update, and drop what left the files."""
        wanted = {feed.url: feed for feed in reversed(declared)}
        async with self.database.write() as db:
            rows = await _find_public(db, list(wanted))
            for url in reversed(wanted):
                await _declare(db, wanted[url], rows.get(url), now)
            left = select(feeds.c.id, feeds.c.url).where(feeds.c.is_declared)
            gone = [row.id for row in await db.execute(left) if row.url not in wanted]
            for feed_id in gone:
                await db.execute(update(feeds).where(feeds.c.id == feed_id).values(is_declared=False))
                await _end_use(db, feed_id, EVERYONE)

    @to_the_end
    async def add_feed(
        self, *, url: str, title: str, language: str | None, interval: timedelta, workspace: WorkspaceId, now: datetime
    ) -> Feed:
        """Use a feed in a workspace, adding it (due now) where nobody uses it yet; the same URL is one feed.

        The shortest interval that somebody asked for holds, but a declared feed keeps that of its file.
        """
        async with self.database.write() as db:
            row = (await _find_public(db, [url])).get(url)
            if row is None:
                feed_id = await _insert(db, url=url, title=title, language=language, interval=interval, now=now)
            else:
                feed_id = row.id
                shortest = row.interval if row.is_declared else min(row.interval, interval)
                await db.execute(update(feeds).where(feeds.c.id == feed_id).values(interval=shortest))
            await _begin_use(db, feed_id, workspace, now)
            return feed_from((await db.execute(select(feeds).where(feeds.c.id == feed_id))).one())

    async def find_feed(self, viewer: WorkspaceId, name: str) -> FeedLine | None:
        """Find a feed that the viewer sees by id, URL, or title (case-insensitive)."""
        lookup = select(feeds.c.id, feeds.c.url, feeds.c.title).where(sees_feed(viewer)).order_by(feeds.c.id)
        async with self.database.read() as db:
            seen = (await db.execute(lookup)).all()
            wanted = name.strip()
            found = (
                [row.id for row in seen if str(row.id) == wanted]
                or [row.id for row in seen if row.url == wanted]
                or [row.id for row in seen if row.title.casefold() == wanted.casefold()]
            )
            if not found:
                return None
            return feed_line_from((await db.execute(select(feeds).where(feeds.c.id == found[0]))).one())

    @to_the_end
    async def delete_feed_use(self, workspace: WorkspaceId, feed_id: FeedId) -> bool:
        """End a workspace's use of a feed; the feed is no longer polled once nobody uses it. False: it had none."""
        async with self.database.write() as db:
            return await _end_use(db, feed_id, workspace)

    async def list_feeds(self, viewer: WorkspaceId) -> list[FeedLine]:
        """List the feeds that the viewer sees, by title."""
        async with self.database.read() as db:
            rows = await db.execute(select(feeds).where(sees_feed(viewer)))
            return sorted(map(feed_line_from, rows), key=lambda line: (line.title.casefold(), line.id))

    @to_the_end
    async def claim_due_feeds(self, now: datetime, lease: timedelta, limit: int) -> list[Feed]:
        """Take a lease on feeds that are due, most overdue first; others pass them by until the lease ends."""
        due = (
            select(feeds.c.id)
            .where(feeds.c.due_at <= now)
            .order_by(feeds.c.due_at, feeds.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        async with self.database.write() as db:
            ids = (await db.execute(due)).scalars().all()
            rows: list[Row[Any]] = []
            for some in chunks(ids):
                leased = update(feeds).where(feeds.c.id.in_(some)).values(due_at=now + lease).returning(*feeds.c)
                rows += await db.execute(leased)
            items = await _find_items(db, ids)
        turn = {feed_id: place for place, feed_id in enumerate(ids)}
        return [feed_from(row, items.get(row.id, b"")) for row in sorted(rows, key=lambda row: turn[row.id])]

    async def next_feed_due_at(self) -> datetime | None:
        """Tell when the next feed that is not leased is due (or its lease ends)."""
        async with self.database.read() as db:
            due: datetime | None = await db.scalar(select(func.min(feeds.c.due_at)))
            return due


async def _find_items(db: AsyncConnection, ids: Sequence[FeedId]) -> dict[FeedId, bytes]:
    found: dict[FeedId, bytes] = {}
    for some in chunks(ids):
        rows = await db.execute(select(feed_items).where(feed_items.c.feed_id.in_(some)))
        found |= {row.feed_id: row.seen for row in rows}
    return found


async def _find_public(db: AsyncConnection, urls: Sequence[str]) -> dict[str, Row[Any]]:
    found: dict[str, Row[Any]] = {}
    for some in chunks(urls):
        rows = await db.execute(select(feeds).where(feeds.c.scope.in_([None]), feeds.c.url.in_(some)))
        found |= {row.url: row for row in rows}
    return found


async def _declare(db: AsyncConnection, declared: DeclaredFeed, row: Row[Any] | None, now: datetime) -> None:
    if row is None:
        feed_id = await _insert(
            db, url=declared.url, title=declared.title, language=declared.language, interval=declared.interval, now=now
        )
    else:
        feed_id = row.id
    # A shorter interval holds from now on, not after the longer pause that was chosen last.
    soonest = instant(now + declared.interval)
    await db.execute(
        update(feeds)
        .where(feeds.c.id == feed_id)
        .values(
            title=declared.title or feeds.c.title,
            language=declared.language or feeds.c.language,
            interval=declared.interval,
            is_declared=True,
            due_at=case(
                (and_(feeds.c.due_at == feeds.c.next_check_at, feeds.c.due_at > soonest), soonest), else_=feeds.c.due_at
            ),
            next_check_at=case((feeds.c.next_check_at > soonest, soonest), else_=feeds.c.next_check_at),
        )
    )
    await _begin_use(db, feed_id, EVERYONE, now)


async def _insert(
    db: AsyncConnection, *, url: str, title: str, language: str | None, interval: timedelta, now: datetime
) -> FeedId:
    new = insert(feeds).values(
        url=url, scope=None, title=title, language=language, interval=interval, next_check_at=now, due_at=None
    )
    feed_id: FeedId = (await db.execute(new.returning(feeds.c.id))).scalar_one()
    return feed_id


async def _begin_use(db: AsyncConnection, feed_id: FeedId, workspace: WorkspaceId, now: datetime) -> None:
    """Add a use. A feed that nobody used begins anew: what appeared meanwhile is a first sight, not news."""
    uses = select(feed_uses.c.workspace).where(feed_uses.c.feed_id == feed_id)
    users = set((await db.execute(uses)).scalars())
    if workspace not in users:
        await db.execute(insert(feed_uses).values(feed_id=feed_id, workspace=workspace))
    if not users:
        fresh = {"etag": None, "last_modified": None, "body_hash": None, "failures": 0, "problem": "", "outcome": None}
        await db.execute(
            update(feeds)
            .where(feeds.c.id == feed_id)
            .values(**fresh, first_polled_at=None, next_check_at=now, due_at=now)
        )
        await db.execute(delete(feed_items).where(feed_items.c.feed_id == feed_id))


async def _end_use(db: AsyncConnection, feed_id: FeedId, workspace: WorkspaceId) -> bool:
    ended = delete(feed_uses).where(feed_uses.c.feed_id == feed_id, feed_uses.c.workspace == workspace)
    if (await db.execute(ended)).rowcount == 0:
        return False
    used = select(feed_uses.c.workspace).where(feed_uses.c.feed_id == feed_id).limit(1)
    if (await db.execute(used)).first() is None:
        await db.execute(update(feeds).where(feeds.c.id == feed_id).values(due_at=None))
    return True


async def release_feeds(db: AsyncConnection) -> None:
    """End the leases of all feeds: each is due when it was before it was claimed."""
    leased = or_(feeds.c.due_at > feeds.c.next_check_at, feeds.c.due_at < feeds.c.next_check_at)
    await db.execute(update(feeds).where(leased).values(due_at=feeds.c.next_check_at))
