"""What a button carries comes back as it was, or is not made at all."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.cards import Call
from bot.platforms.discord.custom_ids import CALL_PATTERN, FORM_PATTERN, MAX_CUSTOM_ID, pack_call, pack_form, read_call

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
CALLS = st.builds(Call, command=WORDS, arguments=st.lists(st.tuples(WORDS, WORDS), max_size=3).map(tuple))


@settings(deadline=None)
@given(CALLS, st.just("-") | st.integers(0, 10**9).map(str))
def test_a_call_comes_back_as_it_was(call: Call, delivery: str) -> None:
    packed = pack_call(call, delivery)
    if packed is None:
        return
    found = re.fullmatch(CALL_PATTERN, packed, re.DOTALL)
    assert found is not None
    assert len(packed) <= MAX_CUSTOM_ID
    assert found["delivery"] == delivery
    assert read_call(found["command"], found["arguments"]) == call


@pytest.mark.parametrize(
    "call, packed",
    [
        (Call(command="story", arguments=(("story", "12"),)), "tw:7:story:story=12"),
        (Call(command="topic add"), "tw:7:topic%20add:"),
        (
            Call(command="search", arguments=(("query", "a=b & 华为: c%"),)),
            "tw:7:search:query=a%3Db%20%26%20华为%3A%20c%25",
        ),
        (Call(command="search", arguments=(("query", "x" * 90),)), None),
    ],
)
def test_a_call_is_written_short_or_not_at_all(call: Call, packed: str | None) -> None:
    assert pack_call(call, "7") == packed


def test_the_buttons_of_forms_are_told_from_those_of_calls() -> None:
    assert re.fullmatch(FORM_PATTERN, pack_form("k_1-x"))
    assert not re.fullmatch(CALL_PATTERN, pack_form("k_1-x"))
