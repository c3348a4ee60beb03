"""Jumps: a clock that goes back must not let what is due wait for the hour to come round again.

A clock that goes forward needs no care: what is due later is due now.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.pipeline.bells import Bells
from bot.pipeline.deliver import Deliverer
from bot.pipeline.events import problem
from bot.ports import Store

TICK = timedelta(seconds=20)
SMALL_S = 60.0
"""A clock that is set right by less than this is not worth a word."""


@dataclass(slots=True, kw_only=True)
class ClockWatch:
    """Compares the clock with one that never goes back; `ticks` are that one's seconds."""

    store: Store
    deliverers: Sequence[Deliverer]
    bells: Bells
    clock: Callable[[], datetime]
    ticks: Callable[[], float] = time.monotonic
    _ahead: float | None = field(default=None, init=False)

    async def run(self) -> None:
        """Look now and then until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(TICK.total_seconds())

    async def look(self) -> None:
        """Bring forward what waits where the clock went back since the last look."""
        now = self.clock()
        ahead = now.timestamp() - self.ticks()
        back = 0.0 if self._ahead is None else self._ahead - ahead
        if back > SMALL_S:
            problem("the clock went back; what waits is looked at anew", seconds=round(back))
            await self.store.bring_forward(now)
            for deliverer in self.deliverers:
                deliverer.bring_forward()
            self.bells.poll.ring()
            self.bells.digest.ring()
            self.bells.deliver.ring()
        self._ahead = ahead
