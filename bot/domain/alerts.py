"""Alerts, their deliveries and the posts they leave: the decision to tell a place, the outbox, the living message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.models import AlertId, Channel, ChannelId, DeliveryId, DevelopmentId, StoryId


class AlertKind(StrEnum):
    """Why a place is told something."""

    NEW = "new"
    COVERAGE = "coverage"
    DEVELOPMENT = "development"
    ROLL_UP = "roll-up"
    DIGEST = "digest"
    HEALTH = "health"
    NOTICE = "notice"


class Action(StrEnum):
    """What a delivery does on the platform."""

    POST = "post"
    EDIT = "edit"
    REPLY = "reply"


class DeliveryStatus(StrEnum):
    """How far a delivery is. SENDING outlives a crash: its outcome is unknown until settled.

    FOLDED is told by a roll-up instead.
    """

    PENDING = "pending"
    SENDING = "sending"
    DONE = "done"
    FAILED = "failed"
    FOLDED = "folded"


class PostState(StrEnum):
    """Whether the living message is still there."""

    LIVE = "live"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """The decision to tell one place one thing; `development_id` where it is of a development."""

    id: AlertId
    story_id: StoryId | None
    channel_id: ChannelId
    kind: AlertKind
    reason: str
    created_at: datetime
    development_id: DevelopmentId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The outbox row of an alert. `first_tried_at` is set once a send began whose outcome is not known yet."""

    id: DeliveryId
    alert: Alert
    channel: Channel
    action: Action
    status: DeliveryStatus
    attempts: int
    next_attempt_at: datetime
    first_tried_at: datetime | None = None

    @property
    def key(self) -> str:
        """The name by which a platform knows it; a new database counts from 1 again, but not at the same second."""
        return f"{self.id}-{int(self.alert.created_at.timestamp()):x}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """The living message of a story in a channel; `shown_hash` is of the card it shows."""

    story_id: StoryId
    channel_id: ChannelId
    message_id: str
    shown_hash: str
    state: PostState
    posted_at: datetime
