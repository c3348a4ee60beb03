"""What waits in the outbox: posts that are held, several that become one roll-up, and channels that are given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alerts import Action, AlertKind, Delivery, DeliveryStatus
from bot.domain.models import Channel, ChannelId, DeliveryId
from bot.domain.records import Waiting
from bot.domain.views import StoryLine
from bot.storage.audit import OURSELVES, log_change
from bot.storage.digest_plans import stop_plan
from bot.storage.engine import Rows, to_the_end
from bot.storage.latest import list_lines
from bot.storage.outbox import add_alert
from bot.storage.rows import (
    CHANNEL,
    DELIVERY,
    channel_from,
    chunks,
    delivery_from,
    watching_from,
    watching_values,
)
from bot.storage.tables import OPEN, alerts, channels, deliveries, follows, mutes, subscriptions
from bot.storage.turns import is_held

STOPPED = "subscription.stop"
PENDING, DONE, FAILED, FOLDED = (
    status.value
    for status in (DeliveryStatus.PENDING, DeliveryStatus.DONE, DeliveryStatus.FAILED, DeliveryStatus.FOLDED)
)
POST = Action.POST.value


class FoldingRows(Rows):
    """Holds, roll-ups and given-up channels. Add a test for each new public method."""

    async def list_posted_since(self, channel_id: ChannelId, since: datetime) -> list[datetime]:
        """List when new messages were posted in a channel after then, oldest first."""
        posted = select(deliveries.c.closed_at).where(
            deliveries.c.channel_id == channel_id,
            deliveries.c.action == POST,
            deliveries.c.status == DONE,
            deliveries.c.closed_at > since,
            deliveries.c.message_id.is_not(None),
        )
        async with self.database.read() as db:
            return list((await db.execute(posted.order_by(deliveries.c.closed_at))).scalars())

    @to_the_end
    async def hold_deliveries(self, delivery: Delivery, *, until: datetime, reason: str, is_all: bool) -> None:
        """Give a claimed delivery back until then, and with it the posts of stories that wait in its channel.

        With `is_all` their edits and replies too. Nothing counts as tried; what is unsure stays as it is.
        """
        mine = deliveries.c.id == delivery.id
        with_it = [deliveries.c.story_id.is_not(None), or_(deliveries.c.lease_until.is_(None), mine)]
        waiting = update(deliveries).where(
            OPEN,
            deliveries.c.channel_id == delivery.channel.id,
            deliveries.c.status == PENDING,
            deliveries.c.next_attempt_at < until,
            *(with_it if is_all else (*with_it, deliveries.c.action == POST)),
        )
        again = {"next_attempt_at": until, "attempts": 0, "reason": reason, "lease_until": None}
        async with self.database.write() as db:
            await db.execute(waiting.values(**again))
            await db.execute(update(deliveries).where(OPEN, mine).values(**again))

    async def list_waiting(self, channel_id: ChannelId) -> list[Waiting]:
        """List the posts of stories that wait in a channel, oldest first, without those that are unsure."""
        waiting = (
            select(deliveries.c.id, alerts.c.created_at, is_held(deliveries).label("was_held"))
            .join(alerts, alerts.c.id == deliveries.c.alert_id)
            .where(
                OPEN,
                deliveries.c.channel_id == channel_id,
                deliveries.c.status == PENDING,
                deliveries.c.action == POST,
                deliveries.c.story_id.is_not(None),
            )
            .order_by(deliveries.c.id)
        )
        async with self.database.read() as db:
            rows = await db.execute(waiting)
            return [Waiting(delivery_id=r.id, created_at=r.created_at, was_held=bool(r.was_held)) for r in rows]

    @to_the_end
    async def fold_deliveries(self, first: DeliveryId, others: Sequence[DeliveryId], now: datetime) -> Delivery:
        """Make a claimed post and others that wait in its channel one roll-up; returns it, still claimed.

        The roll-up takes the place of the first in the channel's order. The stories count as told; what waits for their
        posts falls.
        """
        async with self.database.write() as db:
            row = (await db.execute(select(deliveries).where(deliveries.c.id == first, OPEN))).one()
            told = {"story_id": None, "channel_id": row.channel_id, "kind": AlertKind.ROLL_UP.value, "reason": ""}
            made = await db.execute(insert(alerts).values(**told, created_at=now).returning(alerts.c.id))
            rolled = {"alert_id": made.scalar_one(), "story_id": None, "attempts": 0}
            await db.execute(update(deliveries).where(deliveries.c.id == first).values(**rolled))
            folded = {"status": FOLDED, "folded_into": first, "closed_at": now, "lease_until": None}
            kept = {c.name: getattr(row, c.name) for c in deliveries.c if c.name != "id"}
            await db.execute(insert(deliveries).values(**kept | folded))
            for some in chunks(others):
                free = update(deliveries).where(deliveries.c.id.in_(some), deliveries.c.status == PENDING)
                await db.execute(free.where(deliveries.c.lease_until.is_(None)).values(**folded))
            await _drop_updates(db, first, row.channel_id, now)
            return await _get(db, first)

    async def list_folded(self, delivery: Delivery) -> list[StoryLine]:
        """List the stories that a roll-up tells, in the order they came, without those that its channel muted."""
        muted = exists(
            select(mutes.c.story_id).where(
                mutes.c.story_id == deliveries.c.story_id, mutes.c.channel_id == deliveries.c.channel_id
            )
        )
        told = (
            select(deliveries.c.story_id)
            .join(alerts, alerts.c.id == deliveries.c.alert_id)
            .where(deliveries.c.folded_into == delivery.id, ~muted)
            .order_by(alerts.c.id)
        )
        async with self.database.read() as db:
            ids = (await db.execute(told)).scalars().all()
            return await list_lines(db, delivery.channel.place.workspace, ids)

    async def find_ops_channel(self, broken: Channel) -> Channel | None:
        """Find the channel of the same workspace and platform, other than this one, that hears of the bot's health."""
        place = broken.place
        ops = select(*CHANNEL).where(
            channels.c.platform == place.platform,
            channels.c.workspace == place.workspace,
            channels.c.is_ops.is_(True),
            channels.c.id != broken.id,
        )
        async with self.database.read() as db:
            row = (await db.execute(ops.order_by(channels.c.id).limit(1))).one_or_none()
        return None if row is None else channel_from(row)

    @to_the_end
    async def stop_channel(
        self, channel: Channel, *, reason: str, now: datetime, ops: Channel | None = None, notice: str = ""
    ) -> int:
        """Give up a channel: its subscriptions, follows and digest end, its open deliveries close as failed.

        The ops channel gets the notice where anything ended. Returns how many subscriptions and follows that were.
        """
        workspace = channel.place.workspace
        async with self.database.write() as db:
            ended = await _end_subscriptions(db, channel)
            for row in ended:
                await log_change(
                    db, at=now, actor=OURSELVES, workspace=workspace, action=STOPPED,
                    subject=f"{channel.id} {row.topic_id}", before=watching_values(watching_from(row)),
                )  # fmt: skip
            open_ones = update(deliveries).where(OPEN, deliveries.c.channel_id == channel.id)
            await db.execute(open_ones.values(status=FAILED, reason=reason, closed_at=now, lease_until=None))
            await stop_plan(db, channel.id, workspace, now)
            unfollowed = (await db.execute(delete(follows).where(follows.c.channel_id == channel.id))).rowcount
            stopped = len(ended) + unfollowed
            if ops is not None and stopped:
                await add_alert(db, None, ops.id, AlertKind.NOTICE, Action.POST, notice, now)
            return stopped


async def _end_subscriptions(db: AsyncConnection, channel: Channel) -> Sequence[Row[Any]]:
    mine = delete(subscriptions).where(subscriptions.c.channel_id == channel.id)
    return (await db.execute(mine.returning(subscriptions))).all()


async def _drop_updates(db: AsyncConnection, roll_up: DeliveryId, channel_id: ChannelId, now: datetime) -> None:
    told = select(deliveries.c.story_id).where(deliveries.c.folded_into == roll_up)
    waiting = update(deliveries).where(
        OPEN,
        deliveries.c.channel_id == channel_id,
        deliveries.c.action != POST,
        deliveries.c.status == PENDING,
        deliveries.c.story_id.in_(told),
    )
    await db.execute(waiting.values(status=DONE, reason="told in a roll-up", closed_at=now, lease_until=None))


async def _get(db: AsyncConnection, delivery_id: DeliveryId) -> Delivery:
    one = (
        select(*DELIVERY)
        .join_from(deliveries, alerts, alerts.c.id == deliveries.c.alert_id)
        .join(channels, channels.c.id == deliveries.c.channel_id)
        .where(deliveries.c.id == delivery_id)
    )
    return delivery_from((await db.execute(one)).one())
