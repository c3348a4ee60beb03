"""Watches the doors of the pipeline from outside: what goes through the store and the fetcher, and for how long."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from benchmarks.rounds import Counts, Stage
from bot.domain.records import Gathering, Poll, Reading


class Stopwatch:
    """Sums for each name the time in which at least one such call is under way; calls that overlap count once."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._calls: Counter[str] = Counter()
        self._active: Counter[str] = Counter()
        self._began: dict[str, float] = {}
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def begin(self, name: str) -> None:
        """Note that a call of that name begins."""
        if not self._active[name]:
            self._began[name] = self._clock()
        self._active[name] += 1
        self._calls[name] += 1

    def end(self, name: str) -> None:
        """Note that a call of that name ended."""
        self._active[name] -= 1
        if not self._active[name]:
            self._seconds[name] += self._clock() - self._began[name]

    @contextmanager
    def under_way(self, name: str) -> Iterator[None]:
        """Count the block as a call of that name."""
        self.begin(name)
        try:
            yield
        finally:
            self.end(name)

    def stages(self) -> dict[str, Stage]:
        """Tell what was called since the start, the longest first."""
        longest = sorted(self._seconds.items(), key=lambda pair: -pair[1])
        return {name: Stage(calls=self._calls[name], seconds=seconds) for name, seconds in longest}


class Tally:
    """Counts what a round brings, from what passes the doors."""

    def __init__(self) -> None:
        self.watch = Stopwatch()
        self._began = perf_counter()
        self._firsts: dict[int, float] = {}
        self._outcomes: Counter[str] = Counter()
        self._sums: Counter[str] = Counter()

    def note(self, argument: object, result: object) -> None:
        """Take in a call's first argument and its result."""
        if isinstance(argument, Poll):
            if argument.is_part:  # what was read first is in no reading that is returned
                self._sums["entries"] += len(argument.articles)
            else:
                self._outcomes[argument.outcome.value] += 1
            self._note_articles(argument, result if isinstance(result, int) else 0)
        elif isinstance(argument, Gathering):
            self._sums["stories"] += len(argument.states)
            self._sums["new_stories"] += len(argument.new_stories)
            self._sums["alerts"] += len(argument.alerts)
        elif isinstance(result, Reading):
            self._sums["entries"] += len(result.entries)

    def _note_articles(self, poll: Poll, new: int) -> None:
        self._sums["articles"] += new
        if new:
            self._firsts.setdefault(poll.feed_id, perf_counter() - self._began)

    def firsts(self) -> list[float]:
        """List after how many seconds each feed that brought anything had its first article stored, in that order."""
        return sorted(self._firsts.values())

    def counts(self) -> Counts:
        """Tell the sums."""
        return Counts(
            outcomes=dict(self._outcomes),
            entries=self._sums["entries"],
            articles=self._sums["articles"],
            stories=self._sums["stories"],
            new_stories=self._sums["new_stories"],
            alerts=self._sums["alerts"],
        )


class Watched:
    """Stands before an object whose methods are all coroutines, and reports every call to the tally of the round."""

    def __init__(self, inner: object) -> None:
        self.inner = inner
        self.tally = Tally()

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        method = getattr(self.inner, name)

        async def watched(*args: Any, **kwargs: Any) -> Any:
            tally = self.tally
            tally.watch.begin(name)
            try:
                result = await method(*args, **kwargs)
            finally:
                tally.watch.end(name)
            tally.note(args[0] if args else None, result)
            return result

        # Found without asking from the second call on: the watching is paid for by what is watched.
        self.__dict__[name] = watched
        return watched
