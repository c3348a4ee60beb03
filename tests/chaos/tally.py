"""What was told, what was seen at the fakes, and what that comes to."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.chaos.stories import find_key
from tests.servers.discord import FakeDiscord
from tests.servers.slack import FakeSlack

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


def count_sightings(discord: FakeDiscord, slack: FakeSlack) -> Counter[Sighting]:
    """Count the messages that people see, by the story that heads them and the channel."""
    return Counter((key, channel) for channel, text in _headings(discord, slack) if (key := find_key(text)))


def count_up(told: Iterable[tuple[str, str]], channels: Iterable[str], seen: Counter[Sighting], report: Report) -> None:
    """Hold every story told, given as its key and point, against what was seen in every channel."""
    everywhere = list(channels)
    for key, point in told:
        for channel in everywhere:
            report.total.take(seen[key, channel])
            report.point(point).take(seen[key, channel])


def count_digests(discord: FakeDiscord, slack: FakeSlack) -> Counter[str]:
    """Count the digests that people see in each channel."""
    return Counter(channel for channel, text in _headings(discord, slack) if "Digest: " in text)


def _headings(discord: FakeDiscord, slack: FakeSlack) -> list[tuple[str, str]]:
    """List what each message is headed by, with its channel."""
    shown = [
        (channel, repr([e.get("title") for e in post["embeds"]]))
        for channel in discord.channels
        for post in discord.posts(channel)
    ]
    shown += [
        (channel, repr((post.get("blocks") or [])[:1])) for channel in slack.channels for post in slack.posts(channel)
    ]
    return shown
