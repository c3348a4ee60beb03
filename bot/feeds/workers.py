"""Worker processes that read documents: bounded in memory, killed when they take too long, replaced when they die."""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import signal
from concurrent.futures import CancelledError
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from bot.feeds.document import Document, Limits, Source

_MEMORY = 288 * 1024 * 1024
"""How much a worker may take beyond what it has after its imports."""
_GRACE = 5.0
_DOCUMENTS_BEFORE_RENEWAL = 5_000


class Workers:
    """A pool of parsing processes that starts with the first document, or before it by `start`."""

    def __init__(self, count: int, limits: Limits) -> None:
        self._count = max(count, 1)
        self._limits = limits
        self._pool: ProcessPool | None = None
        self._is_closed = False

    def start(self) -> None:
        """Begin to start the processes, so that they are ready when the first document has come."""
        if self._pool is None and not self._is_closed:
            # spawn: a fork of a process with threads and an event loop is not safe.
            self._pool = ProcessPool(
                max_workers=self._count,
                max_tasks=_DOCUMENTS_BEFORE_RENEWAL,
                initializer=_prepare,
                initargs=(_MEMORY,),
                context=multiprocessing.get_context("spawn"),
            )
            self._pool.schedule(_load)

    async def parse(self, source: Source) -> Document:
        """Read a document in a worker; a document that kills its worker gets a problem in words."""
        self.start()
        if self._pool is None:
            return Document(problem="the reader is closing")
        seconds = self._limits.timeout.total_seconds()
        try:
            future = self._pool.schedule(_work, args=(source, self._limits), timeout=seconds)
            return await asyncio.wrap_future(future)
        except TimeoutError:
            return Document(problem=f"reading it took longer than {seconds:g} seconds (fetch.parse_timeout)")
        except MemoryError:
            return Document(problem="reading it takes too much memory")
        except ProcessExpired:
            return Document(problem="reading it broke the reader down")
        except (CancelledError, RuntimeError):
            if self._is_closed:
                return Document(problem="the reader is closing")
            raise

    async def close(self) -> None:
        """End the processes at once, also in the middle of a document."""
        self._is_closed = True
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]
            await asyncio.to_thread(pool.join)


def _prepare(memory: int) -> None:
    """Set a worker up: die at once when told, leave Ctrl-C to the parent, take no more memory than allowed."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _load()
    size = _address_space()
    if size is not None:
        resource.setrlimit(resource.RLIMIT_AS, (size + memory, resource.RLIM_INFINITY))


def _address_space() -> int | None:
    """Return this process's address space in bytes where the system tells it."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pages * resource.getpagesize()


def _load() -> None:
    """Import the parser, in the worker alone: the main process never needs it."""
    import bot.feeds.parse  # noqa: F401


def _work(source: Source, limits: Limits) -> Document:
    from bot.feeds.parse import parse_document

    # Should the parent be gone when the time is up, the worker ends itself.
    signal.setitimer(signal.ITIMER_REAL, limits.timeout.total_seconds() + _GRACE)
    try:
        return parse_document(source, limits)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
