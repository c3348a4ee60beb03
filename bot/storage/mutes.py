"""Stories that a channel wants no more of, and stories that it hears of whatever it watches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alerts import Action, AlertKind, DeliveryStatus
from bot.domain.models import Channel, ChannelId, Place, StoryId, WorkspaceId
from bot.domain.records import Told
from bot.storage.audit import log_change
from bot.storage.engine import Rows, to_the_end
from bot.storage.outbox import add_alert, find_told
from bot.storage.rows import CHANNEL, channel_from, chunks
from bot.storage.tables import audit_log, channels, deliveries, follows, mutes

WISH = "mute.wish"


class MuteRows(Rows):
    """Mutes and follows. Add a test for each new public method."""

    async def list_channels_at(self, place: Place) -> list[Channel]:
        """List the channels with a place's id, whatever workspace they stand for: a direct message has several."""
        same = select(*CHANNEL).where(channels.c.platform == place.platform, channels.c.channel == place.channel)
        async with self.database.read() as db:
            return [channel_from(row) for row in await db.execute(same.order_by(channels.c.id))]

    @to_the_end
    async def add_mute_wish(self, story_id: StoryId, channel: Channel, *, actor: str, now: datetime) -> int:
        """Note that somebody who may not mute a story wants to; returns how many do."""
        subject = f"{channel.id} {story_id}"
        said = select(audit_log.c.actor).where(audit_log.c.action == WISH, audit_log.c.subject == subject).distinct()
        async with self.database.write() as db:
            actors = set((await db.execute(said)).scalars())
            if actor not in actors:
                workspace = channel.place.workspace
                await log_change(db, at=now, actor=actor, workspace=workspace, action=WISH, subject=subject)
            return len(actors | {actor})

    @to_the_end
    async def add_mute(self, story_id: StoryId, channel_id: ChannelId, *, actor: str, now: datetime) -> bool:
        """Tell a channel no more of a story, what waits for it included; False where it was muted already."""
        new = upsert(mutes).values(story_id=story_id, channel_id=channel_id, actor=actor, at=now)
        async with self.database.write() as db:
            is_new = (await db.execute(new.on_conflict_do_nothing())).rowcount == 1
            if is_new:
                await _log(db, story_id, channel_id, actor=actor, now=now, action="mute.add")
            waiting = (
                deliveries.update()
                .where(
                    deliveries.c.story_id == story_id,
                    deliveries.c.channel_id == channel_id,
                    deliveries.c.status == DeliveryStatus.PENDING.value,
                    deliveries.c.lease_until.is_(None),
                )
                .values(status=DeliveryStatus.DONE.value, reason="muted", closed_at=now)
            )
            await db.execute(waiting)
            return is_new

    @to_the_end
    async def delete_mute(self, story_id: StoryId, channel_id: ChannelId, *, actor: str, now: datetime) -> bool:
        """Tell a channel of a story again; False where it was not muted."""
        async with self.database.write() as db:
            gone = delete(mutes).where(mutes.c.story_id == story_id, mutes.c.channel_id == channel_id)
            was_muted = (await db.execute(gone)).rowcount == 1
            if was_muted:
                await _log(db, story_id, channel_id, actor=actor, now=now, action="mute.remove")
            return was_muted

    async def list_mutes(self, stories: Sequence[StoryId]) -> list[Told]:
        """List where stories are muted."""
        found: list[Told] = []
        async with self.database.read() as db:
            for some in chunks(stories):
                rows = select(mutes.c.story_id, mutes.c.channel_id).where(mutes.c.story_id.in_(some))
                found += [Told(story_id=row.story_id, channel_id=row.channel_id) for row in await db.execute(rows)]
        return found

    @to_the_end
    async def add_follow(self, story_id: StoryId, channel_id: ChannelId, *, now: datetime) -> bool:
        """Tell a channel of a story whatever it watches, as it is now to begin with; False where it does so already."""
        new = upsert(follows).values(story_id=story_id, channel_id=channel_id, at=now).on_conflict_do_nothing()
        async with self.database.write() as db:
            if (await db.execute(new)).rowcount == 0:
                return False
            await db.execute(delete(mutes).where(mutes.c.story_id == story_id, mutes.c.channel_id == channel_id))
            if (story_id, channel_id) not in await find_told(db, [story_id]):
                await add_alert(db, story_id, channel_id, AlertKind.NEW, Action.POST, "", now)
            return True

    @to_the_end
    async def delete_follow(self, story_id: StoryId, channel_id: ChannelId) -> bool:
        """End what `add_follow` began; False where there was nothing to end."""
        async with self.database.write() as db:
            gone = delete(follows).where(follows.c.story_id == story_id, follows.c.channel_id == channel_id)
            return (await db.execute(gone)).rowcount == 1

    async def list_followers(self, stories: Sequence[StoryId]) -> list[tuple[StoryId, Channel]]:
        """List the channels that follow stories."""
        found: list[tuple[StoryId, Channel]] = []
        async with self.database.read() as db:
            for some in chunks(stories):
                rows = (
                    select(follows.c.story_id, *CHANNEL)
                    .join(channels, channels.c.id == follows.c.channel_id)
                    .where(follows.c.story_id.in_(some))
                    .order_by(follows.c.story_id, follows.c.channel_id)
                )
                found += [(row.story_id, channel_from(row)) for row in await db.execute(rows)]
        return found


async def _log(
    db: AsyncConnection, story_id: StoryId, channel_id: ChannelId, *, actor: str, now: datetime, action: str
) -> None:
    workspace = await db.scalar(select(channels.c.workspace).where(channels.c.id == channel_id))
    await log_change(
        db,
        at=now,
        actor=actor,
        workspace=WorkspaceId(workspace or ""),
        action=action,
        subject=f"{channel_id} {story_id}",
    )
