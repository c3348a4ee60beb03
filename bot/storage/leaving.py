"""Channels that end, and channels that come back: what ended by itself can begin again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alerts import Action, AlertKind
from bot.domain.models import Channel, ChannelId, Place, TopicId
from bot.storage.audit import OURSELVES, log_change
from bot.storage.digest_plans import resume_plan
from bot.storage.engine import Rows, to_the_end
from bot.storage.folding import STOPPED
from bot.storage.outbox import add_alert
from bot.storage.rows import CHANNEL, channel_from
from bot.storage.tables import audit_log, channels, subscriptions, topics

RESUMED = "subscription.resume"


class LeavingRows(Rows):
    """Channels as they end and come back. Add a test for each new public method."""

    async def list_channels(self, platform: str) -> list[Channel]:
        """List every channel of a platform."""
        async with self.database.read() as db:
            rows = await db.execute(select(*CHANNEL).where(channels.c.platform == platform).order_by(channels.c.id))
            return [channel_from(row) for row in rows]

    @to_the_end
    async def delete_channel(self, place: Place) -> bool:
        """Delete a channel with its subscriptions, mutes, follows, posts and deliveries; False where there is none."""
        async with self.database.write() as db:
            return bool((await db.execute(delete(channels).where(*_at(place)))).rowcount)

    @to_the_end
    async def resume_channel(self, place: Place, *, now: datetime, notice: str) -> list[TopicId]:
        """Begin again what a channel watched until it was stopped by us; returns the topics.

        What somebody changed or ended afterwards, and topics that are gone, stay as they are. Where anything begins
        again, the channel is told the notice, whose {topics} are named.
        """
        async with self.database.write() as db:
            channel = await db.scalar(select(channels.c.id).where(*_at(place)))
            if channel is None:
                return []
            resumed = []
            for subject, before in await _list_stopped(db, channel):
                topic = TopicId(subject.partition(" ")[2])
                if before is None or not await _is_free(db, channel, topic):
                    continue
                await db.execute(insert(subscriptions).values(channel_id=channel, topic_id=topic, **before))
                await log_change(
                    db, at=now, actor=OURSELVES, workspace=place.workspace, action=RESUMED, subject=subject
                )
                resumed.append(topic)
            await resume_plan(db, ChannelId(channel), place.workspace, now)
            if resumed:
                named = select(topics.c.name).where(topics.c.id.in_(resumed)).order_by(topics.c.name)
                text = notice.format(topics=", ".join((await db.execute(named)).scalars()))
                await add_alert(db, None, channel, AlertKind.NOTICE, Action.POST, text, now)
            return resumed


async def _list_stopped(db: AsyncConnection, channel: int) -> list[tuple[str, dict[str, object] | None]]:
    """List what was stopped of a channel and not touched since: the subject of the change, and what was before."""
    newest = (
        select(func.max(audit_log.c.id))
        .where(audit_log.c.subject.like(f"{channel} %"), audit_log.c.action.like("subscription.%"))
        .group_by(audit_log.c.subject)
    )
    stopped = select(audit_log.c.subject, audit_log.c.before).where(
        audit_log.c.id.in_(newest), audit_log.c.action == STOPPED
    )
    return [(row.subject, row.before) for row in await db.execute(stopped.order_by(audit_log.c.id))]


async def _is_free(db: AsyncConnection, channel: int, topic: TopicId) -> bool:
    """Tell whether a topic is still there and the channel does not watch it."""
    watched = select(subscriptions.c.id).where(subscriptions.c.channel_id == channel, subscriptions.c.topic_id == topic)
    there = select(topics.c.id).where(topics.c.id == topic)
    return (await db.execute(there)).first() is not None and (await db.execute(watched)).first() is None


def _at(place: Place) -> tuple[ColumnElement[bool], ...]:
    return (
        channels.c.platform == place.platform,
        channels.c.workspace == place.workspace,
        channels.c.channel == place.channel,
    )
