"""What is kept of the open stories: a run that goes on with it groups as one that never stopped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.groups import GroupState, OpenGroups, TitleUse
from bot.domain.models import StoryId
from bot.stories.grouping import Grouped, Grouper, GroupId, GroupItem
from tests.stories.invented import AFFAIR, COMING_TOGETHER, START, item


class Keeper:
    """Keeps what the store keeps, and puts a new grouper in the place of the old one when asked."""

    def __init__(self) -> None:
        self.grouper = Grouper()
        self.stories: dict[GroupId, StoryId] = {}
        self.states: dict[tuple[StoryId, str], GroupState] = {}
        self.titles: dict[int, TitleUse] = {}
        self.placed: list[StoryId] = []

    def take(self, items: Sequence[GroupItem]) -> None:
        grouped = self.grouper.take(items)
        for merge in grouped.merges:
            self._merge(merge.kept, merge.gone)
        for group in grouped.groups:
            self.placed.append(self.stories.setdefault(group, StoryId(len(self.stories) + len(self.placed) + 1)))
        self._keep(grouped)

    def _merge(self, kept: GroupId, gone: GroupId) -> None:
        one, other = self.stories.get(kept), self.stories.get(gone)
        if one is None or other is None:
            self.stories |= {group: story for group, story in ((kept, other or one),) if story is not None}
            return
        self.placed = [one if story == other else story for story in self.placed]
        self.states = {key: state for key, state in self.states.items() if key[0] != other}

    def _keep(self, grouped: Grouped) -> None:
        for group, state in grouped.states:
            if group in self.stories:
                self.states[self.stories[group], state.language] = state
        self.titles |= {title.digest: title for title in grouped.titles}

    def restart(self) -> None:
        self.grouper = Grouper()
        kept = OpenGroups(
            groups=tuple((story, state) for (story, _), state in sorted(self.states.items(), key=lambda kept: kept[0])),
            titles=tuple(self.titles.values()),
        )
        groups = self.grouper.restore(kept)
        self.stories = {group: story for group, (story, _) in zip(groups, kept.groups, strict=True)}

    def partition(self) -> set[frozenset[int]]:
        found: dict[StoryId, set[int]] = defaultdict(set)
        for index, story in enumerate(self.placed):
            found[story].add(index)
        return set(map(frozenset, found.values()))


STREAM = [
    item(title, text, language=language, hours=n / 12, outlet=f"Outlet {n % 7}")
    for n, (_, language, title, text) in enumerate(AFFAIR)
] + [item(title, hours=3 + n / 6, outlet=f"Outlet {n}") for n, title in enumerate(COMING_TOGETHER)]


def run(batches: Sequence[Sequence[GroupItem]], *, restarts: bool) -> Keeper:
    keeper = Keeper()
    for batch in batches:
        keeper.take(batch)
        if restarts:
            keeper.restart()
    return keeper


@settings(deadline=None, max_examples=30)
@given(st.permutations(range(len(STREAM))), st.lists(st.integers(1, len(STREAM) - 1), max_size=4))
def test_a_stream_with_restarts_groups_as_one_without(order: list[int], cuts: list[int]) -> None:
    times = [each.seen_at for each in STREAM]
    items = [replace(STREAM[i], seen_at=at, published_at=at) for i, at in zip(order, times, strict=True)]
    edges = sorted({0, len(items), *cuts})
    batches = [items[a:b] for a, b in pairwise(edges)]
    assert run(batches, restarts=True).partition() == run([items], restarts=False).partition()


def test_a_title_used_again_and_again_stays_a_template_over_a_restart() -> None:
    days = [item("Morning briefing", f"{word} and chips.", hours=24 * n) for n, word in enumerate(("Trains", "Chips"))]
    assert len(run([[day] for day in days], restarts=True).partition()) == 2


def test_a_story_that_grew_meets_the_others_again_after_a_restart() -> None:
    early = [item(title, hours=n / 6, outlet=f"Outlet {n}") for n, title in enumerate(COMING_TOGETHER)]
    late = [item("Storm Ada leaves 40,000 homes without power", hours=hours) for hours in (6.5, 13)]
    assert {frozenset(range(6)), frozenset({6, 7})} == run(
        [early, *([each] for each in late)], restarts=True
    ).partition()


def test_stories_that_merged_but_were_not_written_since_are_one_after_the_restart() -> None:
    grouper = Grouper()
    taken = grouper.take([item(title, outlet=f"Outlet {n}") for n, title in enumerate(COMING_TOGETHER[:2])])
    states = [state for _, state in taken.states]
    again = Grouper()
    one, other = again.restore(OpenGroups(groups=tuple((StoryId(7), state) for state in states)))
    assert one == other
    assert again.take([item(COMING_TOGETHER[4], hours=1)]).groups == (one,)


@pytest.mark.parametrize("packed", [b"", b"nothing of ours", bytes(60)])
def test_a_state_that_cannot_be_read_is_a_story_without_words(packed: bytes) -> None:
    state = GroupState(scope=None, language="en", touched_at=START, packed=packed)
    grouper = Grouper()
    (group,) = grouper.restore(OpenGroups(groups=((StoryId(1), state),)))
    assert grouper.take([item(COMING_TOGETHER[0])]).groups != (group,)
    assert group in grouper.take([item("Storm", hours=80)]).closed


def test_what_is_kept_of_a_story_does_not_grow_with_it() -> None:
    grouper = Grouper()
    sizes = []
    for n in range(300):
        words = " ".join(f"word{n * 7 % 500}x{k}" for k in range(30))
        taken = grouper.take([item(COMING_TOGETHER[2], words, outlet=f"O{n}", hours=n / 60)])
        sizes += [len(state.packed) for _, state in taken.states]
    assert max(sizes) < 4_000
