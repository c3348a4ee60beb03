"""The store: every noun's rows over one open database."""

from __future__ import annotations

from pathlib import Path

from bot.storage.articles import ArticleRows
from bot.storage.channels import ChannelRows
from bot.storage.deliveries import DeliveryRows, release_deliveries
from bot.storage.engine import Database
from bot.storage.feeds import FeedRows, release_feeds
from bot.storage.gatherings import GatheringRows
from bot.storage.latest import LatestRows
from bot.storage.location import RunLock, check_place, database_path
from bot.storage.migrate import prepare
from bot.storage.polls import PollRows
from bot.storage.search import SearchRows
from bot.storage.status import StatusRows
from bot.storage.stories import StoryRows
from bot.storage.topics import TopicRows


class SqlStore(
    FeedRows, PollRows, ArticleRows, LatestRows, SearchRows, TopicRows, StoryRows, GatheringRows, ChannelRows,
    DeliveryRows, StatusRows,
):  # fmt: skip
    """`bot.ports.Store` on SQLite. Add a query as one method in the noun's file and in `ports.Store`."""

    def __init__(self, database: Database, lock: RunLock | None = None) -> None:
        super().__init__(database)
        self._lock = lock

    async def release_leases(self) -> None:
        """End all leases at an orderly stop, so that the next start need not wait for them."""
        async with self.database.write() as db:
            await release_feeds(db)
            await release_deliveries(db, also_sending=True)

    async def take_over(self) -> None:
        """End the leases that a killed run left, once the lock says that it is dead.

        A send that was under way keeps its lease: the platform may still be carrying it out.
        """
        async with self.database.write() as db:
            await release_feeds(db)
            await release_deliveries(db, also_sending=False)

    async def close(self) -> None:
        """Close every connection, then give the lock back."""
        try:
            await self.database.close()
        finally:
            if self._lock is not None:
                self._lock.release()


async def open_store(url_or_path: str | Path, *, exclusive: bool) -> SqlStore:
    """Open the store at a file path or SQLite URL.

    `exclusive` is for the one process that runs it: takes the lock, makes or upgrades the database (after a copy of the
    file), and ends what leases a killed run left. Others open beside it and change no tables. Raises StorageError, with
    the path and the remedy, for whatever stands in the way.
    """
    path = database_path(url_or_path)
    check_place(path, may_be_made=exclusive)
    lock = RunLock(path) if exclusive else None
    if lock is not None:
        lock.take()
    try:
        await prepare(path, may_change=exclusive)
        store = SqlStore(Database(path), lock)
        if exclusive:
            await _take_over(store)
        return store
    except BaseException:
        if lock is not None:
            lock.release()
        raise


async def _take_over(store: SqlStore) -> None:
    try:
        await store.take_over()
    except BaseException:
        await store.database.close()
        raise
