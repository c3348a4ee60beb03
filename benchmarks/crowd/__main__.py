"""A crowd of feeds due at once: `python -m benchmarks.crowd [--feeds 10000] [--hosts 250] [--slow 30] [--json]`.

Three runs, each in fresh processes: all feeds; the same with one host that takes half a minute for an answer; and few
feeds, for what each feed costs in memory. Exits with 1 where a host got more than its share, or another feed had to
wait for the slow host.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import asdict, dataclass

from benchmarks.crowd.poller import Passed
from benchmarks.crowd.server import Asked, address_of
from benchmarks.feed_server import find_port
from benchmarks.report import set_table
from bot.domain.settings import FetchSettings

TIMES = 2
FEW = 100
"""Feeds of the run that memory is compared with."""
PATIENCE = 1.5
"""Other feeds may take this much longer beside a slow host, and this many seconds: machines are not even."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run: what each time through the crowd took (first sight, then unchanged), and how its hosts were asked."""

    name: str
    feeds: int
    passed: tuple[Passed, ...]
    hosts: dict[str, Asked]


def run_crowd(name: str, *, feeds: int, hosts: int, slow: float = 0.0) -> Run:
    """Serve so many feeds at so many hosts and poll them."""
    port = find_port()
    urls = [f"http://{address_of(n % hosts)}:{port}/{n}" for n in range(feeds)]
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="topicwire-crowd-"))
        serve = [sys.executable, "-m", "benchmarks.crowd.server", str(port), "--hosts", str(hosts), "--slow", str(slow)]
        server = stack.enter_context(subprocess.Popen(serve, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdout.readline()
        told = {"urls": urls, "slow": f"{address_of(0)}:" if slow else "", "folder": folder, "times": TIMES}
        poll = [sys.executable, "-m", "benchmarks.crowd.run_poller"]
        answer = subprocess.run(poll, input=json.dumps(told) + "\n", stdout=subprocess.PIPE, text=True, check=True)
        server.stdin.write("\n")
        server.stdin.flush()
        asked = {host: Asked(**one) for host, one in json.loads(server.stdout.readline()).items()}
        server.stdin.close()
        server.stdout.close()
    return Run(name=name, feeds=feeds, passed=tuple(Passed(**one) for one in json.loads(answer.stdout)), hosts=asked)


def find_problems(crowd: Run, beside: Run, settings: FetchSettings) -> list[str]:
    """Say which host got more than its share, and where others waited for the slow host."""
    problems = []
    for run in (crowd, beside):
        most = max(host.most_at_once for host in run.hosts.values())
        if most > settings.per_host:
            problems.append(f"{run.name}: a host was asked {most} times at once, {settings.per_host} are its share")
    for quiet, slow in zip(crowd.passed, beside.passed, strict=True):
        if slow.seconds > quiet.seconds * PATIENCE + PATIENCE:
            problems.append(f"beside a slow host others took {slow.seconds:.1f} s, without it {quiet.seconds:.1f} s")
    return problems


def write_crowd(runs: list[Run]) -> str:
    """Write the runs for a person."""
    rows = [
        (
            run.name,
            str(run.feeds),
            *(f"{one.seconds:.1f}" for one in run.passed),
            *(f"{one.lag_ms:.0f}" for one in run.passed),
            str(max(host.most_at_once for host in run.hosts.values())),
            f"{min(host.least_gap_ms for host in run.hosts.values()):.0f}",
            f"{run.passed[-1].resident / 1e6:.0f}",
            f"{max(one.peak for one in run.passed) / 1e6:.0f}",
        )
        for run in runs
    ]
    heads = (
        "",
        "feeds",
        "s first",
        "s again",
        "lag p99 ms",
        "again",
        "most at a host",
        "least gap ms",
        "MB",
        "MB peak",
    )
    return "\n".join(set_table(heads, rows))


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crowd", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--feeds", type=int, default=10_000, help="how many feeds are due at once (10000)")
    parser.add_argument("--hosts", type=int, default=250, help="how many hosts they stand at (250)")
    parser.add_argument("--slow", type=float, default=30.0, help="seconds that the slow host's answers take (30)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    asked = parser.parse_args(arguments)
    crowd = run_crowd("crowd", feeds=asked.feeds, hosts=asked.hosts)
    beside = run_crowd("one slow host", feeds=asked.feeds, hosts=asked.hosts, slow=asked.slow)
    few = run_crowd("few", feeds=min(FEW, asked.feeds), hosts=min(FEW, asked.hosts))
    half = run_crowd("half", feeds=asked.feeds // 2, hosts=asked.hosts)
    runs = [crowd, beside, half, few]
    problems = find_problems(crowd, beside, FetchSettings())
    print(json.dumps([asdict(run) for run in runs]) if asked.json else write_crowd(runs))
    for problem in problems:
        print(f"WRONG: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
