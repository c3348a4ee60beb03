"""From an article's text to the topics that it reaches, each with its score and its reasons.

fold once -> one pass of the automaton -> edges -> only the clauses whose terms are there -> score by place
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot.domain.errors import QueryError
from bot.domain.models import Reason, Topic, TopicId, Where
from bot.domain.query import Query, Source, anchor, format_query, parse_term, walk
from bot.domain.text import shorten
from bot.topics.compile import Vocabulary
from bot.topics.evaluate import Found, Node, Scan, Shown
from bot.topics.library import Library
from bot.topics.page import Finder, Hit, Page
from bot.topics.rules import Rule, RuleIndex
from bot.topics.texts import ArticleText

MAX_REASONS = 6
MAX_SNIPPET = 200


class TopicHit(NamedTuple):
    """A topic that a text reaches; `score` is the best clause's (0 to 1) times the weight of its weakest place.

    Its reasons are found when they are asked for: a text may reach hundreds of topics.
    """

    topic_id: TopicId
    score: float
    why: Matches | None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The hits that made the best clause true, each with its place and a snippet."""
        return self.why.reasons(self.topic_id) if self.why is not None else ()


class Matches:
    """What a text reaches: `scores` by topic, in no order; to go through it gives hits, the best first."""

    __slots__ = ("_matcher", "_page", "scores")

    def __init__(self, scores: Mapping[TopicId, float], matcher: Matcher, page: Page) -> None:
        self.scores = scores
        self._matcher = matcher
        self._page = page

    def __len__(self) -> int:
        return len(self.scores)

    def __iter__(self) -> Iterator[TopicHit]:
        for topic_id, score in sorted(self.scores.items(), key=lambda pair: (-pair[1], pair[0])):
            yield TopicHit(topic_id, score, self)

    def reasons(self, topic_id: TopicId) -> tuple[Reason, ...]:
        """Find the reasons of a topic that the text reaches."""
        return self._matcher.explain(topic_id, self._page)


class Matcher:
    """Watches topics; immutable, built anew when topics change. `problems` names clauses that could not be read."""

    def __init__(self, library: Library, topics: Sequence[Topic]) -> None:
        vocabulary = Vocabulary(library)
        rules: list[Rule] = []
        problems: list[str] = []
        for topic in topics:
            problems.extend(_read_rules(topic, library, vocabulary, rules))
        masks = {
            topic.id: frozenset(vocabulary.term(parse_term(term)) for term in library.masks[topic.id])
            for topic in topics
            if library.masks.get(topic.id)
        }
        self.problems = tuple(problems)
        patterns = vocabulary.patterns
        self._index = RuleIndex(rules, masks, patterns)
        self._finder = Finder(patterns, self._index.followers)

    def match(self, text: ArticleText) -> Matches:
        """Return every topic that any clause hits, whatever its sensitivity."""
        page = self._finder.read(text)
        return Matches(self._index.reach(page), self, page)

    def explain(self, topic_id: TopicId, page: Page) -> tuple[Reason, ...]:
        """Find the reasons of a topic that a page reaches: those of its best clause."""
        found = list(self._index.find(topic_id, self._index.see(topic_id, page)))
        if len(found) == 1:
            return read_reasons(page, *found[0])
        best = max(found, key=lambda pair: pair[0].weigh(pair[1].strength), default=None)
        return read_reasons(page, *best) if best is not None else ()


def unexplained_hit(topic_id: TopicId, score: float) -> TopicHit:
    """Make a hit that has no reasons, such as that of a query which only names days."""
    return TopicHit(topic_id, score, None)


def _read_rules(topic: Topic, library: Library, vocabulary: Vocabulary, rules: list[Rule]) -> Iterable[str]:
    """Make the clauses of a topic ready; yields what is wrong with those that cannot be read."""
    for clause in topic.clauses:
        try:
            query = library.read_topic_query(clause.query)
        except QueryError as error:
            yield f"topic {topic.id}: the clause “{clause.query}” is passed over: {error.message}"
            continue
        rules.append(Rule(topic=topic.id, node=vocabulary.node(query), score=clause.score, sources=_sources(query)))


def _sources(query: Query) -> tuple[str, ...]:
    return tuple(format_query(node) for node in walk(query) if isinstance(node, Source))


def read_reasons(page: Page, rule: Rule, found: Found) -> tuple[Reason, ...]:
    """Write the reasons of a clause that is true of a page."""
    if not found.shown:
        title = shorten(page.sections[0].plain, MAX_SNIPPET)
        return tuple(Reason(term=s, group=None, where=Where.TITLE, snippet=title, hit=(0, 0)) for s in rule.sources)
    reasons: dict[tuple[str, Hit], Reason] = {}
    for shown in found.shown:
        reasons.setdefault((shown.name.term, shown.hit), _read_reason(page, shown))
    return tuple(reasons.values())[:MAX_REASONS]


def _read_reason(page: Page, shown: Shown) -> Reason:
    name, hit = shown
    snippet, span = page.sections[hit.section].snippet(hit.start, hit.end)
    return Reason(term=name.term, group=name.group, where=page.where(hit), snippet=snippet, hit=span)


def build_matcher(library: Library, topics: Sequence[Topic]) -> Matcher:
    """Make topics ready for matching, with the groups and masks of the packs."""
    return Matcher(library, topics)


@dataclass(frozen=True, slots=True)
class QueryMatcher:
    """One query made ready, for many texts."""

    node: Node
    finder: Finder

    def matches(self, text: ArticleText) -> bool:
        """Tell whether the query hits a text."""
        return self.node.find(Scan(self.finder.read(text))) is not None


def build_query_matcher(query: Query, library: Library, *, now: datetime) -> QueryMatcher:
    """Make one query ready; `since:` counts from now."""
    vocabulary = Vocabulary(library)
    node = vocabulary.node(anchor(query, now))
    return QueryMatcher(node, vocabulary.finder())


def matches(query: Query, text: ArticleText, library: Library, *, now: datetime) -> bool:
    """Tell whether a query hits one text; for many texts make it ready once with `build_query_matcher`."""
    return build_query_matcher(query, library, now=now).matches(text)


__all__ = ["ArticleText", "Matcher", "TopicHit", "build_matcher", "build_query_matcher", "matches"]
