"""Mistakes shown where they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.pointing import SIDE, point_below, point_within
from bot.domain.errors import QueryError


@pytest.mark.parametrize(
    "text, column, below, within",
    [
        ("a AND )", 6, ("a AND )", "      ^"), "oh (at ▸ in: a AND ▸))"),
        ("a\tAND\n)", 6, ("a AND )", "      ^"), "oh (at ▸ in: a AND ▸))"),
        ("华为 )", 3, ("华为 )", "     ^"), "oh (at ▸ in: 华为 ▸))"),
        ("abc", 3, ("abc", "   ^"), "oh (at ▸ in: abc▸)"),
        ("abc", 99, ("abc", "   ^"), "oh (at ▸ in: abc▸)"),
        ("", 0, ("", "^"), "oh (at ▸ in: ▸)"),
    ],
)
def test_the_place_is_pointed_at(text: str, column: int, below: tuple[str, str], within: str) -> None:
    error = QueryError("oh", text=text, column=column)
    assert point_below(error) == (*below, "oh")
    assert point_within(error) == within


@given(st.text(), st.integers(-5, 3000))
def test_what_is_shown_stays_short_and_in_one_line(text: str, column: int) -> None:
    error = QueryError("oh", text=text, column=column)
    shown, caret, _ = point_below(error)
    assert len(shown) <= 2 * SIDE + 2
    assert len(caret) <= 2 * SIDE + 3
    assert len(f"{shown}{caret}{point_within(error)}".splitlines()) <= 1


def test_a_long_query_is_cut_around_the_mistake() -> None:
    shown, caret, _ = point_below(QueryError("oh", text="x" * 500 + ")" + "y" * 500, column=500))
    assert shown[caret.index("^")] == ")"
    assert shown.startswith("…")
    assert shown.endswith("…")
