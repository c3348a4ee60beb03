"""The audit log: who changed what, written in the transaction of the change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import WorkspaceId
from bot.storage.tables import audit_log


async def log_change(
    db: AsyncConnection, *, at: datetime, actor: str, workspace: WorkspaceId, action: str, subject: str
) -> None:
    """Write down one change; `action` is noun and verb, `subject` the id of what changed."""
    entry = insert(audit_log).values(at=at, actor=actor, workspace=workspace, action=action, subject=subject)
    await db.execute(entry)
