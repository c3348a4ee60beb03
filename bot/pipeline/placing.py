"""Place: articles -> groups of the open stories -> stories of the store; groups that prove to be one merge both.

A merge of two stories is a transaction of its own, before the batch that showed it: a kill between the two leaves the
stories merged and the batch waiting, and nothing is lost.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.errors import StoryNotFoundError
from bot.domain.groups import LONGEST_SPAN
from bot.domain.models import Article, StoryId
from bot.domain.splits import SplitId
from bot.pipeline.grouping import Grouping
from bot.ports import Store
from bot.stories.grouping import Grouped, GroupId, GroupItem

log = logging.getLogger(__name__)
MOST_FOLLOWED = 1_000


@dataclass(slots=True, kw_only=True)
class Placing:
    """The open groups and the stories that they are."""

    store: Store
    grouping: Grouping
    clock: Callable[[], datetime]
    _stories: dict[GroupId, StoryId] | None = None
    _into: dict[StoryId, StoryId] = field(default_factory=dict)
    _last_split: SplitId = SplitId(0)

    async def place(self, batch: Sequence[Article]) -> tuple[Grouped, int]:
        """Decide the group of each article; returns this with how many stories of the store merged."""
        await self._remember()
        await self._part()
        grouped = await self.grouping.take([GroupItem.of(article) for article in batch])
        return grouped, await self._merge(grouped)

    def find(self, group: GroupId) -> StoryId | None:
        """Find the story that a group is in the store."""
        story = (self._stories or {}).get(group)
        while story in self._into:
            story = self._into[story]
        return story

    def learn(self, made: Mapping[GroupId, StoryId], grouped: Grouped) -> None:
        """Note the stories that groups became, and forget the groups that closed."""
        if self._stories is None:
            return
        self._stories |= made
        for group in grouped.closed:
            self._stories.pop(group, None)
        if len(self._into) > MOST_FOLLOWED:
            followed = {group: self.find(group) for group in self._stories}
            self._stories = {group: story for group, story in followed.items() if story is not None}
            self._into = {}

    def forget(self) -> None:
        """Read everything anew the next time: what memory holds of a batch was not written."""
        self._stories = None
        self._into = {}
        self._last_split = SplitId(0)

    async def _remember(self) -> None:
        """Take over the open stories from the store where memory has none."""
        if self._stories is not None:
            return
        now = self.clock()
        kept = await self.store.list_open_groups(now)
        groups = await self.grouping.restore(kept)
        self._stories = {group: story for group, (story, _) in zip(groups, kept.groups, strict=True)}
        if not kept.groups:
            # A database of before groups were kept, or one where nothing came lately: then this finds nothing.
            known = await self.store.list_gathered_since(now - LONGEST_SPAN)
            self._stories = await self.grouping.recall([(story, GroupItem.of(article)) for story, article in known])

    async def _part(self) -> None:
        """Let the groups of stories that were taken apart since the last batch be apart as well.

        A start does so anew with all of the last days: what it took over may be of before.
        """
        splits = await self.store.list_splits_after(self._last_split, self.clock() - LONGEST_SPAN)
        if not splits or self._stories is None:
            return
        self._last_split = splits[-1].id
        apart = {story for split in splits for story in (split.story_id, split.parted_id)}
        groups = [group for group in self._stories if self.find(group) in apart]
        known: list[tuple[StoryId, GroupItem]] = []
        for story in await self.store.list_stories(sorted(apart)):
            known += [(story.id, GroupItem.of(article)) for article in await self.store.get_articles(story.articles)]
        made = await self.grouping.regroup((groups, known))
        self._stories = {group: story for group, story in self._stories.items() if group not in set(groups)} | made

    async def _merge(self, grouped: Grouped) -> int:
        """Let the stories of merged groups be one; a group that is no story yet becomes the other's."""
        stories = self._stories
        if stories is None:
            return 0
        merged = 0
        for merge in grouped.merges:
            kept, gone = self.find(merge.kept), self.find(merge.gone)
            if gone is None or kept == gone:
                continue
            if kept is None:
                stories[merge.kept] = gone
                continue
            merged += await self.join(kept, gone)
        return merged

    async def join(self, one: StoryId, other: StoryId) -> int:
        """Make two stories one in the store; returns 0 where they cannot be."""
        try:
            kept = await self.store.merge_stories(one, other, self.clock())
        except StoryNotFoundError as error:  # merged or deleted meanwhile: the groups are one all the same
            log.debug("stories %s and %s stay as they are: %s", one, other, error)
            return 0
        self._into[max(one, other)] = kept
        return 1
