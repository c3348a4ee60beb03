"""Twenty requests a second for a minute while polling goes on: no page fails, and what that costs the polls is told."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections import Counter
from pathlib import Path
from statistics import median
from time import perf_counter

import aiohttp
import pytest

from tests.shared_data import ROOT

A_SECOND, SECONDS, BEFORE = 20, 60, 15


class Polls:
    """The polls of a running program, as its log tells them."""

    def __init__(self, program: asyncio.subprocess.Process) -> None:
        self._program = program
        self.times: list[float] = []
        self.faults: list[str] = []

    async def listen(self) -> None:
        """Read the log until the program ends."""
        assert self._program.stderr is not None
        async for line in self._program.stderr:
            event = json.loads(line) if line.startswith(b"{") else {}
            if event.get("event") == "poll":
                self.times.append(perf_counter())
                self.faults += [str(event)] if event["outcome"] == "failed" else []

    def rate(self, since: float, until: float) -> float:
        """Return how many polls a second there were."""
        return sum(since <= at < until for at in self.times) / (until - since)


@pytest.mark.slow
async def test_pages_answer_and_feeds_are_read_meanwhile(tmp_path: Path) -> None:
    environment = os.environ | {
        "PYTHONPATH": str(ROOT), "TOPICWIRE_FEEDS__FILES": "[]", "TOPICWIRE_WEB__BIND": "127.0.0.1:0",
        "TOPICWIRE_LOG__FORMAT": "json",
    }  # fmt: skip
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=tmp_path, env=environment, stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    polls = Polls(program)
    listening = asyncio.create_task(polls.listen())
    assert program.stdout is not None
    try:
        address = await find_address(program.stdout)
        reading = asyncio.create_task(drain(program.stdout))
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            paths = await find_paths(session, address)
            begun = perf_counter()
            await asyncio.sleep(BEFORE)
            quiet = polls.rate(begun, perf_counter())
            begun = perf_counter()
            statuses, took = await ask_for_pages(session, address, paths)
            busy = polls.rate(begun, perf_counter())
        reading.cancel()
    finally:
        program.terminate()
        assert await asyncio.wait_for(program.wait(), 20) == 0
        await listening
    told = (
        f"{len(took)} requests: middle {median(took) * 1000:.0f} ms, slowest {max(took) * 1000:.0f} ms; polls a second "
        f"{quiet:.1f} before, {busy:.1f} meanwhile"
    )
    print(told)
    assert statuses == Counter({200: A_SECOND * SECONDS}), told
    assert polls.faults == []
    assert busy > quiet / 2, told


async def find_address(printed: asyncio.StreamReader) -> str:
    """Wait until the program says where its pages are."""
    async for line in printed:
        if b"In the browser: " in line:
            return line.decode().partition("In the browser: ")[2].strip().removesuffix("/console")
    raise AssertionError("the program said nothing of its pages")


async def drain(printed: asyncio.StreamReader) -> None:
    """Read on, so that the program never waits for its reader."""
    async for _ in printed:
        pass


async def find_paths(session: aiohttp.ClientSession, address: str) -> list[str]:
    """Find the pages once the first story is there."""
    for _ in range(600):
        async with session.get(f"{address}/") as answer:
            page, here = await answer.text(), answer.url.path
        if f"{here}story/" in page:
            story = page.partition(f"{here}story/")[2].partition('"')[0]
            return [
                here,
                f"{here}story/{story}",
                f"{here}topic/huawei",
                f"{here}topic/zte/atom.xml",
                "/health",
                "/console",
            ]
        await asyncio.sleep(0.1)
    raise AssertionError("no story came")


async def ask_for_pages(
    session: aiohttp.ClientSession, address: str, paths: list[str]
) -> tuple[Counter[int], list[float]]:
    """Ask for page after page at an even pace, however long each takes."""
    statuses: Counter[int] = Counter()
    took: list[float] = []

    async def ask(path: str) -> None:
        began = perf_counter()
        async with session.get(address + path) as answer:
            await answer.read()
        statuses[answer.status] += 1
        took.append(perf_counter() - began)

    async with asyncio.TaskGroup() as group:
        begun = perf_counter()
        for number in range(A_SECOND * SECONDS):
            await asyncio.sleep(max(begun + number / A_SECOND - perf_counter(), 0))
            group.create_task(ask(paths[number % len(paths)]))
    return statuses, took
