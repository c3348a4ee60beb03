"""What was told, what was seen at the fakes, and what that comes to."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.chaos.stories import find_key
from tests.servers.discord import FakeDiscord
from tests.servers.discord.objects import ANNOUNCEMENT, CROSSPOSTED, REPLY
from tests.servers.slack import FakeSlack
from tests.servers.wire import Json

Sighting = tuple[str, str]
"""A story's key and a channel."""


@dataclass(kw_only=True)
class Counts:
    """Messages: `expected` is stories times channels, `duplicated` counts each message too many."""

    kills: int = 0
    expected: int = 0
    seen: int = 0
    lost: int = 0
    duplicated: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether everything came, and once."""
        return self.lost == self.duplicated == 0 and self.seen == self.expected

    def take(self, messages: int) -> None:
        """Count what came of one story in one channel."""
        self.expected += 1
        self.seen += bool(messages)
        self.lost += not messages
        self.duplicated += max(messages - 1, 0)

    def add(self, other: Counts) -> None:
        """Add what another campaign counted."""
        for name, number in asdict(other).items():
            setattr(self, name, getattr(self, name) + number)


@dataclass(kw_only=True)
class Report:
    """All counts, by the point at which the program was killed while a story was new, and what else befell it."""

    total: Counts = field(default_factory=Counts)
    by_point: dict[str, Counts] = field(default_factory=dict)
    befell: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, nothing came twice and nothing else went wrong."""
        return self.total.is_clean and not self.problems

    def point(self, name: str) -> Counts:
        """Return the counts of a point."""
        return self.by_point.setdefault(name, Counts())

    def add(self, other: Report) -> None:
        """Add another campaign's report; both ran at the same time."""
        self.total.add(other.total)
        for name, counts in other.by_point.items():
            self.point(name).add(counts)
        self.befell.update(other.befell)
        self.problems += other.problems
        self.seconds = max(self.seconds, other.seconds)

    def write(self, path: Path) -> str:
        """Write the report as JSON and return what was written."""
        shown = asdict(self.total) | {
            "by_point": {name: asdict(counts) for name, counts in sorted(self.by_point.items())},
            "befell": dict(sorted(self.befell.items())),
            "problems": self.problems,
            "seconds": round(self.seconds),
        }
        text = json.dumps(shown, indent=2) + "\n"
        path.write_text(text, encoding="utf-8")
        return text


def read_report(text: str) -> Report:
    """Read what `Report.write` wrote."""
    shown = json.loads(text)
    by_point = {name: Counts(**counts) for name, counts in shown.pop("by_point").items()}
    befell, problems, seconds = Counter(shown.pop("befell")), shown.pop("problems"), shown.pop("seconds")
    return Report(total=Counts(**shown), by_point=by_point, befell=befell, problems=problems, seconds=seconds)


@dataclass(frozen=True)
class Seen:
    """What people see in a channel: the messages that head stories, and those that tell how stories went on."""

    channel: str
    heads: list[Json]
    developments: list[Json]


def list_places(discord: FakeDiscord, slack: FakeSlack) -> list[str]:
    """List where stories are told: every channel, and who follows by direct message."""
    return [*discord.channels, *discord.world.directs, *slack.channels]


def look(discord: FakeDiscord, slack: FakeSlack) -> list[Seen]:
    """Look into every channel, its threads and, of a forum, its posts."""
    shown = [_look_into(discord, channel) for channel in [*discord.channels, *discord.world.directs]]
    for channel in slack.channels:
        heads = slack.posts(channel)
        shown.append(Seen(channel, heads, [reply for head in heads for reply in slack.replies(head)]))
    return shown


def _look_into(discord: FakeDiscord, channel: str) -> Seen:
    posts = discord.posts(channel)
    seen = Seen(channel, [p for p in posts if p["type"] != REPLY], [p for p in posts if p["type"] == REPLY])
    for thread in discord.world.threads.values():
        if thread["parent_id"] == channel:
            for post in discord.posts(thread["id"]):
                (seen.heads if post["id"] == thread["id"] else seen.developments).append(post)
    return seen


def count_sightings(shown: Iterable[Seen]) -> Counter[Sighting]:
    """Count the messages that head stories, by the story and the channel."""
    return Counter((key, seen.channel) for seen in shown for m in seen.heads if (key := find_key(_title(m))))


def count_developments(shown: Iterable[Seen]) -> Counter[Sighting]:
    """Count the messages that tell how a story went on, which name it at their end."""
    return Counter((key, seen.channel) for seen in shown for m in seen.developments if (key := find_key(repr(m))))


def find_unpublished(discord: FakeDiscord, database: Path) -> list[str]:
    """List what an announcement channel showed and neither handed on nor keeps for the next hour."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=20) as db:
        kept = {row[0] for row in db.execute("SELECT message_id FROM publications")}
    db.close()
    news = {ident for ident, channel in discord.channels.items() if channel["type"] == ANNOUNCEMENT}
    posted = [m for channel in news for m in discord.posts(channel) if m["type"] != REPLY and find_key(_title(m))]
    return [f"{_title(m)} was not handed on" for m in posted if not m["flags"] & CROSSPOSTED and m["id"] not in kept]


def find_unedited(grown: Mapping[str, tuple[str, ...]], shown: Iterable[Seen]) -> list[str]:
    """List the heads of grown stories, given by key with their outlets, that do not name every outlet."""
    heads = ((find_key(_title(m)), seen.channel, repr(m)) for seen in shown for m in seen.heads)
    return [
        f"{key} in {channel} does not tell of all of {', '.join(grown[key])}"
        for key, channel, text in heads
        if key is not None and key in grown and not all(outlet in text for outlet in grown[key])
    ]


def _title(message: Json) -> str:
    embeds = message.get("embeds")
    return repr([e.get("title") for e in embeds] if embeds else (message.get("blocks") or [])[:1])


def count_up(told: Iterable[tuple[str, str]], channels: Iterable[str], seen: Counter[Sighting], report: Report) -> None:
    """Hold every story told, given as its key and point, against what was seen in every channel."""
    everywhere = list(channels)
    for key, point in told:
        for channel in everywhere:
            report.total.take(seen[key, channel])
            report.point(point).take(seen[key, channel])


def count_digests(shown: Iterable[Seen]) -> Counter[str]:
    """Count the digests that people see in each channel."""
    return Counter(seen.channel for seen in shown for m in seen.heads if "Digest: " in _title(m))
