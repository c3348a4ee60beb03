"""Whole copies of a database, and whether one is sound; a copy appears whole or not at all."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.domain.errors import DamagedError, StorageError

log = logging.getLogger(__name__)
FAULTS_SHOWN = 3
QUICK_BYTES = 200_000_000
"""So large a file is looked through in a second or two; of a larger one it is said that this takes a while."""
BYTES_A_SECOND = 130_000_000


def copy_whole(path: Path, target: Path) -> None:
    """Copy a database, consistently and with what its log still holds, and see that the copy is sound.

    Raises StorageError where it cannot be written, or where what was copied is damaged.
    """
    if target.exists() and not target.is_file():
        raise StorageError(f"no backup {target} could be made: that is no file; name another")
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
    except (OSError, sqlite3.OperationalError) as error:
        unfinished.unlink(missing_ok=True)
        raise StorageError(f"no backup {target} could be made: {error}; make room or change rights") from error
    except sqlite3.DatabaseError as error:
        unfinished.unlink(missing_ok=True)
        raise damaged(path, str(error)) from error
    except StorageError:
        unfinished.unlink(missing_ok=True)
        raise


def find_damage(db: sqlite3.Connection) -> list[str]:
    """Tell what is wrong with the pages, indexes and references of a database; nothing where it is sound.

    Reads all of it.
    """
    faults = _check(db)
    lost = db.execute("PRAGMA foreign_key_check").fetchall()
    if lost:
        faults.append(f"{len(lost)} rows, the first of {lost[0][0]}, have lost what they belong to")
    return faults


def find_damage_at_start(path: Path) -> list[str]:
    """Look through all pages and indexes of a database before it is written to; nothing where no damage was met.

    A file that is not there or holds nothing yet has no damage. Takes some seconds a gigabyte.
    """
    if not path.exists():
        return []
    size = path.stat().st_size
    if size > QUICK_BYTES:
        seconds = size / BYTES_A_SECOND
        log.info("looking through %s (%.1f GB) before it is written to: about %.0f s", path, size / 1e9, seconds)
    with reading(path) as db:
        return _check(db)


def _check(db: sqlite3.Connection) -> list[str]:
    # Not quick_check: before SQLite 3.41 it takes sound tables without row numbers for damaged.
    try:
        return [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
    except sqlite3.OperationalError:  # it is busy, or may not be read
        raise
    except sqlite3.DatabaseError as error:  # too damaged to be looked through, or no database
        return [str(error)]


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
