"""Why a text reaches a topic or does not: for every clause what fired, and what was missing or in the way.

clause -> its parts, each held against the text -> true: the reasons; else what is there and what is missing
all clauses -> those that fired, best first; else the nearest: the fewest parts missing of those of which some are there
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.models import Clause, Reason, Topic
from bot.domain.query import And, InPart, Near, Not, Part, Query, Term, format_query, parse_term
from bot.domain.text import tokens
from bot.topics.aliases import Alias, find_aliases, list_terms, list_word_parts
from bot.topics.compile import Vocabulary
from bot.topics.evaluate import Found, Node, Scan
from bot.topics.library import Library
from bot.topics.matcher import read_reasons
from bot.topics.page import Hit
from bot.topics.rules import Rule
from bot.topics.texts import ArticleText

MOST_ALIKE = 3
MOST_WORDS = 200
"""Words of a text that are held against a topic's terms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseReading:
    """A clause held against a text. `score` 0: not true, for want of what `missing` names though `there` was found."""

    query: str
    score: float
    reasons: tuple[Reason, ...] = ()
    there: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def distance(self) -> tuple[float, ...]:
        """Sort what is nearest first: what fired by its score, then what is short of the fewest parts."""
        return (-self.score, not self.reasons and not self.there, len(self.missing), -len(self.there))


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicReading:
    """A topic held against a text. `masked` are wrong senses that the text holds, as it writes them.

    `alike` are words of a text that does not reach the topic, each like a term that would be a hit.
    """

    topic: Topic
    clauses: tuple[ClauseReading, ...]
    masked: tuple[str, ...] = ()
    alike: tuple[Alias, ...] = ()

    @property
    def score(self) -> float:
        """The best clause's."""
        return max((clause.score for clause in self.clauses), default=0.0)

    @property
    def is_match(self) -> bool:
        """Tell whether the topic's own sensitivity is reached."""
        return self.score >= self.topic.sensitivity.threshold

    def nearest(self) -> list[ClauseReading]:
        """Return the clauses, those that fired first and then those that are short of the least."""
        return sorted(self.clauses, key=lambda clause: clause.distance)


def explain_topic(topic: Topic, text: ArticleText, library: Library) -> TopicReading:
    """Hold a topic against a text; raises QueryError for a clause that cannot be read."""
    vocabulary = Vocabulary(library)
    masks = [vocabulary.term(parse_term(term)) for term in library.masks.get(topic.id, ())]
    queries = [library.read_topic_query(clause.query) for clause in topic.clauses]
    nodes = [vocabulary.node(query) for query in queries]
    page = vocabulary.finder().read(text)
    masked = tuple(hit for slot in masks for hit in page.hits(slot))
    held = _Held(vocabulary, Scan(page, masked=masked))
    readings = tuple(held.read(*made, topic=topic) for made in zip(topic.clauses, queries, nodes, strict=True))
    reading = TopicReading(topic=topic, clauses=readings, masked=tuple(_written(hit, held.scan) for hit in masked))
    nearest = min(range(len(readings)), key=lambda n: readings[n].distance)
    if reading.is_match or readings[nearest].score:
        return reading
    wanted = [part for part in list_parts(queries[nearest]) if not isinstance(part, Not) and held.find(part) is None]
    return replace(reading, alike=_find_alike(text, wanted, library))


def _written(hit: Hit, scan: Scan) -> str:
    section = scan.page.sections[hit.section]
    first, last = section.original_span(hit.start, hit.end)
    return section.plain[first:last]


def list_parts(query: Query) -> list[Query]:
    """Take a query apart into what must all be true of a text."""
    match query:
        case And(parts):
            return [small for part in parts for small in list_parts(part)]
        case InPart(where, And(parts)):
            return [small for part in parts for small in list_parts(InPart(where, part))]
        case InPart(where, Not(part)):
            return [Not(InPart(where, part))]
        case _:
            return [query]


@dataclass(frozen=True, slots=True)
class _Held:
    """A text that queries are held against."""

    vocabulary: Vocabulary
    scan: Scan

    def find(self, query: Query) -> Found | None:
        """Find a query in the text."""
        return self.vocabulary.node(query).find(self.scan)

    def read(self, clause: Clause, query: Query, node: Node, *, topic: Topic) -> ClauseReading:
        """Read a clause."""
        rule = Rule(topic=topic.id, node=node, score=clause.score, sources=())
        found = node.find(self.scan)
        if found is not None:
            reasons = read_reasons(self.scan.page, rule, found)
            return ClauseReading(query=clause.query, score=rule.weigh(found.strength), reasons=reasons)
        there: list[Reason] = []
        missing: list[str] = []
        for part in list_parts(query):
            found = self.find(part.part if isinstance(part, Not) else part)
            if isinstance(part, Not) and found is not None:
                missing.append(self._tell_in_the_way(part, found))
            elif found is not None and found.shown:
                there += read_reasons(self.scan.page, rule, found)
            elif found is None and not isinstance(part, Not):
                missing.append(f"{format_query(part)}{self._tell_elsewhere(part)}")
        return ClauseReading(query=clause.query, score=0.0, there=tuple(there), missing=tuple(missing))

    def _tell_in_the_way(self, part: Not, found: Found) -> str:
        told = f"{format_query(part.part)} is there, and must not be"
        written = [_written(shown.hit, self.scan) for shown in found.shown]
        is_plain = isinstance(part.part, Term) or not written
        return told if is_plain else f"{told}: {', '.join(f'“{one}”' for one in written)}"

    def _tell_elsewhere(self, part: Query) -> str:
        """Say that what is missing is there, but not where or not so close as the part asks."""
        match part:
            case InPart(where, inner) if self.find(inner) is not None:
                return f", which is there, but not in the {'title' if where is Part.TITLE else 'text'}"
            case InPart(where, Near() as near):
                return self._tell_elsewhere(near) if self.find(InPart(where, near.left)) else ""
            case Near(left, right, distance) if self.find(left) is not None and self.find(right) is not None:
                return f", which are there, but not within {distance} words"
            case _:
                return ""


def _find_alike(text: ArticleText, wanted: Sequence[Query], library: Library) -> tuple[Alias, ...]:
    """Find words of a text that are like a term which would do: a compound, an inflection, a slip."""
    words = list(dict.fromkeys(tokens(f"{text.title} {text.text}")))[:MOST_WORDS]
    terms = list(dict.fromkeys(term for query in wanted for term in list_terms(query, library)))
    parts = list_word_parts(terms, most=len(terms))
    return tuple(find_aliases([(word, 1) for word in words], parts, MOST_ALIKE))
