"""Hallmarks: the words that a story is of."""

from __future__ import annotations

import pytest

from bot.stories.hallmarks import have_different_hallmarks

FILING = {"bankruptcy": 0.5, "chapter": 0.4}


@pytest.mark.parametrize(
    "other, differ",
    [
        ({"qwertfirm": 0.6}, True),
        ({"zyxfirm": 0.6}, False),
        ({"qwertfirm": 0.6, "zyxfirm": 0.3}, False),  # it tells of both
        ({}, False),  # it names nobody
    ],
)
def test_each_must_be_of_what_the_other_lacks(other: dict[str, float], differ: bool) -> None:
    one = FILING | {"zyxfirm": 0.6}
    assert have_different_hallmarks(one, FILING | other) is differ
    assert have_different_hallmarks(FILING | other, one) is differ


def test_nothing_is_of_nothing() -> None:
    assert not have_different_hallmarks({}, {"zyxfirm": 1.0})
    assert not have_different_hallmarks({"zyxfirm": 1.0}, {})
