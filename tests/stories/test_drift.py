"""Growth is watched: a story that slides to another subject closes, one that stays with its event does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.groups import OpenGroups
from bot.domain.models import StoryId
from bot.stories.centres import Centres, Core
from bot.stories.drift import STEP, has_drifted
from bot.stories.grouping import CLOSED, Grouper, GroupItem
from bot.stories.packing import pack, unpack
from tests.stories.invented import grow, item

COMMON = {"trade": 0.6, "deal": 0.6}
PACT = COMMON | {"mexico": 0.53}


def slide() -> list[GroupItem]:
    """Make articles of one virus: the first tell of one subject in many words, the last of another, by way of a few."""
    row = [f"{first}mond" for first in ("kar", "lis", "tov", "wen", "ruk", "sib", "dal", "pog")]
    first = [f"Zyxvirus {row[n % 8]} {row[(n + 1) % 8]} {row[(n + 3) % 8]}" for n in range(STEP)]
    bridge = ["Zyxvirus karmond brenskift olvaster"] * 3
    last = ["Zyxvirus brenskift olvaster ynderlag"] * STEP
    return [item(title, outlet=f"Outlet {n}", hours=n / 60) for n, title in enumerate(first + bridge + last)]


def test_a_story_whose_new_articles_are_like_the_old_has_not_drifted() -> None:
    centres = Centres("en")
    centre = grow(centres, 1, PACT, STEP)
    assert not has_drifted(centre)
    for _ in range(STEP):
        centres.add(centre, PACT, 0, 0, has_text=False)
        assert not has_drifted(centre)


def test_a_story_whose_new_articles_share_a_word_with_the_old_has_drifted_and_says_so_once_they_are_enough() -> None:
    centres = Centres("en")
    centre = grow(centres, 1, {"virus": 0.6, "airlines": 0.8}, STEP)
    assert not has_drifted(centre)
    told = []
    for _ in range(STEP):
        centres.add(centre, {"virus": 0.6, "stocks": 0.8}, 0, 0, has_text=False)
        told.append(has_drifted(centre))
    assert told == [False] * (STEP - 1) + [True]


def test_a_merge_is_no_drift() -> None:
    centres = Centres("en")
    one = grow(centres, 1, {"virus": 0.6, "airlines": 0.8}, STEP)
    assert not has_drifted(one)
    centres.join(one, grow(centres, 2, {"virus": 0.6, "stocks": 0.8}, STEP))
    assert not has_drifted(one)


def test_a_story_that_drifted_is_closed_and_what_comes_next_begins_another() -> None:
    grouper = Grouper()
    taken = grouper.take(slide())
    drifted = [group for group, state in taken.states if state.packed == CLOSED]
    assert drifted
    assert drifted[0] == taken.groups[0]
    assert set(drifted) <= taken.closed
    assert set(drifted).isdisjoint(grouper.open_groups)
    assert taken.groups[-1] not in drifted


def test_a_start_joins_nothing_to_a_story_that_drifted() -> None:
    first, _, second = slide()[-3:]
    taken = Grouper().take([first])
    ((_, state),) = taken.states
    for packed, joins in ((state.packed, True), (CLOSED, False)):
        again = Grouper()
        (kept,) = again.restore(OpenGroups(groups=((StoryId(1), replace(state, packed=packed)),)))
        assert (again.take([second]).groups == (kept,)) == joins


@pytest.mark.parametrize("core", [None, Core.of(grow(Centres("en"), 1, PACT, STEP))])
def test_what_a_story_was_is_kept_with_it(core: Core | None) -> None:
    centre = grow(Centres("zh"), 7, {"贸易": 0.5, "trade": 0.5}, 3)
    centre.core = core
    assert unpack(7, pack(centre)).core == core
    assert unpack(7, pack(centre)).terms == centre.terms


def test_what_a_story_was_is_made_anew_where_it_cannot_be_read() -> None:
    centre = grow(Centres("en"), 1, PACT, STEP)
    has_drifted(centre)
    assert centre.core is not None
    packed = pack(centre)
    for cut in range(1, 40, 7):
        assert unpack(1, packed[:-cut]).terms == centre.terms


def test_a_word_that_many_open_stories_hold_weighs_less() -> None:
    centres = Centres("en")
    before = centres.weigh({"zyxvirus": 1.0, "qwertair": 1.0})
    for number in range(30):
        grow(centres, number, {"zyxvirus": 1.0}, 1)
    after = centres.weigh({"zyxvirus": 1.0, "qwertair": 1.0})
    assert before["zyxvirus"] == before["qwertair"]
    assert after["zyxvirus"] < after["qwertair"] / 3
