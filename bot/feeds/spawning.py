"""New processes that import only what their work needs, and that leave Ctrl-C to the main process."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.popen_spawn_posix import Popen
from multiprocessing.process import BaseProcess
from threading import Lock
from types import ModuleType

_starting = Lock()


class BareProcess(SpawnProcess):
    """A spawned process that does not import the main program again, as spawned processes otherwise do.

    The command line brings configuration and platforms along: half a second and twenty megabytes for a parser.
    """

    @staticmethod
    def _Popen(process_obj: BaseProcess) -> Popen:  # noqa: N802 - the name that multiprocessing calls
        with _hidden_main(), _deaf_to_ctrl_c():
            return Popen(process_obj)


class BareContext(SpawnContext):
    """The spawn context for bare processes: whatever they run must be importable by name."""

    Process = BareProcess


@contextmanager
def _hidden_main() -> Iterator[None]:
    with _starting:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Let the new process inherit a blocked SIGINT: it would print a traceback even while it still starts."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
