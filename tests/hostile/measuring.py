"""What a parsing process really takes: the largest resident memory that the system saw it have."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.01


@dataclass(slots=True)
class Peak:
    """Bytes."""

    memory: int = 0


@asynccontextmanager
async def watching_children() -> AsyncIterator[Peak]:
    """Yield the largest resident memory of any child process so far, renewed a hundred times a second."""
    peak = Peak()
    watcher = asyncio.create_task(_watch(peak))
    try:
        yield peak
    finally:
        _look(peak)
        watcher.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watcher


def can_measure() -> bool:
    """Tell whether this system says how much memory a process has had."""
    return Path("/proc/self/status").exists()


async def _watch(peak: Peak) -> None:
    while True:
        _look(peak)
        await asyncio.sleep(PAUSE)


def _look(peak: Peak) -> None:
    for child in multiprocessing.active_children():
        peak.memory = max(peak.memory, _largest(child.pid))


def _largest(pid: int | None) -> int:
    try:
        said = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
    except OSError:  # it has ended in this moment
        return 0
    return next((int(line.split()[1]) * 1024 for line in said.splitlines() if line.startswith("VmHWM:")), 0)
