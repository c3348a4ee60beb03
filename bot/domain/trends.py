"""A topic over time: what each day brought, what is usual, and the days that stand out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.models import StoryId, TopicId
from bot.domain.views import StoryLine


@dataclass(frozen=True, slots=True, kw_only=True)
class DayShare:
    """What one story brought on one day: `day` counts from the first day asked for, `articles` are those of that day.

    `origins` are the different texts among them: a copy of what another day brought first counts once that day.
    """

    day: int
    story_id: StoryId
    articles: int
    origins: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """A day of a topic. One that is not `is_watched` lies before the feeds were read: its numbers are no measure.

    One that is not `is_whole` goes on still.
    """

    day: date
    articles: int = 0
    stories: int = 0
    origins: int = 0
    is_watched: bool = True
    is_whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What a day of its kind usually brings: the middle of the days before, and how far they spread."""

    middle: float
    spread: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Spike:
    """A day with far more articles than usual: `score` is how many spreads above the middle, `share` how many of its
    articles are of the `story` that made it. `story` is None until it is looked up, and where nobody may see it.
    """

    day: date
    articles: int
    usual: Usual
    score: float
    story_id: StoryId
    share: int
    story: StoryLine | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendView:
    """A topic over some days as one workspace sees it, oldest day first; `usual` stands beside each day, None where too
    little is known. `stories` are all that the days tell of.
    """

    topic_id: TopicId
    name: str
    title: str
    days: tuple[DayCount, ...]
    usual: tuple[Usual | None, ...]
    spikes: tuple[Spike, ...]
    stories: frozenset[StoryId]

    @property
    def articles(self) -> int:
        """How many articles there were in all."""
        return sum(day.articles for day in self.days)

    @property
    def origins(self) -> int:
        """How many origins the days had, each day's added up."""
        return sum(day.origins for day in self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A topic that has brought nothing for `days` spans of 24 hours, of which `span` usually bring `usual` articles;
    `last_at` is the hour of its last article where that was looked up.
    """

    days: int
    span: int
    usual: float
    last_at: datetime | None = None
