"""Lists of values handed to the database in one parameter, so that a statement is one text however many they are.

A parameter for each value makes the statement's text anew for every number of them, which costs more than the search.
SQLite unpacks JSON; PostgreSQL would take an array (`= ANY(:values)`, `unnest`): both stand here and nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    TableValuedAlias,
    Text,
    UpdateBase,
    bindparam,
    func,
    select,
    tuple_,
)
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.ext.asyncio import AsyncConnection

Kept = int | str | bytes | None
"""What SQLite keeps."""


def among(what: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Tell whether a column holds one of the values that come as the parameter `name`, packed by `pack`.

    They are compared as they are kept, not as the column's type reads.
    """
    return what.in_(select(_unpacked(name).c.value))


def pairs_among(first: ColumnElement[Any], second: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Tell whether two columns together hold one of the pairs that come as the parameter `name`."""
    pair = _unpacked(name).c.value
    return tuple_(first, second).in_(select(func.json_extract(pair, "$[0]"), func.json_extract(pair, "$[1]")))


class Prepared:
    """A statement that SQLAlchemy writes once, for values and rows as the database keeps them.

    Its own way from a row to the driver, or back, costs five times as much as the row. `columns` are those that an
    insert without values of its own fills.
    """

    def __init__(self, statement: UpdateBase | Select[Any], columns: Sequence[str] | None = None) -> None:
        compiled = statement.compile(dialect=sqlite_dialect(), column_keys=columns)
        self._text = str(compiled)
        self._names: Sequence[str] = compiled.positiontup or ()
        self._constants: dict[str, Kept] = {name: value for name, value in compiled.params.items() if value is not None}

    async def run(self, db: AsyncConnection, rows: Iterable[dict[str, Kept]]) -> None:
        """Execute it for each row, which names a value for every parameter."""
        constants, names = self._constants, self._names
        if len(names) == 1:
            values = [(row[names[0]],) for row in rows]
        else:
            choose = itemgetter(*names)
            values = [choose(constants | row) for row in rows]
        await db.exec_driver_sql(self._text, values)

    async def fetch(self, db: AsyncConnection, values: dict[str, Kept]) -> Sequence[Any]:
        """Execute it for values that name every parameter, and return its rows."""
        whole = self._constants | values
        rows = await db.exec_driver_sql(self._text, tuple(whole[name] for name in self._names))
        return rows.all()


def pack(values: Iterable[int | str | Sequence[int | str | None]]) -> str:
    """Pack values, or rows of values, for a statement that takes them in one parameter."""
    return json.dumps(list(values))


def _unpacked(name: str) -> TableValuedAlias:
    return func.json_each(bindparam(name, type_=Text())).table_valued("value")
