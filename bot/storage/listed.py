"""Lists of values handed to the database in one parameter, so that a statement is one text however many they are.

A parameter for each value makes the statement's text anew for every number of them, which costs more than the search.
SQLite unpacks JSON; PostgreSQL would take an array (`= ANY(:values)`, `unnest`): both stand here and nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, TableValuedAlias, Text, bindparam, func, select, tuple_
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as upsert


def among(what: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Tell whether a column holds one of the values that come as the parameter `name`, packed by `pack`.

    They are compared as they are kept, not as the column's type reads.
    """
    return what.in_(select(_unpacked(name).c.value))


def pairs_among(first: ColumnElement[Any], second: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Tell whether two columns together hold one of the pairs that come as the parameter `name`."""
    pair = _unpacked(name).c.value
    return tuple_(first, second).in_(select(func.json_extract(pair, "$[0]"), func.json_extract(pair, "$[1]")))


def insert_listed(table: Table, names: Sequence[str]) -> Insert:
    """Insert rows that come as the parameter `rows`; what is there already stays."""
    value = _unpacked("rows").c.value
    parts = (func.json_extract(value, f"$[{place}]") for place in range(len(names)))
    # A condition that always holds: without one, SQLite reads ON CONFLICT as the beginning of a join.
    rows = select(*parts).where(value.is_not(None))
    return upsert(table).from_select(names, rows).on_conflict_do_nothing()


def pack(values: Iterable[int | str | Sequence[int | str | None]]) -> str:
    """Pack values, or rows of values, for a statement that takes them in one parameter."""
    return json.dumps(list(values))


def _unpacked(name: str) -> TableValuedAlias:
    return func.json_each(bindparam(name, type_=Text())).table_valued("value")
