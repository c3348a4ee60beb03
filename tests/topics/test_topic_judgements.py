"""The shipped topics against people's judgement: real texts, known here by their ids alone.

A line of topic_judgements.jsonl says whether a text belongs to a topic: random hits of the pack, drawn with a seed,
and texts beside them that it did not reach.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from bot.topics.matcher import ArticleText, build_matcher
from tests.shared_data import SHARED, needs_shared
from tests.topics.test_shipped_packs import TOPICS, shipped

JUDGEMENTS = Path(__file__).resolve().parents[1] / "data" / "topic_judgements.jsonl"
TEXTS = ("headlines_2018_2020.jsonl", "gnad10k_de.jsonl")
LEAST_PRECISION = {"huawei": 0.98, "zte": 0.98, "5g-bans": 0.95, "trade-talks": 0.96}
LEAST_REACHED = {"huawei": 0.98, "zte": 0.98, "5g-bans": 0.9, "trade-talks": 0.9}
"""Of the judged texts that belong to a topic; a third of those are near misses, so it is no recall of the whole."""


@cache
def judgements() -> Mapping[str, Mapping[str, bool]]:
    """Return by topic what was judged right (it belongs there) or wrong, by the text's id."""
    found: dict[str, dict[str, bool]] = {topic: {} for topic in TOPICS}
    for line in JUDGEMENTS.read_text(encoding="utf-8").splitlines():
        judged = json.loads(line)
        found[judged["topic"]][judged["id"]] = judged["right"]
    return found


def judged_texts() -> Iterator[tuple[str, ArticleText]]:
    """Read the texts that were judged."""
    wanted = {text_id for judged in judgements().values() for text_id in judged}
    for name in TEXTS:
        lines = (SHARED / "data" / "topics" / name).read_text(encoding="utf-8").splitlines()
        for text in map(json.loads, lines):
            if text["id"] in wanted:
                yield text["id"], ArticleText(title=text["title"], text=text["text"], language=text["lang"])


@cache
def reached() -> Mapping[str, frozenset[str]]:
    """Return by topic the judged texts that the pack reaches at the topic's own sensitivity."""
    topics = shipped().topics
    thresholds = {topic.id: topic.sensitivity.threshold for topic in topics}
    matcher = build_matcher(shipped(), topics)
    found: dict[str, set[str]] = {topic: set() for topic in TOPICS}
    for text_id, text in judged_texts():
        for hit in matcher.match(text):
            if hit.score >= thresholds[hit.topic_id]:
                found[hit.topic_id].add(text_id)
    return {topic: frozenset(ids) for topic, ids in found.items()}


@pytest.mark.parametrize("topic", TOPICS)
def test_a_hundred_hits_of_every_topic_were_read(topic: str) -> None:
    assert sum(judgements()[topic].values()) >= 95
    assert len(judgements()[topic]) >= 100


@needs_shared
@pytest.mark.parametrize("topic", TOPICS)
def test_what_a_topic_reaches_belongs_there(topic: str) -> None:
    judged = judgements()[topic]
    hits = [judged[text_id] for text_id in reached()[topic] & judged.keys()]
    assert len(hits) >= 90
    assert sum(hits) / len(hits) >= LEAST_PRECISION[topic]


@needs_shared
@pytest.mark.parametrize("topic", TOPICS)
def test_what_belongs_to_a_topic_is_still_reached(topic: str) -> None:
    right = {text_id for text_id, is_right in judgements()[topic].items() if is_right}
    assert len(right & reached()[topic]) / len(right) >= LEAST_REACHED[topic]


@needs_shared
@pytest.mark.parametrize("topic", ["huawei", "zte"])
def test_a_german_article_that_names_the_company_is_reached(topic: str) -> None:
    german = {text_id for text_id, is_right in judgements()[topic].items() if is_right and text_id.startswith("gnad-")}
    assert german
    assert german <= reached()[topic]
