"""Chinese headlines that a person judged, by id: how many of the present pack's hits are right, and what it misses."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.topics.matcher import ArticleText, build_matcher
from tests.shared_data import SHARED, needs_shared
from tests.topics.test_shipped_packs import shipped

JUDGED = Path(__file__).resolve().parents[1] / "data" / "topic_judgements_zh.jsonl"
HEADLINES = SHARED / "data" / "topics" / "thucnews_zh.jsonl"
NORMAL = 0.6
LEAST_PRECISION = 0.9
"""Of the judged headlines that reach their topic, the share that belongs there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Whether a headline belongs to a topic; the headlines that do not were read because a word of theirs lures."""

    id: str
    topic: str
    is_right: bool


def judgements() -> list[Judgement]:
    """Read what was judged."""
    rows = (json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines())
    return [Judgement(id=row["id"], topic=row["topic"], is_right=row["verdict"] == "right") for row in rows]


@cache
def hits() -> frozenset[tuple[str, str]]:
    """Return (id, topic) of every headline that reaches a topic at normal sensitivity."""
    matcher = build_matcher(shipped(), shipped().topics)
    found = set()
    for line in HEADLINES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for hit in matcher.match(ArticleText(title=row["title"], text=row["text"], language="zh-Hans")):
            if hit.score >= NORMAL:
                found.add((row["id"], str(hit.topic_id)))
    return frozenset(found)


@needs_shared
def test_the_packs_hits_among_judged_chinese_headlines_are_right() -> None:
    reached = [j for j in judgements() if (j.id, j.topic) in hits()]
    assert sum(j.is_right for j in reached) >= LEAST_PRECISION * len(reached) > 0


@needs_shared
def test_no_judged_headline_that_belongs_is_missed() -> None:
    assert [j.id for j in judgements() if j.is_right and (j.id, j.topic) not in hits()] == []


@needs_shared
def test_every_hit_was_judged() -> None:
    assert hits() - {(j.id, j.topic) for j in judgements()} == set()
