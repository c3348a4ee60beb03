"""`python -m tests.chaos --kills 1000`: campaigns side by side, one report in ./chaos-report.json; 1: not clean."""

from __future__ import annotations

import argparse
import asyncio
import logging
import subprocess
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path

from tests.chaos.campaign import run_campaign
from tests.chaos.tally import Report, read_report

REPORT = Path("chaos-report.json")


def main() -> int:
    """Run, write and print the report; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000, help="how often the program is killed (1000)")
    parser.add_argument("--jobs", type=int, default=2, help="how many campaigns share them (2)")
    parser.add_argument("--seed", type=int, default=1, help="what decides points and moments (1)")
    parser.add_argument("--report", type=Path, default=REPORT, help=f"where the report goes ({REPORT})")
    asked = parser.parse_args()
    report = run_one(asked.kills, asked.seed) if asked.jobs == 1 else run_many(asked.kills, asked.jobs, asked.seed)
    print(report.write(asked.report), end="")
    return 0 if report.is_clean else 1


def run_one(kills: int, seed: int) -> Report:
    """Run one campaign in this process; what the program said goes to standard error."""
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # of killed connections the fakes need not tell
    with tempfile.TemporaryDirectory(prefix="topicwire-chaos-") as folder, redirect_stdout(sys.stderr):
        return asyncio.run(run_campaign(Path(folder), kills=kills, seed=seed))


def run_many(kills: int, jobs: int, seed: int) -> Report:
    """Run campaigns, each in its own process, and add up their reports."""
    total = Report()
    with tempfile.TemporaryDirectory(prefix="topicwire-chaos-") as folder:
        started = []
        for job in range(jobs):
            path = Path(folder) / f"{job}.json"
            share = kills // jobs + (job < kills % jobs)
            command = [sys.executable, "-m", "tests.chaos", "--jobs", "1", "--report", str(path)]
            command += ["--kills", str(share), "--seed", str(seed + job)]
            said = path.with_suffix(".log").open("w")
            started.append((path, said, subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)))
        for path, said, process in started:
            process.wait()
            said.close()
            _add(total, path)
    return total


def _add(total: Report, path: Path) -> None:
    told = path.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
    if not path.exists():
        total.problems.append(f"a campaign broke off: {told[-2000:]}")
        return
    report = read_report(path.read_text(encoding="utf-8"))
    if not report.is_clean:
        sys.stderr.write(told)
    total.add(report)


if __name__ == "__main__":
    sys.exit(main())
