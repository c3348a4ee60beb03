"""The frozen tree of a query, and its way back to text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.query.slips import LOWER, find_slip

OPERATORS = ("AND", "OR", "NOT", "NEAR")
QUOTES = '"“”„«»「」『』'
# What a word may hold without quotes; anything else, and what looks like an operator, field or sign, is quoted.
_BARE = re.compile(rf"(?![-=@+])[^\s(){QUOTES}:]+")


class Part(StrEnum):
    """A part of an article that a query may be held to; `body` is all but the title."""

    TITLE = "title"
    BODY = "body"


class SourceField(StrEnum):
    """Where an article is from."""

    LANGUAGE = "lang"
    OUTLET = "outlet"
    FEED = "feed"


class DateSide(StrEnum):
    """Which side of a day: `after` counts the day itself, `before` does not."""

    AFTER = "after"
    BEFORE = "before"


class _Node:
    __slots__ = ()

    def __str__(self) -> str:
        return format_query(self)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Term(_Node):
    """A word or phrase as written, single spaces, * for letters; `is_exact`: capitals count."""

    text: str
    is_exact: bool = False

    __str__ = _Node.__str__


@dataclass(frozen=True, slots=True)
class Group(_Node):
    """A named multilingual term group; `column` is where the query names it."""

    name: str
    column: int = field(default=0, compare=False, repr=False)

    __str__ = _Node.__str__


@dataclass(frozen=True, slots=True)
class And(_Node):
    """All parts hit."""

    parts: tuple[Query, ...]

    __str__ = _Node.__str__


@dataclass(frozen=True, slots=True)
class Or(_Node):
    """At least one part hits."""

    parts: tuple[Query, ...]

    __str__ = _Node.__str__


@dataclass(frozen=True, slots=True)
class Not(_Node):
    """The part does not hit."""

    part: Query

    __str__ = _Node.__str__


@dataclass(frozen=True, slots=True)
class Near(_Node):
    """Both hit within `distance` words of each other, in either order."""

    left: Query
    right: Query
    distance: int

    __str__ = _Node.__str__


@dataclass(frozen=True, slots=True)
class InPart(_Node):
    """The query hits within one part of the article."""

    where: Part
    part: Query

    __str__ = _Node.__str__


@dataclass(frozen=True, slots=True)
class Source(_Node):
    """The article is in this language, of this outlet or from this feed."""

    field: SourceField
    value: str

    __str__ = _Node.__str__


@dataclass(frozen=True, slots=True)
class Dated(_Node):
    """The article was published on this side of a day (UTC)."""

    side: DateSide
    day: date
    column: int = field(default=0, compare=False, repr=False)

    __str__ = _Node.__str__


@dataclass(frozen=True, slots=True)
class Since(_Node):
    """The article was published at most so long ago; `anchor` turns it into an instant that can be compared."""

    age: timedelta
    at: datetime | None = None
    column: int = field(default=0, compare=False, repr=False)

    __str__ = _Node.__str__


Query = Term | Group | And | Or | Not | Near | InPart | Source | Dated | Since


def join_all(parts: Iterable[Query]) -> Query:
    """Join by AND; nested ANDs become one, a single part stays itself."""
    flat = [p for part in parts for p in (part.parts if isinstance(part, And) else (part,))]
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def join_any(parts: Iterable[Query]) -> Query:
    """Join by OR; nested ORs become one, a single part stays itself."""
    flat = [p for part in parts for p in (part.parts if isinstance(part, Or) else (part,))]
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def children(query: Query) -> tuple[Query, ...]:
    """Return what a node is made of."""
    match query:
        case And(parts) | Or(parts):
            return parts
        case Not(part) | InPart(part=part):
            return (part,)
        case Near(left, right):
            return (left, right)
        case _:
            return ()


def walk(query: Query) -> Iterator[Query]:
    """Yield the query and everything in it, from left to right."""
    yield query
    for child in children(query):
        yield from walk(child)


def anchor(query: Query, now: datetime) -> Query:
    """Return the query with every `since:` counted back from now."""
    match query:
        case Since(age, _, column):
            return Since(age, now - age, column)
        case And(parts):
            return And(tuple(anchor(p, now) for p in parts))
        case Or(parts):
            return Or(tuple(anchor(p, now) for p in parts))
        case Not(part):
            return Not(anchor(part, now))
        case InPart(where, part):
            return InPart(where, anchor(part, now))
        case _:
            return query


def format_query(query: Query) -> str:
    """Write a query as text that `parse_query` reads as the same tree."""
    match query:
        case Term(text, is_exact):
            return ("=" if is_exact else "") + _quote(text)
        case Group(name):
            return f"@{name}"
        case And(parts):
            return " AND ".join(_wrap(p, Or) for p in parts)
        case Or(parts):
            return " OR ".join(format_query(p) for p in parts)
        case Not(part):
            return f"NOT {_wrap(part, Or, And)}"
        case Near(left, right, distance):
            return f"{_wrap(left, Or)} NEAR/{distance} {_wrap(right, Or)}"
        case InPart(where, part):
            return f"{where}:{_wrap(part, Or, And, Not, Near)}"
        case Source(kind, value):
            return f"{kind}:{_quote(value)}"
        case Dated(side, day):
            return f"{side}:{day.isoformat()}"
        case Since(age):
            return f"since:{_format_age(age)}"


def _wrap(query: Query, *loose: type[Query]) -> str:
    text = format_query(query)
    return f"({text})" if isinstance(query, loose) else text


def _quote(text: str) -> str:
    is_operator = text in OPERATORS or text in LOWER or text.startswith("NEAR/")
    is_bare = _BARE.fullmatch(text) and not is_operator and text[0] not in "'‘" and not find_slip(text, "")
    return text if is_bare else f'"{text}"'


def _format_age(age: timedelta) -> str:
    hours = int(age.total_seconds()) // 3600
    return f"{hours}h" if hours % 24 else f"{hours // 24}d"
