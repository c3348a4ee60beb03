"""The nouns: feeds speak entries; we keep articles; topics say why an article matters; articles gather into stories;
a story becomes an alert for a channel; an alert is delivered.

All instants are aware UTC and end in `_at`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.habits import QuietHours, ThreadHabit
from bot.domain.pace import Pace
from bot.domain.troubles import FeedEvent, Trouble

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


class Outcome(StrEnum):
    """How a poll ended, in one word."""

    NEW = "new"
    UNCHANGED = "unchanged"
    NOT_MODIFIED = "not_modified"
    FAILED = "failed"
    HELD = "held"


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
class Validators:
    """What the last document left to tell what is new: what its server gave to ask «changed since?» with, a hash of
    its body, and which items it held (`items`, as the fetcher packs them). Saved with the articles made of it alone.
    """

    etag: str | None = None
    last_modified: str | None = None
    body_hash: bytes | None = None
    items: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """An address that is polled, once however many use it.

    `first_polled_at` is None until the first good poll, whose articles are silent. `scope` is the one workspace that
    may see a feed with credentials, else None. Of one that `is_adaptive` the rhythm decides over the pause. `told_as`:
    the trouble that people were told it is in. `held`: how many of its articles wait for somebody's decision.
    """

    id: FeedId
    url: str
    title: str
    language: str | None
    interval: timedelta
    next_check_at: datetime
    validators: Validators = Validators()
    failures: int = 0
    first_polled_at: datetime | None = None
    last_success_at: datetime | None = None
    outcome: Outcome | None = None
    problem: str = ""
    is_declared: bool = False
    scope: WorkspaceId | None = None
    is_adaptive: bool = False
    pace: Pace = Pace()
    trouble: Trouble | None = None
    told_as: FeedEvent | None = None
    held: int = 0
    moved_to: str | None = None
    moved_times: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedUse:
    """A workspace that uses a feed."""

    workspace: WorkspaceId
    feed_id: FeedId


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed said of one item: plain text, links http or https and absolute, everything else untrusted."""

    guid: str | None
    link: str | None
    title: str
    text: str
    language: str | None = None
    outlet: str | None = None
    published_at: datetime | None = None
    image_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryKeys:
    """What an entry is known by: `guid` and `title_day` within one feed (hashed), `url` (canonical) across feeds."""

    guid: str | None
    url: str | None
    title_day: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """An unseen entry on its way to become an article; `is_silent` ones inform context, never an alert.

    `is_held`: the burst guard keeps it back until somebody decides.
    """

    keys: EntryKeys
    link: str | None
    outlet: str
    title: str
    text: str
    language: str | None
    published_at: datetime | None
    image_url: str | None
    is_silent: bool
    is_held: bool = False


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
