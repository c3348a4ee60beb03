"""Whole copies of a database, and whether one is sound; a copy appears whole or not at all."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

from bot.domain.errors import DamagedError, StorageError

FAULTS_SHOWN = 3
STEPS_BETWEEN_LOOKS = 10_000


def copy_whole(path: Path, target: Path) -> None:
    """Copy a database, consistently and with what its log still holds, and see that the copy is sound.

    Raises StorageError where it cannot be written, or where what was copied is damaged.
    """
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unfinished)) as copy:
            source.backup(copy)
            # A copy is one file: nothing of it may lie in a log beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
            check_sound(path, find_damage(copy))
        with unfinished.open("rb+") as written:
            os.fsync(written.fileno())
        unfinished.replace(target)
    except (OSError, sqlite3.Error) as error:
        unfinished.unlink(missing_ok=True)
        raise StorageError(f"no backup {target} could be made: {error}; make room or change rights") from error
    except StorageError:
        unfinished.unlink(missing_ok=True)
        raise


def find_damage(db: sqlite3.Connection) -> list[str]:
    """Tell what is wrong with the pages, indexes and references of a database; nothing where it is sound.

    Reads all of it.
    """
    faults = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
    lost = db.execute("PRAGMA foreign_key_check").fetchall()
    if lost:
        faults.append(f"{len(lost)} rows, the first of {lost[0][0]}, have lost what they belong to")
    return faults


def find_damage_soon(path: Path, within: timedelta) -> list[str]:
    """Look for damage as long as may be, so that a large file delays no start; nothing where none was met.

    A file that is not there or holds nothing yet has no damage.
    """
    if not path.exists():
        return []
    deadline = time.monotonic() + within.total_seconds()
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
        db.set_progress_handler(lambda: time.monotonic() > deadline, STEPS_BETWEEN_LOOKS)
        try:
            # Not quick_check: before SQLite 3.41 it takes sound tables without row numbers for damaged.
            return [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                return []
            raise


def check_sound(path: Path, faults: list[str]) -> None:
    """Raise DamagedError, with the way to restore, where faults were found."""
    if faults:
        raise damaged(path, "; ".join(faults[:FAULTS_SHOWN]))


def damaged(path: Path, what: str) -> DamagedError:
    """Make the error of a damaged database: nothing is written to it any more, and the way back is named."""
    copies = sorted(path.parent.glob(f"{path.name}.before-*"))
    beside = f" (beside it lie {', '.join(copy.name for copy in copies)})" if copies else ""
    return DamagedError(
        f"database {path} is damaged: {what}; nothing is written to it. Keep a copy of it, then put a backup in its "
        f"place: topicwire restore PATH{beside}"
    )


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database to read alone."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
        yield db
