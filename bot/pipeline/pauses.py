"""Room for others between the slices of long work."""

from __future__ import annotations

import asyncio


async def breathe() -> None:
    """Let the loop serve everybody who waits before the next slice begins."""
    await asyncio.sleep(0)
