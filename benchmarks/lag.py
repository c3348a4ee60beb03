"""How late the event loop is: what a short sleep takes beyond its time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter

_NAP = 0.01


class Lag:
    """By how many milliseconds each short sleep ended late."""

    def __init__(self) -> None:
        self._late: list[float] = []

    def percentile(self, share: int) -> float:
        """Return what so many of a hundred sleeps were late by at most; 0 where none was watched."""
        ordered = sorted(self._late)
        return ordered[min(len(ordered) * share // 100, len(ordered) - 1)] if ordered else 0.0

    async def watch(self) -> None:
        """Sleep again and again, until cancelled."""
        while True:
            began = perf_counter()
            await asyncio.sleep(_NAP)
            self._late.append(max(perf_counter() - began - _NAP, 0.0) * 1000)


@asynccontextmanager
async def watch_lag() -> AsyncIterator[Lag]:
    """Watch the loop while the block runs."""
    lag = Lag()
    task = asyncio.create_task(lag.watch())
    try:
        yield lag
    finally:
        task.cancel()
        await asyncio.wait([task])
