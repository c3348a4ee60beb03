"""The audit log: who changed what, written in the transaction of the change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import WorkspaceId
from bot.storage.tables import audit_log

OURSELVES = "topicwire"
"""The actor of the audit log where no person acted."""


async def log_change(
    db: AsyncConnection,
    *,
    at: datetime,
    actor: str,
    workspace: WorkspaceId,
    action: str,
    subject: str,
    before: dict[str, Any] | None = None,
) -> int:
    """Write down one change and return its number; `action` is noun and verb, `subject` the id of what changed.

    `before` is what was there, where the change can be taken back.
    """
    entry = {"at": at, "actor": actor, "workspace": workspace, "action": action, "subject": subject, "before": before}
    written = await db.execute(insert(audit_log).values(**entry).returning(audit_log.c.id))
    return int(written.scalar_one())
