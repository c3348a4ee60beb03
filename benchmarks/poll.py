"""The poller against its peers: `python -m benchmarks.poll [--feeds 400] [--times 3] [--rounds cold,same,…] [--json]`.

generate feeds -> serve them -> in every round all contestants one after another, and the whole several times -> medians

Contestants: ours, the floor (bare aiohttp, lxml and one insert), `reader` with each number of threads asked for, and
newsboat. Ours, the floor and reader are resident processes whose start is not counted. Seconds depend on the machine;
the ratios of one run do not much. Exits with 1 where anybody of these kept another number of articles than were new.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from benchmarks.certificate import make_certificate, trust
from benchmarks.conductor import Measured
from benchmarks.contest import OURS, THE_FLOOR, Contest, Turn, write_contest
from benchmarks.feed_server import Weather, address_of, find_nginx, find_port, list_urls, serving
from benchmarks.feeds_generator.corpus import Corpus, build_corpus
from benchmarks.flow import SEED, WATCHED, read_rounds
from benchmarks.peers.newsboat import Newsboat
from benchmarks.rounds import ROUNDS, Brief, FloorLap, Lap, Round

TAKE_READER = "python -m venv DIR && DIR/bin/pip install reader sgmllib3k, then --reader DIR/bin/python"


def measure(folder: Path, asked: argparse.Namespace) -> Contest:
    """Run the rounds; everything is written below `folder`."""
    corpus = build_corpus(folder / "corpus", feeds=asked.feeds, seed=SEED, watched=WATCHED)
    certificate = None
    if asked.tls:
        certificate = make_certificate(folder, [address_of(number) for number in range(asked.feeds)])
        trust(certificate)
    weather = Weather(delay_ms=asked.delay, broken=asked.broken, certificate=certificate)
    absent = _find_absent(asked)
    turns: list[Turn] = []
    for time in range(asked.times):
        work = folder / f"work-{time}"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        turns += _run_once(corpus, work, asked, weather, absent)
    return Contest(
        server=(f"our own server, {weather.told}" if find_nginx() is None or weather.is_ours else "nginx")
        + (", over TLS" if asked.tls else ""),
        feeds=asked.feeds,
        bytes=sum(feed.size for feed in corpus.feeds),
        absent=absent,
        turns=tuple(turns),
    )


def _run_once(
    corpus: Corpus, work: Path, asked: argparse.Namespace, weather: Weather, absent: Mapping[str, str]
) -> list[Turn]:
    turns: list[Turn] = []
    port = find_port()
    brief = Brief(
        folder=str(work),
        urls=list_urls(corpus, port, "https" if asked.tls else "http"),
        gathers=asked.gather,
        is_whole=asked.whole,
    )
    with ExitStack() as stack:
        contestants = _enter(stack, brief, asked, absent)
        seen = 0
        for each in asked.rounds:
            expected = corpus.count_new(seen, each.version, broken=weather.broken_among(asked.feeds))
            seen = each.version
            with serving(corpus, each, port, weather):
                turns += [contestant(each, expected) for contestant in contestants]
    return turns


def _enter(
    stack: ExitStack, brief: Brief, asked: argparse.Namespace, absent: Mapping[str, str]
) -> list[Callable[[Round, int], Turn]]:
    resident = stack.enter_context(Measured("benchmarks.resident", brief))
    floor = stack.enter_context(Measured("benchmarks.floor", brief))
    contestants = [_ours(resident), _peer(THE_FLOOR, lambda each: floor.run(each.name, FloorLap))]
    if "reader" not in absent:
        for threads in asked.threads:
            told = Brief(folder=brief.folder, urls=brief.urls, threads=threads)
            reader = stack.enter_context(Measured("benchmarks.peers.reader", told, python=asked.reader))
            contestants.append(_peer(f"reader-{threads}", _resident(reader)))
    if "newsboat" not in absent:
        contestants.append(_peer("newsboat", Newsboat(asked.newsboat, brief).run))
    return contestants


def _resident(process: Measured) -> Callable[[Round], FloorLap]:
    return lambda each: process.run(each.name, FloorLap)


def _ours(resident: Measured) -> Callable[[Round, int], Turn]:
    def run(each: Round, expected: int) -> Turn:
        lap = resident.run(each.name, Lap)
        return Turn(
            name=OURS,
            round=each.name,
            expected=expected,
            articles=lap.counts.articles,
            spent=lap.poll,
            gather=lap.gather,
            lag_ms=lap.lag_ms,
            firsts=lap.firsts,
        )

    return run


def _peer(name: str, work: Callable[[Round], FloorLap]) -> Callable[[Round, int], Turn]:
    def run(each: Round, expected: int) -> Turn:
        lap = work(each)
        return Turn(name=name, round=each.name, expected=expected, articles=lap.articles, spent=lap.spent)

    return run


def _find_absent(asked: argparse.Namespace) -> dict[str, str]:
    """Tell which peers are not here, and how they can be had."""
    absent: dict[str, str] = {}
    tried = subprocess.run([asked.reader, "-c", "import reader"], capture_output=True, check=False)
    if tried.returncode:
        absent["reader"] = f"{asked.reader} has no reader; {TAKE_READER}"
    if asked.newsboat is None or shutil.which(asked.newsboat) is None:
        absent["newsboat"] = "newsboat is not installed; a system's package has it, or --newsboat PROGRAM"
    return absent


def _read_numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(","))


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.poll", description=(__doc__ or "").partition("\n")[0])
    rounds = ", ".join(f"{r.name}: {r.told}" for r in ROUNDS)
    parser.add_argument("--feeds", type=int, default=400, help="how many feeds (400)")
    parser.add_argument("--times", type=int, default=3, help="how often all rounds are run (3)")
    parser.add_argument("--rounds", type=read_rounds, default=ROUNDS, help=rounds)
    parser.add_argument("--gather", action="store_true", help="gather after each poll too, and show what that takes")
    parser.add_argument("--reader", default=sys.executable, metavar="PYTHON", help=f"a Python with it: {TAKE_READER}")
    parser.add_argument("--threads", type=_read_numbers, default=(10,), help="reader's numbers of threads (10)")
    parser.add_argument("--newsboat", default=shutil.which("newsboat"), metavar="PROGRAM", help="where newsboat is")
    parser.add_argument("--delay", type=int, default=0, metavar="MS", help="let each answer wait so long (0)")
    parser.add_argument(
        "--broken", type=float, default=0.0, metavar="SHARE", help="feeds that answer badly (0.07: 7 %%)"
    )
    parser.add_argument("--tls", action="store_true", help="serve over TLS; needs the program openssl")
    parser.add_argument("--whole", action="store_true", help="read no newest items first, to compare with")
    parser.add_argument("--folder", type=Path, help="keep feeds and databases here; feeds found there are used again")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; returns the exit code."""
    asked = _parse(arguments)
    with tempfile.TemporaryDirectory(prefix="topicwire-poll-") as temporary:
        folder = asked.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        contest = measure(folder.resolve(), asked)
    print(json.dumps(asdict(contest)) if asked.json else write_contest(contest))
    for problem in contest.problems:
        print(f"WRONG: {problem}", file=sys.stderr)
    return 1 if contest.problems else 0


if __name__ == "__main__":
    sys.exit(main())
