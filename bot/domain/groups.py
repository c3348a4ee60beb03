"""What grouping keeps of the open stories between two starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.models import StoryId, WorkspaceId

WINDOW = timedelta(hours=72)
"""A story closes when nothing joined it for so long."""
LONGEST_SPAN = timedelta(days=7)
"""From its first article to its last no story is longer; titles are remembered as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupState:
    """What the articles of a story in one language are known by; `packed` is grouping's own affair."""

    scope: WorkspaceId | None
    language: str
    touched_at: datetime
    packed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleUse:
    """How often an outlet used a title, numbers and dates aside; the digest stands for both."""

    digest: int
    uses: int
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenGroups:
    """Everything that grouping begins with after a start: its stories in the order they began, and the titles."""

    groups: tuple[tuple[StoryId, GroupState], ...] = ()
    titles: tuple[TitleUse, ...] = ()
