"""What a viewer may see, read ready to be shown: pipeline/read builds these, alerts/cards and the web page show them.
What a viewer may see, read ready to be shown: pipeline/read builds these, alerts/cards and the web page show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.feeds import Outcome
from bot.domain.models import (
    ArticleId,
    DevelopmentId,
    FeedId,
    Filters,
    Mode,
    Reason,
    Sensitivity,
    StoryId,
    SubscriptionId,
    TopicId,
)
from bot.domain.pages import MachineText
from bot.domain.troubles import Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """An article in one line."""

    id: ArticleId
    title: str
    link: str | None
    outlet: str
    language: str | None
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """A story in one line; `first` is its first article as far as the viewer may see, `page` as in StoryView."""

    id: StoryId
    headline: str
    first: ArticleLine
    outlets: int
    topics: tuple[TopicId, ...]
    updated_at: datetime
    page: str | None = None

    @property
    def link(self) -> str | None:
        """Where its headline leads: to its page where it has one, else to its first report."""
        return self.page or self.first.link


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicWhy:
    """Why a story matters to a topic: the best match among its articles."""

    topic_id: TopicId
    name: str
    title: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DevelopmentLine:
    """A development with the article that brought it; of a changed article also what it said `before` and `after`."""

    id: DevelopmentId
    reason: str
    at: datetime
    article: ArticleLine
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """A story as one workspace sees it: coverage oldest first, context best first, `agencies` among its origins.

    `origin_of` numbers the origin of each report of the coverage; `page` is the address of the story's page, where it
    has one that people can open.
    """

    id: StoryId
    headline: str
    link: str | None
    summary: str
    language: str | None
    topics: tuple[TopicWhy, ...]
    coverage: tuple[ArticleLine, ...]
    outlets: int
    origins: int
    developments: tuple[DevelopmentLine, ...]
    context: tuple[StoryLine, ...]
    image_url: str | None
    first_seen_at: datetime
    updated_at: datetime
    agencies: tuple[str, ...] = ()
    machine: MachineText | None = None
    origin_of: tuple[int, ...] = ()
    page: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionLine:
    """A subscription as its channel sees it; `chosen` is the sensitivity asked for, None where it is the topic's."""

    id: SubscriptionId
    topic_id: TopicId
    topic_name: str
    mode: Mode
    sensitivity: Sensitivity
    min_outlets: int
    chosen: Sensitivity | None = None
    filters: Filters = Filters()
    mention: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLine:
    """A feed in one line of health; `host` never holds credentials or a query.

    `polls` counts how its polls ended; `held` are the articles that wait for somebody's decision.
    """

    id: FeedId
    title: str
    host: str
    language: str | None
    outcome: Outcome | None
    problem: str
    failures: int
    articles: int
    last_success_at: datetime | None
    next_check_at: datetime
    is_declared: bool
    trouble: Trouble | None = None
    held: int = 0
    polls: tuple[tuple[Outcome, int], ...] = ()

    @property
    def name(self) -> str:
        """What `feed:` is compared with: its title and its host."""
        return f"{self.title} {self.host}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView:
    """What `status` tells: counts within the viewer's sight, and the outbox as a whole."""

    feeds: int
    feeds_failing: int
    articles: int
    stories: int
    subscriptions: int
    deliveries_pending: int
    deliveries_failed: int
    ungathered: int
    oldest_pending_at: datetime | None
