"""Timelines: what happened when, one line each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.models import StoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """A line of a timeline. `reason` is of a development; `more` counts the day's other stories."""

    at: datetime
    outlet: str
    title: str
    link: str | None
    language: str | None
    story_id: StoryId
    reason: str = ""
    outlets: int = 1
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Entries, oldest first. `is_whole`: nothing was left out to keep it short."""

    title: str
    entries: tuple[TimelineEntry, ...]
    is_whole: bool = True
