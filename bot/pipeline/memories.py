"""What stories said and where it came from, kept in memory between gatherings, so that nothing is read twice.

Memory is only a quicker way to what the store holds: whatever is missing is taken in again from the articles.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, field

from bot.domain.models import Article, ArticleId, StoryId
from bot.stories.origins import Origins
from bot.stories.said import Names, Said

MOST_STORIES = 256


@dataclass(slots=True)
class StoryMemory:
    """What one story has said, and its origins; `kept` are the origins that the store has."""

    said: Said
    origins: Origins = field(default_factory=Origins)
    kept: dict[ArticleId, ArticleId] = field(default_factory=dict)

    def take(self, article: Article) -> None:
        """Take in an article, once."""
        self.said.take(article)
        self.origins.add(article)

    def take_new_origins(self) -> tuple[tuple[ArticleId, ArticleId], ...]:
        """Tell the origins that the store has not, or has otherwise; from now on it has them."""
        before, self.kept = self.kept, self.origins.list_firsts()
        return tuple((article, first) for article, first in self.kept.items() if before.get(article) != first)

    def keeps_to(self, articles: Collection[ArticleId]) -> bool:
        """Tell whether it holds nothing but these articles: a story may have been split, or an article deleted."""
        return self.said.articles.issubset(articles)


class Memories:
    """The memories of the stories touched last."""

    def __init__(self, most: int = MOST_STORIES) -> None:
        self._most = most
        self._kept: OrderedDict[StoryId, StoryMemory] = OrderedDict()

    def recall(self, story: StoryId, articles: Collection[ArticleId], names: Names) -> StoryMemory:
        """Return the memory of a story that has these articles; an empty one where there is none that fits."""
        memory = self._kept.get(story)
        if memory is None or not memory.keeps_to(articles):
            memory = StoryMemory(Said(names))
        self.keep(story, memory)
        return memory

    def keep(self, story: StoryId, memory: StoryMemory) -> None:
        """Keep a memory, and forget the one that was touched longest ago."""
        self._kept[story] = memory
        self._kept.move_to_end(story)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def amend(self, story: StoryId, wording: Article) -> None:
        """Let a story have said what an article says now."""
        if (memory := self._kept.get(story)) is not None:
            memory.said.hear(wording)

    def clear(self) -> None:
        """Forget everything: what was taken in last was not written."""
        self._kept.clear()
