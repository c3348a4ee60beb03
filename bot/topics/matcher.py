"""From an article's text to the topics that it reaches, each with its score and its reasons.

fold once -> one pass of the automaton -> edges -> only the clauses whose terms are there -> score by place
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.errors import QueryError
from bot.domain.models import Reason, Topic, TopicId, Where
from bot.domain.query import Query, Source, anchor, format_query, parse_term, walk
from bot.domain.text import shorten
from bot.topics.compile import Finder, Vocabulary
from bot.topics.evaluate import Found, Held, Hit, Node, Scan
from bot.topics.library import Library
from bot.topics.texts import ArticleText, read_sections

MAX_REASONS = 6
MAX_SNIPPET = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicHit:
    """A topic that a text reaches; `score` is the best clause's (0 to 1) times the weight of its weakest place."""

    topic_id: TopicId
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    """A clause made ready."""

    topic: int
    node: Node
    score: float
    sources: tuple[str, ...]


class Matcher:
    """Watches topics; immutable, built anew when topics change. `problems` names clauses that could not be read."""

    def __init__(self, library: Library, topics: Sequence[Topic]) -> None:
        self._topics = tuple(topic.id for topic in topics)
        self._vocabulary = Vocabulary(library)
        self._masks: dict[int, frozenset[int]] = {}
        self._rules: list[_Rule] = []
        problems: list[str] = []
        for index, topic in enumerate(topics):
            problems.extend(self._add(index, topic, library))
        self.problems = tuple(problems)
        self._by_term: dict[int, list[int]] = {}
        self._always: list[int] = []
        self._index_rules()
        self._finder: Finder = self._vocabulary.finder()

    def _add(self, index: int, topic: Topic, library: Library) -> Iterable[str]:
        for clause in topic.clauses:
            try:
                query = library.read_topic_query(clause.query)
            except QueryError as error:
                yield f"topic {topic.id}: the clause “{clause.query}” is passed over: {error.message}"
                continue
            self._rules.append(_Rule(index, self._vocabulary.node(query), clause.score, _sources(query)))
        masks = [self._vocabulary.term(parse_term(term)) for term in library.masks.get(topic.id, ())]
        if masks:
            self._masks[index] = frozenset().union(*masks)

    def _index_rules(self) -> None:
        for number, rule in enumerate(self._rules):
            triggers = rule.node.triggers()
            if triggers is None:
                self._always.append(number)
            else:
                for term in triggers:
                    self._by_term.setdefault(term, []).append(number)

    def match(self, text: ArticleText) -> list[TopicHit]:
        """Return every topic that any clause hits, best score first, whatever its sensitivity."""
        sections = read_sections(text)
        held = self._finder.find(sections)
        scan = Scan(text, sections, held)
        best: dict[int, tuple[float, Found, _Rule]] = {}
        scans: dict[int, Scan] = {}
        for number in self._candidates(held):
            rule = self._rules[number]
            if rule.topic in best and best[rule.topic][0] >= rule.score:
                continue
            if rule.topic not in scans:
                scans[rule.topic] = self._unmasked(scan, rule.topic)
            found = rule.node.find(scans[rule.topic])
            if found is None:
                continue
            score = rule.score * found.strength
            if rule.topic not in best or score > best[rule.topic][0]:
                best[rule.topic] = (score, found, rule)
        hits = [
            TopicHit(topic_id=self._topics[i], score=round(score, 3), reasons=self._reasons(scan, found, rule))
            for i, (score, found, rule) in best.items()
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.topic_id))

    def _candidates(self, held: Held) -> list[int]:
        numbers = {number for term in held for number in self._by_term.get(term, ())}
        return sorted(numbers.union(self._always)) if self._always else sorted(numbers)

    def _unmasked(self, scan: Scan, topic: int) -> Scan:
        """Leave out hits that stand where the topic's wrong senses do."""
        masks = self._masks.get(topic)
        spans = [hit for term in masks & scan.held.keys() for hit in scan.held[term]] if masks else []
        if not spans:
            return scan
        held = {t: kept for t, hits in scan.held.items() if (kept := [h for h in hits if not _overlaps(h, spans)])}
        return replace(scan, held=held)

    def _reasons(self, scan: Scan, found: Found, rule: _Rule) -> tuple[Reason, ...]:
        reasons: dict[tuple[str, Hit], Reason] = {}
        for term, group, hit in found.shown:
            written = self._vocabulary.written(term)
            snippet, span = scan.sections[hit.section].snippet(hit.start, hit.end)
            reason = Reason(term=written, group=group, where=scan.where(hit), snippet=snippet, hit=span)
            reasons.setdefault((written, hit), reason)
        if not reasons:
            title = shorten(scan.sections[0].plain, MAX_SNIPPET)
            return tuple(
                Reason(term=source, group=None, where=Where.TITLE, snippet=title, hit=(0, 0)) for source in rule.sources
            )
        return tuple(reasons.values())[:MAX_REASONS]


def _sources(query: Query) -> tuple[str, ...]:
    return tuple(format_query(node) for node in walk(query) if isinstance(node, Source))


def _overlaps(hit: Hit, spans: Iterable[Hit]) -> bool:
    return any(hit.section == s.section and hit.start < s.end and s.start < hit.end for s in spans)


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
        sections = read_sections(text)
        return self.node.find(Scan(text, sections, self.finder.find(sections))) is not None


def build_query_matcher(query: Query, library: Library, *, now: datetime) -> QueryMatcher:
    """Make one query ready; `since:` counts from now."""
    vocabulary = Vocabulary(library)
    node = vocabulary.node(anchor(query, now))
    return QueryMatcher(node, vocabulary.finder())


def matches(query: Query, text: ArticleText, library: Library, *, now: datetime) -> bool:
    """Tell whether a query hits one text; for many texts make it ready once with `build_query_matcher`."""
    return build_query_matcher(query, library, now=now).matches(text)


__all__ = ["ArticleText", "Matcher", "TopicHit", "build_matcher", "build_query_matcher", "matches"]
