"""A database as a first start leaves it, made once for all tests of a process: its steps take a third of a second."""

from __future__ import annotations

import asyncio
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from bot.storage.store import open_store


def lay_database(path: Path) -> None:
    """Lay a new, empty database where there is none yet."""
    if not path.exists():
        path.write_bytes(_make_database())


@cache
def _make_database() -> bytes:
    async def make(path: Path) -> None:
        await (await open_store(path, exclusive=True)).close()

    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as thread:
        path = Path(folder) / "fresh.db"
        # In a thread, because the test that asks has a loop of its own.
        thread.submit(asyncio.run, make(path)).result()
        return path.read_bytes()
