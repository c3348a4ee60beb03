"""What the operator asks of the whole database."""

from __future__ import annotations

import asyncio
import shutil
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from bot.domain.models import Place
from bot.domain.operation import FailingFeed, Growth, Measured
from bot.domain.urls import shown_host
from bot.storage.digest_tables import digest_plans
from bot.storage.engine import Rows
from bot.storage.feed_tables import feeds
from bot.storage.tables import OPEN, alerts, articles, channels, deliveries, follows, subscriptions


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

    async def measure_growth(self, since: datetime) -> Growth:
        """Count the articles seen since then, and all."""
        counted = select(
            select(func.count()).select_from(articles).where(articles.c.seen_at >= since).scalar_subquery(),
            select(func.count()).select_from(articles).scalar_subquery(),
            select(func.max(articles.c.seen_at)).scalar_subquery(),
        )
        async with self.database.read() as db:
            new, total, newest = (await db.execute(counted)).one()
        return Growth(articles=new, total=total, newest_at=newest)

    async def list_failing_feeds(self) -> list[FailingFeed]:
        """List the feeds whose last poll failed, the longest failing first."""
        failing = select(feeds).where(feeds.c.failures > 0, feeds.c.due_at.is_not(None))
        async with self.database.read() as db:
            return [
                FailingFeed(
                    host=shown_host(row.url),
                    title=row.title,
                    failures=row.failures,
                    problem=row.problem,
                    last_success_at=row.last_success_at,
                )
                for row in await db.execute(failing.order_by(feeds.c.failures.desc(), feeds.c.id))
            ]

    async def list_told_places(self) -> list[Place]:
        """List the places that are told anything: those with a subscription, a followed story or a digest."""
        watching = select(subscriptions.c.channel_id).union(
            select(follows.c.channel_id), select(digest_plans.c.channel_id)
        )
        told = select(channels.c.platform, channels.c.workspace, channels.c.channel).where(channels.c.id.in_(watching))
        async with self.database.read() as db:
            rows = await db.execute(told.order_by(channels.c.id))
            return [Place(platform=row.platform, workspace=row.workspace, channel=row.channel) for row in rows]


def measure_file(path: Path) -> tuple[int, int]:
    """Return the bytes of a database with its log, and the bytes that are free beside it."""
    size = sum(part.stat().st_size for part in (path, path.with_name(f"{path.name}-wal")) if part.exists())
    return size, shutil.disk_usage(path.parent).free
