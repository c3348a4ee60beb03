"""Feeds and who uses them: declared ones from files, others added in the chat; each is one row however many use it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, Row, and_, bindparam, case, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.feeds import Feed
from bot.domain.models import EVERYONE, FeedId, WorkspaceId
from bot.domain.records import DeclaredFeed
from bot.domain.views import FeedLine
from bot.storage.columns import Instant, instant, micros
from bot.storage.engine import Rows, to_the_end
from bot.storage.feed_tables import feed_items, feed_uses, feeds
from bot.storage.listed import Prepared, among, pack
from bot.storage.rows import FEED, chunks, feed_from, feed_line_from
from bot.storage.sight import sees_feed

DUE = Prepared(
    select(*FEED, feed_items.c.seen)
    .select_from(feeds.outerjoin(feed_items, feed_items.c.feed_id == feeds.c.id))
    .where(feeds.c.due_at <= bindparam("now", type_=Instant()))
    .order_by(feeds.c.due_at, feeds.c.id)
    .limit(bindparam("most", type_=Integer()))
)
LEASE = Prepared(update(feeds).where(among(feeds.c.id, "ids")).values(due_at=bindparam("end", type_=Instant())))


class FeedRows(Rows):
    """Feeds, the declared ones and their leases. Add a test for each new public method."""

    @to_the_end
    async def reconcile_feeds(self, declared: Sequence[DeclaredFeed], now: datetime) -> None:
        """Make the declared feeds those of the files: add, update, and drop what left the files.

        A feed is used by the workspace that its file names, else by EVERYONE.
        """
        wanted = {(feed.workspace, feed.url): feed for feed in reversed(declared)}
        async with self.database.write() as db:
            rows = await _find_declared(db, list(wanted))
            for key in reversed(wanted):
                await _declare(db, wanted[key], rows.get(key), now)
            left = select(feeds.c.id, feeds.c.scope, feeds.c.url, feeds.c.declared_as).where(feeds.c.is_declared)
            for row in (await db.execute(left)).all():
                if not {(row.scope, row.url), (row.scope, row.declared_as)} & wanted.keys():
                    await _undeclare(db, row.id, row.scope or EVERYONE)

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

    async def list_feeds(self, viewer: WorkspaceId) -> list[FeedLine]:
        """List the feeds that the viewer sees, by title."""
        async with self.database.read() as db:
            rows = await db.execute(select(feeds).where(sees_feed(viewer)))
            return sorted(map(feed_line_from, rows), key=lambda line: (line.title.casefold(), line.id))

    async def list_feed_names(self, ids: Collection[FeedId]) -> Mapping[FeedId, str]:
        """Tell what feeds are called, title and host, as `feed:` reads it."""
        async with self.database.read() as db:
            rows = await db.execute(select(feeds).where(among(feeds.c.id, "ids")), {"ids": pack(ids)})
            return {line.id: line.name for line in map(feed_line_from, rows)}

    @to_the_end
    async def claim_due_feeds(self, now: datetime, lease: timedelta, limit: int) -> list[Feed]:
        """Take a lease on feeds that are due, most overdue first; others pass them by until the lease ends."""

        async def claim(db: AsyncConnection) -> list[Feed]:
            claimed = await DUE.fetch(db, {"now": micros(now), "most": limit})
            if claimed:
                await LEASE.run(db, [{"ids": pack(row[0] for row in claimed), "end": micros(now + lease)}])
            return [feed_from(row, row[-1] or b"") for row in claimed]

        return await self.database.write_whole(claim)

    @to_the_end
    async def postpone_feeds(self, turns: Sequence[tuple[FeedId, datetime]]) -> None:
        """Give claimed feeds back, each due at an instant of its own; when it was to be checked stays as it is."""
        claimed = update(feeds).where(feeds.c.id == bindparam("this"), feeds.c.due_at.is_not(None))
        async with self.database.write() as db:
            await db.execute(
                claimed.values(due_at=bindparam("turn", type_=Instant())),
                [{"this": feed_id, "turn": at} for feed_id, at in turns],
            )

    async def next_feed_due_at(self) -> datetime | None:
        """Tell when the next feed that is not leased is due (or its lease ends)."""
        async with self.database.read() as db:
            due: datetime | None = await db.scalar(select(func.min(feeds.c.due_at)))
            return due


async def find_public(db: AsyncConnection, urls: Sequence[str]) -> dict[str, Row[Any]]:
    """Find the feeds without credentials at these addresses."""
    found: dict[str, Row[Any]] = {}
    for some in chunks(urls):
        rows = await db.execute(select(feeds).where(feeds.c.scope.in_([None]), feeds.c.url.in_(some)))
        found |= {row.url: row for row in rows}
    return found


async def _find_declared(
    db: AsyncConnection, wanted: Sequence[tuple[WorkspaceId | None, str]]
) -> dict[tuple[WorkspaceId | None, str], Row[Any]]:
    """Find feeds by scope and address; one that moved is found by the address that stands in its file."""
    found: dict[tuple[WorkspaceId | None, str], Row[Any]] = {}
    for column in (feeds.c.url, feeds.c.declared_as):
        for some in chunks(wanted):
            scopes, urls = {scope for scope, _ in some}, [url for _, url in some]
            rows = await db.execute(select(feeds).where(feeds.c.scope.in_(scopes), column.in_(urls)))
            found |= {(row.scope, getattr(row, column.name)): row for row in rows}
    return found


async def _undeclare(db: AsyncConnection, feed_id: FeedId, user: WorkspaceId) -> None:
    left = update(feeds).where(feeds.c.id == feed_id)
    await db.execute(left.values(is_declared=False, declared_as=None))
    await end_use(db, feed_id, user)


async def _declare(db: AsyncConnection, declared: DeclaredFeed, row: Row[Any] | None, now: datetime) -> None:
    if row is None:
        feed_id = await insert_feed(
            db,
            url=declared.url,
            title=declared.title,
            language=declared.language,
            interval=declared.interval,
            now=now,
            scope=declared.workspace,
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
            is_adaptive=declared.is_adaptive,
            is_declared=True,
            declared_as=case((feeds.c.url == declared.url, None), else_=feeds.c.declared_as),
            due_at=case(
                (and_(feeds.c.due_at == feeds.c.next_check_at, feeds.c.due_at > soonest), soonest), else_=feeds.c.due_at
            ),
            next_check_at=case((feeds.c.next_check_at > soonest, soonest), else_=feeds.c.next_check_at),
        )
    )
    await begin_use(db, feed_id, declared.workspace or EVERYONE, now)


async def insert_feed(
    db: AsyncConnection,
    *,
    url: str,
    title: str,
    language: str | None,
    interval: timedelta,
    now: datetime,
    scope: WorkspaceId | None = None,
) -> FeedId:
    """Add a feed that nobody uses yet."""
    new = insert(feeds).values(
        url=url, scope=scope, title=title, language=language, interval=interval, next_check_at=now, due_at=None
    )
    feed_id: FeedId = (await db.execute(new.returning(feeds.c.id))).scalar_one()
    return feed_id


async def begin_use(db: AsyncConnection, feed_id: FeedId, workspace: WorkspaceId, now: datetime) -> None:
    """Add a use. A feed that nobody used begins anew: what appeared meanwhile is a first sight, not news."""
    uses = select(feed_uses.c.workspace).where(feed_uses.c.feed_id == feed_id)
    users = set((await db.execute(uses)).scalars())
    if workspace not in users:
        await db.execute(insert(feed_uses).values(feed_id=feed_id, workspace=workspace))
    if not users:
        fresh = {"etag": None, "last_modified": None, "body_hash": None, "failures": 0, "problem": "", "outcome": None}
        fresh |= {"trouble": None, "told_as": None, "gap": None, "newest_at": None, "moved_to": None, "moved_times": 0}
        await db.execute(
            update(feeds)
            .where(feeds.c.id == feed_id)
            .values(**fresh, first_polled_at=None, next_check_at=now, due_at=now)
        )
        await db.execute(delete(feed_items).where(feed_items.c.feed_id == feed_id))


async def end_use(db: AsyncConnection, feed_id: FeedId, workspace: WorkspaceId) -> bool:
    """End a use; a feed that nobody uses any more is not due again. False: there was none."""
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


async def bring_feeds_forward(db: AsyncConnection, now: datetime) -> None:
    """Let no feed that was read at an instant which is still to come wait longer than its interval from now."""
    soon = instant(now) + feeds.c.interval
    ahead = (feeds.c.last_success_at > now, feeds.c.next_check_at > soon, feeds.c.due_at == feeds.c.next_check_at)
    await db.execute(update(feeds).where(*ahead).values(next_check_at=soon, due_at=soon))
