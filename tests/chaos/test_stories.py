"""The invented stories never meet: what is counted as lost or twice is the program's doing, not theirs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.stories.grouping import Grouper, GroupItem
from tests.chaos.stories import Told, find_key, grow_story, tell_story

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MANY = 600


def _item(story: Told, at: datetime) -> GroupItem:
    return GroupItem(
        title=story.title, text=story.text, language="en", published_at=at, seen_at=at, outlet="wire", scope=None
    )


def test_every_story_is_a_group_of_its_own() -> None:
    grouper = Grouper()
    told = [tell_story(number) for number in range(MANY)]
    items = [_item(story, NOW + timedelta(seconds=number)) for number, story in enumerate(told)]
    assert len(set(grouper.take(items).groups)) == MANY


def test_every_story_is_known_again_by_its_key() -> None:
    keys = [tell_story(number).key for number in range(MANY)]
    assert len(set(keys)) == MANY
    assert [find_key(f"*{tell_story(number).title}* and more") for number in range(MANY)] == keys


def test_a_later_report_is_of_its_story_and_adds_to_it() -> None:
    grouper = Grouper()
    told = [(number, story) for number in range(MANY // 4) for story in (tell_story(number), grow_story(number))]
    found = grouper.take([_item(story, NOW + timedelta(seconds=at)) for at, (_, story) in enumerate(told)]).groups
    of_number = {
        number: {group for group, (other, _) in zip(found, told, strict=True) if other == number} for number, _ in told
    }
    assert {len(groups) for groups in of_number.values()} == {1}
    assert len(set(found)) == MANY // 4
    assert all(find_key(grow_story(number).title) == tell_story(number).key for number in of_number)


def test_no_word_is_in_two_stories() -> None:
    words = [word for n in range(MANY) for word in tell_story(n).title.split()[1:] + tell_story(n).text.lower().split()]
    assert len(set(words)) == len(words)
