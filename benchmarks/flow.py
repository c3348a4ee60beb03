"""The whole flow over generated feeds: `python -m benchmarks.flow [--feeds 1000] [--rounds cold,same,…] [--json]`.

generate feeds -> serve them -> in every round, first the floor and then the resident process take them all in -> table

Seconds depend on the machine and on its neighbours; the ratio to the floor, taken in the same minute, does not much.
Exits with 1 where a round kept another number of articles than the feeds brought.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from benchmarks.conductor import Measured
from benchmarks.feed_server import find_nginx, find_port, list_urls, serving
from benchmarks.feeds_generator.corpus import Corpus, build_corpus
from benchmarks.report import Report, Result, write_tables
from benchmarks.rounds import ROUNDS, Brief, FloorLap, Lap, Round

SEED = 7
WATCHED = 0.02
"""Of the whole world's news, what four topics watch is a few items of a hundred."""


def measure(folder: Path, *, feeds: int, rounds: tuple[Round, ...], watched: float = WATCHED) -> Report:
    """Run the rounds over `feeds` generated feeds; everything is written below `folder`."""
    corpus = build_corpus(folder / "corpus", feeds=feeds, seed=SEED, watched=watched)
    port = find_port()
    work = folder / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    brief = Brief(folder=str(work), urls=list_urls(corpus, port))
    with ExitStack() as stack:
        floor = stack.enter_context(Measured("benchmarks.floor", brief))
        resident = stack.enter_context(Measured("benchmarks.resident", brief))
        return Report(
            server="our own server (nginx is not installed)" if find_nginx() is None else "nginx",
            feeds=feeds,
            bytes=sum(feed.size for feed in corpus.feeds),
            start=resident.ready,
            floor_start=floor.ready,
            results=_run_rounds(corpus, rounds, port, resident, floor),
        )


def _run_rounds(
    corpus: Corpus, rounds: tuple[Round, ...], port: int, resident: Measured, floor: Measured
) -> tuple[Result, ...]:
    results: list[Result] = []
    seen = 0
    for each in rounds:
        with serving(corpus, each, port):
            bare = floor.run(each.name, FloorLap)
            lap = resident.run(each.name, Lap)
        expected = corpus.count_new(seen, each.version)
        seen = each.version
        results.append(Result(round=each, expected=expected, lap=lap, floor=bare))
    return tuple(results)


def read_rounds(text: str) -> tuple[Round, ...]:
    """Read names of rounds; the cold one is run in any case, and the order is their own."""
    names = {name.strip() for name in text.split(",") if name.strip()}
    known = {each.name for each in ROUNDS}
    if names - known:
        raise argparse.ArgumentTypeError(f"no round is named {min(names - known)}; there are {', '.join(known)}")
    return tuple(each for each in ROUNDS if each.name in names or each is ROUNDS[0])


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.flow", description=__doc__.partition("\n")[0])
    parser.add_argument("--feeds", type=int, default=1000, help="how many feeds (1000)")
    parser.add_argument(
        "--rounds", type=read_rounds, default=ROUNDS, help=", ".join(f"{r.name}: {r.told}" for r in ROUNDS)
    )
    parser.add_argument("--watched", type=float, default=WATCHED, help=f"share of items that topics watch ({WATCHED})")
    parser.add_argument("--folder", type=Path, help="keep feeds and databases here; feeds found there are used again")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="topicwire-flow-") as temporary:
        folder = asked.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        report = measure(folder.resolve(), feeds=asked.feeds, rounds=asked.rounds, watched=asked.watched)
    print(json.dumps(asdict(report)) if asked.json else write_tables(report))
    for problem in report.problems:
        print(f"WRONG: {problem}", file=sys.stderr)
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main())
