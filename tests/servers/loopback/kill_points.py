"""What a test does to the program from inside its process: kill it at a named point, and shift its clock.

TOPICWIRE_TEST_KILL is «point:count»: SIGKILL when the point is reached for the count-th time with something at stake.
TOPICWIRE_TEST_CLOCK names a file with the seconds that the program's clock is off. TOPICWIRE_TEST_SHORT makes the waits
of restarts and retries short. The program knows nothing of this; a point that it no longer has stops its start.
"""

from __future__ import annotations

import inspect
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import wraps
from pathlib import Path
from types import ModuleType
from typing import Any

Patch = Callable[[ModuleType], None]
Stake = Callable[[Any, Any], bool]
"""Tells from the arguments and the result of a call whether it was about anything."""

SETTLE_AFTER = timedelta(seconds=1)
LONGEST_RETRY = timedelta(seconds=4)
SLACK_GAP = timedelta(seconds=0.1)


class Fuse:
    """Kills the process when it was lit so many times; no handler, no clean-up, nothing is flushed."""

    def __init__(self, count: int) -> None:
        self._left = count

    def light(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def always(_arguments: Any, _result: Any) -> bool:
    return True


def has_entries(_arguments: Any, reading: Any) -> bool:
    return bool(reading.entries)


def is_some(_arguments: Any, result: Any) -> bool:
    return bool(result)


def has_alerts(arguments: Any, _result: Any) -> bool:
    return bool(arguments[1].alerts)


def has_some(arguments: Any, _result: Any) -> bool:
    return bool(arguments[1])


def has_decided(_arguments: Any, decided: Any) -> bool:
    return bool(decided[1])


# point: module, owner within it ("": the module itself), function, before or after it, what is at stake
POINTS: dict[str, tuple[str, str, str, bool, Stake]] = {
    "after the fetch": ("bot.feeds.fetch", "HttpFetcher", "read", True, has_entries),
    "in the poll transaction": ("bot.storage.polls", "", "_save_articles", True, is_some),
    "after the poll": ("bot.storage.polls", "PollRows", "save_poll", True, is_some),
    "in gather": ("bot.pipeline.gather", "Gatherer", "_decide", True, has_decided),
    "in the gather transaction": ("bot.storage.gatherings", "", "save_alerts", True, has_some),
    "after gather": ("bot.storage.gatherings", "GatheringRows", "save_gathering", True, has_alerts),
    "in the digest transaction": ("bot.storage.digests", "", "_tell", True, is_some),
    "after the digest": ("bot.storage.digests", "DigestRows", "save_digest", True, is_some),
    "before the send": ("bot.storage.deliveries", "DeliveryRows", "mark_sending", True, always),
    "after the send, before the record": ("bot.storage.deliveries", "DeliveryRows", "record_sent", False, always),
}
# Within an upgrade of the database; reached only by a start that has one to make.
MIGRATION_POINTS: dict[str, tuple[str, str, str, bool, Stake]] = {
    "before the copy of an upgrade": ("bot.storage.migrate", "", "copy_whole", False, always),
    "after the copy of an upgrade": ("bot.storage.migrate", "", "copy_whole", True, always),
    # Each step writes its number once it is through, all within one transaction.
    "in the upgrade": ("alembic.runtime.migration", "HeadMaintainer", "update_to_step", True, always),
}


def kill_patches(order: str) -> dict[str, Patch]:
    """Make the patch for «point:count»."""
    point, _, count = order.rpartition(":")
    module_name, owner, name, is_after, stake = (POINTS | MIGRATION_POINTS)[point]
    fuse = Fuse(int(count))

    def patch(module: ModuleType) -> None:
        place: Any = getattr(module, owner) if owner else module
        original = getattr(place, name)
        setattr(place, name, (_struck_after if is_after else _struck_before)(original, fuse, stake))

    return {module_name: patch}


def _struck_after(original: Any, fuse: Fuse, stake: Stake) -> Any:
    @wraps(original)
    async def watched(*args: Any, **named: Any) -> Any:
        result = await original(*args, **named)
        if stake(args, result):
            fuse.light()
        return result

    @wraps(original)
    def watched_at_once(*args: Any, **named: Any) -> Any:
        result = original(*args, **named)
        if stake(args, result):
            fuse.light()
        return result

    return watched if inspect.iscoroutinefunction(original) else watched_at_once


def _struck_before(original: Any, fuse: Fuse, stake: Stake) -> Any:
    @wraps(original)
    async def watched(*args: Any, **named: Any) -> Any:
        if stake(args, None):
            fuse.light()
        return await original(*args, **named)

    @wraps(original)
    def watched_at_once(*args: Any, **named: Any) -> Any:
        if stake(args, None):
            fuse.light()
        return original(*args, **named)

    return watched if inspect.iscoroutinefunction(original) else watched_at_once


def clock_patches(path: str) -> dict[str, Patch]:
    """Let the program's clock be off by the seconds in a file, read anew each time."""

    def now() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(Path(path).read_text(encoding="ascii")))

    def patch(module: ModuleType) -> None:
        module.run.__kwdefaults__["clock"] = now

    return {"bot.app": patch}


def short_patches() -> dict[str, Patch]:
    """Shorten what a restart waits for, the longest pause between two tries, and Slack's pace."""

    def settle(module: ModuleType) -> None:
        _replace(module, "SETTLE_AFTER", SETTLE_AFTER)

    def retry(module: ModuleType) -> None:
        _replace(module, "LONGEST_RETRY", LONGEST_RETRY)
        _replace(module, "SETTLE_AFTER", SETTLE_AFTER)

    def pace(module: ModuleType) -> None:
        _replace(module, "STEADY", replace(module.STEADY, gap=SLACK_GAP))

    return {"bot.storage.store": settle, "bot.pipeline.deliver": retry, "bot.platforms.slack.timing": pace}


def _replace(module: ModuleType, name: str, value: object) -> None:
    getattr(module, name)  # an AttributeError here says that the program has it elsewhere now
    setattr(module, name, value)


def patches(environment: os._Environ[str]) -> dict[str, Patch]:
    """Make the patches that the environment asks for."""
    found: dict[str, Patch] = {}
    if order := environment.get("TOPICWIRE_TEST_KILL"):
        found |= kill_patches(order)
    if path := environment.get("TOPICWIRE_TEST_CLOCK"):
        found |= clock_patches(path)
    if environment.get("TOPICWIRE_TEST_SHORT"):
        found |= short_patches()
    return found
