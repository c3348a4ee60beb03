"""What is asked of the store about topics over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.models import ArticleId, StoryId, TopicId, WorkspaceId
from bot.domain.records import Recount
from bot.domain.trends import DayShare
from bot.domain.views import StoryLine


class TrendStore(Protocol):
    """Topics over time, and the origins that they count."""

    async def list_recounts(self, limit: int) -> list[Recount]:
        """List stories whose origins are to be counted, the longest waiting first: merged, parted, new to a topic."""

    async def save_origins(self, recount: Recount, origin_of: Mapping[ArticleId, ArticleId]) -> None:
        """Keep which article each of a story's is a copy of; asked for once more meanwhile, the story waits on."""

    async def list_day_shares(self, viewer: WorkspaceId, topic: TopicId, edges: Sequence[datetime]) -> list[DayShare]:
        """Count what each story of a topic brought between two edges and the next, as far as the viewer may see.

        Articles count at the instant they were published, and where they reach the topic's own sensitivity.
        """

    async def find_watched_since(self, viewer: WorkspaceId) -> datetime | None:
        """Tell when the first article was seen of all that the viewer may see; None where there is none."""

    async def list_story_lines(self, viewer: WorkspaceId, ids: Sequence[StoryId]) -> list[StoryLine]:
        """List stories in lines, leaving out those that the viewer may not see."""
