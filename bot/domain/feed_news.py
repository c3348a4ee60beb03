"""What people are to be told of feeds themselves: decided with a poll, written in its transaction, told once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from bot.domain.models import FeedId, WorkspaceId
from bot.domain.troubles import FeedEvent, Trouble

FeedNewsId = NewType("FeedNewsId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFeedNews:
    """News of a feed on its way to be told; `reason` in words."""

    what: FeedEvent
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedNews:
    """News of a feed that nobody was told yet. `users` are the workspaces that use it, EVERYONE among them or not."""

    id: FeedNewsId
    feed_id: FeedId
    title: str
    host: str
    what: FeedEvent
    reason: str
    trouble: Trouble | None
    at: datetime
    users: frozenset[WorkspaceId]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedStanding:
    """How many feeds are polled, how many of these fail now, and when a channel was last told of any."""

    polled: int
    failing: int
    last_told_at: datetime | None = None
