"""The shipped topics are tried as widely as they claim in Russian, Chinese, Japanese, Korean and Arabic."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.topics.test_shipped_packs import TOPICS, shipped

LEAST = {"zh-Hans": (15, 5), "zh-Hant": (15, 5), "ru": (8, 5), "ja": (8, 5), "ko": (8, 5), "ar": (8, 5)}

GROUPS = (
    *("us", "china", "huawei", "huawei-people", "huawei-products", "huawei-context", "shopping", "zte", "telecom"),
    *("football", "us-china-talks", "talks", "trade-war", "tariffs", "conflict", "match", "network", "vendor", "ban"),
    *("ban-weak", "ban-named", "risk", "5g-noise"),
)


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("language", LEAST)
def test_every_topic_has_its_examples_for_and_against(topic: str, language: str) -> None:
    found = Counter(e.is_expected for e in shipped().examples if (e.topic_id, e.language) == (topic, language))
    must, must_not = LEAST[language]
    assert found[True] >= must
    assert found[False] >= must_not


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("language", LEAST)
def test_a_group_speaks_every_language_it_is_asked_in(group: str, language: str) -> None:
    assert shipped().groups[group].by_language.get(language)
