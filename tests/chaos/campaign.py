"""A campaign: stories are told at a steady pace while the program is killed, disturbed and started again.

every cycle: arm a point -> start -> tell a story whenever the point waits for one -> it is gone -> count a kill
at the end: calm weather, no point, until everything due has come and the outbox is empty -> count at the fakes
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.platforms.slack.manifest import make_manifest
from tests.blackbox.program import Program, program
from tests.chaos.stories import Told, grow_story, tell_story
from tests.chaos.tally import (
    Report,
    Seen,
    count_developments,
    count_digests,
    count_sightings,
    count_up,
    find_unedited,
    find_unpublished,
    list_places,
    look,
)
from tests.chaos.troubles import HOUR_S, Clock, busy_database, full_disk, start_second
from tests.chaos.weather import Weather
from tests.servers.discord import FakeDiscord
from tests.servers.discord import objects as make
from tests.servers.loopback.kill_points import POINTS
from tests.servers.slack import FakeSlack

OUTLETS = ("ledger", "wire", "courier")
ROOMS = ("one",)
RANDOM = "at a random moment"
PACE_S = 0.4
SLOW_PACE_S = 4.0
KEPT_ITEMS = 40
CYCLE_S = 90.0
STUCK_S = 100.0
"""So long may nothing new arrive at the end before what is missing counts as lost."""
MOST_BEHIND = 30
BUSY_S = (0.5, 3.0)
GROWING = 0.5
PLACES = 6
"""A channel, a forum, an announcement channel and a person on Discord, a channel and a person on Slack."""
LAG_S = 0.4
"""How long Slack's history does not show what was just posted."""


class Campaign:
    """One program, killed as often as asked; `report` holds what came of it once `settle` is over."""

    def __init__(self, running: Program, clock: Clock, dice: random.Random) -> None:
        self._running, self._clock, self._dice = running, clock, dice
        self.report = Report()
        self._weather = Weather(running.discord, running.slack, dice, self.report.befell)
        self._told: list[tuple[str, str]] = []
        self._outlets: list[tuple[str, ...]] = []
        self._grown: list[tuple[str, str]] = []
        self._kills = 0
        self._asked: Counter[str] = Counter()

    async def kill_at(self, point: str, *, count: int = 1, is_rough: bool = False) -> None:
        """Start the program with a point armed, and tell stories until it is gone."""
        self._weather.is_bad = is_rough
        began = len(self._running.events)
        if "digest" in point:
            await self.ask_digests()
        await self._spawn(TOPICWIRE_TEST_KILL=f"{point}:{count}")
        ending = asyncio.create_task(self._running.ended())
        try:
            async with asyncio.timeout(CYCLE_S):
                await self._tell_until(ending, point, began, is_rough)
        except TimeoutError:
            await self._running.kill()
            self.report.problems.append(f"{point} (kill {self._kills}) was not reached in {CYCLE_S:.0f} s")
        self._count(point, await ending)

    async def ask_digests(self) -> None:
        """Ask for a digest in every channel where none waits, while the program is not running."""
        self._asked += await asyncio.to_thread(_ask_digests, self._running.database)

    async def kill_at_random(self, *, is_rough: bool = False) -> None:
        """Start the program, let something befall it, and kill it at any moment, its start included."""
        self._weather.is_bad = is_rough
        began = len(self._running.events)
        await self._spawn()
        if self._dice.random() < 0.15:
            await asyncio.sleep(self._dice.uniform(0.1, 2.0))
        else:
            await self._running.until(lambda e: e["event"] == "start", since=began, within=CYCLE_S)
            self._tell(RANDOM)
            if is_rough:
                await self._befall()
            await asyncio.sleep(self._dice.uniform(0.0, 1.5))
        self._count(RANDOM, await self._running.kill())
        if self._clock.offset_s < 0:
            self._clock.turn(HOUR_S)

    async def settle(self) -> None:
        """Let everything due come, and count."""
        self._weather.is_bad = False
        await self._spawn()
        channels = self._places()
        wanted = (len(self._told) + len(self._grown)) * len(channels)
        arrived, since = -1, time.monotonic()
        while time.monotonic() - since < STUCK_S:
            shown = self._look()
            found = len(count_sightings(shown)) + len(count_developments(shown))
            if found != arrived:
                arrived, since = found, time.monotonic()
            if arrived >= wanted and not await asyncio.to_thread(count_open, self._running.database):
                break
            await asyncio.sleep(0.2)
        else:
            self.report.problems.append(f"nothing new came for {STUCK_S:.0f} s, and there should be more")
        await self._running.stop()
        self._count_up(channels)

    def _count_up(self, channels: list[str]) -> None:
        shown = self._look()
        outlets = {key: self._outlets[number] for number, (key, _) in enumerate(self._told)}
        self.report.problems += find_unedited({key: outlets[key] for key, _ in self._grown}, shown)
        self.report.problems += find_unpublished(self._running.discord, self._running.database)
        if (digests := count_digests(shown)) != self._asked:
            self.report.problems.append(f"digests asked for {dict(self._asked)}, seen {dict(digests)}")
        for told, seen in ((self._told, count_sightings(shown)), (self._grown, count_developments(shown))):
            count_up(told, channels, seen, self.report)
            self.report.problems += [
                f"{key} came {n} times to {channel}" for (key, channel), n in seen.items() if n > 1
            ]

    def _look(self) -> list[Seen]:
        return look(self._running.discord, self._running.slack)

    def _places(self) -> list[str]:
        return list_places(self._running.discord, self._running.slack)

    async def _spawn(self, **variables: str) -> None:
        self._running.discord.world.lately_published.clear()  # an hour has passed for the announcements
        await self._running.spawn(TOPICWIRE_TEST_SHORT="1", TOPICWIRE_TEST_CLOCK=str(self._clock.path), **variables)

    async def _tell_until(self, ending: asyncio.Task[int], point: str, began: int, is_rough: bool) -> None:
        """Tell a story as soon as the point seems to wait for one, then at the pace; sends come from what waits."""
        started = asyncio.create_task(self._running.until(lambda e: e["event"] == "start", since=began, within=CYCLE_S))
        await asyncio.wait({ending, started}, return_when=asyncio.FIRST_COMPLETED)
        if not started.done():
            started.cancel()
        told_at = 0.0
        while not (await asyncio.wait({ending}, timeout=PACE_S))[0]:
            # A slow machine must not pile up what it cannot send; sends come from what waits.
            pause = PACE_S if self._behind() < MOST_BEHIND else CYCLE_S if "send" in point else SLOW_PACE_S
            if time.monotonic() - told_at >= pause:
                self._tell(point)
                told_at = time.monotonic()
            if is_rough and self._dice.random() < 0.2:
                await self._weather.break_lines()

    def _behind(self) -> int:
        channels = len(self._places())
        return len(self._told) - len(count_sightings(self._look())) // channels

    def _tell(self, point: str) -> None:
        """Tell a new story, and now and then how an earlier one went on that everybody was told."""
        number = len(self._told)
        outlet = self._dice.choice(OUTLETS)
        self._publish(outlet, tell_story(number))
        self._told.append((tell_story(number).key, point))
        self._outlets.append((outlet,))
        if self._dice.random() < GROWING and (known := self._find_known()) is not None:
            other = self._dice.choice([name for name in OUTLETS if name not in self._outlets[known]])
            self._publish(other, grow_story(known))
            self._outlets[known] += (other,)
            self._grown.append((grow_story(known).key, point))

    def _find_known(self) -> int | None:
        """Find the newest story that is in every channel and has not gone on yet."""
        channels = len(self._places())
        everywhere = Counter(key for key, _ in count_sightings(self._look()))
        known = (n for n in range(len(self._told) - 1, -1, -1) if everywhere[self._told[n][0]] == channels)
        return next((n for n in known if len(self._outlets[n]) == 1), None)

    def _publish(self, outlet: str, told: Told) -> None:
        paper = self._running.papers[outlet]
        paper.add(title=told.title, text=told.text, published_at=datetime.now(UTC))
        del paper.items[KEPT_ITEMS:]

    def _count(self, point: str, code: int) -> None:
        if code != -9:
            self.report.problems.append(f"the program ended by itself with {code} ({point}, kill {self._kills})")
        self._kills += 1
        self.report.total.kills += 1
        self.report.point(point).kills += 1

    async def _befall(self) -> None:
        """Let one thing happen to the running program."""
        # Hours ahead must not add up: feeds tell the true time, and half a day beside it their news counts as old.
        clock = ["clock an hour back"] if self._clock.offset_s else ["clock an hour ahead", "clock an hour back"]
        trouble = self._dice.choice(["busy database", "full disk", *clock, "second run", "lines"])
        if trouble == "lines":
            await self._weather.break_lines()
            return
        self.report.befell[trouble] += 1
        if trouble == "second run":
            if wrong := await start_second(self._running):
                self.report.problems.append(wrong)
            return
        if trouble.startswith("clock"):
            self._clock.turn(HOUR_S if trouble.endswith("ahead") else -HOUR_S)
            self._tell(RANDOM)
            return
        async with busy_database(self._running) if trouble == "busy database" else full_disk(self._running):
            self._tell(RANDOM)
            await asyncio.sleep(self._dice.uniform(*BUSY_S))


def count_open(database: Path) -> int:
    """Count the deliveries that are not closed, and the digests that are not made."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=20) as db:
        (number,) = db.execute("SELECT count(*) FROM deliveries WHERE closed_at IS NULL").fetchone()
        (waiting,) = db.execute("SELECT count(*) FROM digests WHERE told_at IS NULL").fetchone()
    db.close()
    return int(number + waiting)


def _ask_digests(database: Path) -> Counter[str]:
    asked = "INSERT OR IGNORE INTO digests (channel_id, made_at) SELECT id, ? FROM channels WHERE id = ?"
    found: Counter[str] = Counter()
    with sqlite3.connect(database, timeout=20) as db:
        for number, channel in db.execute("SELECT DISTINCT c.id, c.channel FROM channels AS c "
                                          "JOIN subscriptions AS s ON s.channel_id = c.id").fetchall():  # fmt: skip
            found[channel] += db.execute(asked, (int(time.time() * 1e6), number)).rowcount
    db.close()
    return +found


@asynccontextmanager
async def campaign(folder: Path, dice: random.Random) -> AsyncIterator[Campaign]:
    """Start the program between its servers, subscribe every channel, and stop it: a campaign begins with a start."""
    discord = FakeDiscord(channels=ROOMS, per_channel=(50, 5.0), overall=(1000, 1.0))
    slack = FakeSlack(channels=ROOMS, burst=1000, manifest=make_manifest())
    slack.world.lag_s = LAG_S
    clock = Clock(path=folder / "clock")
    clock.turn(0.0)
    async with program(folder, *OUTLETS, discord=discord, slack=slack) as running:
        forum = await discord.add_channel("stories", make.FORUM, ("huawei",))
        news = await discord.add_channel("announcements", make.ANNOUNCEMENT)
        for channel in discord.channels:
            where = await discord.add_thread(forum, "Topics?") if channel == forum else channel
            asked = await discord.interact("news subscribe", {"topic": "huawei"}, channel=where)
            assert "Huawei" in repr(await asked.final())
        for channel in slack.channels:
            order = await slack.command("/news", "subscribe huawei", channel=channel)
            assert "Huawei" in repr(await order.response())
        await (await discord.interact("news settings", {"publish": True}, channel=news)).final()
        await (await discord.interact("news follow", {"what": "huawei"})).final()
        await (await slack.command("/news", "follow huawei")).response()
        assert len(list_places(discord, slack)) == PLACES
        assert await running.stop() == 0
        yield Campaign(running, clock, dice)


async def run_campaign(folder: Path, *, kills: int, seed: int) -> Report:
    """Kill the program so many times: each named point in turn, and as often at random moments; half in bad weather."""
    dice = random.Random(seed)
    began = time.monotonic()
    async with campaign(folder, dice) as running:
        points: list[str] = []
        for _ in range(kills):
            points = points or dice.sample([*POINTS, RANDOM, RANDOM, RANDOM], len(POINTS) + 3)
            point, is_rough = points.pop(), dice.random() < 0.5
            if point == RANDOM:
                await running.kill_at_random(is_rough=is_rough)
            else:
                most = 4 if "send" in point else 1
                await running.kill_at(point, count=dice.randint(1, most), is_rough=is_rough)
        await running.settle()
    running.report.seconds = time.monotonic() - began
    running.report.befell = Counter({name: number for name, number in running.report.befell.items() if number})
    return running.report
