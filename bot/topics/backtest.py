"""A topic tried on articles that are known: how many it would have hit, which, and by what words.

The counting is done slice by slice, so that a large archive holds nothing up; a topic that is changed is counted
beside the one that it was, which gives what is gained and what is lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.models import Article, ArticleId, FeedId, Reason, StoryId, Topic
from bot.topics.library import Library
from bot.topics.matcher import Matcher, TopicHit, build_matcher
from bot.topics.texts import ArticleText

WINDOW = timedelta(days=30)
MOST_EXAMPLES = 5
MOST_CONSIDERED = 40
"""How many of the newest hits examples are chosen among."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialHit:
    """An article that a topic hits, with its reasons; `at` is when it came."""

    id: ArticleId
    title: str
    link: str | None
    outlet: str
    language: str | None
    at: datetime
    score: float
    reasons: tuple[Reason, ...]
    story_id: StoryId | None = None

    @property
    def term(self) -> str:
        """The term that fired, as the query or pack writes it."""
        return self.reasons[0].term if self.reasons else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a topic would have hit since `since`: `looked_at` counts the articles that its words are in, or all.

    `archive` counts all articles of that time; `is_cut`: there were more than were looked at, `since` is then later.
    """

    since: datetime
    until: datetime
    archive: int
    looked_at: int
    hits: int
    busiest: tuple[date, int] | None
    examples: tuple[TrialHit, ...]
    terms: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    is_cut: bool = False

    @property
    def days(self) -> float:
        """Over how many days that is; a day at least, so that a young archive gives no wild rate."""
        return max((self.until - self.since) / DAY, 1.0)

    @property
    def per_day(self) -> float:
        """How many articles a day it would have hit."""
        return self.hits / self.days


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a change of a topic does: the hits gained and lost, counted, with examples of the newest."""

    gained: int
    lost: int
    gained_examples: tuple[TrialHit, ...]
    lost_examples: tuple[TrialHit, ...]


def came_at(article: Article) -> datetime:
    """Return when an article came: what a feed's first sight brings is as old as its date."""
    return min(article.published_at, article.seen_at)


@dataclass(slots=True)
class Tally:
    """The hits of one topic, counted while slices of the archive are judged, newest first."""

    topic: Topic
    matcher: Matcher
    hits: dict[ArticleId, TrialHit] = field(default_factory=dict)
    _days: Counter[date] = field(default_factory=Counter)
    _terms: Counter[str] = field(default_factory=Counter)
    _languages: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, topic: Topic, library: Library) -> Tally:
        """Make a topic ready to be tried."""
        return cls(topic, build_matcher(library, [topic]))

    def judge(self, articles: Sequence[Article], feeds: Mapping[FeedId, str]) -> None:
        """Count a slice; `feeds` are what feeds are called, by id."""
        for article in articles:
            hit = next(iter(self.matcher.match(ArticleText.of_article(article, feeds))), None)
            if hit is not None and hit.score >= self.topic.sensitivity.threshold:
                self._count(article, hit)

    def _count(self, article: Article, hit: TopicHit) -> None:
        at = came_at(article)
        self.hits[article.id] = TrialHit(
            id=article.id,
            title=article.title,
            link=article.link,
            outlet=article.outlet,
            language=article.language,
            at=at,
            score=hit.score,
            reasons=hit.reasons,
        )
        self._days[at.date()] += 1
        self._terms.update({reason.term for reason in hit.reasons})
        if article.language:
            self._languages[article.language.split("-", 1)[0]] += 1

    def result(self, *, since: datetime, until: datetime, archive: int, looked_at: int, is_cut: bool = False) -> Trial:
        """Say what was found."""
        return Trial(
            since=since,
            until=until,
            archive=archive,
            looked_at=looked_at,
            hits=len(self.hits),
            busiest=self._days.most_common(1)[0] if self._days else None,
            examples=choose_examples(list(self.hits.values())),
            terms=tuple(self._terms.most_common()),
            languages=tuple(self._languages.most_common()),
            is_cut=is_cut,
        )


def choose_examples(hits: Sequence[TrialHit], most: int = MOST_EXAMPLES) -> tuple[TrialHit, ...]:
    """Choose among the newest hits, each term and outlet in turn, so that every way to hit shows itself; newest first.

    The same title twice (a wire copy) says nothing new.
    """
    newest = sorted(hits, key=lambda hit: (hit.at, hit.id), reverse=True)[:MOST_CONSIDERED]
    by_title = {hit.title.casefold(): hit for hit in reversed(newest)}
    left = [hit for hit in newest if by_title[hit.title.casefold()] is hit]
    terms: Counter[str] = Counter()
    outlets: Counter[str] = Counter()
    chosen: list[TrialHit] = []
    while left and len(chosen) < most:
        best = min(left, key=lambda hit: (terms[hit.term], outlets[hit.outlet]))
        left.remove(best)
        chosen.append(best)
        terms[best.term] += 1
        outlets[best.outlet] += 1
    return tuple(sorted(chosen, key=lambda hit: (hit.at, hit.id), reverse=True))


def compare(before: Tally, after: Tally) -> Difference:
    """Tell what a topic gains and loses by a change."""
    gained = [hit for number, hit in after.hits.items() if number not in before.hits]
    lost = [hit for number, hit in before.hits.items() if number not in after.hits]
    return Difference(
        gained=len(gained),
        lost=len(lost),
        gained_examples=choose_examples(gained, 3),
        lost_examples=choose_examples(lost, 3),
    )
