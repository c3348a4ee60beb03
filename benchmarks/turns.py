"""A measured process's side of the turns: a Brief comes as one line of JSON, then names of rounds, each is answered.

Only the standard library, so that talking adds nothing to what is measured.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from dataclasses import asdict

from benchmarks.rounds import ROUNDS, Brief, FloorLap, Lap, Ready, Round


def hear_brief() -> Brief:
    """Read what this process is for."""
    told = json.loads(sys.stdin.readline())
    return Brief(**{**told, "urls": tuple(told["urls"])})


async def hear_rounds() -> AsyncIterator[Round]:
    """Yield each round as its turn comes, until the conductor closes the line."""
    by_name = {each.name: each for each in ROUNDS}
    while line := await asyncio.to_thread(sys.stdin.readline):
        yield by_name[line.strip()]


def tell(result: Lap | FloorLap | Ready) -> None:
    """Answer a turn."""
    sys.stdout.write(json.dumps(asdict(result)) + "\n")
    sys.stdout.flush()
