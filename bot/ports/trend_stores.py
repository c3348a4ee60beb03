"""What is asked of the store about topics over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.models import StoryId, TopicId, WorkspaceId
from bot.domain.trends import DayShare
from bot.domain.views import StoryLine


class TrendStore(Protocol):
    """Topics over time."""

    async def list_day_shares(self, viewer: WorkspaceId, topic: TopicId, edges: Sequence[datetime]) -> list[DayShare]:
        """Count what each story of a topic brought between two edges and the next, as far as the viewer may see.

        Articles count at the instant they were published, and where they reach the topic's own sensitivity.
        """

    async def find_watched_since(self, viewer: WorkspaceId) -> datetime | None:
        """Tell when the first article was seen of all that the viewer may see; None where there is none."""

    async def list_story_lines(self, viewer: WorkspaceId, ids: Sequence[StoryId]) -> list[StoryLine]:
        """List stories in lines, leaving out those that the viewer may not see."""
