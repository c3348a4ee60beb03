"""The bells that wake sleeping loops: rung by a commit or by the clock, heard once by each loop."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta


class Bell:
    """An event that one loop waits for; several rings before it wakes are one."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self._echoes: list[Bell] = []

    def echo(self) -> Bell:
        """Make a bell of its own for one more loop, rung with this one."""
        bell = Bell()
        self._echoes.append(bell)
        return bell

    def ring(self) -> None:
        """Wake the loops, now or at their next wait."""
        self._event.set()
        for echo in self._echoes:
            echo.ring()

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
    """One bell for each loop (deliver: an echo for each platform's); `topics` tells gather that topics changed.

    `gathering` is held while a batch is gathered: who must not miss what one in flight still writes waits for it.
    """

    poll: Bell = field(default_factory=Bell)
    gather: Bell = field(default_factory=Bell)
    enrich: Bell = field(default_factory=Bell)
    deliver: Bell = field(default_factory=Bell)
    rematch: Bell = field(default_factory=Bell)
    digest: Bell = field(default_factory=Bell)
    topics: asyncio.Event = field(default_factory=asyncio.Event)
    gathering: asyncio.Lock = field(default_factory=asyncio.Lock)
