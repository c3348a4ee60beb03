"""The disk is watched: too little room, and a pace at which it is full soon."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import cast

import pytest

from bot.domain.operation import Measured
from bot.domain.settings import RetentionSettings
from bot.pipeline.clean import Cleaner
from bot.pipeline.events import EVENTS
from bot.ports import Store
from tests.newsroom import SetClock

GB = 1_000_000_000
ROOMY = Measured(
    feeds=1,
    feeds_failing=0,
    ungathered=0,
    pending={},
    oldest_pending_at=None,
    database_bytes=GB,
    disk_free_bytes=50 * GB,
)


@dataclass
class Sizes:
    """A store that is only measured, as large as the test says."""

    now: Measured = field(default=ROOMY)

    async def measure(self) -> Measured:
        return self.now


@pytest.mark.parametrize(
    "grown, free, said",
    [
        (0, 50 * GB, None),
        (GB, 50 * GB, None),
        (5 * GB, 50 * GB, "full in 10 days"),
        (0, GB, "too little room"),
    ],
)
async def test_a_disk_that_fills_up_is_told_once_a_look(
    caplog: pytest.LogCaptureFixture, grown: int, free: int, said: str | None
) -> None:
    caplog.set_level(logging.INFO, logger=EVENTS.name)
    clock, sizes = SetClock(), Sizes()
    cleaner = Cleaner(store=cast(Store, sizes), settings=RetentionSettings(), clock=clock)
    await cleaner.watch_disk()
    clock.move(timedelta(days=1))
    sizes.now = replace(ROOMY, database_bytes=GB + grown, disk_free_bytes=free)
    await cleaner.watch_disk()
    told = [getattr(record, "fields", {}) for record in caplog.records]
    assert len(told) == (said is not None)
    assert said is None or said in told[0]["what"]
    assert said is None or "retention.articles" in told[0]["remedy"]
