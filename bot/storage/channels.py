"""Channels and what they watch."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import ChannelNotFoundError, NotFoundError
from bot.domain.models import (
    Channel,
    ChannelId,
    Mode,
    Place,
    Sensitivity,
    Subscription,
    SubscriptionId,
    TopicId,
    WorkspaceId,
)
from bot.domain.views import SubscriptionLine
from bot.storage.audit import log_change
from bot.storage.engine import Rows, to_the_end
from bot.storage.rows import CHANNEL, channel_from
from bot.storage.tables import channels, subscriptions, topics


class ChannelRows(Rows):
    """Channels and subscriptions. Add a test for each new public method."""

    async def find_channel(self, place: Place) -> Channel | None:
        """Find the channel at a place."""
        async with self.database.read() as db:
            row = (await db.execute(_at(place))).one_or_none()
        return None if row is None else channel_from(row)

    @to_the_end
    async def add_channel(self, place: Place) -> Channel:
        """Return the channel at a place, making it where there is none."""
        found = await self.find_channel(place)
        if found is not None:
            return found
        values = {"platform": place.platform, "workspace": place.workspace, "channel": place.channel}
        new = upsert(channels).values(**values, language="en", zone="UTC", is_ops=False).on_conflict_do_nothing()
        async with self.database.write() as db:
            await db.execute(new)
            return channel_from((await db.execute(_at(place))).one())

    @to_the_end
    async def add_subscription(
        self,
        channel_id: ChannelId,
        topic_id: TopicId,
        *,
        mode: Mode,
        sensitivity: Sensitivity | None,
        min_outlets: int,
        actor: str,
        now: datetime,
    ) -> bool:
        """Watch a topic in a channel, or change how; returns whether it is new.

        Raises ChannelNotFoundError, or NotFoundError where the topic is gone or another workspace's.
        """
        how = {"mode": mode.value, "sensitivity": sensitivity, "min_outlets": min_outlets}
        key = {"channel_id": channel_id, "topic_id": topic_id}
        async with self.database.write() as db:
            workspace = await _workspace_of(db, channel_id)
            await _check_topic(db, topic_id, workspace)
            changed = update(subscriptions).where(*_is(channel_id, topic_id)).values(**how)
            is_new = (await db.execute(changed)).rowcount == 0
            if is_new:
                await db.execute(insert(subscriptions).values(**key, **how))
            action = "subscription.add" if is_new else "subscription.change"
            subject = f"{channel_id} {topic_id}"
            await log_change(db, at=now, actor=actor, workspace=workspace, action=action, subject=subject)
            return is_new

    @to_the_end
    async def delete_subscription(self, channel_id: ChannelId, topic_id: TopicId, *, actor: str, now: datetime) -> bool:
        """End a subscription; False where there was none."""
        async with self.database.write() as db:
            if (await db.execute(delete(subscriptions).where(*_is(channel_id, topic_id)))).rowcount == 0:
                return False
            workspace = await _workspace_of(db, channel_id)
            subject = f"{channel_id} {topic_id}"
            await log_change(
                db, at=now, actor=actor, workspace=workspace, action="subscription.remove", subject=subject
            )
            return True

    async def list_subscriptions(self, channel_id: ChannelId) -> list[SubscriptionLine]:
        """List a channel's subscriptions by topic name; a sensitivity that was not chosen is the topic's."""
        lines = (
            select(subscriptions, topics.c.name, topics.c.sensitivity.label("topic_sensitivity"))
            .join(topics, topics.c.id == subscriptions.c.topic_id)
            .where(subscriptions.c.channel_id == channel_id)
        )
        async with self.database.read() as db:
            found = [
                SubscriptionLine(
                    id=row.id,
                    topic_id=row.topic_id,
                    topic_name=row.name,
                    mode=Mode(row.mode),
                    sensitivity=Sensitivity(row.sensitivity or row.topic_sensitivity),
                    min_outlets=row.min_outlets,
                )
                for row in await db.execute(lines)
            ]
        return sorted(found, key=lambda line: (line.topic_name.casefold(), line.id))

    async def list_live_subscriptions(self) -> list[tuple[Channel, Subscription]]:
        """List every subscription of every channel that is told things as they happen."""
        live = [mode.value for mode in Mode if mode.is_live]
        pairs = (
            select(subscriptions, *(c for c in CHANNEL if c.name != "channel_id"))
            .join(channels, channels.c.id == subscriptions.c.channel_id)
            .where(subscriptions.c.mode.in_(live))
            .order_by(subscriptions.c.channel_id, subscriptions.c.id)
        )
        async with self.database.read() as db:
            return [(channel_from(row), _subscription_from(row)) for row in await db.execute(pairs)]

    @to_the_end
    async def stop_subscription(self, subscription_id: SubscriptionId) -> None:
        """Delete a subscription that cannot be served any more."""
        async with self.database.write() as db:
            await db.execute(delete(subscriptions).where(subscriptions.c.id == subscription_id))


def _at(place: Place) -> Select[Any]:
    return select(*CHANNEL).where(
        channels.c.platform == place.platform,
        channels.c.workspace == place.workspace,
        channels.c.channel == place.channel,
    )


def _is(channel_id: ChannelId, topic_id: TopicId) -> tuple[Any, Any]:
    return subscriptions.c.channel_id == channel_id, subscriptions.c.topic_id == topic_id


async def _workspace_of(db: AsyncConnection, channel_id: ChannelId) -> WorkspaceId:
    workspace = await db.scalar(select(channels.c.workspace).where(channels.c.id == channel_id))
    if workspace is None:
        raise ChannelNotFoundError(f"there is no channel {channel_id}")
    return WorkspaceId(workspace)


async def _check_topic(db: AsyncConnection, topic_id: TopicId, workspace: WorkspaceId) -> None:
    seen = select(topics.c.id).where(topics.c.id == topic_id, topics.c.owner.in_([None, workspace]))
    if (await db.execute(seen)).first() is None:
        raise NotFoundError(f"there is no topic {topic_id} here any more")


def _subscription_from(row: Any) -> Subscription:
    return Subscription(
        id=row.id,
        channel_id=row.channel_id,
        topic_id=row.topic_id,
        mode=Mode(row.mode),
        sensitivity=None if row.sensitivity is None else Sensitivity(row.sensitivity),
        min_outlets=row.min_outlets,
    )
