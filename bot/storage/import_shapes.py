"""What each line of an import must hold: whatever the program reads back later is looked at before it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.domain.errors import QueryError
from bot.domain.models import Mode, Sensitivity, Where
from bot.domain.query import parse_query

Check = Callable[[Any], bool]
FILTERS = ("languages", "outlets_in", "outlets_out", "words_out")
LARGEST = 2**63 - 1


def is_text(value: Any) -> bool:
    """Tell whether a value is text that the database can hold."""
    return isinstance(value, str) and "\x00" not in value and not _has_surrogate(value)


def is_number(value: Any) -> bool:
    """Tell whether a value is a whole number from 0."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)


def _is_text_or_none(value: Any) -> bool:
    return value is None or is_text(value)


def _is_name(value: Any) -> bool:
    return is_text(value) and bool(value.strip())


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _is_texts(value: Any) -> bool:
    return _is_list(value) and all(map(is_text, value))


def _is_numbers(value: Any) -> bool:
    return _is_list(value) and all(map(is_number, value))


def _is_instant(value: Any) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False


def _is_score(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _is_one_of(*words: str) -> Check:
    return lambda value: isinstance(value, str) and value in words


def _has(fields: Mapping[str, Check]) -> Check:
    """Make the check of a table that has these fields."""
    return lambda value: (
        isinstance(value, dict) and all(name in value and ok(value[name]) for name, ok in fields.items())
    )


def _list_of(check: Check) -> Check:
    return lambda value: _is_list(value) and all(map(check, value))


def _is_query(value: Any) -> bool:
    try:
        return is_text(value) and parse_query(value) is not None
    except QueryError:
        return False


def _is_reason(value: Any) -> bool:
    checks: Sequence[Check] = (is_text, _is_text_or_none, _is_one_of(*Where), is_text, is_number, is_number)
    return (
        _is_list(value) and len(value) == len(checks) and all(ok(part) for ok, part in zip(checks, value, strict=True))
    )


def _is_filters(value: Any) -> bool:
    if not isinstance(value, dict) or value.keys() - {*FILTERS, "min_origins"}:
        return False
    return all(_is_texts(value.get(name, [])) for name in FILTERS) and is_number(value.get("min_origins", 1))


_is_sensitivity = _is_one_of(*Sensitivity)
_is_clauses = _list_of(_has({"query": _is_query, "score": _is_score}))
_is_matches = _list_of(_has({"topic": is_text, "score": _is_score, "reasons": _list_of(_is_reason)}))
_is_developments = _list_of(_has({"article": is_number, "reason": is_text, "at": _is_instant}))

# What a value should be, how that is found out, and of which fields.
_ROWS: Mapping[str, Sequence[tuple[str, Check, str]]] = {
    "topicwire": [("a number", is_number, "format")],
    "topic": [
        ("a name", _is_name, "id name title"),
        (f"one of {', '.join(Sensitivity)}", _is_sensitivity, "sensitivity"),
        ("text or null", _is_text_or_none, "owner"),
        ("a list of queries that can be read, each with a score from 0 to 1,", _is_clauses, "clauses"),
    ],
    "article": [
        ("a number", is_number, "id"),
        ("text", is_text, "outlet title text"),
        ("text or null", _is_text_or_none, "url link language image_url scope"),
        ("an instant with a zone", _is_instant, "published_at seen_at"),
        ("a list of workspaces", _is_texts, "seen_by"),
        ("a list of topics, each with a score from 0 to 1 and reasons,", _is_matches, "matches"),
    ],
    "story": [
        ("a number", is_number, "id origins"),
        ("text", is_text, "headline"),
        ("text or null", _is_text_or_none, "scope"),
        ("an instant with a zone", _is_instant, "first_seen_at updated_at"),
        ("a list of numbers", _is_numbers, "articles"),
        ("a list of articles, each with a reason and an instant,", _is_developments, "developments"),
    ],
    "subscription": [
        ("a name", _is_name, "platform workspace channel topic"),
        (f"one of {', '.join(Mode)}", _is_one_of(*Mode), "mode"),
        (f"null or one of {', '.join(Sensitivity)}", lambda v: v is None or _is_sensitivity(v), "sensitivity"),
        ("text or null", _is_text_or_none, "mention"),
        ("a number", is_number, "min_outlets"),
        (f"a table with no more than {', '.join(FILTERS)} and min_origins", _is_filters, "filters"),
    ],
    "end": [("a number", is_number, "lines")],
}
SHAPES: Mapping[str, Mapping[str, tuple[Check, str]]] = {
    kind: {name: (check, said) for said, check, names in rows for name in names.split()} for kind, rows in _ROWS.items()
}
