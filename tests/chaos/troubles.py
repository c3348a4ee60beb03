"""What befalls the running program besides kills: a busy database, a full disk, a clock that jumps, a second run."""

from __future__ import annotations

import asyncio
import contextlib
import resource
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.blackbox.program import Program

HOUR_S = 3600.0
ROOM_LEFT = 8 << 10
_UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


@dataclass(kw_only=True)
class Clock:
    """The program's own clock, off by so many seconds; the machine's is never touched."""

    path: Path
    offset_s: float = 0.0

    def turn(self, seconds: float) -> None:
        """Let the clock jump."""
        self.offset_s += seconds
        fresh = self.path.with_suffix(".new")
        fresh.write_text(str(self.offset_s), encoding="ascii")
        fresh.replace(self.path)


@asynccontextmanager
async def busy_database(running: Program) -> AsyncIterator[None]:
    """Hold the database's write lock from outside, as a backup tool or a curious person would."""
    holder = await asyncio.to_thread(sqlite3.connect, running.database, timeout=20, check_same_thread=False)
    try:
        await asyncio.to_thread(holder.execute, "BEGIN IMMEDIATE")
        yield
    finally:
        await asyncio.to_thread(holder.close)


@asynccontextmanager
async def full_disk(running: Program) -> AsyncIterator[None]:
    """Let none of the program's files grow by more than a little."""
    pid = running.pid
    files = [running.database, running.database.with_name(running.database.name + "-wal")]
    size = min((file.stat().st_size for file in files if file.exists()), default=0) + ROOM_LEFT
    with contextlib.suppress(ProcessLookupError):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    yield
    with contextlib.suppress(ProcessLookupError):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, _UNLIMITED)


async def start_second(running: Program) -> str:
    """Start a second `run` on the same database; returns what was wrong with how it was refused, "" for nothing."""
    second = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=running.folder, env=running.environment(),
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        async with asyncio.timeout(30):
            said = (await second.communicate())[0].decode()
    except TimeoutError:
        second.kill()
        await second.wait()
        return "a second run was not refused"
    if second.returncode not in (1, 2):
        return f"a second run ended with {second.returncode}: {said}"
    if "Traceback" in said or str(running.database) not in said:
        return f"a second run was refused unclearly: {said}"
    return ""
