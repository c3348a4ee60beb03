"""The heartbeat: asked while all lives, silent while something is down, and its address never told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import web

from bot.pipeline.events import EVENTS
from bot.web.heartbeat import beat


class Watcher:
    """A watcher that refuses, and counts how often it was asked and how often the loops were looked at."""

    def __init__(self) -> None:
        self.asked = asyncio.Semaphore(0)
        self.looked = asyncio.Semaphore(0)
        self.stalled: list[str] = []

    async def answer(self, _: web.Request) -> web.Response:
        self.asked.release()
        return web.Response(status=500)

    def look(self) -> list[str]:
        self.looked.release()
        return self.stalled

    async def looks(self, count: int) -> None:
        for _ in range(count):
            await self.looked.acquire()


@pytest.fixture
async def watcher() -> AsyncIterator[tuple[Watcher, str]]:
    watcher = Watcher()
    app = web.Application()
    app.router.add_get("/secret-path", watcher.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield watcher, f"http://127.0.0.1:{runner.addresses[0][1]}/secret-path"
    await runner.cleanup()


async def test_the_watcher_is_asked_only_while_every_loop_lives(
    watcher: tuple[Watcher, str], caplog: pytest.LogCaptureFixture
) -> None:
    seen, url = watcher
    caplog.set_level(logging.DEBUG, logger=EVENTS.name)
    task = asyncio.create_task(beat(url, seen.look, every=timedelta(milliseconds=5)))
    async with asyncio.timeout(10):
        await seen.asked.acquire()
        seen.stalled.append("poll")
        await seen.looks(5)
        while not seen.asked.locked():
            await seen.asked.acquire()
        await seen.looks(5)
        assert seen.asked.locked()
        seen.stalled.clear()
        await seen.asked.acquire()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    told = str([getattr(record, "fields", {}) for record in caplog.records])
    assert "500" in told
    assert "secret-path" not in told
