"""Announcements that were posted and wait until the platform hands them on to the channel's followers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.models import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A message that is handed on from `due_at` on, if its channel still publishes then."""

    channel: Channel
    message_id: str
    due_at: datetime
