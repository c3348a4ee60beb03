"""A query in words, for those who do not read queries."""

from __future__ import annotations

from bot.domain.query import And, Dated, Group, InPart, Near, Not, Or, Part, Query, Since, Source, SourceField, Term

_SOURCES = {
    SourceField.LANGUAGE: "the article is in the language {}",
    SourceField.OUTLET: "the outlet is {}",
    SourceField.FEED: "it came by the feed {}",
}
_PARTS = {Part.TITLE: "in the title: {}", Part.BODY: "in the text: {}"}


def describe(query: Query) -> str:
    """Say what a query looks for: «any of: “huawei”, “zte”; and a word that begins with “ban”; but not “football”»."""
    match query:
        case And(parts):
            wanted = [part for part in parts if not isinstance(part, Not)]
            unwanted = [part.part for part in parts if isinstance(part, Not)]
            told = "; and ".join(_within(part) for part in wanted)
            return told + "".join(f"; but not {_within(part)}" for part in unwanted)
        case Or(parts):
            return f"any of: {', '.join(_within(part) for part in parts)}"
        case Not(part):
            return f"not {_within(part)}"
        case Near(left, right, distance):
            return f"{_within(left)} within {distance} words of {_within(right)}"
        case _:
            return _one(query)


def _one(query: Query) -> str:
    match query:
        case Term():
            return _term(query)
        case Group(name):
            return f"a term of the group @{name}"
        case InPart(where, part):
            return _PARTS[where].format(_within(part))
        case Source(field, value):
            return _SOURCES[field].format(f"“{value}”")
        case Dated(side, day):
            return f"dated {side.value} {day.isoformat()}"
        case Since(age):
            return f"of the last {age}"
        case _:
            return describe(query)


def _within(query: Query) -> str:
    return f"({describe(query)})" if isinstance(query, And | Or | Near) else describe(query)


def _term(term: Term) -> str:
    text = term.text
    exact = ", with these capitals" if term.is_exact else ""
    inner = text.strip("*")
    if "*" in inner:
        return f"words like “{text}” (* stands for any letters){exact}"
    starts, ends = text.endswith("*"), text.startswith("*")
    how = {
        (True, True): "a word that holds ",
        (True, False): "a word that begins with ",
        (False, True): "a word that ends in ",
        (False, False): "",
    }
    return f"{how[starts, ends]}“{inner}”{exact}"
