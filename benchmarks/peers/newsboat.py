"""newsboat, started anew for each round: `newsboat -x reload` over the same addresses."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

from benchmarks.rounds import Brief, FloorLap, Round, Spent

THREADS = 32
_CONFIG = f"reload-threads {THREADS}\nmax-items 0\ncleanup-on-quit no\nsuppress-first-reload yes\n"


class Newsboat:
    """An installed newsboat with a home of its own."""

    def __init__(self, program: str, brief: Brief) -> None:
        self._home = Path(brief.folder) / "newsboat"
        self._home.mkdir(parents=True)
        self._cache = self._home / "cache.db"
        (self._home / "urls").write_text("\n".join(brief.urls) + "\n", encoding="utf-8")
        (self._home / "config").write_text(_CONFIG, encoding="utf-8")
        self._command = [program, "-q", "-u", str(self._home / "urls"), "-c", str(self._cache)]
        self._command += ["-C", str(self._home / "config"), "-x", "reload"]

    def run(self, round_: Round) -> FloorLap:
        """Reload every feed once. After the first time once more, unmeasured: only then it asks conditionally."""
        before = self._count()
        spent = self._reload()
        if not before:
            self._reload()
        total = self._count()
        return FloorLap(round=round_.name, spent=spent, entries=total, articles=total - before)

    def _reload(self) -> Spent:
        earlier, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        environment = {**os.environ, "HOME": str(self._home)}
        subprocess.run(self._command, env=environment, check=True, stdout=subprocess.DEVNULL)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return Spent(
            wall_seconds=time.perf_counter() - began,
            cpu_seconds=used.ru_utime + used.ru_stime - earlier.ru_utime - earlier.ru_stime,
            workers_cpu_seconds=0.0,
            peak_bytes=used.ru_maxrss * 1024,
            workers_peak_bytes=0,
        )

    def _count(self) -> int:
        if not self._cache.exists():
            return 0
        with closing(sqlite3.connect(self._cache)) as database:
            [[count]] = database.execute("SELECT count(*) FROM rss_item")
        return int(count)
