"""Channels and what they watch."""

from __future__ import annotations

from collections.abc import Sequence
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
    TopicId,
    WorkspaceId,
)
from bot.domain.records import Change, Watching
from bot.domain.views import SubscriptionLine
from bot.storage.audit import log_change
from bot.storage.deliveries import bring_deliveries_forward
from bot.storage.digest_plans import plan_anew
from bot.storage.engine import to_the_end
from bot.storage.leaving import LeavingRows
from bot.storage.mutes import MuteRows
from bot.storage.notices import NoticeRows
from bot.storage.previews import PreviewRows
from bot.storage.publications import PublicationRows
from bot.storage.rows import (
    CHANNEL,
    channel_from,
    channel_values,
    chunks,
    read_watching,
    watching_from,
    watching_values,
)
from bot.storage.tables import audit_log, channels, subscriptions, topics

_USUAL = Watching()
ADDED, CHANGED, REMOVED = CHANGES = ("subscription.add", "subscription.change", "subscription.remove")


class ChannelRows(MuteRows, NoticeRows, PreviewRows, LeavingRows, PublicationRows):
    """Channels and subscriptions. Add a test for each new public method."""

    async def find_channel(self, place: Place) -> Channel | None:
        """Find the channel at a place."""
        async with self.database.read() as db:
            row = (await db.execute(_at(place))).one_or_none()
        return None if row is None else channel_from(row)

    async def list_workspace_channels(self, workspace: WorkspaceId, *, with_direct: bool = True) -> list[Channel]:
        """List the channels of a workspace on all platforms, or of these those that are nobody's alone."""
        mine = select(*CHANNEL).where(channels.c.workspace == workspace).order_by(channels.c.id)
        if not with_direct:
            mine = mine.where(channels.c.is_direct.is_(False))
        async with self.database.read() as db:
            return [channel_from(row) for row in await db.execute(mine)]

    @to_the_end
    async def add_channel(self, place: Place, *, is_direct: bool = False) -> Channel:
        """Return the channel at a place, making it where there is none; `is_direct`: it is one person's alone."""
        found = await self.find_channel(place)
        if found is not None:
            return found
        values = {"platform": place.platform, "workspace": place.workspace, "channel": place.channel}
        usual = channel_values(Channel(id=ChannelId(0), place=place))
        new = upsert(channels).values(**usual, **values, is_direct=is_direct)
        async with self.database.write() as db:
            await db.execute(new.on_conflict_do_nothing())
            return channel_from((await db.execute(_at(place))).one())

    @to_the_end
    async def save_channel(self, channel: Channel, *, actor: str, now: datetime) -> None:
        """Change a channel's settings, and look anew at what waits there: its hours may have changed.

        A workspace has one ops channel on a platform, so the last one set is it. Raises ChannelNotFoundError.
        """
        place = channel.place
        async with self.database.write() as db:
            changed = update(channels).where(channels.c.id == channel.id).values(**channel_values(channel))
            if (await db.execute(changed)).rowcount == 0:
                raise ChannelNotFoundError(f"there is no channel {channel.id}")
            if channel.is_ops:
                others = update(channels).where(
                    channels.c.platform == place.platform,
                    channels.c.workspace == place.workspace,
                    channels.c.id != channel.id,
                )
                await db.execute(others.values(is_ops=False))
            await bring_deliveries_forward(db, now, channel.id)
            await plan_anew(db, now, channel.id)
            subject = str(channel.id)
            await log_change(
                db, at=now, actor=actor, workspace=place.workspace, action="channel.change", subject=subject
            )

    @to_the_end
    async def save_subscription(
        self, channel_id: ChannelId, topic_id: TopicId, how: Watching = _USUAL, *, actor: str, now: datetime
    ) -> Change:
        """Watch a topic in a channel, or change how; returns the change, which knows what was before.

        Raises ChannelNotFoundError, or NotFoundError where the topic is gone or another workspace's.
        """
        async with self.database.write() as db:
            workspace = await _workspace_of(db, channel_id)
            await _check_topic(db, topic_id, workspace)
            before = await _find_watching(db, channel_id, topic_id)
            if before is None:
                key = {"channel_id": channel_id, "topic_id": topic_id}
                await db.execute(insert(subscriptions).values(**key, **watching_values(how)))
            else:
                changed = update(subscriptions).where(*_is(channel_id, topic_id))
                await db.execute(changed.values(**watching_values(how)))
            action = ADDED if before is None else CHANGED
            return await _log(db, channel_id, topic_id, before, at=now, actor=actor, action=action)

    @to_the_end
    async def delete_subscription(
        self, channel_id: ChannelId, topic_id: TopicId, *, actor: str, now: datetime
    ) -> Change | None:
        """End a subscription; None where there was none."""
        async with self.database.write() as db:
            before = await _find_watching(db, channel_id, topic_id)
            if before is None:
                return None
            await db.execute(delete(subscriptions).where(*_is(channel_id, topic_id)))
            return await _log(db, channel_id, topic_id, before, at=now, actor=actor, action=REMOVED)

    async def find_change(self, channel_id: ChannelId, number: int) -> Change | None:
        """Find a change of a channel's subscriptions by its number."""
        logged = select(audit_log.c.subject, audit_log.c.before).where(
            audit_log.c.id == number, audit_log.c.action.in_(CHANGES)
        )
        async with self.database.read() as db:
            row = (await db.execute(logged)).one_or_none()
        channel, _, topic = row.subject.partition(" ") if row is not None else ("", "", "")
        if row is None or channel != str(channel_id):
            return None
        before = None if row.before is None else read_watching(row.before)
        return Change(number=number, topic_id=TopicId(topic), before=before)

    async def list_subscriptions(self, channel_id: ChannelId) -> list[SubscriptionLine]:
        """List a channel's subscriptions by topic name; a sensitivity that was not chosen is the topic's."""
        lines = (
            select(subscriptions, topics.c.name, topics.c.sensitivity.label("topic_sensitivity"))
            .join(topics, topics.c.id == subscriptions.c.topic_id)
            .where(subscriptions.c.channel_id == channel_id)
        )
        async with self.database.read() as db:
            found = [_line_from(row) for row in await db.execute(lines)]
        return sorted(found, key=lambda line: (line.topic_name.casefold(), line.id))

    async def list_mentions(self, channel_ids: Sequence[ChannelId]) -> list[tuple[ChannelId, str, str]]:
        """List whom the subscriptions of channels mention, with their topic's name: channel, topic, whom."""
        calling = (
            select(subscriptions.c.channel_id, topics.c.name, subscriptions.c.mention)
            .join(topics, topics.c.id == subscriptions.c.topic_id)
            .where(subscriptions.c.mention.is_not(None))
            .order_by(subscriptions.c.channel_id, topics.c.name, subscriptions.c.id)
        )
        async with self.database.read() as db:
            asked = [calling.where(subscriptions.c.channel_id.in_(some)) for some in chunks(channel_ids)]
            return [(row.channel_id, row.name, row.mention) for query in asked for row in await db.execute(query)]

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


async def _find_watching(db: AsyncConnection, channel_id: ChannelId, topic_id: TopicId) -> Watching | None:
    row = (await db.execute(select(subscriptions).where(*_is(channel_id, topic_id)))).one_or_none()
    return None if row is None else watching_from(row)


async def _log(
    db: AsyncConnection,
    channel_id: ChannelId,
    topic_id: TopicId,
    before: Watching | None,
    *,
    at: datetime,
    actor: str,
    action: str,
) -> Change:
    number = await log_change(
        db,
        at=at,
        actor=actor,
        workspace=await _workspace_of(db, channel_id),
        action=action,
        subject=f"{channel_id} {topic_id}",
        before=None if before is None else watching_values(before),
    )
    return Change(number=number, topic_id=topic_id, before=before)


def _line_from(row: Any) -> SubscriptionLine:
    how = watching_from(row)
    return SubscriptionLine(
        id=row.id,
        topic_id=row.topic_id,
        topic_name=row.name,
        mode=how.mode,
        sensitivity=how.sensitivity or Sensitivity(row.topic_sensitivity),
        min_outlets=how.min_outlets,
        chosen=how.sensitivity,
        filters=how.filters,
        mention=how.mention,
    )


def _subscription_from(row: Any) -> Subscription:
    how = watching_from(row)
    return Subscription(
        id=row.id,
        channel_id=row.channel_id,
        topic_id=row.topic_id,
        mode=how.mode,
        sensitivity=how.sensitivity,
        min_outlets=how.min_outlets,
        filters=how.filters,
        mention=how.mention,
    )
