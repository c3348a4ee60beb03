"""Column types that keep our own values: instants, durations and scopes, the same on every database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, BindParameter, String, literal
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
PUBLIC = ""
"""How a scope or owner of None is kept: a NULL would escape unique constraints."""


def micros(value: datetime | None) -> int | None:
    """Return an instant as it is kept; raises ValueError for one without a zone."""
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError(f"{value!r} has no zone; hand in an aware instant")
    return (value - EPOCH) // MICROSECOND


def instant_from(kept: int) -> datetime:
    """Return the instant in UTC that is kept as so many microseconds."""
    return EPOCH + MICROSECOND * kept  # twice as fast as to make the duration first


def span_micros(value: timedelta | None) -> int | None:
    """Return a duration as it is kept."""
    return None if value is None else value // MICROSECOND


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept as microseconds since 1970 UTC: it sorts as it reads and fits an index."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Return the microseconds; raises ValueError for an instant without zone."""
        return micros(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Return the instant in UTC."""
        return None if value is None else instant_from(value)


class Span(TypeDecorator[timedelta]):
    """A duration in microseconds."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> int | None:
        """Return the microseconds."""
        return span_micros(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> timedelta | None:
        """Return the duration."""
        return None if value is None else MICROSECOND * value


class Scope(TypeDecorator[str]):
    """The workspace that a row belongs to, or None for everyone's."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str:
        """Return the workspace, or the mark of everyone's."""
        return PUBLIC if value is None else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the workspace or None."""
        return value or None


def instant(value: datetime) -> BindParameter[datetime]:
    """Bind an instant where no column beside it tells the type (inside a CASE or a function)."""
    return literal(value, Instant())
