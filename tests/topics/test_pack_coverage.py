"""How widely the shipped pack is tried: each topic in each of its languages, each time another case."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.domain.text import fold
from tests.topics.test_shipped_packs import TOPICS, shipped

MUST_AND_MUST_NOT = {
    "en": (15, 5),
    "nl": (15, 5),
    "de": (15, 5),
    "fr": (5, 3),
    "es": (5, 3),
    "it": (5, 3),
    "pt": (5, 3),
    "pl": (5, 3),
    "ru": (5, 3),
    "zh-Hans": (15, 5),
    "zh-Hant": (15, 5),
    "ja": (5, 3),
    "ko": (5, 3),
    "ar": (5, 3),
}


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("language", MUST_AND_MUST_NOT)
def test_a_topic_has_as_many_examples_as_its_language_asks(topic: str, language: str) -> None:
    cases = {fold(e.title): e for e in shipped().examples if e.topic_id == topic and e.language == language}
    found = Counter(example.is_expected for example in cases.values())
    must, must_not = MUST_AND_MUST_NOT[language]
    assert found[True] >= must
    assert found[False] >= must_not
