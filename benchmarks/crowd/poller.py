"""The measured process: polls a crowd of feeds with the program's own loop until all but the slow host's are done."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, or_, select

from benchmarks.lag import watch_lag
from benchmarks.processes import read_own_peak, read_resident
from bot.domain.records import DeclaredFeed
from bot.domain.settings import FetchSettings
from bot.feeds.fetch import HttpFetcher
from bot.pipeline.bells import Bells
from bot.pipeline.poll import Poller
from bot.storage.feed_tables import feeds
from bot.storage.store import SqlStore, open_store

INTERVAL = timedelta(days=1)
LOOK_S = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """One time through the crowd, without the slow host's feeds; memory is the main process's, in bytes."""

    seconds: float
    lag_ms: float
    resident: int
    peak: int


async def _measure(urls: list[str], slow: str, folder: Path, times: int) -> list[Passed]:
    began_at, offset = datetime.now(UTC), timedelta()
    began = time.monotonic()

    def clock() -> datetime:
        return began_at + offset + timedelta(seconds=time.monotonic() - began)

    hosts = {url.split("/")[2] for url in urls}
    settings = FetchSettings(allow=tuple(hosts), max_interval=INTERVAL)
    store = await open_store(folder / "crowd.db", exclusive=True)
    fetcher = HttpFetcher(settings, clock=clock)
    poller = Poller(store=store, fetcher=fetcher, settings=settings, bells=Bells(), clock=clock)
    passed: list[Passed] = []
    try:
        declared = [DeclaredFeed(url=url, title="", language=None, interval=INTERVAL) for url in urls]
        await store.reconcile_feeds(declared, clock())
        for _ in range(times):
            passed.append(await _pass(store, poller, slow, clock()))
            offset += INTERVAL * 2
    finally:
        await fetcher.close()
        await store.close()
    return passed


async def _pass(store: SqlStore, poller: Poller, slow: str, since: datetime) -> Passed:
    began = time.perf_counter()
    async with watch_lag() as lag:
        running = asyncio.create_task(poller.run())
        try:
            while (waiting := await _count_waiting(store, slow, since)) and not running.done():
                await asyncio.wait([running], timeout=LOOK_S)
        finally:
            running.cancel()
            await asyncio.wait([running])
    if waiting:
        running.result()
    seconds = time.perf_counter() - began
    return Passed(seconds=seconds, lag_ms=lag.percentile(99), resident=read_resident(os.getpid()), peak=read_own_peak())


async def _count_waiting(store: SqlStore, slow: str, since: datetime) -> int:
    """Count the feeds of other hosts whose last success lies before an instant."""
    late = or_(feeds.c.last_success_at.is_(None), feeds.c.last_success_at < since)
    query = select(func.count()).where(late)
    if slow:
        query = query.where(~feeds.c.url.startswith(f"http://{slow}"))
    async with store.database.read() as db:
        return int((await db.execute(query)).scalar_one())


def main() -> None:
    """Read what to do from standard input, one line of JSON, and answer with one."""
    told = json.loads(sys.stdin.readline())
    passed = asyncio.run(_measure(told["urls"], told["slow"], Path(told["folder"]), told["times"]))
    print(json.dumps([asdict(one) for one in passed]))
