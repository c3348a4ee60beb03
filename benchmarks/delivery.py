"""How long until the last channel knows: `python -m benchmarks.delivery [--channels 2000] [--stories 200] [--json]`.

one story to many channels; many stories in a minute to 50 channels. The real program runs in its own process, the
fakes and the feed server in this one; half of the channels are Discord's, half Slack's. The ideal is what the fakes'
limits allow: 50 requests a second and 5 messages in 5 s a channel on Discord, 1 message a second a channel on Slack.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.processes import read_peak, read_resident
from bot.domain.models import Place, WorkspaceId
from bot.storage.store import open_store
from tests.blackbox.program import Program, program
from tests.chaos.stories import tell_story
from tests.chaos.tally import Report, count_sightings, count_up, look
from tests.servers.discord import FakeDiscord
from tests.servers.slack import FakeSlack

OVERALL = (50, 1.0)
DISCORD_CHANNEL = (5, 5.0)
SLACK_CHANNEL = (1, 1.0)
SLACK_BURST = 4
AIM = 1.2
FEW_CHANNELS = 50
FACTOR = 6
"""After so many times the ideal, and a minute, what has not come is called lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """So many stories, told evenly over so many seconds, for so many channels of both platforms together."""

    name: str
    stories: int
    channels: int
    seconds: float

    @property
    def ideal_seconds(self) -> float:
        """From the first story's telling to the last message, where nothing but the platforms' limits takes time."""
        on_discord = self.channels - self.channels // 2
        overall = (math.ceil(self.stories * on_discord / OVERALL[0]) - 1) * OVERALL[1]
        in_channel = (math.ceil(self.stories / DISCORD_CHANNEL[0]) - 1) * DISCORD_CHANNEL[1]
        on_slack = max(self.stories - 1 - SLACK_BURST, 0) * SLACK_CHANNEL[1]
        return max(overall, in_channel, on_slack, self.seconds * (self.stories - 1) / self.stories, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lap:
    """What a load took: seconds to the last message, and resident bytes of the program before it, at most and after."""

    load: str
    messages: int
    seconds: float
    ideal_seconds: float
    lost: int
    duplicated: int
    bytes_before: int
    bytes_peak: int
    bytes_after: int

    @property
    def ratio(self) -> float:
        """How many times the ideal it took."""
        return self.seconds / self.ideal_seconds


async def measure(folder: Path, load: Load) -> Lap:
    """Subscribe the channels, tell the stories, and wait for the last message."""
    half = load.channels // 2
    rooms = [f"room{number}" for number in range(load.channels - half)]
    discord = FakeDiscord(channels=rooms, per_channel=DISCORD_CHANNEL, overall=OVERALL)
    slack = FakeSlack(channels=rooms[:half], per_channel=SLACK_CHANNEL, burst=SLACK_BURST)
    async with program(folder, "ledger", discord=discord, slack=slack) as running:
        await running.stop()
        await _subscribe(running)
        await running.start()
        before = read_resident(running.pid)
        seconds = await _tell(running, load)
        peak, after = read_peak(running.pid), read_resident(running.pid)
        await running.stop()
    report = Report()
    told = [(tell_story(number).key, load.name) for number in range(load.stories)]
    count_up(told, [*discord.channels, *slack.channels], count_sightings(look(discord, slack)), report)
    return Lap(
        load=load.name, messages=report.total.seen, seconds=seconds, ideal_seconds=load.ideal_seconds,
        lost=report.total.lost, duplicated=report.total.duplicated,
        bytes_before=before, bytes_peak=peak, bytes_after=after,
    )  # fmt: skip


async def _subscribe(running: Program) -> None:
    """Let every channel of both fakes watch the topic, as thousands of people would have done by and by."""
    places = [("discord", f"discord:{running.discord.world.guild_id}", channel) for channel in running.discord.channels]
    places += [("slack", f"slack:{running.slack.world.team}", channel) for channel in running.slack.channels]
    store = await open_store(running.database, exclusive=True)
    try:
        topic = next(topic for topic in await store.list_all_topics() if topic.name.casefold() == "huawei")
        for platform, workspace, channel in places:
            place = Place(platform=platform, workspace=WorkspaceId(workspace), channel=channel)
            added = await store.add_channel(place)
            await store.save_subscription(added.id, topic.id, actor="benchmark", now=datetime.now(UTC))
    finally:
        await store.close()


async def _tell(running: Program, load: Load) -> float:
    """Tell the stories at their pace; returns the seconds from the first one's telling to the last message."""
    wanted, began = load.stories * load.channels, time.monotonic()
    limit = load.ideal_seconds * FACTOR + 60
    told, arrived = 0, 0
    while arrived < wanted and time.monotonic() - began < limit:
        while told < load.stories and time.monotonic() - began >= load.seconds * told / load.stories:
            story = tell_story(told)
            running.papers["ledger"].add(title=story.title, text=story.text, published_at=datetime.now(UTC))
            told += 1
        await asyncio.sleep(0.05)
        arrived = len(running.discord.messages) + len(running.slack.messages)
    return time.monotonic() - began


def write_table(laps: Sequence[Lap]) -> str:
    """Set what was measured, a line a load."""
    heads: tuple[str, ...] = (
        "load",
        "messages",
        "lost",
        "twice",
        "seconds",
        "ideal",
        "ratio",
        "MB before",
        "MB at most",
        "MB after",
    )
    rows = [heads]
    for lap in laps:
        sizes = (f"{size / 1e6:.0f}" for size in (lap.bytes_before, lap.bytes_peak, lap.bytes_after))
        times = (f"{lap.seconds:.1f}", f"{lap.ideal_seconds:.1f}", f"{lap.ratio:.2f}")
        rows.append((lap.load, str(lap.messages), str(lap.lost), str(lap.duplicated), *times, *sizes))
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; returns 1 where something was lost or came twice."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.delivery", description=__doc__.partition("\n")[0])
    parser.add_argument("--channels", type=int, default=2000, help="how many channels one story goes to (2000)")
    parser.add_argument(
        "--stories", type=int, default=200, help=f"how many stories go to {FEW_CHANNELS} channels (200)"
    )
    parser.add_argument("--few", type=int, default=FEW_CHANNELS, help=f"how many channels those go to ({FEW_CHANNELS})")
    parser.add_argument("--seconds", type=float, default=60.0, help="in how many seconds those are told (60)")
    parser.add_argument("--json", action="store_true", help="print one JSON list")
    asked = parser.parse_args(arguments)
    loads = (
        Load(name=f"1 story, {asked.channels} channels", stories=1, channels=asked.channels, seconds=0.0),
        Load(
            name=f"{asked.stories} stories in {asked.seconds:.0f} s, {asked.few} channels",
            stories=asked.stories, channels=asked.few, seconds=asked.seconds,
        ),
    )  # fmt: skip
    laps = asyncio.run(_measure_all(loads))
    print(json.dumps([asdict(lap) | {"ratio": lap.ratio} for lap in laps]) if asked.json else write_table(laps))
    return 1 if any(lap.lost or lap.duplicated for lap in laps) else 0


async def _measure_all(loads: Sequence[Load]) -> list[Lap]:
    with tempfile.TemporaryDirectory(prefix="topicwire-delivery-") as folder, redirect_stdout(sys.stderr):
        places = [Path(folder, str(number)) for number in range(len(loads))]
        for place in places:
            await asyncio.to_thread(place.mkdir)
        laps: list[Lap] = []
        for place, load in zip(places, loads, strict=True):
            laps.append(await measure(place, load))
            print(write_table(laps[-1:]))  # to standard error: a run that is cut short has told this much
        return laps


if __name__ == "__main__":
    sys.exit(main())
