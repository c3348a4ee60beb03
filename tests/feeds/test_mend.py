"""What is taken out of a document before it is parsed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.mend import mend

SPACES = st.tuples(st.sampled_from(" \t\r\n"), st.integers(0, 450)).map(lambda run: run[0] * run[1])
PIECES = st.lists(SPACES | st.text("a<>\u4e00", max_size=120), max_size=6).map("".join)


@given(PIECES)
def test_every_long_run_of_spaces_becomes_one_line_break(text: str) -> None:
    assert mend(f"<a>{text}</a>") == re.sub(r"[ \t\r\n]{200,}", "\n", f"<a>{text}</a>")


@pytest.mark.parametrize(
    "written, meant",
    [
        ("&#xD83D;&#xDE00; &#55357;&#56832;", "\U0001f600 \U0001f600"),
        ("&#xD83D; &#56832;&#55357;", "\ufffd \ufffd\ufffd"),
        ("&#55000;&#56000;", "\ud6d8\ufffd"),
    ],
)
def test_a_character_written_as_its_halves_is_read_as_one(written: str, meant: str) -> None:
    assert mend(f"<a>{written}</a>") == f"<a>{meant}</a>"
