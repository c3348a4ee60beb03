"""The invented stories never meet: what is counted as lost or twice is the program's doing, not theirs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.stories.grouping import Grouper, GroupItem
from tests.chaos.stories import find_key, tell_story

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MANY = 600


def test_every_story_is_a_group_of_its_own() -> None:
    grouper = Grouper()
    told = [tell_story(number) for number in range(MANY)]
    items = [
        GroupItem(
            title=story.title, text=story.text, language="en", published_at=at, seen_at=at, outlet="wire", scope=None
        )
        for number, story in enumerate(told)
        for at in [NOW + timedelta(seconds=number)]
    ]
    assert len(set(grouper.take(items).groups)) == MANY


def test_every_story_is_known_again_by_its_key() -> None:
    keys = [tell_story(number).key for number in range(MANY)]
    assert len(set(keys)) == MANY
    assert [find_key(f"*{tell_story(number).title}* and more") for number in range(MANY)] == keys


def test_no_word_is_in_two_stories() -> None:
    words = [word for n in range(MANY) for word in tell_story(n).title.split()[1:] + tell_story(n).text.lower().split()]
    assert len(set(words)) == len(words)
