"""Lanes: so many requests at one host at a time, their beginnings a pause apart; hosts do not wait for each other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.urls import shown_host

MOST_IDLE = 1_000
"""So many hosts are remembered before those without a request are forgotten."""


@dataclass(slots=True)
class _Lane:
    """A host's places, how many want one, when the next request may begin and the last began (by the loop's clock)."""

    places: asyncio.Semaphore
    users: int = 0
    next_at: float = 0.0
    began_at: float = float("-inf")


class HostLanes:
    """Keeps requests within each host's share."""

    def __init__(self, per_host: int, pause: timedelta) -> None:
        self._per_host = max(per_host, 1)
        self._pause = pause.total_seconds()
        self._lanes: dict[str, _Lane] = {}

    @asynccontextmanager
    async def turn(self, url: str, slots: asyncio.Semaphore) -> AsyncIterator[None]:
        """Wait for a place at the address's host and for one of the slots that all hosts share, and hold both."""
        lane = self._lane(shown_host(url))
        lane.users += 1
        try:
            async with lane.places:
                # The pause passes before there is a slot, so that nobody holds one asleep.
                await self._keep_pace(lane)
                async with slots:
                    await self._keep_apart(lane)
                    yield
        finally:
            lane.users -= 1

    def _lane(self, host: str) -> _Lane:
        if len(self._lanes) > MOST_IDLE:
            now = asyncio.get_running_loop().time()
            self._lanes = {name: lane for name, lane in self._lanes.items() if lane.users or lane.next_at > now}
        lane = self._lanes.get(host)
        if lane is None:
            lane = self._lanes[host] = _Lane(asyncio.Semaphore(self._per_host))
        return lane

    async def _keep_pace(self, lane: _Lane) -> None:
        now = asyncio.get_running_loop().time()
        begins = max(now, lane.next_at)
        lane.next_at = begins + self._pause
        if begins > now:
            await asyncio.sleep(begins - now)

    async def _keep_apart(self, lane: _Lane) -> None:
        """Let the pause pass once more where slots came free, or sleepers woke, all at once."""
        loop = asyncio.get_running_loop()
        while (left := lane.began_at + self._pause - loop.time()) > 0:  # noqa: ASYNC110 - another may have begun meanwhile
            await asyncio.sleep(left)
        lane.began_at = loop.time()
