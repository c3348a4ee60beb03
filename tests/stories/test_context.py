"""What happened before, and how many wrote it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from bot.domain.models import ArticleId, StoryId, TopicId
from bot.domain.views import ArticleLine, StoryLine
from bot.stories.context import rank_context
from bot.stories.origins import count_origins
from tests.stories.invented import AFFAIR, START


def story(number: int, headline: str, *, days_ago: int, language: str = "en") -> StoryLine:
    at = START - timedelta(days=days_ago)
    first = ArticleLine(
        id=ArticleId(number), title=headline, link=None, outlet="The Courant", language=language, published_at=at
    )
    topics = (TopicId("huawei"),)
    return StoryLine(id=StoryId(number), headline=headline, first=first, outlets=1, topics=topics, updated_at=at)


EARLIER = [
    story(1, "Storm Ada leaves homes without power", days_ago=1),
    story(2, "Huawei opens store in Velmark", days_ago=2),
    story(3, "Orlanda reviews Huawei in 5G core", days_ago=9),
    story(4, "华为回应奥兰达审查", days_ago=5, language="zh"),
]


def names(text: str) -> Collection[str]:
    return {"Huawei"} if "Huawei" in text or "华为" in text else ()


def test_the_stories_that_share_most_come_first_and_strangers_not_at_all() -> None:
    ranked = rank_context("Orlanda bars Huawei from its 5G core network", EARLIER, 3)
    assert [line.id for line in ranked] == [3, 2]


def test_names_bridge_languages() -> None:
    ranked = rank_context("Orlanda bars Huawei from its 5G core network", EARLIER, 3, names=names)
    assert [line.id for line in ranked] == [3, 2, 4]


def test_among_equals_the_later_story_comes_first() -> None:
    twins = [story(n, f"Huawei opens store in Velmark{mark}", days_ago=n) for n, mark in ((9, "."), (4, ""), (7, "!"))]
    assert [line.id for line in rank_context("Huawei sues", twins, 2)] == [4, 7]


def test_a_headline_that_comes_again_and_again_stands_once() -> None:
    offers = [story(n, "Huawei offers of the week", days_ago=n) for n in (3, 1, 2)]
    ranked = rank_context("Huawei offers a watch", [*offers, EARLIER[1]], 3)
    assert [line.id for line in ranked] == [1, EARLIER[1].id] or [line.id for line in ranked] == [EARLIER[1].id, 1]


def test_no_candidates_no_context() -> None:
    assert rank_context("Orlanda bars Huawei", [], 3) == []


def test_wire_copy_is_one_origin_even_when_shortened_or_introduced() -> None:
    wire = AFFAIR[0][3]
    assert count_origins([wire, wire, wire[: len(wire) * 3 // 4], f"By our own desk. {wire}"]) == 1


def test_own_reports_and_other_headlines_are_origins_of_their_own() -> None:
    assert count_origins([AFFAIR[0][3], AFFAIR[1][3], "Orlanda bars Huawei", "Huawei barred by Orlanda"]) == 4


def test_the_same_headline_twice_is_one_origin() -> None:
    assert count_origins(["Orlanda bars Huawei", "Orlanda Bars Huawei!"]) == 1


def test_nothing_has_no_origin() -> None:
    assert count_origins([]) == 0


def test_places_bridge_languages_and_count_less_than_names() -> None:
    earlier = [
        story(1, "Berlin prüft Huawei", days_ago=3, language="de"),
        story(2, "德国举行音乐节", days_ago=1, language="zh"),
        story(3, "奥兰达下雨", days_ago=2, language="zh"),
    ]
    ranked = rank_context("Germany weighs Huawei rules", earlier, 3, names=names)
    assert [line.id for line in ranked] == [1, 2]
