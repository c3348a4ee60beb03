"""Bringing a database to the program's version: what version it has, a copy of the file, the steps, in that order."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import inspect
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.errors import StorageError
from bot.storage.copies import check_sound, copy_whole, find_damage_at_start
from bot.storage.engine import make_engine, translated_errors

MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Version:
    """What a database says of itself: its step (None: none yet), and whether it holds any table."""

    step: str | None
    is_empty: bool


async def prepare(
    path: Path, *, may_change: bool, is_checked: bool | None = None, migrations: Path = MIGRATIONS
) -> None:
    """Bring a database to the program's version, or (`may_change` False) see that it is there.

    It is looked through for damage where it may be changed, or as `is_checked` says.

    Raises StorageError for a damaged, newer or foreign database, for an older one that may not be changed, and where
    an upgrade fails, which leaves it as it was.
    """
    script = ScriptDirectory.from_config(configure(migrations))
    engine = make_engine(path, settings=("PRAGMA foreign_keys = OFF",), begin="BEGIN IMMEDIATE", connections=None)
    try:
        async with translated_errors(path):
            if may_change if is_checked is None else is_checked:
                check_sound(path, await asyncio.to_thread(find_damage_at_start, path))
            async with engine.connect() as connection:
                version = await connection.run_sync(_read_version)
            if version.step == script.get_current_head():
                return
            _check_version(path, version, script, may_change=may_change)
            await _bring_up(engine, path, version, migrations)
    finally:
        await engine.dispose()


async def _bring_up(engine: AsyncEngine, path: Path, version: Version, migrations: Path) -> None:
    """Run the steps, after a copy of what holds anything."""
    copy = None if version.is_empty else backup_path(path, version)
    if copy is not None:
        await asyncio.to_thread(copy_whole, path, copy)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_upgrade, migrations)
    except (SQLAlchemyError, sqlite3.Error, StorageError, CommandError) as error:
        raise _explain_failure(path, version, copy, error) from error


def _explain_failure(path: Path, version: Version, copy: Path | None, error: Exception) -> StorageError:
    said = str(getattr(error, "orig", None) or error)
    has = "no tables yet" if version.step is None else f"version {version.step} of its tables, as before"
    kept = f", and {copy} is a copy of it" if copy else ""
    return StorageError(
        f"database {path} could not be upgraded: {said}; it has {has}{kept}. Where the disk is full or busy, mend that "
        "and start again; else go on with the Topicwire that you had, and report this line"
    )


def list_steps(migrations: Path = MIGRATIONS) -> list[str]:
    """List the versions that the program knows, oldest first."""
    script = ScriptDirectory.from_config(configure(migrations))
    return [step.revision for step in script.walk_revisions()][::-1]


def configure(migrations: Path) -> Config:
    """Make the settings that alembic runs the steps by; a connection goes into its attributes."""
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
        raise StorageError(say_older(path, version.step))


def say_older(path: Path, step: str | None) -> str:
    """Say that a database must be upgraded first; `step` is the version of its tables, None where it has none."""
    has = "holds no tables yet" if step is None else f"is of an older Topicwire (version {step})"
    return f"database {path} {has}; start `topicwire run` once: it makes a backup and upgrades it"


def _is_known(script: ScriptDirectory, step: str) -> bool:
    try:
        script.get_revision(step)
    except CommandError:
        return False
    return True


def _upgrade(connection: Connection, migrations: Path) -> None:
    config = configure(migrations)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def backup_path(path: Path, version: Version) -> Path:
    """Tell where the copy made before an upgrade lies: beside the file, named for the version that it has."""
    return path.with_name(f"{path.name}.before-upgrade-from-{version.step}")
