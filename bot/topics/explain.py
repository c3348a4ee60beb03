"""Why a text reaches a topic or does not: for every clause what fired, and what was missing or in the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.models import Reason, Topic
from bot.domain.query import And, InPart, Not, Query, format_query, parse_term
from bot.topics.compile import Vocabulary
from bot.topics.evaluate import Scan, Within
from bot.topics.library import Library
from bot.topics.matcher import read_reasons
from bot.topics.page import Hit
from bot.topics.rules import Rule
from bot.topics.texts import ArticleText


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseReading:
    """A clause held against a text. `score` 0: not true, for want of what `missing` names."""

    query: str
    score: float
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicReading:
    """A topic held against a text. `masked` are wrong senses that the text holds, as it writes them."""

    topic: Topic
    clauses: tuple[ClauseReading, ...]
    masked: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """The best clause's."""
        return max((clause.score for clause in self.clauses), default=0.0)

    @property
    def is_match(self) -> bool:
        """Tell whether the topic's own sensitivity is reached."""
        return self.score >= self.topic.sensitivity.threshold


def explain_topic(topic: Topic, text: ArticleText, library: Library) -> TopicReading:
    """Hold a topic against a text; raises QueryError for a clause that cannot be read."""
    vocabulary = Vocabulary(library)
    masks = [vocabulary.term(parse_term(term)) for term in library.masks.get(topic.id, ())]
    queries = [library.read_topic_query(clause.query) for clause in topic.clauses]
    nodes = [vocabulary.node(query) for query in queries]
    page = vocabulary.finder().read(text)
    masked = tuple(hit for slot in masks for hit in page.hits(slot))
    scan = Scan(page, masked=masked)
    readings = []
    for clause, query, node in zip(topic.clauses, queries, nodes, strict=True):
        found = node.find(scan)
        if found is None:
            missing = tuple(_find_missing(query, scan, vocabulary))
            readings.append(ClauseReading(query=clause.query, score=0.0, missing=missing))
            continue
        rule = Rule(topic=topic.id, node=node, score=clause.score, sources=())
        reasons = read_reasons(page, rule, found)
        readings.append(ClauseReading(query=clause.query, score=rule.weigh(found.strength), reasons=reasons))
    return TopicReading(topic=topic, clauses=tuple(readings), masked=tuple(_written(hit, scan) for hit in masked))


def _written(hit: Hit, scan: Scan) -> str:
    section = scan.page.sections[hit.section]
    first, last = section.original_span(hit.start, hit.end)
    return section.plain[first:last]


def _find_missing(query: Query, scan: Scan, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the smallest parts of an untrue query that make it so."""
    match query:
        case And(parts):
            for part in parts:
                if vocabulary.node(part).find(scan) is None:
                    yield from _find_missing(part, scan, vocabulary)
        case InPart(where, And(parts)):
            for part in parts:
                if Within(where, vocabulary.node(part)).find(scan) is None:
                    yield format_query(InPart(where, part))
        case Not(part):
            yield f"{format_query(part)} is there, and must not be"
        case _:
            yield format_query(query)
