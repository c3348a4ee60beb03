"""The real program as its own process, between a feed server and both fakes, on a database that outlives it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.platforms.slack.manifest import make_manifest
from tests.servers.child import child_environment
from tests.servers.discord import FakeDiscord
from tests.servers.documents import Feed
from tests.servers.feeds import FeedServer
from tests.servers.slack import FakeSlack
from tests.shared_data import ROOT

Event = dict[str, Any]


@dataclass
class Program:
    """`topicwire run`, started and killed as often as a test likes."""

    folder: Path
    feeds: FeedServer
    discord: FakeDiscord
    slack: FakeSlack
    outlets: tuple[str, ...]
    papers: dict[str, Feed] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    noise: list[str] = field(default_factory=list)
    _process: asyncio.subprocess.Process | None = None
    _listening: asyncio.Task[None] | None = None
    _heard: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def start(self, **variables: str) -> None:
        """Start the program and wait until it is on both platforms."""
        opened, before = self.slack.socket_side.opened, len(self.events)
        await self.spawn(**variables)
        await self.discord.synced(60)
        await self.slack.socket_side.until(lambda: self.slack.socket_side.opened > opened, 60)
        await self.until(lambda e: e["event"] == "start", since=before)

    async def spawn(self, **variables: str) -> None:
        """Start the program, with further variables in its environment, and wait for nothing."""
        declared = "".join(
            f'[[feeds]]\nurl = "{self.feeds.url(f"/{o}.xml")}"\ntitle = "{o}"\nlanguage = "en"\ninterval = "200ms"\n'
            for o in self.outlets
        )
        (self.folder / "feeds.toml").write_text(declared, encoding="utf-8")
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=self.folder, env=self.environment() | variables,
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        self._listening = asyncio.create_task(self._listen(self._process))

    @property
    def pid(self) -> int:
        """The process's id; 0 where none runs."""
        return self._process.pid if self._process else 0

    @property
    def database(self) -> Path:
        """The file that outlives the process."""
        return self.folder / "topicwire.db"

    def environment(self) -> dict[str, str]:
        environment = child_environment(self.discord, self.slack)
        return environment | {
            "PYTHONPATH": f"{environment['PYTHONPATH']}:{ROOT}",
            "TOPICWIRE_DATABASE": str(self.database),
            "TOPICWIRE_FEEDS__FILES": json.dumps([str(self.folder / "feeds.toml")]),
            "TOPICWIRE_FETCH__ALLOW": json.dumps([self.feeds.address]),
            "TOPICWIRE_LOG__FORMAT": "json",
            "TOPICWIRE_WEB__BIND": "127.0.0.1:0",
        }

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stderr is not None
        async for row in process.stderr:
            text = row.decode()
            try:
                self.events.append(json.loads(text))
            except ValueError:
                self.noise.append(text)
            async with self._heard:
                self._heard.notify_all()

    async def until(self, wanted: Callable[[Event], bool], *, since: int = 0, within: float = 60) -> Event:
        """Wait for an event of the log."""
        found: list[Event] = []
        async with asyncio.timeout(within), self._heard:
            while not (found := [event for event in self.events[since:] if wanted(event)]):
                await self._heard.wait()
        return found[0]

    async def seen_every_outlet(self) -> None:
        """Wait until every feed had its first, silent poll."""
        for number in range(1, len(self.outlets) + 1):
            await self.until(lambda e, n=number: e["event"] == "poll" and e["feed"] == n and e["outcome"] != "failed")  # type: ignore[misc]

    async def kill(self) -> int:
        """End the process as a power cut would; returns its exit code."""
        return await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """Ask the process to stop; returns its exit code."""
        return await self._end(signal.SIGTERM)

    def tell(self) -> None:
        """Write what the program said, but for quiet polls; pytest shows it where a test failed."""
        told = [e for e in self.events if e["event"] != "poll" or e["new"] or e["outcome"] == "failed"]
        sys.stdout.write("\n".join([*(json.dumps(e) for e in told), *self.noise, ""]))

    async def ended(self) -> int:
        """Wait until the process ends by itself; returns its exit code."""
        process = self._process
        assert process is not None
        await process.wait()
        return await self._end(None)

    async def _end(self, how: signal.Signals | None) -> int:
        process = self._process
        if process is None:
            return 0
        self._process = None
        if how is not None:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(how)
        code = await asyncio.wait_for(process.wait(), 20)
        if self._listening is not None:
            await self._listening
        return code


@asynccontextmanager
async def program(
    folder: Path, *outlets: str, discord: FakeDiscord | None = None, slack: FakeSlack | None = None
) -> AsyncIterator[Program]:
    """Run the program between its servers until the block ends; each outlet is a feed with one old article."""
    async with AsyncExitStack() as stack:
        feeds = await stack.enter_async_context(FeedServer())
        discord = await stack.enter_async_context(discord or FakeDiscord())
        slack = await stack.enter_async_context(slack or FakeSlack(manifest=make_manifest()))
        running = Program(folder, feeds, discord, slack, outlets)
        for outlet in outlets:
            paper = running.papers[outlet] = feeds.feed(f"/{outlet}.xml", title=outlet)
            paper.link = f"https://{outlet}.example"
            paper.add(title=f"{outlet} begins", text="A first notice to readers.")
        stack.callback(running.tell)
        stack.push_async_callback(running.kill)
        await running.start()
        await running.seen_every_outlet()
        yield running
