"""The store: every noun's rows over one open database."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import NoReturn

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.archive import ArchiveRows
from bot.storage.articles import ArticleRows
from bot.storage.changes import ChangeRows
from bot.storage.channels import ChannelRows
from bot.storage.cleaning import CleaningRows
from bot.storage.communities import CommunityRows
from bot.storage.deliveries import DeliveryRows, bring_deliveries_forward, postpone_unsettled, release_deliveries
from bot.storage.digests import DigestRows, bring_digests_forward, release_digests
from bot.storage.drafts import DraftRows
from bot.storage.engine import Database, to_the_end
from bot.storage.enriched import EnrichedRows
from bot.storage.feed_news import FeedNewsRows
from bot.storage.feed_uses import FeedUseRows
from bot.storage.feeds import FeedRows, bring_feeds_forward, release_feeds
from bot.storage.folding import FoldingRows
from bot.storage.gatherings import GatheringRows
from bot.storage.held import HeldRows
from bot.storage.judgements import JudgementRows
from bot.storage.latest import LatestRows
from bot.storage.links import LinkRows
from bot.storage.location import RunLock, check_place, database_path
from bot.storage.merges import MergeRows
from bot.storage.migrate import prepare
from bot.storage.open_groups import OpenGroupRows
from bot.storage.operation import OperatorRows
from bot.storage.polls import PollRows
from bot.storage.recounts import RecountRows
from bot.storage.rematches import RematchRows
from bot.storage.search import SearchRows
from bot.storage.secrets import SecretRows
from bot.storage.splits import SplitRows
from bot.storage.status import StatusRows
from bot.storage.stories import StoryRows
from bot.storage.topics import TopicRows
from bot.storage.trends import TrendRows
from bot.storage.tunings import TuningRows
from bot.storage.versions import VersionRows

SETTLE_AFTER = timedelta(seconds=5)
"""How long a request of a killed run may still be on its way before its outcome is looked for."""


class SqlStore(
    FeedRows, FeedUseRows, FeedNewsRows, HeldRows, PollRows, ArticleRows, LatestRows, SearchRows, TopicRows, StoryRows,
    GatheringRows, ChannelRows, DeliveryRows, DigestRows, FoldingRows, MergeRows, StatusRows, VersionRows, ChangeRows,
    DraftRows, TuningRows, ArchiveRows, RematchRows, TrendRows, EnrichedRows, OpenGroupRows, SplitRows, LinkRows,
    OperatorRows, CleaningRows, SecretRows, JudgementRows, CommunityRows, RecountRows,
):  # fmt: skip
    """`bot.ports.Store` on SQLite. Add a query as one method in the noun's file and in `ports.Store`."""

    def __init__(self, database: Database, lock: RunLock | None = None) -> None:
        super().__init__(database)
        self._lock = lock

    @to_the_end
    async def release_leases(self) -> None:
        """End all leases at an orderly stop, so that the next start need not wait for them."""
        async with self.database.write() as db:
            await release_feeds(db)
            await release_deliveries(db)
            await release_digests(db)

    @to_the_end
    async def take_over(self, now: datetime) -> None:
        """End the leases that a killed run left; only who holds the lock may ask, since then that run is dead.

        What was being sent is settled a moment later: the platform may still be carrying it out. All else that waits is
        looked at anew, as in `bring_forward`.
        """
        async with self.database.write() as db:
            await release_feeds(db)
            await release_deliveries(db)
            await release_digests(db)
            await _bring_forward(db, now)

    @to_the_end
    async def bring_forward(self, now: datetime) -> None:
        """Let nothing wait for an instant that a clock which went back told: deliveries are due, feeds soon.

        What must wait still, for a quiet hour's end, is held again when its turn comes; what is unsure waits a moment.
        """
        async with self.database.write() as db:
            await _bring_forward(db, now)

    async def wait_for_damage(self) -> NoReturn:
        """Wait until the database proves to be damaged, and raise DamagedError with the way to restore."""
        await self.database.wait_for_damage()

    async def close(self) -> None:
        """Close every connection, then give the lock back."""
        try:
            await self.database.close()
        finally:
            if self._lock is not None:
                self._lock.release()


async def _bring_forward(db: AsyncConnection, now: datetime) -> None:
    await bring_deliveries_forward(db, now)
    await bring_feeds_forward(db, now)
    await bring_digests_forward(db, now)
    await postpone_unsettled(db, now + SETTLE_AFTER)


async def open_store(url_or_path: str | Path, *, exclusive: bool, writes: bool = False) -> SqlStore:
    """Open the store at a file path or SQLite URL.

    `exclusive` is for the one process that runs it: takes the lock, and makes or upgrades the database (after a copy of
    the file). Others open beside it and change no tables; one that `writes` rows looks for damage first. Raises
    StorageError, with the path and the remedy, for whatever stands in the way.
    """
    path = database_path(url_or_path)
    check_place(path, may_be_made=exclusive)
    lock = RunLock(path) if exclusive else None
    if lock is not None:
        lock.take()
    try:
        await prepare(path, may_change=exclusive, is_checked=exclusive or writes)
        return SqlStore(Database(path), lock)
    except BaseException:
        if lock is not None:
            lock.release()
        raise
