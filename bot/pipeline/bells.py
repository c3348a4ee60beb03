"""The bells that wake sleeping loops: rung by a commit or by the clock, heard once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta


class Bell:
    """An event that one loop waits for; several rings before it wakes are one."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake the loop, now or at its next wait."""
        self._event.set()

    async def wait(self, longest: timedelta) -> None:
        """Sleep until rung, at most `longest`."""
        try:
            async with asyncio.timeout(max(longest.total_seconds(), 0.0)):
                await self._event.wait()
        except TimeoutError:
            return
        self._event.clear()


@dataclass(frozen=True, slots=True)
class Bells:
    """One bell for each loop; `topics` tells gather that topics changed."""

    poll: Bell = field(default_factory=Bell)
    gather: Bell = field(default_factory=Bell)
    enrich: Bell = field(default_factory=Bell)
    deliver: Bell = field(default_factory=Bell)
    topics: asyncio.Event = field(default_factory=asyncio.Event)
