"""Announcements that wait to be handed on to a channel's followers; they go with their channel."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, literal, select
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.domain.models import ChannelId, Place
from bot.domain.publications import Publication
from bot.storage.columns import instant
from bot.storage.engine import Rows, to_the_end
from bot.storage.rows import CHANNEL, channel_from
from bot.storage.tables import channels, publications


class PublicationRows(Rows):
    """Publications. Add a test for each new public method."""

    @to_the_end
    async def save_publication(self, place: Place, message_id: str, *, due_at: datetime) -> None:
        """Keep when a message is to be handed on, also anew; nothing where the channel is not kept."""
        where = (
            channels.c.platform == place.platform,
            channels.c.workspace == place.workspace,
            channels.c.channel == place.channel,
        )
        here = select(channels.c.id, literal(message_id), instant(due_at)).where(*where)
        new = upsert(publications).from_select(["channel_id", "message_id", "due_at"], here)
        again = new.on_conflict_do_update(
            index_elements=[publications.c.channel_id, publications.c.message_id], set_={"due_at": new.excluded.due_at}
        )
        async with self.database.write() as db:
            await db.execute(again)

    async def list_publications(self, platform: str) -> list[Publication]:
        """List what waits on a platform, in the order in which it was posted."""
        waiting: Select[Any] = (
            select(*CHANNEL, publications.c.message_id, publications.c.due_at)
            .join_from(publications, channels, channels.c.id == publications.c.channel_id)
            .where(channels.c.platform == platform)
            .order_by(publications.c.id)
        )
        async with self.database.read() as db:
            return [
                Publication(channel=channel_from(row), message_id=row.message_id, due_at=row.due_at)
                for row in await db.execute(waiting)
            ]

    @to_the_end
    async def delete_publication(self, channel_id: ChannelId, message_id: str) -> None:
        """Let a message go that was handed on, or never will be."""
        mine = (publications.c.channel_id == channel_id, publications.c.message_id == message_id)
        async with self.database.write() as db:
            await db.execute(delete(publications).where(*mine))
