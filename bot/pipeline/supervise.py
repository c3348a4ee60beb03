"""Supervise: loops live as long as the program; one that fails is told, and begins again after a growing pause."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.pipeline.events import problem

log = logging.getLogger(__name__)
FIRST_RESTART = timedelta(seconds=1)
LONGEST_RESTART = timedelta(minutes=1)


class Supervisor:
    """Keeps loops alive: one that fails is told, and begins again after a growing pause."""

    def __init__(self) -> None:
        self._down: set[str] = set()

    def stalled(self) -> list[str]:
        """Name the loops that are not running now."""
        return sorted(self._down)

    async def keep(self, name: str, loop: Callable[[], Awaitable[None]]) -> None:
        """Run a loop for ever."""
        pause = FIRST_RESTART
        while True:
            began = asyncio.get_running_loop().time()
            try:
                await loop()
            except Exception as error:  # a loop must outlive whatever happens in it; the reason is told
                log.debug("%s failed", name, exc_info=True)
                problem(f"{name} stopped and begins again", reason=_say(error))
            if asyncio.get_running_loop().time() - began > LONGEST_RESTART.total_seconds():
                pause = FIRST_RESTART
            self._down.add(name)
            await asyncio.sleep(pause.total_seconds())
            self._down.discard(name)
            pause = min(pause * 2, LONGEST_RESTART)


def _say(error: BaseException) -> str:
    """Say what went wrong; a group of tasks says no more than how many of them failed."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return str(error) or type(error).__name__
