"""The outbox at work: claims with a lease, what came of each send, and the living messages.

pending -> claimed -> sending -> done or failed; or back to pending where it was surely not carried out. A row that is
still `sending` when its lease ends has an unknown outcome and stays `sending` until that is settled.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, case, func, literal, null, select, tuple_, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alerts import Action, Delivery, DeliveryStatus, Post, PostState
from bot.domain.models import ChannelId, DeliveryId, StoryId, WorkspaceId
from bot.domain.records import Sent
from bot.storage.columns import instant
from bot.storage.engine import Rows, to_the_end
from bot.storage.rows import chunks, delivery_from, post_from
from bot.storage.tables import OPEN, channels, deliveries, posts
from bot.storage.turns import select_due, select_next_due

PENDING, SENDING, DONE, FAILED, _ = (status.value for status in DeliveryStatus)


_OF_A_STORY = (deliveries.c.id == bindparam("sent"), deliveries.c.story_id.is_not(None))
_CLOSE_SENT = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("sent"))
    .values(status=DONE, reason="", closed_at=bindparam("now"), lease_until=None, message_id=bindparam("message"))
)
_SHOWN = ("story_id", "channel_id", "message_id", "shown_hash", "state", "posted_at")
_SAVE_POST = upsert(posts).from_select(
    _SHOWN,
    select(
        deliveries.c.story_id,
        deliveries.c.channel_id,
        bindparam("message"),
        bindparam("shown"),
        literal(PostState.LIVE.value),
        bindparam("now", type_=posts.c.posted_at.type),
    ).where(*_OF_A_STORY, deliveries.c.action == Action.POST.value),
)
_SAVE_POST = _SAVE_POST.on_conflict_do_update(
    index_elements=[posts.c.story_id, posts.c.channel_id],
    set_={name: _SAVE_POST.excluded[name] for name in _SHOWN if name not in ("story_id", "channel_id")},
)
_EDITED = select(deliveries.c.story_id, deliveries.c.channel_id).where(
    *_OF_A_STORY, deliveries.c.action == Action.EDIT.value
)
_SAVE_EDIT = (
    update(posts).where(tuple_(posts.c.story_id, posts.c.channel_id).in_(_EDITED)).values(shown_hash=bindparam("shown"))
)


class DeliveryRows(Rows):
    """Deliveries and posts. Add a test for each new public method."""

    @to_the_end
    async def claim_due_deliveries(
        self,
        now: datetime,
        lease: timedelta,
        limit: int,
        *,
        platform: str | None = None,
        full: Collection[WorkspaceId] = (),
    ) -> list[Delivery]:
        """Take a lease on due deliveries of a platform (None: of all) in the order of `turns`.

        The workspaces in `full` are passed by. A delivery that was SENDING when its lease ended comes back as SENDING
        with `first_tried_at` set: its outcome is unknown.
        """
        async with self.database.write() as db:
            claimed = [delivery_from(row) for row in await db.execute(select_due(now, limit, platform, full))]
            for some in chunks([delivery.id for delivery in claimed]):
                taken = update(deliveries).where(deliveries.c.id.in_(some))
                await db.execute(taken.values(lease_until=now + lease, is_unsettled=deliveries.c.status == SENDING))
        return claimed

    async def next_delivery_due_at(
        self, *, platform: str | None = None, full: Collection[WorkspaceId] = ()
    ) -> datetime | None:
        """Tell when the next open delivery that is not leased is due (or its lease ends)."""
        async with self.database.read() as db:
            due: datetime | None = await db.scalar(select_next_due(platform, full))
            return due

    async def list_open_counts(self) -> list[tuple[str, int]]:
        """Tell how many deliveries wait for each platform."""
        counted = (
            select(channels.c.platform, func.count())
            .join(deliveries, deliveries.c.channel_id == channels.c.id)
            .where(OPEN)
            .group_by(channels.c.platform)
            .order_by(channels.c.platform)
        )
        async with self.database.read() as db:
            return [(platform, number) for platform, number in await db.execute(counted)]

    @to_the_end
    async def mark_sending(self, ids: Sequence[DeliveryId], now: datetime) -> set[DeliveryId]:
        """Record that requests are about to leave; `first_tried_at` keeps the first time, `attempts` counts.

        Returns those that may leave; the others were closed meanwhile.
        """
        leaving: set[DeliveryId] = set()
        tried = {"attempts": deliveries.c.attempts + 1, "status": SENDING}
        first = func.coalesce(deliveries.c.first_tried_at, instant(now))
        async with self.database.write() as db:
            for some in chunks(ids):
                open_ones = update(deliveries).where(deliveries.c.id.in_(some), OPEN)
                marked = open_ones.values(**tried, first_tried_at=first).returning(deliveries.c.id)
                leaving.update((await db.execute(marked)).scalars())
        return leaving

    @to_the_end
    async def record_sent(self, sent: Sequence[Sent], now: datetime) -> None:
        """Record the platform's answers and, for posts and edits, what the living messages show now."""
        rows = [{"sent": one.delivery_id, "message": one.message_id, "shown": one.shown_hash} for one in sent]
        async with self.database.write() as db:
            await db.execute(_CLOSE_SENT, [row | {"now": now} for row in rows])
            await db.execute(_SAVE_POST, [row | {"now": now} for row in rows])
            await db.execute(_SAVE_EDIT, rows)

    @to_the_end
    async def record_skipped(self, delivery_id: DeliveryId, *, reason: str, now: datetime) -> None:
        """Close a delivery that has nothing to show any more (already shown, post gone)."""
        async with self.database.write() as db:
            await _close(db, _one_open(delivery_id), status=DONE, reason=reason, now=now)

    @to_the_end
    async def record_retry(
        self, delivery_id: DeliveryId, *, next_attempt_at: datetime, reason: str, is_unsure: bool
    ) -> None:
        """Give the delivery back for a later attempt; `is_unsure` keeps it SENDING so that it is settled first.

        It also stays SENDING where an earlier try is unsettled: that this one was refused says nothing about that one.
        """
        values: dict[str, Any] = {"status": SENDING}
        if not is_unsure:
            unsettled = deliveries.c.is_unsettled
            values["status"] = case((unsettled, SENDING), else_=PENDING)
            values["first_tried_at"] = case((unsettled, deliveries.c.first_tried_at), else_=null())
        async with self.database.write() as db:
            again = _one_open(delivery_id).values(next_attempt_at=next_attempt_at, reason=reason, lease_until=None)
            await db.execute(again.values(**values))

    @to_the_end
    async def record_failed(self, delivery_id: DeliveryId, *, reason: str, now: datetime) -> None:
        """Close a delivery that can never succeed; with a post fall the edits and replies that wait for it."""
        async with self.database.write() as db:
            row = await _close(db, _one_open(delivery_id), status=FAILED, reason=reason, now=now)
            if row is not None and row.action == Action.POST and row.story_id is not None:
                await _drop_waiting(db, row.story_id, row.channel_id, reason="its post failed", now=now)

    async def find_post(self, story_id: StoryId, channel_id: ChannelId) -> Post | None:
        """Find the living message of a story in a channel."""
        async with self.database.read() as db:
            row = (await db.execute(select(posts).where(*_post(story_id, channel_id)))).one_or_none()
        return None if row is None else post_from(row)

    @to_the_end
    async def mark_post_gone(self, story_id: StoryId, channel_id: ChannelId) -> None:
        """Record that somebody deleted the living message: the story is muted there, what waits for it falls."""
        async with self.database.write() as db:
            gone = update(posts).where(*_post(story_id, channel_id)).values(state=PostState.GONE.value)
            if (await db.execute(gone)).rowcount:
                await _drop_waiting(db, story_id, channel_id, reason="the post is gone", now=None)


def _one_open(delivery_id: DeliveryId) -> Any:
    return update(deliveries).where(deliveries.c.id == delivery_id, OPEN)


def _post(story_id: StoryId, channel_id: ChannelId) -> tuple[Any, Any]:
    return posts.c.story_id == story_id, posts.c.channel_id == channel_id


async def _close(
    db: AsyncConnection, which: Any, *, status: str, reason: str, now: datetime, **more: Any
) -> Row[Any] | None:
    closed = which.values(status=status, reason=reason, closed_at=now, lease_until=None, **more)
    returned = closed.returning(deliveries.c.story_id, deliveries.c.channel_id, deliveries.c.action)
    return (await db.execute(returned)).one_or_none()


async def _drop_waiting(
    db: AsyncConnection, story_id: StoryId, channel_id: ChannelId, *, reason: str, now: datetime | None
) -> None:
    """Close the edits and replies of a story in a channel that nobody has taken yet."""
    waiting = update(deliveries).where(
        deliveries.c.story_id == story_id,
        deliveries.c.channel_id == channel_id,
        deliveries.c.action != Action.POST.value,
        deliveries.c.status == PENDING,
        deliveries.c.lease_until.is_(None),
    )
    await db.execute(waiting.values(status=DONE, reason=reason, closed_at=now))


async def release_deliveries(db: AsyncConnection) -> None:
    """End the leases of deliveries; what is SENDING stays so."""
    leased = update(deliveries).where(OPEN, deliveries.c.lease_until.is_not(None))
    await db.execute(leased.values(lease_until=None))


async def postpone_unsettled(db: AsyncConnection, until: datetime) -> None:
    """Let what is SENDING wait until then at least."""
    unsettled = update(deliveries).where(OPEN, deliveries.c.status == SENDING, deliveries.c.next_attempt_at < until)
    await db.execute(unsettled.values(next_attempt_at=until))


async def bring_deliveries_forward(db: AsyncConnection, now: datetime, channel_id: ChannelId | None = None) -> None:
    """Let what waits (in one channel, or anywhere) be due now."""
    late = update(deliveries).where(OPEN, deliveries.c.lease_until.is_(None), deliveries.c.next_attempt_at > now)
    here = late if channel_id is None else late.where(deliveries.c.channel_id == channel_id)
    await db.execute(here.values(next_attempt_at=now))
