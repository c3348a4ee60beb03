"""Two engines over one SQLite file: one writer that takes the lock at BEGIN, and readers that never wait for it.

read() gives a consistent snapshot; write() is one transaction, and writers queue in the order they came.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial, wraps
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, TypeVar

from sqlalchemy import URL, event
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from bot.domain.errors import DamagedError, StorageError
from bot.storage.copies import damaged
from bot.storage.driver import WholeConnection, Work, connect

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
READERS = 4
BUSY_SECONDS = 10.0
SETTINGS = (
    "PRAGMA journal_mode = WAL",
    # A committed row survives a loss of power, not only the end of the process.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -16000",
)
BEGIN = "BEGIN"
BEGIN_TO_WRITE = "BEGIN IMMEDIATE"
READER_SETTINGS = ("PRAGMA query_only = ON", "PRAGMA cache_size = -8000")


class Database:
    """The open database of one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer = make_engine(path, settings=SETTINGS, begin=BEGIN_TO_WRITE, connections=1)
        self._reader = make_engine(path, settings=READER_SETTINGS, begin=BEGIN, connections=READERS)
        # The engines' own pools time out and serve in no order; these queues do neither.
        self._write_turn = asyncio.Lock()
        self._read_turns = asyncio.Semaphore(READERS)
        self._is_closed = False
        self._damage: DamagedError | None = None
        self._damage_met = asyncio.Event()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Read from one snapshot; raises StorageError for whatever the database says."""
        async with self._read_turns:
            self._check_open()
            async with self._watched(), self._reader.connect() as connection:
                try:
                    yield connection
                except asyncio.CancelledError:
                    # Its thread may begin a transaction yet that nobody would end: no reader could use it again.
                    await connection.invalidate()
                    raise

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Write one transaction: committed where the block ends well, else rolled back; raises StorageError."""
        async with self._write_turn:
            self._check_open()
            self._check_sound()
            async with self._watched(), self._writer.begin() as connection:
                yield connection

    async def read_whole(self, work: Work[Result]) -> Result:
        """Read from one snapshot, in one hop to the thread; `work` awaits its statements alone and returns rows."""
        async with self._read_turns:
            self._check_open()
            async with self._watched(), self._reader.connect() as connection:
                return await _run_whole(connection, BEGIN, work)

    async def write_whole(self, work: Work[Result]) -> Result:
        """Write one transaction as `write` does, in one hop to the thread; `work` awaits its statements alone."""
        async with self._write_turn:
            self._check_open()
            self._check_sound()
            async with self._watched(), self._writer.connect() as connection:
                return await _run_whole(connection, BEGIN_TO_WRITE, work)

    async def close(self) -> None:
        """Let what is under way end, then close every connection: one left open would hang the process."""
        if self._is_closed:
            return
        self._is_closed = True
        async with AsyncExitStack() as turns:
            await turns.enter_async_context(self._write_turn)
            for _ in range(READERS):
                await turns.enter_async_context(self._read_turns)
            await self._reader.dispose()
            await self._writer.dispose()

    @asynccontextmanager
    async def _watched(self) -> AsyncIterator[None]:
        """Translate what the database says; once that is damage, nothing is written any more."""
        try:
            async with translated_errors(self.path):
                yield
        except DamagedError as error:
            self._damage = error
            self._damage_met.set()
            raise

    async def wait_for_damage(self) -> NoReturn:
        """Wait until damage is met, however long that takes, and raise it: DamagedError."""
        await self._damage_met.wait()
        assert self._damage is not None  # noqa: S101 - it is set before the event
        raise self._damage

    def _check_sound(self) -> None:
        if self._damage is not None:
            raise self._damage

    def _check_open(self) -> None:
        if self._is_closed:
            raise StorageError(f"the database {self.path} has been closed already")


async def _run_whole(connection: AsyncConnection, begin: str, work: Work[Result]) -> Result:
    raw = await connection.get_raw_connection()
    driver = raw.driver_connection
    assert isinstance(driver, WholeConnection)  # noqa: S101 - every connection comes from `connect`
    return await driver.run_whole(begin, work)


def to_the_end(
    transaction: Callable[Arguments, Coroutine[Any, Any, Result]],
) -> Callable[Arguments, Coroutine[Any, Any, Result]]:
    """Let a method that writes run to its end although who asked is cancelled; the cancellation comes after it.

    Cancelled in the middle, the driver's thread would hold the write lock until the busy time is over.
    """

    @wraps(transaction)
    async def whole(*args: Arguments.args, **named: Arguments.kwargs) -> Result:
        task = asyncio.create_task(transaction(*args, **named))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            await asyncio.wait([task])
            if not task.cancelled():
                task.exception()  # looked at, so that it is not told as never retrieved
            raise

    return whole


class Rows:
    """What every noun's rows stand on: the open database."""

    def __init__(self, database: Database) -> None:
        self.database = database


def make_engine(path: Path, *, settings: tuple[str, ...], begin: str, connections: int | None) -> AsyncEngine:
    """Make an engine whose connections are set up and whose transactions begin as told; None: no pool at all."""
    url = URL.create("sqlite+aiosqlite", database=str(path))
    creator = partial(connect, path, wait=BUSY_SECONDS)
    # Every transaction here is ended by who began it; to make sure once more would be a hop to the thread each time.
    if connections is None:
        engine = create_async_engine(url, async_creator=creator, pool_reset_on_return=None, poolclass=NullPool)
    else:
        engine = create_async_engine(
            url, async_creator=creator, pool_reset_on_return=None, pool_size=connections, max_overflow=0
        )

    def set_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for setting in settings:
            cursor.execute(setting)
        cursor.close()

    def begin_transaction(connection: Connection) -> None:
        # Straight to the driver: one hop to its thread instead of three, in every transaction.
        connection.connection.dbapi_connection.run_async(lambda driver: driver.execute(begin))  # type: ignore[union-attr]

    event.listen(engine.sync_engine, "connect", set_up)
    event.listen(engine.sync_engine, "begin", begin_transaction)
    return engine


@asynccontextmanager
async def translated_errors(path: Path) -> AsyncIterator[None]:
    """Raise StorageError, with the path and the remedy, for what SQLAlchemy or the driver raise inside."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, UnicodeEncodeError) as error:
        raise explain(path, error) from error


DAMAGE = ("malformed", "not a database", "disk image")
"""What SQLite says of a file that must not be written to any more."""
REMEDIES = (
    ("locked", "another program holds it; close that one and try again"),
    ("unable to open", "check that its folder exists and may be read and written"),
    ("readonly", "the file or its folder may not be written; change its owner or rights"),
    ("disk i/o", "check the disk and its free space"),
    ("full", "the disk is full; make room and start again"),
)


def explain(path: Path, error: Exception) -> StorageError:
    """Say in words what went wrong with the database and what to do."""
    said = str(getattr(error, "orig", None) or error)
    if any(sign in said.casefold() for sign in DAMAGE):
        return damaged(path, said)
    remedy = next((words for sign, words in REMEDIES if sign in said.casefold()), None)
    return StorageError(f"database {path}: {said}" + (f"; {remedy}" if remedy else ""))
