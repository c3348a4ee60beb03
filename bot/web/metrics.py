"""`/metrics` for Prometheus: what the program counted since its start, and what the store says now."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.domain.errors import StorageError
from bot.ports import Store
from bot.ports.measures import (
    DATABASE_BYTES,
    DISK_FREE_BYTES,
    FEEDS,
    FEEDS_FAILING,
    LOOP_LAG_SECONDS,
    LOOPS_DOWN,
    MEASURES,
    OLDEST_PENDING_SECONDS,
    PENDING,
    UNGATHERED,
)
from bot.web.keys import Access

EVERY = timedelta(seconds=1)


class MetricsPart:
    """Answers `/metrics` to whom `access` lets; with 503 where the store cannot be read."""

    def __init__(
        self,
        access: Access,
        store: Store,
        stalled: Callable[[], Sequence[str]],
        platforms: Sequence[str],
        clock: Callable[[], datetime],
    ) -> None:
        self._access = access
        self._store, self._stalled, self._platforms, self._clock = store, stalled, platforms, clock

    def add_to(self, app: web.Application) -> None:
        """Add the route."""
        app.router.add_get("/metrics", self._metrics)

    async def _metrics(self, request: web.Request) -> web.Response:
        self._access.check_metrics(request)
        LOOPS_DOWN.set(len(self._stalled()))
        try:
            await _ask(self._store, self._platforms, self._clock())
        except StorageError:
            return web.Response(status=503, text="the database cannot be read; see the log\n")
        return web.Response(body=generate_latest(MEASURES), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _ask(store: Store, platforms: Sequence[str], now: datetime) -> None:
    found = await store.measure()
    for platform in {*platforms, *found.pending}:
        PENDING.labels(platform).set(found.pending.get(platform, 0))
    oldest = found.oldest_pending_at
    OLDEST_PENDING_SECONDS.set(0 if oldest is None else max((now - oldest).total_seconds(), 0))
    UNGATHERED.set(found.ungathered)
    FEEDS.set(found.feeds)
    FEEDS_FAILING.set(found.feeds_failing)
    DATABASE_BYTES.set(found.database_bytes)
    DISK_FREE_BYTES.set(found.disk_free_bytes)


async def watch_lag(*, every: timedelta = EVERY) -> None:
    """Observe for ever how late the event loop wakes: what blocks it delays every answer."""
    loop, pause = asyncio.get_running_loop(), every.total_seconds()
    while True:
        due = loop.time() + pause
        await asyncio.sleep(pause)
        LOOP_LAG_SECONDS.observe(max(loop.time() - due, 0.0))
