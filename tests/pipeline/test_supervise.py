"""Loops that fail: told with their reason, and begun again."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.pipeline.supervise import Supervisor


async def _fail() -> None:
    raise OSError("disk full")


async def test_of_tasks_that_failed_together_the_reason_of_one_is_told(caplog: pytest.LogCaptureFixture) -> None:
    async def loop() -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_fail())

    supervisor = Supervisor()
    with caplog.at_level(logging.WARNING):
        keeping = asyncio.create_task(supervisor.keep("poll", loop))
        for _ in range(10):
            await asyncio.sleep(0)
        keeping.cancel()
    assert caplog.records[0].__dict__["fields"]["reason"] == "disk full"
