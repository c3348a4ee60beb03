"""Messages of our own to people, each told once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from bot.domain.alerts import Action, AlertKind
from bot.domain.models import ChannelId
from bot.storage.audit import OURSELVES, log_change
from bot.storage.engine import Rows, to_the_end
from bot.storage.outbox import add_alert
from bot.storage.tables import audit_log, channels

NOTICE = "notice.add"


class NoticeRows(Rows):
    """Notices. Add a test for each new public method."""

    @to_the_end
    async def add_notice(self, channel_id: ChannelId, *, text: str, key: str, now: datetime) -> bool:
        """Tell a channel something, its first line being the title; False where its workspace was told it before."""
        async with self.database.write() as db:
            workspace = await db.scalar(select(channels.c.workspace).where(channels.c.id == channel_id))
            told = select(audit_log.c.id).where(
                audit_log.c.action == NOTICE, audit_log.c.workspace == workspace, audit_log.c.subject == key
            )
            if workspace is None or (await db.execute(told)).first() is not None:
                return False
            await add_alert(db, None, channel_id, AlertKind.NOTICE, Action.POST, text, now)
            await log_change(db, at=now, actor=OURSELVES, workspace=workspace, action=NOTICE, subject=key)
            return True
