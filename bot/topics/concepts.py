"""The groups of terms that packs have, found in a text the same in every language."""

from __future__ import annotations

from collections.abc import Collection

from bot.domain.models import Clause, Topic, TopicId
from bot.topics.library import Library
from bot.topics.matcher import build_matcher
from bot.topics.texts import ArticleText


class ConceptFinder:
    """Finds which of the packs' groups a text holds, by their ids; `names` are those that packs name as names."""

    def __init__(self, library: Library) -> None:
        self.names = frozenset(library.names)
        self._matcher = build_matcher(
            library,
            [
                Topic(id=TopicId(group), name=group, title=group, clauses=(Clause(query=f"@{group}", score=1.0),))
                for group in library.groups
            ],
        )

    def __call__(self, text: str) -> Collection[str]:
        """Return the groups that the text holds."""
        return {str(hit.topic_id) for hit in self._matcher.match(ArticleText(title="", text=text))}
