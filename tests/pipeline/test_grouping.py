"""The process of the open stories: it answers, it may die at any moment, and it never outlives its parent."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.groups import OpenGroups
from bot.domain.models import StoryId
from bot.pipeline.grouping import Grouping, GroupingApart, GroupingHere, GroupingLostError
from tests.shared_data import ROOT
from tests.stories.invented import COMING_TOGETHER, item

ITEMS = [item(title, outlet=f"Outlet {n}") for n, title in enumerate(COMING_TOGETHER)]


@pytest.fixture(params=[GroupingHere, GroupingApart])
async def grouping(request: pytest.FixtureRequest) -> AsyncIterator[Grouping]:
    made: Grouping = request.param()
    yield made
    await made.close()


async def test_a_batch_is_grouped_and_what_is_kept_of_it_begins_another_run(grouping: Grouping) -> None:
    await grouping.restore(OpenGroups())
    taken = await grouping.take(ITEMS[:3])
    assert len(set(taken.groups)) == 2
    kept = OpenGroups(groups=tuple((StoryId(n), state) for n, (_, state) in enumerate(taken.states)))
    groups = await grouping.restore(kept)
    assert (await grouping.take(ITEMS[3:4])).groups[0] in groups


async def test_articles_of_known_stories_are_taken_over(grouping: Grouping) -> None:
    await grouping.restore(OpenGroups())
    stories = await grouping.recall([(StoryId(5), ITEMS[0])])
    assert list(stories.values()) == [StoryId(5)]
    assert (await grouping.take([ITEMS[0]])).groups[0] in stories


async def test_a_process_that_was_killed_is_told_and_another_begins() -> None:
    grouping = GroupingApart()
    try:
        await grouping.restore(OpenGroups())
        assert grouping.process_id is not None
        os.kill(grouping.process_id, signal.SIGKILL)
        with pytest.raises(GroupingLostError):
            await grouping.take(ITEMS)
        with pytest.raises(GroupingLostError):
            await grouping.take(ITEMS)
        await grouping.restore(OpenGroups())
        assert len((await grouping.take(ITEMS)).groups) == len(ITEMS)
    finally:
        await grouping.close()


async def test_what_fails_over_there_is_told_in_words() -> None:
    grouping = GroupingApart()
    try:
        await grouping.restore(OpenGroups())
        with pytest.raises(GroupingLostError, match="grouping failed: 'str' object has no attribute"):
            await grouping.take(["no article"])  # type: ignore[list-item]
    finally:
        await grouping.close()


async def test_a_process_that_hangs_is_ended() -> None:
    grouping = GroupingApart()
    try:
        await grouping.restore(OpenGroups())
        assert grouping.process_id is not None
        os.kill(grouping.process_id, signal.SIGSTOP)
        grouping.patience = timedelta(seconds=0.2)
        with pytest.raises(GroupingLostError, match="no answer"):
            await grouping.take(ITEMS)
        assert grouping.process_id is None
    finally:
        await grouping.close()


CHILD = """
import asyncio, time
from bot.domain.groups import OpenGroups
from bot.pipeline.grouping import GroupingApart

async def main():
    grouping = GroupingApart()
    await grouping.restore(OpenGroups())
    print(grouping.process_id, flush=True)
    time.sleep(60)

asyncio.run(main())
"""


def test_the_process_ends_with_its_parent_however_that_ends() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CHILD],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as parent:
        assert parent.stdout is not None
        number = int(parent.stdout.readline())
        assert Path(f"/proc/{number}").exists()
        parent.kill()
    deadline = time.monotonic() + 20
    while _is_alive(number):
        assert time.monotonic() < deadline, "the process still runs"
        time.sleep(0.05)


def _is_alive(number: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{number}/stat").read_text(encoding="ascii")
    except OSError:
        return False


async def test_giving_up_on_an_answer_leaves_none_for_the_next() -> None:
    grouping = GroupingApart()
    try:
        await grouping.restore(OpenGroups())
        asked = asyncio.create_task(grouping.take(ITEMS * 200))
        await asyncio.sleep(0.05)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        with pytest.raises(GroupingLostError):
            await grouping.take(ITEMS[:1])
    finally:
        await grouping.close()
