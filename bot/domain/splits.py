"""Stories that somebody took apart: «not the same story»."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from bot.domain.models import StoryId, WorkspaceId

SplitId = NewType("SplitId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """One taking apart: `parted_id` is the story that came of it; the two are never merged while it holds."""

    id: SplitId
    story_id: StoryId
    parted_id: StoryId
    workspace: WorkspaceId
    actor: str
    at: datetime
