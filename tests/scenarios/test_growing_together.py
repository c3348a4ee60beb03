"""Two stories that begin apart and prove to be one, as a newsroom sees it; and kills in the middle."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.groups import OpenGroups
from tests.newsroom import WORKSPACE, Newsroom, SetClock, newsroom
from tests.shared_data import ROOT
from tests.stories.invented import COMING_TOGETHER

LATER = timedelta(hours=7)
STORM = "Storm Ada leaves 40,000 homes without power"


async def set_up(room: Newsroom) -> None:
    await room.open_outlets(*(f"Outlet {n}" for n in range(7)))
    await room.subscribe("huawei")


async def publish(room: Newsroom, *numbers: int) -> None:
    for number in numbers:
        room.publish(f"Outlet {number}", COMING_TOGETHER[number])
    await room.tick()


async def grow(room: Newsroom) -> None:
    for number in range(6):
        await publish(room, number)


async def test_stories_that_prove_to_be_one_are_merged_and_the_younger_message_points_at_the_older(
    tmp_path: Path,
) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room)
        await grow(room)
        first, _ = room.platform.titles()
        assert first == COMING_TOGETHER[0]
        room.publish("Outlet 6", STORM)
        await room.tick(LATER)
        assert room.platform.titles() == [first, f"Told further in: {first}"]
        lines = await room.store.latest(WORKSPACE, None, 20)
        assert sorted(line.outlets for line in lines) == [6]
        await publish(room, 5)
        assert len(room.platform.shown) == 2, "one story, one message"


async def test_a_merge_happens_after_a_restart_as_well(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room)
        await grow(room)
        clock, fetcher, platform = room.clock, room.fetcher, room.platform
    async with newsroom(tmp_path, clock=clock, fetcher=fetcher, platform=platform) as room:
        await room.open_outlets(*(f"Outlet {n}" for n in range(7)))
        room.publish("Outlet 6", STORM)
        await room.tick(LATER)
        assert sorted(line.outlets for line in await room.store.latest(WORKSPACE, None, 20)) == [6]
        assert len(platform.shown) == 2


async def test_an_article_after_a_restart_finds_its_story(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room)
        await publish(room, 0)
        clock, fetcher, platform = room.clock, room.fetcher, room.platform
        kept = await room.store.list_open_groups(clock())
        assert len(kept.groups) == 1
    async with newsroom(tmp_path, clock=clock, fetcher=fetcher, platform=platform) as room:
        await room.open_outlets(*(f"Outlet {n}" for n in range(7)))
        room.publish("Outlet 3", COMING_TOGETHER[0] + " again")
        await room.tick()
        assert platform.titles() == [COMING_TOGETHER[0]]


async def test_a_database_of_before_groups_were_kept_goes_on_with_its_stories(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room)
        await publish(room, 0)
        clock, fetcher, platform = room.clock, room.fetcher, room.platform
        async with room.store.database.write() as db:  # type: ignore[attr-defined]
            await db.exec_driver_sql("DELETE FROM story_centres")
    async with newsroom(tmp_path, clock=clock, fetcher=fetcher, platform=platform) as room:
        await room.open_outlets(*(f"Outlet {n}" for n in range(7)))
        room.publish("Outlet 3", COMING_TOGETHER[0] + " again")
        await room.tick()
        assert platform.titles() == [COMING_TOGETHER[0]]
        assert len((await room.store.list_open_groups(clock())).groups) == 1


KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from bot.storage import {module} as place
from tests.newsroom import SetClock, newsroom
from tests.scenarios import test_growing_together as scene

async def main(folder):
    async with newsroom(Path(folder)) as room:
        await scene.set_up(room)
        await scene.grow(room)
        inner = place.{name}
        async def die(*args):
            await inner(*args)
            os.kill(os.getpid(), signal.SIGKILL)
        place.{name} = die
        room.publish("Outlet 6", scene.STORM)
        await room.tick(scene.LATER)

asyncio.run(main(sys.argv[1]))
"""


def run_until_killed(code: str, folder: Path) -> None:
    command = [sys.executable, "-c", code, str(folder)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr


@pytest.mark.parametrize(
    "module, name",
    [
        ("merges", "_move_contents"),
        ("merges", "_move_outbox"),
        ("gatherings", "_take_articles"),
        ("gatherings", "save_open_groups"),
    ],
)
@pytest.mark.slow
async def test_a_kill_in_a_merge_or_in_the_batch_after_it_loses_nothing(tmp_path: Path, module: str, name: str) -> None:
    await asyncio.to_thread(run_until_killed, KILLED.format(module=module, name=name), tmp_path)
    clock = SetClock()
    clock.move(timedelta(hours=10))
    async with newsroom(tmp_path, clock=clock) as room:
        await room.gatherer.gather_all()
        lines = await room.store.latest(WORKSPACE, None, 20)
        assert sorted(line.outlets for line in lines) == [6]
        assert (await room.store.status(WORKSPACE)).stories == 2
        kept: OpenGroups = await room.store.list_open_groups(clock())
        assert len({story for story, _ in kept.groups}) == 2
