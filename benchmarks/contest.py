"""What a contest measured, and how it is shown: medians, and ratios of what was measured in the same run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from benchmarks.report import set_table
from benchmarks.rounds import ROUNDS, Spent

OURS = "ours"
THE_FLOOR = "floor"
WANTED = {
    "cold": (2.0, None),
    "same": (2.5, 1.5),
    "tenth": (3.5, 1.8),
    "every": (7.0, 2.3),
    "bare": (12.0, 1.6),
}
"""How many times faster than reader by the clock, and how much CPU at most against the floor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One contestant in one round; `gather`, `lag_ms` and `firsts` (see Lap) are ours alone."""

    name: str
    round: str
    expected: int
    articles: int
    spent: Spent
    gather: Spent | None = None
    lag_ms: float | None = None
    firsts: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """Everything that one run measured; `absent` names peers that are not installed, with the way to have them."""

    server: str
    feeds: int
    bytes: int
    absent: Mapping[str, str]
    turns: tuple[Turn, ...]

    @property
    def problems(self) -> list[str]:
        """Say who lost something or kept it twice."""
        return [
            f"{turn.round}: {turn.expected} articles are new, but {turn.name} kept {turn.articles}"
            for turn in self.turns
            if turn.articles != turn.expected
        ]

    @property
    def names(self) -> list[str]:
        """List the contestants in their order."""
        return list(dict.fromkeys(turn.name for turn in self.turns))

    @property
    def rounds(self) -> list[str]:
        """List the rounds in their order."""
        return list(dict.fromkeys(turn.round for turn in self.turns))

    def wall(self, name: str, each: str) -> float:
        """Return a contestant's median seconds by the clock in a round."""
        return median(turn.spent.wall_seconds for turn in self._of(name, each))

    def cpu(self, name: str, each: str) -> float:
        """Return a contestant's median CPU seconds in a round, its workers' included."""
        return median(turn.spent.cpu_seconds + turn.spent.workers_cpu_seconds for turn in self._of(name, each))

    def main_cpu(self, name: str, each: str) -> float:
        """Return the median CPU seconds of a contestant's main process alone."""
        return median(turn.spent.cpu_seconds for turn in self._of(name, each))

    def lag(self, each: str) -> float:
        """Return the median of how late our event loop was, in milliseconds, 99 times of 100 at most."""
        return median(turn.lag_ms or 0.0 for turn in self._of(OURS, each))

    def firsts(self, each: str) -> list[float]:
        """Return the medians of when the first feed, half of them and all of them had an article stored."""
        return [
            median(times) for times in zip(*(turn.firsts for turn in self._of(OURS, each) if turn.firsts), strict=True)
        ]

    def peak(self, name: str) -> int:
        """Return a contestant's peak bytes in any round, its workers' included."""
        return max(turn.spent.peak_bytes + turn.spent.workers_peak_bytes for turn in self.turns if turn.name == name)

    def faster_than(self, peer: str, each: str) -> float | None:
        """Tell how many times faster than a peer (the best of its kinds) we are; None where it is absent."""
        walls = [self.wall(name, each) for name in self.names if name.partition("-")[0] == peer]
        return min(walls) / self.wall(OURS, each) if walls else None

    def over_floor(self, each: str) -> float:
        """Tell how many times the floor's CPU we take."""
        return self.cpu(OURS, each) / self.cpu(THE_FLOOR, each)

    def _of(self, name: str, each: str) -> list[Turn]:
        return [turn for turn in self.turns if (turn.name, turn.round) == (name, each)]


def write_contest(contest: Contest) -> str:
    """Write the contest for a person."""
    told = {each.name: each.told for each in ROUNDS}
    times = len(contest.turns) // (len(contest.names) * len(contest.rounds))
    return "\n".join(
        (
            f"{contest.feeds} feeds, {contest.bytes / 1e6:.0f} MB unpacked, served by {contest.server}.",
            *(f"ABSENT {name}: {how}" for name, how in contest.absent.items()),
            *(f"{each:>6}  {told[each]}" for each in contest.rounds),
            "",
            f"Medians of {times}. How many times faster than a peer by the clock, and our CPU over the floor's;",
            "in brackets what is wanted.",
            *set_table(("round", "x reader", "x newsboat", "cpu/floor", "lag p99 ms"), list(_ratios(contest))),
            "",
            "Seconds by the clock.",
            *set_table(("", *contest.names), [_line(contest, each, contest.wall) for each in contest.rounds]),
            "",
            "CPU seconds, workers included.",
            *set_table(("", *contest.names), [_line(contest, each, contest.cpu) for each in contest.rounds]),
            "",
            "Our CPU seconds: main process, workers, and gather where it was run.",
            *set_table(("", "main", "workers", "gather"), list(_own(contest))),
            "",
            "Seconds until the first feed, half of them, and all of them had their first article stored.",
            *set_table(("", "first", "half", "all"), list(_firsts(contest))),
            "",
            "Peak MB, workers included: "
            + ", ".join(f"{name} {contest.peak(name) / 1e6:.0f}" for name in contest.names),
        )
    )


def _ratios(contest: Contest) -> Iterable[tuple[str, ...]]:
    for each in contest.rounds:
        wall, cpu = WANTED[each]
        peers = [contest.faster_than(peer, each) for peer in ("reader", "newsboat")]
        shown = ["absent" if ratio is None else f"{ratio:.2f}" for ratio in peers]
        floor = f"{contest.over_floor(each):.2f}" + (f" (<= {cpu})" if cpu else "")
        yield each, f"{shown[0]} (>= {wall})", shown[1], floor, f"{contest.lag(each):.0f}"


def _line(contest: Contest, each: str, figure: object) -> tuple[str, ...]:
    assert callable(figure)
    return (each, *(f"{figure(name, each):.2f}" for name in contest.names))


def _firsts(contest: Contest) -> Iterable[tuple[str, ...]]:
    for each in contest.rounds:
        if seconds := contest.firsts(each):
            yield each, *(f"{some:.2f}" for some in seconds)


def _own(contest: Contest) -> Iterable[tuple[str, ...]]:
    for each in contest.rounds:
        main, every = contest.main_cpu(OURS, each), contest.cpu(OURS, each)
        gathers = [t.gather.cpu_seconds for t in contest.turns if t.name == OURS and t.round == each and t.gather]
        yield each, f"{main:.2f}", f"{every - main:.2f}", f"{median(gathers):.2f}" if gathers else ""
