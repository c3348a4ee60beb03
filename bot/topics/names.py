"""The names that packs know, found in a text the same in every language: 华为 and Huawei are one."""

from __future__ import annotations

from collections.abc import Collection

from bot.domain.models import Clause, Topic, TopicId
from bot.topics.library import Library
from bot.topics.matcher import build_matcher
from bot.topics.texts import ArticleText


class NameFinder:
    """Finds which of the groups that the packs name as names a text holds."""

    def __init__(self, library: Library) -> None:
        self._matcher = build_matcher(
            library,
            [
                Topic(id=TopicId(group), name=name, title=name, clauses=(Clause(query=f"@{group}", score=1.0),))
                for group, name in library.names.items()
            ],
        )
        self._names = library.names

    def __call__(self, text: str) -> Collection[str]:
        """Return what the groups that the text holds are called."""
        return {self._names[hit.topic_id] for hit in self._matcher.match(ArticleText(title="", text=text))}
