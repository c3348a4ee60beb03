"""New processes that import only what their work needs, and that leave Ctrl-C and SIGHUP to the main process."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.popen_spawn_posix import Popen
from multiprocessing.process import BaseProcess
from threading import Lock
from types import ModuleType

_starting = Lock()
_FOR_THE_MAIN_PROCESS = {signal.SIGINT, signal.SIGHUP}


class BareProcess(SpawnProcess):
    """A spawned process that does not import the main program again, as spawned processes otherwise do.

    The command line brings configuration and platforms along: half a second and twenty megabytes for a parser.
    """

    @staticmethod
    def _Popen(process_obj: BaseProcess) -> Popen:  # noqa: N802 - the name that multiprocessing calls
        with _hidden_main(), _own_modules(), _deaf():
            return Popen(process_obj)


class BareContext(SpawnContext):
    """The spawn context for bare processes: whatever they run must be importable by name."""

    Process = BareProcess

    def __init__(self) -> None:
        super().__init__()
        # It would be started with the first lock or process: then it dies of a SIGHUP, and unblocks SIGINT in between.
        with _own_modules(), _deaf():
            resource_tracker.ensure_running()


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
def _own_modules() -> Iterator[None]:
    """Let new processes find Python's modules: `python -c` would first take a signal.py of the folder they start in."""
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = before


@contextmanager
def _deaf() -> Iterator[None]:
    """Let new processes inherit blocked signals, since a terminal and `systemctl kill` send them to every process.

    A worker would print a traceback even while it still starts; work in hand would be lost.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _FOR_THE_MAIN_PROCESS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
