"""The library `reader` in a resident process; run by a Python that has it: `PYTHON -m benchmarks.peers.reader`."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path
from typing import Any

from benchmarks.processes import Meter, read_own_peak
from benchmarks.rounds import FloorLap, Ready, Round
from benchmarks.turns import hear_brief, hear_rounds, tell


def _run(reader: Any, round_: Round, threads: int) -> FloorLap:
    before = reader.get_entry_counts().total
    meter = Meter()
    with meter.measure():
        reader.update_feeds(workers=threads, scheduled=False)
    total = reader.get_entry_counts().total
    return FloorLap(round=round_.name, spent=meter.spent, entries=total, articles=total - before)


def _trust() -> None:
    """Let requests trust what the environment names also where its sessions do not ask there, as reader's do not."""
    trusted = os.environ.get("REQUESTS_CA_BUNDLE")
    if trusted:
        import certifi

        certifi.where = lambda: trusted


async def _work(began: float) -> None:
    _trust()
    from reader import make_reader  # type: ignore[import-not-found, unused-ignore]

    brief = hear_brief()
    reader = make_reader(str(Path(brief.folder) / f"reader-{brief.threads}.db"))
    for url in brief.urls:
        reader.add_feed(url)
    tell(Ready(seconds=time.perf_counter() - began, peak_bytes=read_own_peak()))
    async for round_ in hear_rounds():
        tell(_run(reader, round_, brief.threads))
    reader.close()


if __name__ == "__main__":
    asyncio.run(_work(time.perf_counter()))
