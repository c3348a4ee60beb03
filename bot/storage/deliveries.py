"""The outbox at work: claims with a lease, what came of each send, and the living messages.

pending -> claimed -> sending -> done or failed; or back to pending where it was surely not carried out. A row that is
still `sending` when its lease ends has an unknown outcome and stays `sending` until that is settled.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, case, func, null, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import NotFoundError
from bot.domain.models import (
    Action,
    ChannelId,
    Delivery,
    DeliveryId,
    DeliveryStatus,
    Post,
    PostState,
    StoryId,
    WorkspaceId,
)
from bot.storage.columns import instant
from bot.storage.engine import Rows, to_the_end
from bot.storage.rows import chunks, delivery_from, post_from
from bot.storage.tables import OPEN, deliveries, posts
from bot.storage.turns import select_due, select_next_due

PENDING, SENDING, DONE, FAILED, _ = (status.value for status in DeliveryStatus)


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

    @to_the_end
    async def mark_sending(self, delivery_id: DeliveryId, now: datetime) -> None:
        """Record that the request is about to leave; `first_tried_at` keeps the first time, `attempts` counts.

        Raises NotFoundError for a delivery that was closed meanwhile: it must not leave.
        """
        leaving = _one_open(delivery_id).values(
            status=SENDING,
            attempts=deliveries.c.attempts + 1,
            first_tried_at=func.coalesce(deliveries.c.first_tried_at, instant(now)),
        )
        async with self.database.write() as db:
            if (await db.execute(leaving)).rowcount == 0:
                raise NotFoundError(f"delivery {delivery_id} is not open any more")

    @to_the_end
    async def record_sent(self, delivery_id: DeliveryId, *, message_id: str, shown_hash: str, now: datetime) -> None:
        """Record the platform's answer and, for a post or edit, what the living message shows now."""
        async with self.database.write() as db:
            sent = update(deliveries).where(deliveries.c.id == delivery_id)
            row = await _close(db, sent, status=DONE, reason="", now=now, message_id=message_id)
            if row is None or row.story_id is None:
                return
            if row.action == Action.POST:
                await _save_post(db, row, message_id, shown_hash, now)
            elif row.action == Action.EDIT:
                await db.execute(
                    update(posts).where(*_post(row.story_id, row.channel_id)).values(shown_hash=shown_hash)
                )

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


async def _save_post(db: AsyncConnection, row: Row[Any], message_id: str, shown_hash: str, now: datetime) -> None:
    shown = {"message_id": message_id, "shown_hash": shown_hash, "state": PostState.LIVE.value, "posted_at": now}
    new = upsert(posts).values(story_id=row.story_id, channel_id=row.channel_id, thread_id=None, **shown)
    await db.execute(new.on_conflict_do_update(index_elements=[posts.c.story_id, posts.c.channel_id], set_=shown))


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
