"""The nouns: feeds speak entries; we keep articles; topics say why an article matters; articles gather into stories;
a story becomes an alert for a channel; an alert is delivered.

Feeds and entries are in `feeds`, alerts, deliveries and posts in `alerts`; what lies between, and every id, is here.
All instants are aware UTC and end in `_at`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.habits import QuietHours, ThreadHabit

FeedId = NewType("FeedId", int)
ArticleId = NewType("ArticleId", int)
TopicId = NewType("TopicId", str)
StoryId = NewType("StoryId", int)
ChannelId = NewType("ChannelId", int)
SubscriptionId = NewType("SubscriptionId", int)
DevelopmentId = NewType("DevelopmentId", int)
AlertId = NewType("AlertId", int)
DeliveryId = NewType("DeliveryId", int)
WorkspaceId = NewType("WorkspaceId", str)

EVERYONE = WorkspaceId("*")
"""The user of declared feeds: every workspace sees what they bring."""


class Sensitivity(StrEnum):
    """How sure a match must be."""

    STRICT = "strict"
    NORMAL = "normal"
    WIDE = "wide"

    @property
    def threshold(self) -> float:
        """The least score that counts, 0 to 1."""
        return {"strict": 0.9, "normal": 0.6, "wide": 0.3}[self.value]


class Mode(StrEnum):
    """Where a subscription's stories go."""

    LIVE = "live"
    DIGEST = "digest"
    BOTH = "both"

    @property
    def is_live(self) -> bool:
        return self is not Mode.DIGEST


class Where(StrEnum):
    """The part of an article that a term was found in."""

    TITLE = "title"
    LEAD = "lead"
    BODY = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A kept entry. `published_at` is `seen_at` where the feed gave no usable date."""

    id: ArticleId
    url: str | None
    link: str | None
    outlet: str
    title: str
    text: str
    language: str | None
    published_at: datetime
    seen_at: datetime
    feeds: tuple[FeedId, ...]
    scope: WorkspaceId | None = None
    image_url: str | None = None
    is_silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A query in the one language, and the score (0 to 1) of an article that it hits."""

    query: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What people watch. `owner` None: it comes from a pack and everyone may watch it.

    A pack's topic has its name as id; a workspace's topic is `name@workspace`.
    """

    id: TopicId
    name: str
    title: str
    clauses: tuple[Clause, ...]
    sensitivity: Sensitivity = Sensitivity.NORMAL
    owner: WorkspaceId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a clause hit: the term, its group, the part of the article, and a snippet with the hit at `hit` (start,
    end).
    """

    term: str
    group: str | None
    where: Where
    snippet: str
    hit: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An article that a topic's queries hit; `score` 0 to 1, best clause's; `tuned`: workspaces' own scores."""

    article_id: ArticleId
    topic_id: TopicId
    score: float
    reasons: tuple[Reason, ...]
    tuned: tuple[tuple[WorkspaceId, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Development:
    """Something new in a known story, with the reason in words ("new: 25 contracts; names ZTE")."""

    id: DevelopmentId
    story_id: StoryId
    article_id: ArticleId
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles that tell of one event; one that proved to be an older story is `merged_into` it and has none."""

    id: StoryId
    headline: str
    articles: tuple[ArticleId, ...]
    topics: tuple[TopicId, ...]
    origins: int
    first_seen_at: datetime
    updated_at: datetime
    developments: tuple[Development, ...] = ()
    scope: WorkspaceId | None = None
    merged_into: StoryId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where on which platform: `channel` is the platform's own id."""

    platform: str
    workspace: WorkspaceId
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A place that is told things, with its settings. `max_per_hour` None: as many as there are.

    `is_published`: what is posted in an announcement channel goes on to its followers.
    """

    id: ChannelId
    place: Place
    language: str = "en"
    zone: str = "UTC"
    quiet: QuietHours | None = None
    max_per_hour: int | None = None
    threads: ThreadHabit = ThreadHabit.THREAD
    is_published: bool = False
    is_ops: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What of a topic a subscription lets through; an empty list lets everything through.

    Languages are primary tags (nl). Outlets and words are compared folded, an outlet by containment.
    """

    languages: tuple[str, ...] = ()
    outlets_in: tuple[str, ...] = ()
    outlets_out: tuple[str, ...] = ()
    words_out: tuple[str, ...] = ()
    min_origins: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A channel watches a topic; `sensitivity` None: the topic's own. `mention` is the platform's id of a role."""

    id: SubscriptionId
    channel_id: ChannelId
    topic_id: TopicId
    mode: Mode = Mode.LIVE
    sensitivity: Sensitivity | None = None
    min_outlets: int = 1
    filters: Filters = Filters()
    mention: str | None = None
