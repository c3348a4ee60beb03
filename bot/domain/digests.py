"""The digest of a channel: when it comes and what of, what it tells, and what it leaves to trust in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NewType

from bot.domain.models import Channel, ChannelId, Filters, StoryId, TopicId

DigestId = NewType("DigestId", int)
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
USUAL_LENGTH = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPlan:
    """When a channel's digest comes (a wall time of its zone, weekdays from 0 for Monday) and what it is of.

    No `topics`: those that the channel gathers for its digest. `length` is the most stories. One that `is_silent` does
    not come where there is nothing to tell.
    """

    at: time
    weekdays: tuple[int, ...] = EVERY_DAY
    topics: tuple[TopicId, ...] = ()
    length: int = USUAL_LENGTH
    is_silent: bool = False

    @property
    def is_weekly(self) -> bool:
        """Whether it comes once a week."""
        return len(self.weekdays) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDigest:
    """A plan that was claimed because it may be due at `due_at`, or, with a `number`, a digest that somebody asked for.

    `due_at` None: a plan that is new or was changed, of which only the next time is to be found. `told_until` is the
    instant up to which earlier digests told.
    """

    channel: Channel
    plan: DigestPlan | None
    due_at: datetime | None
    lease_until: datetime
    told_until: datetime | None = None
    number: DigestId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedTopic:
    """A topic as a digest looks at it: what reaches `least`, passes the filters and is covered widely enough."""

    id: TopicId
    title: str
    least: float
    filters: Filters = Filters()
    outlets: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestStory:
    """A story in a digest: its first topic, what is new in it since then in words, and what came before it.

    `outlets` is 0 in digests that were written before they were kept.
    """

    id: StoryId
    topic: TopicId
    outlets: int = 0
    origins: int = 1
    developments: int = 0
    news: str = ""
    before: StoryId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSpike:
    """A day that stood out, and the story that made it."""

    day: date
    articles: int
    usual: float
    story: StoryId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestTopic:
    """A topic of a digest: articles of each of the last days, oldest first, the first `unknown` before any reading."""

    id: TopicId
    title: str
    days: tuple[int, ...] = ()
    unknown: int = 0
    spikes: tuple[DigestSpike, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assurance:
    """What silence rests on: feeds polled and failing, hours in which nothing was read, articles held back."""

    polled: int
    failing: int
    blind_hours: float
    held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What a digest tells of the time from `since` to `until`: stories best first, each under its topic.

    `due_at` is when one that comes late ought to have come. `day` is None for one that somebody asked for.
    """

    since: datetime
    until: datetime
    stories: tuple[DigestStory, ...]
    topics: tuple[DigestTopic, ...]
    assurance: Assurance
    length: int = USUAL_LENGTH
    day: date | None = None
    due_at: datetime | None = None
    is_weekly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDigest:
    """What came of a claimed digest: the text for its alert ("" tells nothing), and when the next is due.

    `day` None: it was asked for. With neither a text nor a day it was not due, and only the next is set.
    """

    claimed: DueDigest
    text: str = ""
    day: date | None = None
    until: datetime | None = None
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Catchup:
    """Up to when somebody has caught up in a channel."""

    channel_id: ChannelId
    actor: str
    until: datetime
