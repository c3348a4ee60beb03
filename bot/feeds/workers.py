"""Worker processes that read documents: bounded in memory, killed when they take too long, replaced when they die."""

from __future__ import annotations

import asyncio
import contextlib
import resource
import signal
from concurrent.futures import Future
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from bot.feeds.document import Document, Limits, Source
from bot.feeds.spawning import BareContext

_MEMORY = 256 * 1024 * 1024
"""How many bytes a worker may take beyond what it has after its imports, some 30 MB: under 300 MB in all."""
_WALL_FACTOR = 3
"""A document may take this many times its processor seconds by the clock: a busy machine is no fault of its own."""
_GRACE = 5.0
_CLOSING = Document(problem="the reader is closing")
_DOCUMENTS_BEFORE_RENEWAL = 1_000


class Workers:
    """A pool of parsing processes that starts with the first document, or before it by `start`."""

    def __init__(self, count: int, limits: Limits, *, memory: int = _MEMORY) -> None:
        self._count = max(count, 1)
        self._limits = limits
        self._memory = memory
        self._pool: ProcessPool | None = None
        self._is_closed = False
        self._waiters: set[asyncio.Future[None]] = set()

    def start(self) -> None:
        """Begin to start the processes, so that they are ready when the first document has come."""
        if self._pool is None and not self._is_closed:
            # spawn: a fork of a process with threads and an event loop is not safe.
            self._pool = ProcessPool(
                max_workers=self._count,
                max_tasks=_DOCUMENTS_BEFORE_RENEWAL,
                initializer=_prepare,
                initargs=(self._memory,),
                context=BareContext(),
            )
            self._pool.schedule(_load)

    async def parse(self, source: Source) -> Document:
        """Read a document in a worker; a document that kills its worker gets a problem in words."""
        self.start()
        if self._pool is None:
            return _CLOSING
        seconds = self._limits.timeout.total_seconds()
        future = self._pool.schedule(_work, args=(source, self._limits), timeout=seconds * _WALL_FACTOR)
        await self._wait(future)
        if not future.done() or future.cancelled():
            return _CLOSING
        too_slow = Document(problem=f"reading it took longer than {seconds:g} seconds (fetch.parse_timeout)")
        try:
            return future.result()
        except TimeoutError:
            return too_slow
        except MemoryError:
            return Document(problem="reading it takes too much memory")
        except ProcessExpired as expired:
            is_time_up = expired.exitcode in (-signal.SIGPROF, -signal.SIGALRM)
            return too_slow if is_time_up else Document(problem="reading it broke the reader down")

    async def close(self) -> None:
        """End the processes at once, also in the middle of a document; whoever waits for one is told."""
        self._is_closed = True
        pool, self._pool = self._pool, None
        for waiter in self._waiters:
            _wake(waiter)
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]
            await asyncio.to_thread(pool.join)

    async def _wait(self, future: Future[Document]) -> None:
        """Wait until a document is read or the pool closes; who stops waiting stops the worker."""
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[None] = loop.create_future()

        def wake(_: object) -> None:
            # The loop may be gone when a thread of the pool reports: then nobody waits any more.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(_wake, waiter)

        future.add_done_callback(wake)
        self._waiters.add(waiter)
        try:
            await waiter
        finally:
            self._waiters.discard(waiter)
            if not future.done():
                future.cancel()


def _wake(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_result(None)


def _prepare(memory: int) -> None:
    """Set a worker up: die at once when told, take no more memory than allowed."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
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

    seconds = limits.timeout.total_seconds()
    # Either signal ends the process: after so many seconds of its own work, or, should the parent be gone by then and
    # nobody else end it, after so many seconds by the clock.
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * _WALL_FACTOR + _GRACE)
    try:
        return parse_document(source, limits)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
