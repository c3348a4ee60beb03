"""Small libraries and matchers for tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.domain.models import Clause, Topic, TopicId
from bot.domain.query import parse_query
from bot.topics.library import Library, TermGroup
from bot.topics.matcher import ArticleText, build_matcher, build_query_matcher

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LIBRARY = Library(
    groups={
        "us": TermGroup(name="us", by_language={"en": ("=US", "Washington"), "nl": ("=VS",), "zh-Hans": ("美国",)}),
        "china": TermGroup(name="china", by_language={"any": ("China",), "zh-Hans": ("中国",)}),
        "talks": TermGroup(name="talks", by_language={"en": ("trade talk*",), "nl": ("handels*overleg", "gesprek*")}),
    }
)


def topic(name: str, *clauses: tuple[str, float]) -> Topic:
    """Make a pack's topic."""
    return Topic(id=TopicId(name), name=name, title=name, clauses=tuple(Clause(query=q, score=s) for q, s in clauses))


def is_hit(query: str, title: str, text: str = "") -> bool:
    """Tell whether a query hits an article."""
    matcher = build_query_matcher(parse_query(query), LIBRARY, now=NOW)
    return matcher.matches(ArticleText(title=title, text=text))


def scores(topics: Sequence[Topic], text: ArticleText, library: Library = LIBRARY) -> dict[str, float]:
    """Return the score of every topic that a text reaches."""
    return {hit.topic_id: hit.score for hit in build_matcher(library, topics).match(text)}
