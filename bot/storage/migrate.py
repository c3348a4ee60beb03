"""Bringing a database to the program's version: what version it has, a copy of the file, the steps, in that order."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import inspect
from sqlalchemy.engine import Connection

from bot.domain.errors import StorageError
from bot.storage.engine import make_engine, translated_errors

MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Version:
    """What a database says of itself: its step (None: none yet), and whether it holds any table."""

    step: str | None
    is_empty: bool


async def prepare(path: Path, *, may_change: bool, migrations: Path = MIGRATIONS) -> None:
    """Bring a database to the program's version, or (`may_change` False) see that it is there.

    Raises StorageError for a newer or foreign database, and for an older one that may not be changed.
    """
    script = ScriptDirectory.from_config(_config(migrations))
    engine = make_engine(path, settings=("PRAGMA foreign_keys = OFF",), begin="BEGIN IMMEDIATE", connections=None)
    try:
        async with translated_errors(path):
            async with engine.connect() as connection:
                version = await connection.run_sync(_read_version)
            if version.step == script.get_current_head():
                return
            _check_version(path, version, script, may_change=may_change)
            if not version.is_empty:
                await asyncio.to_thread(back_up, path, backup_path(path, version))
            async with engine.connect() as connection:
                await connection.run_sync(_upgrade, migrations)
    finally:
        await engine.dispose()


def _config(migrations: Path) -> Config:
    config = Config()
    # alembic reads a % in an option as the start of a reference.
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    return config


def _read_version(connection: Connection) -> Version:
    step = MigrationContext.configure(connection).get_current_revision()
    return Version(step=step, is_empty=not inspect(connection).get_table_names())


def _check_version(path: Path, version: Version, script: ScriptDirectory, *, may_change: bool) -> None:
    if version.step is None and not version.is_empty:
        raise StorageError(f"database {path} belongs to another program; name another file in database.url")
    if version.step is not None and not _is_known(script, version.step):
        raise StorageError(
            f"database {path} is of a newer Topicwire (version {version.step} of its tables, this program knows up to "
            f"{script.get_current_head()}); install that version, or restore the backup made before the upgrade"
        )
    if not may_change:
        has = "holds no tables yet" if version.step is None else f"is of an older Topicwire (version {version.step})"
        raise StorageError(f"database {path} {has}; start `topicwire run` once: it makes a backup and upgrades it")


def _is_known(script: ScriptDirectory, step: str) -> bool:
    try:
        script.get_revision(step)
    except CommandError:
        return False
    return True


def _upgrade(connection: Connection, migrations: Path) -> None:
    config = _config(migrations)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def backup_path(path: Path, version: Version) -> Path:
    """Tell where the copy made before an upgrade lies: beside the file, named for the version that it has."""
    return path.with_name(f"{path.name}.before-upgrade-from-{version.step}")


def back_up(path: Path, target: Path) -> None:
    """Copy a database, consistently and with what its log still holds; the copy appears whole or not at all.

    Raises StorageError where it cannot be written.
    """
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unfinished)) as copy:
            source.backup(copy)
        unfinished.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise StorageError(
            f"no backup {target} could be made before the upgrade: {error}; make room or change rights"
        ) from error
