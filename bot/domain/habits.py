"""How a channel wants to be told things."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum


class ThreadHabit(StrEnum):
    """How a development is told: in a thread on the living message, as a reply to it, or only by its edit.

    Where a place has no threads, a reply stands in for one; where every reply is in a thread, a thread for it.
    """

    THREAD = "thread"
    REPLY = "reply"
    EDIT = "edit"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """Wall times in the channel's zone between which nothing new is posted; `until` may be on the next day."""

    since: time
    until: time
