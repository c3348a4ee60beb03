"""Link: stories that a batch touched -> the story of the same event in another language, joined when that is sure."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.models import Article, StoryId
from bot.ports import Store
from bot.stories.links import APART, Likeness, Link, Sketch, find_link, sketch
from bot.topics.concepts import ConceptFinder
from bot.topics.library import Library

MOST_STORIES = 2_000
"""How many stories of topics are looked back at: of two days, the latest."""

Join = Callable[[StoryId, StoryId], Awaitable[int]]


@dataclass(slots=True, kw_only=True)
class Linking:
    """The stories of topics of the last two days, as they read in every language."""

    store: Store
    library: Library
    clock: Callable[[], datetime]
    join: Join
    _finder: ConceptFinder | None = None
    _sketches: dict[StoryId, Sketch] | None = field(default=None)

    async def link(self, grown: Mapping[StoryId, Sequence[Article]]) -> int:
        """Link stories of topics that grew, given with their articles; returns how many were joined to others."""
        if not grown:
            return 0
        sketches = await self._remember()
        links = await asyncio.to_thread(self._find, sketches, grown)
        joined = 0
        for found in links:
            if found.likeness is Likeness.SURE and await self.join(found.story, found.other):
                sketches.pop(max(found.story, found.other), None)
                joined += 1
            else:
                await self.store.save_link(found.story, found.other, found.score, self.clock())
        return joined

    def forget(self) -> None:
        """Read everything anew the next time."""
        self._sketches = None

    def _find(self, sketches: dict[StoryId, Sketch], grown: Mapping[StoryId, Sequence[Article]]) -> list[Link]:
        """Sketch what grew and look for its other halves; pure work, done off the event loop."""
        finder = self._finder or ConceptFinder(self.library)
        self._finder = finder
        since = self.clock() - APART
        for story in [story for story, drawn in sketches.items() if drawn.last_at < since]:
            del sketches[story]
        links: list[Link] = []
        taken: set[StoryId] = set()
        for story, articles in grown.items():
            drawn = sketches[story] = sketch(story, articles, finder, finder.names)
            found = find_link(drawn, list(sketches.values()))
            if found is not None and taken.isdisjoint((found.story, found.other)):
                taken.update((found.story, found.other))
                links.append(found)
        return links

    async def _remember(self) -> dict[StoryId, Sketch]:
        if self._sketches is None:
            finder = self._finder
            if finder is None:
                finder = await asyncio.to_thread(ConceptFinder, self.library)
            self._finder = finder
            recent = await self.store.list_scored_since(self.clock() - APART, MOST_STORIES)
            sketches: dict[StoryId, Sketch] = {}
            for story in await self.store.list_stories(recent):
                articles = await self.store.get_articles(story.articles)
                if articles:
                    sketches[story.id] = sketch(story.id, articles, finder, finder.names)
            self._sketches = sketches
        return self._sketches
