"""What the operator asks of the whole database."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

from sqlalchemy import func, select

from bot.domain.operation import Measured
from bot.storage.engine import Rows
from bot.storage.tables import OPEN, alerts, articles, channels, deliveries, feeds


class OperatorRows(Rows):
    """The whole database, across workspaces. Add a test for each new public method."""

    async def measure(self) -> Measured:
        """Count what waits and how large the file is."""
        waiting = articles.c.gathered_at.is_(None) & articles.c.is_held.is_(False)
        used = feeds.c.due_at.is_not(None)
        by_platform = (
            select(channels.c.platform, func.count(), func.min(deliveries.c.alert_id))
            .join(channels, channels.c.id == deliveries.c.channel_id)
            .where(OPEN)
            .group_by(channels.c.platform)
        )
        async with self.database.read() as db:
            open_ones = (await db.execute(by_platform)).all()
            first = min((row[2] for row in open_ones), default=None)
            oldest = await db.scalar(select(alerts.c.created_at).where(alerts.c.id == first))
            ungathered = await db.scalar(select(func.count()).select_from(articles).where(waiting))
            polled = (
                await db.execute(select(func.count(), func.count().filter(feeds.c.failures > 0)).where(used))
            ).one()
        size, free = await asyncio.to_thread(measure_file, self.database.path)
        return Measured(
            feeds=polled[0],
            feeds_failing=polled[1],
            ungathered=ungathered or 0,
            pending={row[0]: row[1] for row in open_ones},
            oldest_pending_at=oldest,
            database_bytes=size,
            disk_free_bytes=free,
        )


def measure_file(path: Path) -> tuple[int, int]:
    """Return the bytes of a database with its log, and the bytes that are free beside it."""
    size = sum(part.stat().st_size for part in (path, path.with_name(f"{path.name}-wal")) if part.exists())
    return size, shutil.disk_usage(path.parent).free
