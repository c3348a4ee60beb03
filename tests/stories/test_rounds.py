"""Rounds: which stories prove to be one, and which small ones belong to a grown one."""

from __future__ import annotations

import pytest

from bot.stories.centres import Centres
from bot.stories.rounds import merge_round
from tests.stories.invented import grow

COMMON = {"trade": 0.6, "deal": 0.6}
FILING = {"bankruptcy": 0.5, "chapter": 0.4}


def merge(centres: Centres, *, among: tuple[int, int] = (1, 2)) -> int:
    found, _ = merge_round(centres, [1], lambda one, other: {one.id, other.id} == set(among))
    return len(found)


@pytest.mark.parametrize("others, merges", [(0, 1), (20, 0)])
def test_grown_stories_merge_by_words_that_few_others_hold(others: int, merges: int) -> None:
    centres = Centres("en")
    for number in range(others):
        grow(centres, 10 + number, COMMON | {f"other{number}": 2.0}, 1)
    grow(centres, 1, COMMON | {"mexico": 0.3}, 6)
    grow(centres, 2, COMMON | {"beijing": 0.3}, 6)
    assert merge(centres) == merges


@pytest.mark.parametrize(
    "second, merges",
    [({"zyxfirm": 0.6}, 1), ({"qwertfirm": 0.6}, 0), ({"qwertfirm": 0.6, "zyxfirm": 0.3}, 1), ({}, 1)],
)
def test_grown_stories_do_not_merge_where_each_tells_of_another(second: dict[str, float], merges: int) -> None:
    centres = Centres("en")
    grow(centres, 1, FILING | {"zyxfirm": 0.6}, 6)
    grow(centres, 2, FILING | second, 6)
    assert merge(centres) == merges


@pytest.mark.parametrize(
    "second, merges", [({"festival": 0.7, "roundup": 0.7}, 0), ({"festival": 0.7, "film": 0.7}, 1)]
)
def test_a_small_story_does_not_merge_by_one_word_alone(second: dict[str, float], merges: int) -> None:
    centres = Centres("en")
    grow(centres, 1, {"festival": 0.7, "film": 0.4, "review": 0.5}, 3)
    grow(centres, 2, second, 2)
    assert merge(centres) == merges


@pytest.mark.parametrize(
    "beside, merges",
    [
        (None, 1),
        ({"zyxfirm": 0.3, "vault": 0.3, "choir": 0.9}, 0),  # another grown story is nearly as near
        ({"choir": 1.0}, 1),
    ],
)
def test_a_small_story_joins_the_one_that_leads_clearly(beside: dict[str, float] | None, merges: int) -> None:
    centres = Centres("en")
    for number in range(40):
        grow(centres, 10 + number, {f"other{number}": 1.0}, 1)
    grow(centres, 1, {"zyxfirm": 0.7, "vault": 0.3, "coins": 0.65}, 6)
    grow(centres, 2, {"zyxfirm": 0.2, "vault": 0.35, "oddity": 0.91}, 1)
    if beside is not None:
        grow(centres, 3, beside, 6)
    assert merge(centres) == merges


@pytest.mark.parametrize("small", [{"zyxfirm": 0.35, "oddity": 0.94}, {"vault": 0.2, "zyxfirm": 0.1, "oddity": 0.97}])
def test_one_shared_word_or_little_likeness_leads_nowhere(small: dict[str, float]) -> None:
    centres = Centres("en")
    grow(centres, 1, {"zyxfirm": 0.7, "vault": 0.3, "coins": 0.65}, 6)
    grow(centres, 2, small, 1)
    assert merge(centres) == 0


def test_words_of_all_the_news_lead_nowhere() -> None:
    centres = Centres("en")
    grow(centres, 1, {"trade": 0.7, "deal": 0.3, "beijing": 0.65}, 6)
    grow(centres, 2, {"trade": 0.2, "deal": 0.35, "jakarta": 0.91}, 1)
    assert merge(centres) == 1
    centres = Centres("en")
    for number in range(20):
        grow(centres, 10 + number, COMMON | {f"other{number}": 2.0}, 1)
    grow(centres, 1, {"trade": 0.7, "deal": 0.3, "beijing": 0.65}, 6)
    grow(centres, 2, {"trade": 0.2, "deal": 0.35, "jakarta": 0.91}, 1)
    assert merge(centres) == 0
