"""What every table is made with: one set of names for constraints, and the kinds of columns and indexes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, TextClause

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def numbered() -> Column[int]:
    """Make the column of a row's own number."""
    return Column("id", Integer, primary_key=True)


def partial(name: str, *columns: Column[Any], where: TextClause, unique: bool = False) -> None:
    """Index the rows for which `where` holds."""
    Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


def parent(name: str, target: str, *, nullable: bool = False) -> Column[int]:
    """Make a column that names a row of another table, with which this row goes."""
    return Column(name, ForeignKey(target, ondelete="CASCADE"), nullable=nullable)
