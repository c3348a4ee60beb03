"""Polls and gathers whole rounds and measures them: one channel watches four topics, every feed is declared."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from benchmarks.feeds_generator.corpus import PUBLISHED_AT
from benchmarks.lag import watch_lag
from benchmarks.processes import Meter, read_own_peak
from benchmarks.rounds import PAUSE, Brief, Lap, Ready, Round
from benchmarks.turns import hear_brief, hear_rounds, tell
from benchmarks.watching import Tally, Watched
from bot.app import settle_memory
from bot.domain.models import Place, WorkspaceId
from bot.domain.records import DeclaredFeed, FeedRequest, Reading
from bot.domain.settings import FetchSettings, Settings
from bot.feeds.fetch import HttpFetcher
from bot.packs import load_library
from bot.pipeline.bells import Bells
from bot.pipeline.gather import Gatherer
from bot.pipeline.poll import Poller
from bot.ports import Fetcher, Store
from bot.storage.store import open_store

INTERVAL = PAUSE / 4
WORKSPACE = WorkspaceId("benchmark")


class MovedClock:
    """The real clock, moved to the time of the generated news."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._began = time.monotonic()

    def __call__(self) -> datetime:
        """Return the present instant."""
        return self._start + timedelta(seconds=time.monotonic() - self._began)

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self._start += by


class Newsroom:
    """The pieces of the program that a round goes through."""

    def __init__(self, store: Store, fetcher: Fetcher, settings: Settings, clock: MovedClock, *, gathers: bool) -> None:
        self._clock = clock
        self._gathers = gathers
        self._watched = [Watched(store)]
        store = cast(Store, self._watched[0])
        if gathers:  # a contest's figures are of the program, not of who watches each of its reads
            self._watched.append(Watched(fetcher))
            fetcher = cast(Fetcher, self._watched[1])
        bells = Bells()
        self._poller = Poller(store=store, fetcher=fetcher, settings=settings.fetch, bells=bells, clock=clock)
        self._gatherer = Gatherer(store=store, library=load_library(settings), bells=bells, clock=clock)
        self._meter = Meter()

    async def run(self, round_: Round) -> Lap:
        """Poll every feed and gather what came, where this newsroom gathers."""
        tally = Tally()
        for watched in self._watched:
            watched.tally = tally
        self._clock.move(PAUSE)
        async with watch_lag() as lag:
            with self._meter.measure():
                await self._poller.poll_due()
        poll = self._meter.spent
        with self._meter.measure():
            if self._gathers:
                await self._gatherer.gather_all()
        return Lap(
            round=round_.name,
            poll=poll,
            gather=self._meter.spent,
            counts=tally.counts(),
            stages=tally.watch.stages(),
            lag_ms=lag.percentile(99),
            firsts=_choose_firsts(tally.firsts()),
        )


def _choose_firsts(seconds: list[float]) -> tuple[float, ...]:
    """Take the first, the middle and the last."""
    return (seconds[0], seconds[len(seconds) // 2], seconds[-1]) if seconds else ()


class Whole(HttpFetcher):
    """Reads every document at once: what newest items first are measured against."""

    async def read(self, request: FeedRequest) -> Reading:
        """Fetch one feed and read its entries."""
        return await super().read(replace(request, take_newest=None))


@asynccontextmanager
async def open_newsroom(brief: Brief) -> AsyncIterator[Newsroom]:
    """Open a newsroom on a fresh database in the brief's folder."""
    allow = tuple(urlsplit(url).netloc for url in brief.urls)
    settings = Settings(fetch=FetchSettings(allow=allow))
    clock = MovedClock(PUBLISHED_AT[1])
    store: Store = await open_store(Path(brief.folder) / "resident.db", exclusive=True)
    fetcher = (Whole if brief.is_whole else HttpFetcher)(settings.fetch, clock=clock)
    try:
        await store.reconcile_topics(load_library(settings).topics)
        declared = [DeclaredFeed(url=url, title="", language=None, interval=INTERVAL) for url in brief.urls]
        await store.reconcile_feeds(declared, clock())
        await _subscribe(store, clock())
        yield Newsroom(store, fetcher, settings, clock, gathers=brief.gathers)
    finally:
        await fetcher.close()
        await store.close()


async def _subscribe(store: Store, now: datetime) -> None:
    channel = await store.add_channel(Place(platform="benchmark", workspace=WORKSPACE, channel="news"))
    for topic in await store.list_topics(WORKSPACE):
        await store.save_subscription(channel.id, topic.id, actor="benchmark", now=now)


async def _work(began: float) -> None:
    async with open_newsroom(hear_brief()) as newsroom:
        tell(Ready(seconds=time.perf_counter() - began, peak_bytes=read_own_peak()))
        async for round_ in hear_rounds():
            tell(await newsroom.run(round_))


def main() -> None:
    """Take turns with the conductor until it has no more."""
    began = time.perf_counter()
    settle_memory()
    asyncio.run(_work(began))
