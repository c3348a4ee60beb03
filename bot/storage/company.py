"""Company: what many ask for at about the same time is done for all of them at once, a moment after the last time."""

from __future__ import annotations

import asyncio

GAP = 0.05
"""Seconds between two beginnings: a statement costs more than its rows, and feeds that change come in crowds."""


class Company:
    """Keeps beginnings apart; who comes first after a quiet time does not wait."""

    def __init__(self) -> None:
        self._next_at = 0.0

    async def gather(self) -> None:
        """Wait until the gap since the last beginning is over; others may come meanwhile."""
        now = asyncio.get_running_loop().time()
        begins = max(now, self._next_at)
        self._next_at = begins + GAP
        if begins > now:
            await asyncio.sleep(begins - now)
