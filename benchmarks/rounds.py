"""The rounds of the flow, what was served in each, and what the measured processes tell of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

PAUSE = timedelta(hours=1)
"""What passes between two rounds on the clock of the measured process, so that every feed is due again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One poll of every feed: the version of the corpus that is served, with or without ETag and Last-Modified."""

    name: str
    told: str
    version: int
    has_validators: bool = True


ROUNDS = (
    Round(name="cold", told="first sight of every feed", version=1),
    Round(name="same", told="nothing changed: all 304", version=1),
    Round(name="tenth", told="a tenth of the feeds changed", version=2),
    Round(name="every", told="one new item in every feed", version=3),
    Round(name="bare", told="nothing changed, no validators", version=3, has_validators=False),
)
"""In the order of their versions; the cold one is always run, since the others need what it leaves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a piece of work took: the process itself and its workers (child processes); peaks are resident bytes."""

    wall_seconds: float
    cpu_seconds: float
    workers_cpu_seconds: float
    peak_bytes: int
    workers_peak_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A call by name: how often, and for how many seconds at least one of them was under way."""

    calls: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a round brought; `stories` were touched, `new_stories` of them begun."""

    outcomes: Mapping[str, int]
    entries: int
    articles: int
    stories: int
    new_stories: int
    alerts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lap:
    """One round of the resident process; `lag_ms` is by how much its event loop was late, 99 times of 100 at most.

    `firsts` are the seconds after which the first feed, half of those that brought anything, and all of them had
    their first article stored.
    """

    round: str
    poll: Spent
    gather: Spent
    counts: Counts
    stages: Mapping[str, Stage]
    lag_ms: float
    firsts: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorLap:
    """One round of the floor or of a peer."""

    round: str
    spent: Spent
    entries: int
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A measured process after its start, before any feed."""

    seconds: float
    peak_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What a measured process is told at its start; `folder` is for its database.

    `gathers` and `is_whole` (no newest items first) are about ours alone; `threads` about a peer that works with
    threads.
    """

    folder: str
    urls: tuple[str, ...]
    gathers: bool = True
    threads: int = 1
    is_whole: bool = False
