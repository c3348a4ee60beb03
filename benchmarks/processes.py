"""CPU seconds and peak memory of this process and its children, as Linux tells them under /proc."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.rounds import Spent

_PROC = Path("/proc")
_RESET_PEAK = "5"
"""What proc(5) names for clear_refs: the peak begins anew at what is resident now."""


class Meter:
    """Measures pieces of work one after another; `spent` is of the last."""

    spent: Spent

    @contextmanager
    def measure(self) -> Iterator[None]:
        """Measure the block."""
        _reset_peaks()
        others, own, began = _children_cpu(), time.process_time(), time.perf_counter()
        yield
        wall, cpu = time.perf_counter() - began, time.process_time() - own
        self.spent = Spent(
            wall_seconds=wall,
            cpu_seconds=cpu,
            workers_cpu_seconds=_children_cpu() - others,
            peak_bytes=read_own_peak(),
            workers_peak_bytes=sum(read_peak(child) for child in find_children(os.getpid())),
        )


def find_children(pid: int) -> list[int]:
    """List the living children of a process."""
    found: list[int] = []
    for status in _PROC.glob("[0-9]*/stat"):
        fields = _stat_fields(status)
        if fields and int(fields[1]) == pid:
            found.append(int(status.parent.name))
    return found


def read_peak(pid: int) -> int:
    """Return a process's peak of resident bytes since it was last reset; 0 where it has ended."""
    return _read_status(pid, "VmHWM:")


def read_resident(pid: int) -> int:
    """Return a process's resident bytes now; 0 where it has ended."""
    return _read_status(pid, "VmRSS:")


def _read_status(pid: int, name: str) -> int:
    try:
        lines = (_PROC / str(pid) / "status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(name)), 0)


def read_own_peak() -> int:
    """Return this process's peak of resident bytes."""
    return read_peak(os.getpid())


def _reset_peaks() -> None:
    for pid in (os.getpid(), *find_children(os.getpid())):
        (_PROC / str(pid) / "clear_refs").write_text(_RESET_PEAK, encoding="ascii")


def _children_cpu() -> float:
    """Sum the CPU seconds of living children and of those that ended and were waited for."""
    ended = os.times()
    ticks = 0
    for child in find_children(os.getpid()):
        fields = _stat_fields(_PROC / str(child) / "stat")
        ticks += sum(int(field) for field in fields[11:13])
    return ended.children_user + ended.children_system + ticks / os.sysconf("SC_CLK_TCK")


def _stat_fields(path: Path) -> list[str]:
    """Return the fields after the name, which may hold spaces: state, parent, …; utime and stime are 11 and 12."""
    try:
        return path.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []
