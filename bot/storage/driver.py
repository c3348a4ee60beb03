"""The driver's connection with few hops to its thread: one for a statement, or one for a whole transaction.

A hop costs as much as the statement itself, and aiosqlite's own cursor takes four: to be made, execute, fetch, close.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Iterable
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar, cast

import aiosqlite
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import StaticPool

Result = TypeVar("Result")
Work = Callable[[AsyncConnection], Awaitable[Result]]
Description = tuple[tuple[str | None, ...], ...]


class WholeCursor:
    """A cursor that has all rows once `execute` is over; what SQLAlchemy's adapter asks of a driver's cursor."""

    def __init__(self, connection: WholeConnection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.arraysize = 1
        self.description: Description | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> WholeCursor:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def execute(self, operation: str, parameters: Iterable[Any] = ()) -> WholeCursor:
        """Execute a statement and fetch what it gives; raises sqlite3.Error."""
        await self._connection.do(self._run, operation, parameters, many=False)
        return self

    async def executemany(self, operation: str, parameters: Iterable[Iterable[Any]]) -> WholeCursor:
        """Execute a statement for each row; raises sqlite3.Error."""
        await self._connection.do(self._run, operation, parameters, many=True)
        return self

    async def fetchall(self) -> list[Any]:
        """Return the rows."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Forget the rows."""
        self._rows = []

    def _run(self, connection: sqlite3.Connection, operation: str, parameters: Any, *, many: bool) -> None:
        # The cursor ends here, in the one thread that may touch it.
        cursor = connection.cursor()
        (cursor.executemany if many else cursor.execute)(operation, parameters)
        self.description = cursor.description
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        if cursor.description is not None:
            self._rows = cursor.fetchall()


class WholeConnection(aiosqlite.Connection):
    """A connection whose cursors do a whole statement at once."""

    async def do(self, work: Any, *args: Any, **named: Any) -> Any:
        """Do work with the connection in its thread."""
        # The one door to the thread; the public methods of the driver are made of it.
        return await self._execute(work, self._conn, *args, **named)  # type: ignore[no-untyped-call]

    async def run_whole(self, begin: str, work: Work[Result]) -> Result:
        """Run a transaction in the thread: `work` may await nothing but the statements that it gives."""
        return cast(Result, await self.do(self._run_whole, begin, work))

    def _run_whole(self, _: sqlite3.Connection, begin: str, work: Work[Result]) -> Result:
        with self._engine.connect() as connection:
            connection.exec_driver_sql(begin)
            found = _run_now(work(cast(AsyncConnection, _AtOnce(connection))))
            connection.commit()
            return found

    @cached_property
    def _engine(self) -> Engine:
        """The same connection, as SQLAlchemy uses one without an event loop."""
        return create_engine("sqlite://", creator=lambda: self._conn, poolclass=StaticPool)

    def cursor(self) -> WholeCursor:  # type: ignore[override]  # the adapter takes anything that it can enter
        """Return a cursor; nothing is asked of the thread yet."""
        return WholeCursor(self)


class _AtOnce:
    """Stands where functions expect an AsyncConnection: what they await is done at once, in this thread."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def execute(self, *args: Any) -> Any:
        """Execute a statement."""
        return self._connection.execute(*args)

    async def exec_driver_sql(self, *args: Any) -> Any:
        """Execute a statement in the database's own words."""
        return self._connection.exec_driver_sql(*args)

    async def scalar(self, *args: Any) -> Any:
        """Execute a statement and return the first value of its first row."""
        return self._connection.scalar(*args)


def _run_now(work: Awaitable[Result]) -> Result:
    """Run what never waits to its end; raises RuntimeError where it waits after all."""
    steps = work.__await__()
    try:
        next(steps)
    except StopIteration as ended:
        return cast(Result, ended.value)
    raise RuntimeError("a transaction that runs as a whole waited for something else than its statements")


async def connect(path: Path, *, wait: float) -> WholeConnection:
    """Open a database without transactions of the driver's own; `wait` seconds for a lock. Raises sqlite3.Error."""
    # With isolation_level None the driver leaves BEGIN to us; its own would come late and take no lock.
    connector = partial(sqlite3.connect, path, timeout=wait, isolation_level=None)
    connection = WholeConnection(connector, iter_chunk_size=64)
    # As SQLAlchemy does: a connection that nobody closed must not keep the process alive.
    connection._thread.daemon = True  # noqa: SLF001
    await connection
    return connection
