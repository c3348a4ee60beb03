"""Clean: once a day, take out what is older than is kept, in short transactions, and say where the disk fills up."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.operation import Cleaned
from bot.domain.settings import RetentionSettings
from bot.pipeline.events import problem
from bot.ports import Store

log = logging.getLogger(__name__)
EVERY = timedelta(days=1)
FIRST_AFTER = timedelta(minutes=10)
"""A start has other work at first."""
AT_ONCE = 200
"""Stories taken in one transaction: polls wait no longer for it than for each other."""
BREATH = timedelta(milliseconds=200)
LEAST = timedelta(days=8)
"""Stories stay open for days and digests tell a week: what is younger is never taken."""
FULL_SOON = timedelta(days=14)
LEAST_ROOM = 500_000_000


@dataclass(slots=True, kw_only=True)
class Cleaner:
    """Keeps the database within its retention, and tells once a day where the disk is about to fill up."""

    store: Store
    settings: RetentionSettings
    clock: Callable[[], datetime]
    _seen: tuple[datetime, int] | None = None

    async def run(self) -> None:
        """Clean for ever."""
        await asyncio.sleep(FIRST_AFTER.total_seconds())
        while True:
            await self.clean()
            await self.watch_disk()
            await asyncio.sleep(EVERY.total_seconds())

    async def clean(self) -> Cleaned:
        """Take out everything that is too old now; nothing where all is kept for ever."""
        before = find_cutoff(self.settings, self.clock())
        total = Cleaned(stories=0, articles=0, alerts=0, oldest_at=None)
        while before is not None:
            taken = await self.store.clean(before, AT_ONCE)
            total = _add(total, taken)
            if taken.stories < AT_ONCE:
                break
            await asyncio.sleep(BREATH.total_seconds())
        if total.stories:
            log.info("%s stories with %s articles were too old and are gone", total.stories, total.articles)
        return total

    async def watch_disk(self) -> None:
        """Say where the disk has little room, or will at the pace since the last look."""
        measured, now = await self.store.measure(), self.clock()
        size, free = measured.database_bytes, measured.disk_free_bytes
        before, self._seen = self._seen, (now, size)
        if free < max(LEAST_ROOM, 2 * size):
            problem("the disk has too little room for the copy that an upgrade makes", **_room(size, free))
        elif before is not None and size > before[1] and now > before[0]:
            left = free / ((size - before[1]) / (now - before[0]).total_seconds())
            if left < FULL_SOON.total_seconds():
                problem(f"the disk is full in {left / 86400:.0f} days at this pace", **_room(size, free))


def find_cutoff(settings: RetentionSettings, now: datetime) -> datetime | None:
    """Tell before when everything is too old; None where all is kept for ever."""
    age = find_age(settings)
    return now - age if age else None


def find_age(settings: RetentionSettings) -> timedelta:
    """Tell how long things are kept; 0: for ever."""
    return max(settings.articles, LEAST) if settings.articles else timedelta(0)


def _add(one: Cleaned, other: Cleaned) -> Cleaned:
    return Cleaned(
        stories=one.stories + other.stories,
        articles=one.articles + other.articles,
        alerts=one.alerts + other.alerts,
        oldest_at=one.oldest_at or other.oldest_at,
    )


def _room(size: int, free: int) -> dict[str, str]:
    remedy = "make room, or set retention.articles"
    return {"database": f"{size / 1e6:.0f} MB", "free": f"{free / 1e6:.0f} MB", "remedy": remedy}
