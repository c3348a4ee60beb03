"""The heartbeat: asked while all lives, silent while something is down, and its address never told."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import pytest
from aiohttp import web

from bot.pipeline.events import EVENTS
from bot.web.heartbeat import beat


async def test_the_watcher_is_asked_only_while_every_loop_lives(caplog: pytest.LogCaptureFixture) -> None:
    asked = asyncio.Semaphore(0)
    stalled: list[str] = []
    looks = asyncio.Semaphore(0)

    async def answer(_: web.Request) -> web.Response:
        asked.release()
        return web.Response(status=500)

    def look() -> list[str]:
        looks.release()
        return stalled

    app = web.Application()
    app.router.add_get("/secret-path", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/secret-path"
    with caplog.at_level(logging.DEBUG, logger=EVENTS.name):
        task = asyncio.create_task(beat(url, look, every=timedelta(milliseconds=5)))
        try:
            async with asyncio.timeout(5):
                await asked.acquire()
                stalled.append("poll")
                for _ in range(5):
                    await looks.acquire()
                while not asked.locked():
                    await asked.acquire()
                for _ in range(5):
                    await looks.acquire()
                assert asked.locked()
                stalled.clear()
                await asked.acquire()
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await runner.cleanup()
    assert "refused" in str([getattr(r, "fields", {}) for r in caplog.records])
    assert "secret-path" not in str([getattr(r, "fields", {}) for r in caplog.records])
