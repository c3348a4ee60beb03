"""What grouping costs with many articles open: `python -m benchmarks.story_speed [--open 100000] [--titles-only]`.

invented articles, all within the 72 hours in which a story stays open -> the Grouper of gather's worker -> milliseconds
of processor time an article, memory, and what a restart costs, as more and more are open

Words follow Zipf's law, events have names of their own, six articles in ten are alone with theirs. Run it alone in a
process: memory is told as what the process has grown by.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from time import process_time

from bot.domain.groups import WINDOW, OpenGroups
from bot.domain.models import StoryId
from bot.stories.grouping import Grouped, Grouper, GroupId, GroupItem

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = 60_000
BATCH = 500
TITLE_WORDS = 9
TEXT_WORDS = 60
LAST_EVENTS = 3_000
STEPS = (10_000, 30_000, 100_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The cost of the articles up to a number of open ones; milliseconds are the mean of the last two thousand."""

    open: int
    groups: int
    milliseconds: float
    worst_batch: float
    megabytes: float


class Invention:
    """Articles of invented events, the same for a seed."""

    def __init__(self, seed: int = 7) -> None:
        self._random = random.Random(seed)
        self._words = [self._word(n) for n in range(WORDS)]
        self._sums = list(accumulate(1 / (rank + 2) for rank in range(WORDS)))
        self._events: deque[list[str]] = deque(maxlen=LAST_EVENTS)

    def articles(self, number: int, *, has_text: bool) -> Iterator[GroupItem]:
        """Make articles, evenly spread over a little less than the window."""
        pause = WINDOW * 0.95 / number
        for n in range(number):
            event = self._event()
            at = BEGIN + n * pause
            yield GroupItem(
                title=" ".join(self._speak(event, TITLE_WORDS)),
                text=" ".join(self._speak(event, TEXT_WORDS)) if has_text else "",
                language="en",
                published_at=at,
                seen_at=at,
                outlet=f"Outlet {n % 400}",
            )

    def _event(self) -> list[str]:
        """Choose an event: mostly a new one, else one of the last, as news goes."""
        if not self._events or self._random.random() < 0.6:
            self._events.append([self._random.choice(self._words) for _ in range(8)])
            return self._events[-1]
        back = min(int(self._random.expovariate(1 / 300)) + 1, len(self._events))
        return self._events[-back]

    def _speak(self, event: list[str], words: int) -> list[str]:
        common = self._random.choices(self._words, cum_weights=self._sums, k=words)
        return [self._random.choice(event) if self._random.random() < 0.4 else word for word in common]

    def _word(self, number: int) -> str:
        syllables = ("ba", "ko", "ri", "ten", "mal", "vu", "sor", "ne", "pli", "da", "gru", "xi")
        word = ""
        number += len(syllables)
        while number:
            number, at = divmod(number, len(syllables))
            word += syllables[at]
        return word


def run(number: int, *, has_text: bool) -> Iterator[Step | float]:
    """Let so many articles come; yields the steps as they are reached, then the processor seconds of a restart."""
    items = Invention().articles(number, has_text=has_text)
    grouper, stories = Grouper(), _Kept()
    before = _resident()
    spent: list[float] = []
    for done in range(BATCH, number + 1, BATCH):
        batch = [next(items) for _ in range(BATCH)]
        began = process_time()
        grouped = grouper.take(batch)
        spent.append(process_time() - began)
        stories.keep(grouped)
        if done in STEPS or done == number:
            last = spent[-4:]
            megabytes = _resident() - before - stories.megabytes
            mean = 1000 * sum(last) / len(last) / BATCH
            yield Step(open=done, groups=len(grouper.open_groups), milliseconds=round(mean, 2),
                       worst_batch=round(max(spent), 2), megabytes=round(megabytes))  # fmt: skip
    kept = stories.kept()
    del grouper
    began = process_time()
    Grouper().restore(kept)
    yield process_time() - began


class _Kept:
    """What a store would keep."""

    def __init__(self) -> None:
        self._states: dict[GroupId, bytes] = {}
        self._latest = Grouped()

    @property
    def megabytes(self) -> float:
        """Tell how much memory this takes, which is none of grouping's."""
        return sum(len(packed) + 150 for packed in self._states.values()) / 1e6

    def keep(self, grouped: Grouped) -> None:
        """Keep what grouping says."""
        self._latest = grouped
        self._states |= {group: state.packed for group, state in grouped.states}
        for group in grouped.closed:
            self._states.pop(group, None)

    def kept(self) -> OpenGroups:
        """Return it as a start reads it."""
        _, state = self._latest.states[0]
        made = type(state)
        return OpenGroups(
            groups=tuple(
                (StoryId(group), made(scope=None, language="en", touched_at=state.touched_at, packed=packed))
                for group, packed in sorted(self._states.items())
            )
        )


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.story_speed", description=__doc__.partition("\n")[0])
    parser.add_argument("--open", type=int, default=100_000, help="how many articles are open at the end (100000)")
    parser.add_argument("--titles-only", action="store_true", help="articles without text")
    asked = parser.parse_args(arguments)
    print("  open  groups  ms/article  worst batch s  MB", flush=True)
    for step in run(asked.open, has_text=not asked.titles_only):
        if isinstance(step, float):
            print(f"restart: {step:.1f} s")
            continue
        cost = f"{step.milliseconds:>10}  {step.worst_batch:>13}  {step.megabytes:>3.0f}"
        print(f"{step.open:>6}  {step.groups:>6}  {cost}  ({60_000 / step.milliseconds:,.0f} a minute)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
