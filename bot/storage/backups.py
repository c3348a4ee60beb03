"""Copies of the database: made beside a running bot, verified before they count, and put back in its place.

A copy appears whole or not at all: it is written under another name, checked and only then renamed.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.domain.errors import StorageError
from bot.storage.copies import check_sound, copy_whole, damaged, find_damage, reading
from bot.storage.location import RunLock
from bot.storage.migrate import list_steps, say_older

UNUSED_NUMBERS = 1_000_000
"""How many numbers a restored database leaves out: those given since the backup stand in messages already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A verified copy: its place, size, version of the tables and how many articles and stories it holds."""

    path: Path
    bytes: int
    step: str
    articles: int
    stories: int


def back_up(path: Path, target: Path) -> Backup:
    """Copy a database, also while a bot runs, and verify the copy; raises StorageError as `copy_whole`."""
    copy_whole(path, target)
    return describe(target)


def describe(path: Path) -> Backup:
    """Open a database to see what it holds; raises StorageError where it is newer, or none of ours."""
    try:
        with reading(path) as db:
            step, articles, stories = _describe(path, db)
    except sqlite3.DatabaseError as error:
        raise StorageError(
            f"database {path} cannot be read: {error}; it is no database, or damaged: name another"
        ) from error
    _check_known(path, step)
    return Backup(path=path, bytes=path.stat().st_size, step=step, articles=articles, stories=stories)


def check_version(path: Path, db: sqlite3.Connection) -> None:
    """Raise StorageError where an open database is newer or older than this program, or none of ours."""
    step = _read_step(path, db)
    _check_known(path, step)
    if step != list_steps()[-1]:
        raise StorageError(say_older(path, step))


def inspect(path: Path) -> Backup:
    """Look through a whole database; raises StorageError where it is damaged, newer, or none of ours.

    Reads every page, so it takes as long as the disk needs for the file.
    """
    try:
        with reading(path) as db:
            check_sound(path, find_damage(db))
    except sqlite3.OperationalError as error:  # it is busy, or may not be opened
        raise StorageError(f"database {path} cannot be looked through: {error}; try again, or change rights") from error
    except sqlite3.DatabaseError as error:
        raise damaged(path, str(error)) from error
    return describe(path)


def restore(source: Path, path: Path, *, now: datetime, is_silent: bool) -> tuple[Backup, Path | None]:
    """Put a backup in a database's place; returns what is there now, and where the file from before lies.

    Numbers go on far above the backup's, because those given since stand in messages. `is_silent` closes what waits
    to be told, and makes what the feeds bring next context. Raises StorageError, having changed nothing, where the
    backup is no good or a bot runs.
    """
    if not source.is_file():
        raise StorageError(f"there is no backup {source}; name the file that `topicwire backup` wrote")
    lock = RunLock(path)
    lock.take()
    try:
        describe(source)
        unfinished = path.with_name(f"{path.name}.restored")
        copy_whole(source, unfinished)
        _ready(unfinished, is_silent=is_silent)
        restored = replace(describe(unfinished), path=path)
        aside = _set_aside(path, now)
        unfinished.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise StorageError(f"{source} could not be restored: {error}; make room or change rights") from error
    finally:
        lock.release()
    return restored, aside


def _ready(path: Path, *, is_silent: bool) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE sqlite_sequence SET seq = seq + ?", (UNUSED_NUMBERS,))
        if is_silent:
            db.execute("UPDATE feeds SET first_polled_at = NULL")
            db.execute(
                "UPDATE deliveries SET status = 'failed', closed_at = next_attempt_at, lease_until = NULL,"
                " reason = 'closed by restore --silent' WHERE status IN ('pending', 'sending')"
            )


def _set_aside(path: Path, now: datetime) -> Path | None:
    """Keep the file that is there under another name, with its log where that cannot be taken in."""
    if not path.exists():
        return None
    aside = path.with_name(f"{path.name}.before-restore-{now:%Y%m%d-%H%M%S}")
    log, kept_log = (each.with_name(f"{each.name}-wal") for each in (path, aside))
    if log.exists():
        shutil.copy2(log, kept_log)
    # Where it is damaged, the log stays aside with it, for whoever can still read it.
    with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        kept_log.unlink(missing_ok=True)
    aside.unlink(missing_ok=True)
    # Two names for one file until the other takes its place: there is never a moment without a database.
    os.link(path, aside)
    for part in ("-wal", "-shm"):
        path.with_name(f"{path.name}{part}").unlink(missing_ok=True)
    return aside


def _check_known(path: Path, step: str) -> None:
    if step not in list_steps():
        raise StorageError(
            f"database {path} is of a newer Topicwire (version {step} of its tables, this program knows up to "
            f"{list_steps()[-1]}); install that version first"
        )


def _read_step(path: Path, db: sqlite3.Connection) -> str:
    tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "alembic_version" not in tables or "articles" not in tables:
        raise StorageError(f"{path} is no database of Topicwire; name another file")
    [step] = db.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(step)


def _describe(path: Path, db: sqlite3.Connection) -> tuple[str, int, int]:
    step = _read_step(path, db)
    counts = [db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("articles", "stories")]  # noqa: S608
    return step, counts[0], counts[1]
