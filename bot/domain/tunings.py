"""What people change about topics: drafts that are tried before they are saved, and what a workspace taught a topic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.models import ArticleId, Match, Sensitivity, StoryId, TopicId, WorkspaceId

DraftId = NewType("DraftId", int)
TuningId = NewType("TuningId", int)
RematchId = NewType("RematchId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDraft:
    """A topic as somebody typed it; `topic_id` is the topic that it would change, None for one that would be new."""

    workspace: WorkspaceId
    topic_id: TopicId | None
    name: str
    query: str
    sensitivity: Sensitivity
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft(NewDraft):
    """A kept draft; `per_day` is how many articles a day it would match, once that was tried."""

    id: DraftId
    per_day: float | None = None


class TuningKind(StrEnum):
    """What was taught: MASK, a wrong sense of a topic's term, written as the mask of a pack."""

    MASK = "mask"


class TuningState(StrEnum):
    """Whether it counts: OFFERED was only shown to somebody, OFF was undone."""

    OFFERED = "offered"
    ON = "on"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTuning:
    """Something to teach, of a kind; `rule` is read by the kind, `story_id` is where it was learnt."""

    workspace: WorkspaceId
    kind: TuningKind
    rule: str
    topic_id: TopicId | None = None
    story_id: StoryId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning(NewTuning):
    """Something taught, by whom and when it came into its state."""

    id: TuningId
    state: TuningState
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TunedScore:
    """What an article scores for a topic in the one workspace whose tunings say otherwise."""

    article_id: ArticleId
    workspace: WorkspaceId
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rematch:
    """A topic that is to be matched anew with the archive; `is_overlay`: only what workspaces taught it has changed."""

    id: RematchId
    topic_id: TopicId
    is_overlay: bool
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveSize:
    """How many articles there are, and when the oldest of them was published (or seen, what came first)."""

    articles: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Who made or changed a topic, and when."""

    actor: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicHistory:
    """What is kept of a topic beside its query: who made it, who changed it last, and its hits of late."""

    made: Change | None
    changed: Change | None
    hits_week: int
    hits_month: int


def score_for(match: Match, workspace: WorkspaceId) -> float:
    """Return what a match scores in a workspace."""
    return next((score for tuned, score in match.tuned if tuned == workspace), match.score)
