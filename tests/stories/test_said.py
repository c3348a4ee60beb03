"""What a story has said is remembered once, and costs the same however often it is said."""

from __future__ import annotations

import random
from dataclasses import replace
from time import process_time

from bot.domain.models import Article, ArticleId
from bot.stories.context import find_no_names
from bot.stories.novelty import find_development, find_news
from bot.stories.said import Said
from tests.stories.invented import article

TALK = "minister order court parliament talks trade tariff firm shares contracts towns storm coast rail plant law"
WORDS = TALK.split(" ")


def _reports(count: int) -> list[Article]:
    rng = random.Random(5)
    return [
        article(f"Norland bans Huawei and {rng.randint(2, 300)} others", " ".join(rng.choices(WORDS, k=150)), number=n)
        for n in range(count)
    ]


def test_a_kept_memory_tells_what_reading_everything_anew_tells() -> None:
    reports = _reports(12)
    said = Said(find_no_names)
    for number, report in enumerate(reports):
        assert find_news(report, said) == find_development(report, reports[:number], find_no_names)
        said.take(report)


def test_an_article_is_taken_in_once_and_another_wording_of_it_too() -> None:
    said = Said(find_no_names)
    first = article("Fire kills 10 people")
    said.take(first)
    said.take(replace(first, title="Fire kills 12 people"))
    later = article("Fire kills 12 people", number=2)
    assert find_news(later, said) == "new: 12 people"
    said.hear(replace(first, title="Fire kills 12 people"))
    assert find_news(later, said) is None
    assert said.articles == {ArticleId(1)}


def _spend(count: int) -> float:
    reports = _reports(count)
    said = Said(find_no_names)
    began = process_time()
    for report in reports:
        find_news(report, said)
        said.take(report)
    return (process_time() - began) / count


def test_the_cost_of_an_article_does_not_grow_with_what_was_said() -> None:
    _spend(20)
    assert _spend(400) < 4 * _spend(50)
