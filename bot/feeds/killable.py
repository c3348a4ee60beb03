"""Worker processes for what others wrote: bounded in memory, killed when they take too long, replaced when they die."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import resource
import signal
from collections.abc import Callable
from concurrent.futures import Future
from enum import Enum
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from bot.domain.errors import TopicwireError
from bot.feeds.spawning import BareContext

MEMORY = 250 * 1024 * 1024
"""How many bytes a worker may take beyond what it has after its imports, some 30 MB: under 300 MB in all."""
_WALL_FACTOR = 3
"""Work may take this many times its processor seconds by the clock: a busy machine is no fault of its own."""
_GRACE = 5.0
_TASKS_BEFORE_RENEWAL = 1_000
_SEARCH_AFTER = (5_000, 20, 20)
"""After how many new objects garbage is searched among them, and how often among the older ones (see `gc`)."""
_NICE = 5
"""How far workers stand back where the machine is busy: the loop that tells people comes first."""

Given = ParamSpec("Given")
Result = TypeVar("Result")


class Fault(Enum):
    """Why a worker gave no result."""

    SLOW = "slow"
    MEMORY = "memory"
    BROKEN = "broken"
    CLOSING = "closing"


class WorkerError(TopicwireError):
    """A worker was killed, died, or the pool closes."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class KillablePool:
    """A pool that starts with the first work, or before it by `start`; `load` imports what the work needs."""

    def __init__(self, count: int, load: Callable[[], None], *, memory: int = MEMORY) -> None:
        self._count = max(count, 1)
        self._load = load
        self._memory = memory
        self._pool: ProcessPool | None = None
        self._is_closed = False
        self._waiters: set[asyncio.Future[None]] = set()

    def start(self) -> None:
        """Begin to start the processes, so that they are ready when the first work has come."""
        if self._pool is None and not self._is_closed:
            # spawn: a fork of a process with threads and an event loop is not safe.
            self._pool = ProcessPool(
                max_workers=self._count,
                max_tasks=_TASKS_BEFORE_RENEWAL,
                initializer=_prepare,
                initargs=(self._memory, self._load),
                context=BareContext(),
            )
            self._pool.schedule(self._load)

    async def run(
        self, work: Callable[Given, Result], seconds: float, *args: Given.args, **named: Given.kwargs
    ) -> Result:
        """Do work, a function of a module, in a worker within so many processor seconds; raises WorkerError."""
        self.start()
        if self._pool is None:
            raise WorkerError(Fault.CLOSING)
        given = (work, seconds, args, named)
        future: Future[Result] = self._pool.schedule(do_bounded, args=given, timeout=seconds * _WALL_FACTOR)
        await self._wait(future)
        if not future.done() or future.cancelled():
            raise WorkerError(Fault.CLOSING)
        try:
            return future.result()
        except TimeoutError:
            raise WorkerError(Fault.SLOW) from None
        except MemoryError:
            raise WorkerError(Fault.MEMORY) from None
        except ProcessExpired as expired:
            is_time_up = expired.exitcode in (-signal.SIGPROF, -signal.SIGALRM)
            raise WorkerError(Fault.SLOW if is_time_up else Fault.BROKEN) from None

    async def close(self) -> None:
        """End the processes at once, also in the middle of work; whoever waits for one is told."""
        self._is_closed = True
        pool, self._pool = self._pool, None
        for waiter in self._waiters:
            _wake(waiter)
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]
            await asyncio.to_thread(pool.join)

    async def _wait(self, future: Future[Any]) -> None:
        """Wait until work is done or the pool closes; who stops waiting stops the worker."""
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


def _prepare(memory: int, load: Callable[[], None]) -> None:
    """Set a worker up: die at once when told, take no more memory than allowed."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.nice(_NICE)
    load()
    # What was imported stays; documents come and go by the thousand objects.
    gc.freeze()
    gc.set_threshold(*_SEARCH_AFTER)
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


def do_bounded(work: Callable[..., Result], seconds: float, args: tuple[Any, ...], named: dict[str, Any]) -> Result:
    """Do work in this process and end the process when its time is up: what a worker runs."""
    # Either signal ends the process: after so many seconds of its own work, or, should the parent be gone by then and
    # nobody else end it, after so many seconds by the clock.
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * _WALL_FACTOR + _GRACE)
    try:
        return work(*args, **named)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
