"""News of feeds: written with a poll, told in ops channels once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alerts import Action, AlertKind
from bot.domain.errors import StorageError
from bot.domain.feed_news import FeedNews, FeedNewsId, FeedStanding, NewFeedNews
from bot.domain.models import Channel, ChannelId, FeedId, WorkspaceId
from bot.domain.records import Poll
from bot.domain.troubles import FeedEvent, Trouble
from bot.domain.urls import shown_host
from bot.storage.columns import instant
from bot.storage.engine import Rows, to_the_end
from bot.storage.feed_tables import feed_news, feed_uses, feeds
from bot.storage.outbox import add_alert
from bot.storage.rows import CHANNEL, channel_from, chunks
from bot.storage.tables import channels

STANDING_AS = {FeedEvent.BAD: "bad", FeedEvent.GONE: "gone", FeedEvent.WELL: None}
"""What a feed counts as told after such news."""
WAKING = timedelta(minutes=3)
"""Over how long feeds are spread that are tried again because an outage seems over."""
OF_NETWORK = sorted(trouble.value for trouble in Trouble if trouble.is_of_network)


class FeedNewsRows(Rows):
    """News of feeds. Add a test for each new public method."""

    async def list_feed_news(self) -> list[FeedNews]:
        """List the news that nobody was told yet, oldest first."""
        untold = (
            select(feed_news, feeds.c.title, feeds.c.url, feeds.c.trouble)
            .join(feeds, feeds.c.id == feed_news.c.feed_id)
            .where(feed_news.c.told_at.is_(None))
            .order_by(feed_news.c.id)
        )
        async with self.database.read() as db:
            rows = (await db.execute(untold)).all()
            users = await _list_users(db, [row.feed_id for row in rows])
        return [_news_from(row, frozenset(users[row.feed_id])) for row in rows]

    async def find_feed_standing(self) -> FeedStanding:
        """Count the feeds that are polled and those of them that fail, and tell when anything was told last."""
        counted = select(func.count(), func.count().filter(feeds.c.failures > 0)).where(feeds.c.due_at.is_not(None))
        last = select(func.max(feed_news.c.told_at)).where(feed_news.c.what != FeedEvent.HELD.value)
        async with self.database.read() as db:
            polled, failing = (await db.execute(counted)).one()
            told_at: datetime | None = await db.scalar(last)
        return FeedStanding(polled=polled, failing=failing, last_told_at=told_at)

    async def list_ops_channels(self) -> list[Channel]:
        """List the channels that hear of the bot's health, of all workspaces."""
        ops = select(*CHANNEL).where(channels.c.is_ops.is_(True)).order_by(channels.c.id)
        async with self.database.read() as db:
            return [channel_from(row) for row in await db.execute(ops)]

    @to_the_end
    async def save_bulletins(
        self, bulletins: Sequence[tuple[ChannelId, str]], told: Sequence[FeedNewsId], now: datetime, *, outage: bool
    ) -> None:
        """Write bulletins into the outbox, and that this news was told: both or neither.

        `outage`: every feed that fails now counts as told with it. Raises StorageError where somebody told it first.
        """
        async with self.database.write() as db:
            taken = 0
            for some in chunks(told):
                mine = update(feed_news).where(feed_news.c.id.in_(some), feed_news.c.told_at.is_(None))
                taken += (await db.execute(mine.values(told_at=now))).rowcount
            if taken != len(told):
                raise StorageError("some of this news of feeds was told already; nothing was written, try again")
            for channel_id, bulletin in bulletins:
                await add_alert(db, None, channel_id, AlertKind.HEALTH, Action.POST, bulletin, now)
            if outage:
                failing = update(feeds).where(feeds.c.failures > 0, feeds.c.told_as.is_distinct_from("gone"))
                await db.execute(failing.values(told_as=FeedEvent.OUTAGE.value))


async def save_news(db: AsyncConnection, polls: Sequence[Poll]) -> None:
    """Write what polls decided to tell, with the standing that it gives their feeds."""
    for poll in polls:
        for one in poll.news:
            await _save_one(db, poll, one)


async def _save_one(db: AsyncConnection, poll: Poll, news: NewFeedNews) -> None:
    """Write one piece of news, unless its feed is gone or an outage told it while the poll was under way."""
    standing = select(feeds.c.told_as).where(feeds.c.id == poll.feed_id)
    row = (await db.execute(standing)).one_or_none()
    if row is None or (news.what is FeedEvent.BAD and row.told_as is not None):
        return
    written = {"feed_id": poll.feed_id, "what": news.what.value, "reason": news.reason, "at": poll.at}
    await db.execute(insert(feed_news).values(**written))
    if news.what in STANDING_AS:
        stands = update(feeds).where(feeds.c.id == poll.feed_id)
        await db.execute(stands.values(told_as=STANDING_AS[news.what]))
    if news.what is FeedEvent.WELL and row.told_as == FeedEvent.OUTAGE.value:
        await _wake_failing(db, poll.at)


async def _wake_failing(db: AsyncConnection, now: datetime) -> None:
    """Try the feeds soon that failed for the network's sake: the first of an outage that works again ends it."""
    late = (
        select(feeds.c.id)
        .where(
            feeds.c.failures > 0,
            feeds.c.trouble.in_(OF_NETWORK),
            feeds.c.due_at == feeds.c.next_check_at,
            feeds.c.due_at > instant(now + WAKING),
        )
        .order_by(feeds.c.id)
    )
    ids = (await db.execute(late)).scalars().all()
    if not ids:
        return
    soon = update(feeds).where(feeds.c.id == bindparam("this"))
    step = WAKING / len(ids)
    at = [{"this": feed_id, "next_check_at": now + step * n, "due_at": now + step * n} for n, feed_id in enumerate(ids)]
    await db.execute(soon.values(next_check_at=bindparam("next_check_at"), due_at=bindparam("due_at")), at)


async def _list_users(db: AsyncConnection, ids: Sequence[FeedId]) -> dict[FeedId, set[WorkspaceId]]:
    users: defaultdict[FeedId, set[WorkspaceId]] = defaultdict(set)
    for some in chunks(sorted(set(ids))):
        uses = select(feed_uses.c.feed_id, feed_uses.c.workspace).where(feed_uses.c.feed_id.in_(some))
        for feed_id, workspace in await db.execute(uses):
            users[feed_id].add(workspace)
    return users


def _news_from(row: Any, users: frozenset[WorkspaceId]) -> FeedNews:
    return FeedNews(
        id=row.id,
        feed_id=row.feed_id,
        title=row.title,
        host=shown_host(row.url),
        what=FeedEvent(row.what),
        reason=row.reason,
        trouble=None if row.trouble is None else Trouble(row.trouble),
        at=row.at,
        users=users,
    )
