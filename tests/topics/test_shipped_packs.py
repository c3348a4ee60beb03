"""The shipped packs keep their own promises, and are tested as widely as they claim."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from bot.topics.examples import find_failed_examples
from bot.topics.library import Library, PackSource, load_library
from bot.topics.matcher import ArticleText
from tests.topics.making import scores

PACKS = sorted((Path(__file__).resolve().parents[2] / "config" / "topics").glob("*.toml"))
TOPICS = ("huawei", "zte", "trade-talks", "5g-bans")
LANGUAGES = ("en", "nl", "de", "zh")
FAR = "woord " * 100


@cache
def shipped() -> Library:
    """Load the packs as the program does."""
    return load_library([PackSource(path.name, path.read_text(encoding="utf-8")) for path in PACKS])


def test_every_example_comes_out_as_its_pack_says() -> None:
    assert [str(failed) for failed in find_failed_examples(shipped())] == []


def test_the_four_topics_are_shipped() -> None:
    assert {topic.name for topic in shipped().topics} >= set(TOPICS)


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_is_tried_eight_times_for_and_five_times_against(topic: str, language: str) -> None:
    found = Counter(
        e.is_expected for e in shipped().examples if e.topic_id == topic and e.language.split("-")[0] == language
    )
    assert found[True] >= 8
    assert found[False] >= 5


def test_no_example_is_told_twice() -> None:
    counts = Counter((e.topic_id, e.title) for e in shipped().examples)
    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("topic,name", [("huawei", "Huawei"), ("zte", "ZTE"), ("huawei", "华为"), ("zte", "中兴通讯")])
def test_a_company_named_in_the_body_alone_reaches_normal_sensitivity(topic: str, name: str) -> None:
    text = ArticleText(title="Beurs sluit hoger", text=f"{FAR} Ook {name} steeg. {FAR}")
    assert scores(shipped().topics, text, shipped())[topic] >= 0.6


def test_a_concept_strewn_over_a_long_body_does_not() -> None:
    body = f"{FAR} the US {FAR} China {FAR} a trade deal {FAR} Huawei {FAR} 5G {FAR} was banned {FAR}"
    found = scores(shipped().topics, ArticleText(title="Yearbook", text=body), shipped())
    assert found.get("trade-talks", 0) < 0.6
    assert found.get("5g-bans", 0) < 0.6
