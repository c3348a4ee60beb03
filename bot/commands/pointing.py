"""Mistakes in a query shown where they are: below the query for fixed width, within it for a form's single line."""

from __future__ import annotations

import re
import unicodedata

from bot.domain.errors import QueryError

SIDE = 40
_SPACE = re.compile(r"\s")


def point_below(error: QueryError) -> tuple[str, str, str]:
    """Return the query (cut where it is long), a line with a caret under the mistake, and the message."""
    before, after = _around(error)
    width = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in before)
    return f"{before}{after}".rstrip(), f"{' ' * width}^", error.message


def point_within(error: QueryError) -> str:
    """Return the message and the query with a mark before the mistake, in one line."""
    before, after = _around(error)
    return f"{error.message} (at ▸ in: {before}▸{after})"


def _around(error: QueryError) -> tuple[str, str]:
    """Cut the query in two at the mistake, every white space a plain one so that columns stay."""
    text = _SPACE.sub(" ", error.text)
    column = min(max(error.column, 0), len(text))
    before, after = text[:column], text[column:]
    head = f"…{before[-SIDE:]}" if len(before) > SIDE + 1 else before
    tail = f"{after[:SIDE]}…" if len(after) > SIDE + 1 else after
    return head, tail
