"""The heartbeat: a watcher outside is asked every minute while all loops live, so that the bot's own death is seen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import aiohttp

from bot.pipeline.events import problem

EVERY = timedelta(minutes=1)
PATIENCE = aiohttp.ClientTimeout(total=10)


async def beat(url: str, stalled: Callable[[], list[str]], *, every: timedelta = EVERY) -> None:
    """Ask `url` for ever, but not while a loop is down; the address is a secret and never told."""
    async with aiohttp.ClientSession(timeout=PATIENCE) as session:
        while True:
            if not stalled():
                await _ask(session, url)
            await asyncio.sleep(every.total_seconds())


async def _ask(session: aiohttp.ClientSession, url: str) -> None:
    try:
        async with session.get(url) as answer:
            if answer.status >= 400:
                problem("the heartbeat's watcher refused", status=answer.status)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        problem("the heartbeat's watcher cannot be reached", reason=type(error).__name__)
