"""A clock that goes back an hour delays nothing by an hour, and lets nothing out that is held."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

from bot.domain.errors import PlatformRefusedError, RetryLaterError
from bot.domain.habits import QuietHours
from bot.pipeline.jumps import ClockWatch
from tests.newsroom import INTERVAL, Newsroom, newsroom
from tests.scenarios.test_outbox import HOUR, MINUTE, STORIES, publish, set_up


class Ticks:
    """Seconds that never go back."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def watch(room: Newsroom, ticks: Ticks) -> ClockWatch:
    return ClockWatch(
        store=room.store, deliverers=[room.deliverer], bells=room.bells, clock=room.clock, ticks=ticks
    )  # fmt: skip


async def jump_back(room: Newsroom) -> None:
    ticks = Ticks()
    watching = watch(room, ticks)
    await watching.look()
    room.clock.move(-HOUR)
    ticks.seconds += 20
    await watching.look()


async def test_what_was_to_be_tried_again_is_tried_at_once(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room)
        publish(room, 0)
        room.platform.errors.append(RetryLaterError("busy", retry_after=MINUTE))
        await room.tick()
        await jump_back(room)
        await room.deliverer.deliver_due()
        assert room.platform.titles() == [STORIES[0]]


async def test_a_platform_that_refused_us_is_asked_at_once(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room)
        publish(room, 0)
        room.platform.errors.append(PlatformRefusedError("the token is wrong"))
        await room.tick()
        await jump_back(room)
        await room.deliverer.deliver_due()
        assert room.platform.titles() == [STORIES[0]]


async def test_feeds_are_read_again_within_their_interval(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room)
        await jump_back(room)
        publish(room, 0)
        await room.tick()
        assert room.platform.titles() == [STORIES[0]]


async def test_feeds_are_read_again_within_their_interval_after_a_restart(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room)
        outlets, fetcher, clock = room.outlets, room.fetcher, room.clock
    clock.move(-HOUR)
    async with newsroom(tmp_path, fetcher=fetcher, clock=clock) as room:
        room.outlets = outlets
        publish(room, 0)
        await room.tick()
        assert room.platform.titles() == [STORIES[0]]


async def test_quiet_hours_hold_through_a_jump_and_a_restart_and_end_in_one_roll_up(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room, quiet=QuietHours(since=time(10), until=time(20)))
        publish(room, 0, 1)
        await room.tick()
        await jump_back(room)
        await room.tick()
        fetcher, clock = room.fetcher, room.clock
    async with newsroom(tmp_path, fetcher=fetcher, clock=clock) as room:
        await room.tick()
        assert room.platform.asked == []
        await room.tick(9 * HOUR)
        assert room.platform.titles() == ["2 more stories"]


async def test_a_clock_that_goes_on_or_is_set_right_a_little_changes_nothing(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room)
        publish(room, 0)
        room.platform.errors.append(RetryLaterError("busy", retry_after=INTERVAL))
        await room.tick()
        ticks = Ticks()
        watching = watch(room, ticks)
        for step in (timedelta(0), timedelta(seconds=20), timedelta(seconds=-30), timedelta(seconds=40)):
            room.clock.move(step)
            ticks.seconds += 20
            await watching.look()
        await room.deliverer.deliver_due()
        assert room.platform.titles() == []
