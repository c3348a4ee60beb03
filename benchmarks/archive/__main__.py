"""A year of operation: `python -m benchmarks.archive [--sizes 10000,100000,1000000] [--folder F] [--json]`.

for each size: a database as a first start makes it -> filled with invented news -> polled, gathered, asked -> table

Searches and `latest` must take no more than twice as long over the largest archive as over the smallest: exits with 1
where they do. Everything is asked through the program's own commands, so the times are what a person waits for on
a quiet machine, less the network. A million articles take some six gigabytes and a quarter of an hour.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.archive.asking import Took, measure, opened
from benchmarks.archive.filling import FEEDS, PER_DAY, describe, fill
from bot.domain.settings import Settings
from bot.packs import load_library
from bot.storage.store import open_store

MOST_GROWTH = 2.0
SLACK_MS = 2.0
"""Less than this is noise, however many times the least."""
HELD = ("search", "latest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An archive of one size."""

    articles: int
    stories: int
    megabytes: float
    fill_seconds: float
    took: Sequence[Took]


async def _make(path: Path) -> None:
    store = await open_store(path, exclusive=True)
    await store.reconcile_topics(load_library(Settings()).topics)
    await store.close()


async def measure_size(folder: Path, articles: int) -> Row:
    """Fill a database with so many articles and ask it everything; one that an earlier run left is asked again."""
    path = folder / f"archive-{articles}.db"
    began = time.perf_counter()
    if not path.exists():
        unfinished = path.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        await _make(unfinished)
        fill(unfinished, articles)
        unfinished.rename(path)
    seconds = time.perf_counter() - began
    filled = describe(path)
    size = path.stat().st_size / 1e6
    async with opened(path, filled) as archive:
        took = await measure(archive)
    return Row(articles=articles, stories=filled.stories, megabytes=size, fill_seconds=seconds, took=took)


def find_growth(rows: Sequence[Row]) -> list[str]:
    """Say which searches and lists take too much longer over the largest archive than over the smallest."""
    faults = []
    for small, large in zip(rows[0].took, rows[-1].took, strict=True):
        is_held = small.name.startswith(HELD)
        if is_held and large.median_ms > small.median_ms * MOST_GROWTH + SLACK_MS:
            faults.append(f"{small.name}: {small.median_ms:.1f} ms became {large.median_ms:.1f} ms")
    return faults


def write_table(rows: Sequence[Row]) -> str:
    """Write the table: milliseconds (median, worst) by size, and the growth from the smallest to the largest."""
    heads = ["", *(f"{row.articles:,}" for row in rows), "growth"]
    lines = [heads, ["MB on disk", *(f"{row.megabytes:,.0f}" for row in rows), _ratio([r.megabytes for r in rows])]]
    for each in zip(*(row.took for row in rows), strict=True):
        times = [f"{took.median_ms:.1f} ({took.worst_ms:.0f})" for took in each]
        lines.append([each[0].name, *times, _ratio([took.median_ms for took in each])])
    widths = [max(len(line[n]) for line in lines) for n in range(len(heads))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if n == 0 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )


def _ratio(values: Sequence[float]) -> str:
    return f"x{values[-1] / values[0]:.1f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.archive", description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="10000,100000,1000000", help="how many articles, smallest first")
    parser.add_argument("--folder", type=Path, help="where the databases go and stay (a temporary folder)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    asked = parser.parse_args(arguments)
    sizes = [int(size) for size in asked.sizes.split(",")]
    with tempfile.TemporaryDirectory(prefix="topicwire-archive-") as temporary:
        folder = asked.folder or Path(temporary)
        rows = [asyncio.run(measure_size(folder, size)) for size in sizes]
    faults = find_growth(rows)
    if asked.json:
        print(json.dumps({"rows": [asdict(row) for row in rows], "faults": faults}, indent=2))
    else:
        print(f"{FEEDS} feeds, {PER_DAY:,} articles a day; milliseconds of the processor: median (most) of nine.\n")
        print(write_table(rows))
        print(
            "\n".join(["", *faults]) if faults else "\nsearch and latest stay within twice the smallest archive's time"
        )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
