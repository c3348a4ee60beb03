"""What a run of the flow measured, and how it is shown: rounds, memory, and the stages of each round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.rounds import FloorLap, Lap, Ready, Round, Spent

SHOWN_SECONDS = 0.05
"""Stages that took less in every round are left out of the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One round of both processes; `expected` articles are new in what was served."""

    round: Round
    expected: int
    lap: Lap
    floor: FloorLap

    @property
    def problem(self) -> str | None:
        """Say where something was lost or came twice."""
        kept = self.lap.counts.articles, self.floor.articles
        if kept == (self.expected, self.expected):
            return None
        return f"{self.round.name}: {self.expected} articles are new, but {kept[0]} were kept (the floor: {kept[1]})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that one run measured."""

    server: str
    feeds: int
    bytes: int
    start: Ready
    floor_start: Ready
    results: tuple[Result, ...]

    @property
    def problems(self) -> list[str]:
        """Say what was lost or came twice in any round."""
        return [result.problem for result in self.results if result.problem is not None]


def write_tables(report: Report) -> str:
    """Write the report for a person."""
    return "\n".join(
        (
            f"{report.feeds} feeds, {_mb(report.bytes)} MB unpacked, served by {report.server}, one address a feed.",
            f"Start to ready: {report.start.seconds:.1f} s, {_mb(report.start.peak_bytes)} MB.",
            "",
            *(f"{result.round.name:>6}  {result.round.told}" for result in report.results),
            "",
            "Seconds. CPU is ours: of the main process, and of the workers that parse. The floor is aiohttp, lxml and",
            "one insert, in the same minute; x is our CPU over the floor's, for poll alone and for poll and gather.",
            *set_table(_SECONDS, [_seconds(result) for result in report.results]),
            "",
            "What came, and peak memory in MB (main process in poll and in gather, all workers, floor).",
            *set_table(_COUNTS, [_counts(result) for result in report.results]),
            "",
            "Stages: seconds in which at least one such call was under way (calls). What overlaps is not a sum.",
            *set_table(("stage", *(result.round.name for result in report.results)), list(_stages(report.results))),
        )
    )


_SECONDS = (
    "round", "poll", "gather", "all", "cpu poll", "workers", "cpu gather", "floor", "cpu floor", "x poll", "x all",
)  # fmt: skip
_COUNTS = (
    "round", "outcomes", "entries", "articles", "stories", "new", "alerts", "MB poll", "MB gather", "workers", "floor",
)  # fmt: skip


def _seconds(result: Result) -> tuple[str, ...]:
    poll, gather, floor = result.lap.poll, result.lap.gather, result.floor.spent
    ours = (poll.wall_seconds, gather.wall_seconds, poll.wall_seconds + gather.wall_seconds)
    cpu = (poll.cpu_seconds, poll.workers_cpu_seconds, gather.cpu_seconds)
    ratios = (_cpu(poll) / _cpu(floor), (_cpu(poll) + _cpu(gather)) / _cpu(floor))
    figures = (*ours, *cpu, floor.wall_seconds, _cpu(floor), *ratios)
    return (result.round.name, *(f"{figure:.2f}" for figure in figures))


def _counts(result: Result) -> tuple[str, ...]:
    counts, poll, gather = result.lap.counts, result.lap.poll, result.lap.gather
    sums = (counts.entries, counts.articles, counts.stories, counts.new_stories, counts.alerts)
    workers = max(poll.workers_peak_bytes, gather.workers_peak_bytes)
    peaks = (poll.peak_bytes, gather.peak_bytes, workers, result.floor.spent.peak_bytes)
    outcomes = " ".join(f"{number} {word}" for word, number in sorted(counts.outcomes.items()))
    return (result.round.name, outcomes, *(str(number) for number in sums), *(_mb(peak) for peak in peaks))


def _stages(results: Sequence[Result]) -> Iterable[tuple[str, ...]]:
    names = dict.fromkeys(name for result in results for name in result.lap.stages)
    for name in names:
        found = [result.lap.stages.get(name) for result in results]
        if any(stage is not None and stage.seconds >= SHOWN_SECONDS for stage in found):
            yield (name, *("" if stage is None else f"{stage.seconds:.2f} ({stage.calls})" for stage in found))


def set_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Set columns, the words at the left and the figures at the right."""
    lines = [heads, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    return ["  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]


def _cpu(spent: Spent) -> float:
    return spent.cpu_seconds + spent.workers_cpu_seconds


def _mb(size: int) -> str:
    return f"{size / 1e6:.0f}"
