"""What passes through the doors: one record for each fetch, poll, gathering and message."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.alerts import Action, AlertKind
from bot.domain.cards import Card, Picture
from bot.domain.feed_news import NewFeedNews
from bot.domain.feeds import Entry, EntryKeys, NewArticle, Outcome, Validators
from bot.domain.groups import GroupState, TitleUse
from bot.domain.models import (
    ArticleId,
    ChannelId,
    DeliveryId,
    FeedId,
    Filters,
    Match,
    Mode,
    Place,
    Sensitivity,
    StoryId,
    TopicId,
    WorkspaceId,
)
from bot.domain.moves import Move
from bot.domain.pace import Pace
from bot.domain.troubles import Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRequest:
    """What to fetch, with what is known from the last time; `scope` is the one workspace that may see it, else None.

    `take_newest` is given the newest entries of a long document that was never read, before the rest of it is: what
    it was given is `skipped` in the reading that follows.
    """

    url: str
    validators: Validators = Validators()
    language: str | None = None
    scope: WorkspaceId | None = None
    take_newest: Callable[[Reading], Awaitable[None]] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of one fetch. `outcome` is NEW for a document that was read (its entries may all be known),
    NOT_MODIFIED, UNCHANGED (same body hash) or FAILED with a `reason` that a person understands.

    `retry_after` and `fresh_for` (how long the answer stays fresh) are the server's wishes, `asked` is the pause that
    the document asks for, `moved_to` where permanent redirects lead. `entries` stand in the feed's order, without the
    `skipped` ones that `validators.items` of the request told as read and the `left_out` ones beyond the most that is
    read; `keys` are their identities in the same order. `remaining` counts the bytes of a document of which these are
    the newest entries alone (see FeedRequest). `is_cut_off`: the document breaks off before its end.
    """

    outcome: Outcome
    reason: str = ""
    trouble: Trouble | None = None
    entries: tuple[Entry, ...] = ()
    keys: tuple[EntryKeys, ...] = ()
    skipped: int = 0
    left_out: int = 0
    remaining: int = 0
    title: str = ""
    language: str | None = None
    validators: Validators = Validators()
    retry_after: timedelta | None = None
    fresh_for: timedelta | None = None
    asked: timedelta | None = None
    moved_to: str | None = None
    is_cut_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredFeed:
    """A feed named in a file; its interval is taken as it stands, unless it `is_adaptive`: then its rhythm decides.

    `workspace` is the one that may see it, None for everyone; `secrets` are headers that carry its credentials.
    """

    url: str
    title: str
    language: str | None
    interval: timedelta
    is_adaptive: bool = False
    workspace: WorkspaceId | None = None
    secrets: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a feed says of a known article now; kept as a version of it where it is another than before."""

    article_id: ArticleId
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleVersion:
    """What an article said later than at first, in which feed and when that was seen."""

    article_id: ArticleId
    feed_id: FeedId
    at: datetime
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """Everything one poll changes, written in one transaction.

    `articles` become articles (or another sighting of the article that has the same canonical URL in the same scope by
    then); `known` are identities met again under new keys; `wordings` are what these entries say now, which is never
    news by itself. `news` of the feed itself is told once it is written. Of one that `is_part` the articles alone are
    written: it is the beginning of a first sight, and the feed stays unread until the whole is there. One that
    `is_quiet` found all as it was: of the feed's state nothing changes but when it was asked and when it will be.
    """

    feed_id: FeedId
    at: datetime
    outcome: Outcome
    reason: str
    title: str
    language: str | None
    validators: Validators
    failures: int
    next_check_at: datetime
    pace: Pace = Pace()
    trouble: Trouble | None = None
    news: tuple[NewFeedNews, ...] = ()
    move: Move = Move()
    articles: tuple[NewArticle, ...] = ()
    known: tuple[tuple[EntryKeys, ArticleId], ...] = ()
    wordings: tuple[Wording, ...] = ()
    is_part: bool = False
    is_quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownArticle:
    """What a feed brought before, as far as a re-published copy can be told by it."""

    id: ArticleId
    title: str
    url: str | None
    published_at: datetime
    is_held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRef:
    """A story that exists, or the n-th new one of this gathering."""

    id: StoryId | None = None
    new: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """An article's story; `development` is what it adds that the story had not said, in words."""

    article_id: ArticleId
    story: StoryRef
    development: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStory:
    """A story that begins with an article."""

    headline: str
    scope: WorkspaceId | None
    first_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAlert:
    """An alert and its delivery. `article_id` names the development's article where the kind is DEVELOPMENT."""

    story: StoryRef
    channel_id: ChannelId
    kind: AlertKind
    action: Action
    reason: str
    article_id: ArticleId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryState:
    """Where a story stands after a gathering; `origin_of` tells of articles which one each is a copy of, or itself."""

    story: StoryRef
    headline: str
    origins: int
    updated_at: datetime
    origin_of: tuple[tuple[ArticleId, ArticleId], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount:
    """A story whose origins are to be counted."""

    id: int
    story_id: StoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """Everything one gather changes, written in one transaction.

    The store skips an alert that would post a story to a channel a second time (its post or pending post exists), and
    an edit while one for the same story and channel is pending.
    """

    at: datetime
    articles: tuple[ArticleId, ...]
    matches: tuple[Match, ...]
    new_stories: tuple[NewStory, ...]
    placements: tuple[Placement, ...]
    states: tuple[StoryState, ...]
    alerts: tuple[NewAlert, ...]
    groups: tuple[tuple[StoryRef, GroupState], ...] = ()
    titles: tuple[TitleUse, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a channel already knows of a story: posted, or with a post under way."""

    story_id: StoryId
    channel_id: ChannelId


@dataclass(frozen=True, slots=True, kw_only=True)
class Watching:
    """How a channel watches a topic: all that can be chosen of a subscription."""

    mode: Mode = Mode.LIVE
    sensitivity: Sensitivity | None = None
    min_outlets: int = 1
    filters: Filters = Filters()
    mention: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of a subscription that can be taken back; `before` None: there was no subscription."""

    number: int
    topic_id: TopicId
    before: Watching | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A post of a story that waits its turn in a channel; `was_held` by quiet hours or the most an hour."""

    delivery_id: DeliveryId
    created_at: datetime
    was_held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message on its way. `unsure_since` is set where an earlier try may have been carried out: settle that first.

    `key` is the delivery's, and stands in the message's buttons or metadata, so that it can be found again. `mentions`
    are the platform's ids of the roles or user groups that a post calls; an edit calls nobody. A reply with `thread`
    belongs into the thread of that name on the message replied to, made with the first. `topics` name what a new story
    is about. `is_published`: an announcement channel hands the message on to its followers. A `picture` is a part of a
    new message; where the platform does not take it, the message comes without it.
    """

    key: str
    place: Place
    card: Card
    reply_to: str | None = None
    unsure_since: datetime | None = None
    mentions: tuple[str, ...] = ()
    thread: str | None = None
    topics: tuple[str, ...] = ()
    is_published: bool = False
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A platform's answer: the id of the message that shows a delivery, and the hash of what it shows."""

    delivery_id: DeliveryId
    message_id: str
    shown_hash: str
