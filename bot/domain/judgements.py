"""What pages tell about the bot itself: how often a topic was right, what was not delivered, how long telling takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.alerts import Action, AlertKind, DeliveryStatus
from bot.domain.models import DeliveryId, Place, StoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Of the stories that a workspace was `told` on a topic, how many somebody there called `wrong` by its button."""

    told: int
    wrong: int

    @property
    def precision(self) -> float | None:
        """The share that nobody called wrong, None where nothing was told."""
        return (self.told - self.wrong) / self.told if self.told else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """A delivery that waits or was given up, and why."""

    id: DeliveryId
    place: Place
    kind: AlertKind
    action: Action
    status: DeliveryStatus
    attempts: int
    reason: str
    created_at: datetime
    next_attempt_at: datetime
    story_id: StoryId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """How long lay between the decision to tell and the platform's answer, over `messages` posts of late."""

    messages: int
    middle: timedelta = timedelta()
    slowest_twentieth: timedelta = timedelta()
