"""How a channel wants to be told things."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum


class ThreadHabit(StrEnum):
    """How a development is told: as a reply to the living message, or only by its edit."""

    REPLY = "reply"
    EDIT = "edit"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """Wall times in the channel's zone between which nothing new is posted; `until` may be on the next day."""

    since: time
    until: time
