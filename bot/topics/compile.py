"""Queries to nodes: each term numbered once however many queries name it, each core sought once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time

from bot.domain.query import (
    And,
    Dated,
    DateSide,
    Group,
    InPart,
    Near,
    Not,
    Or,
    Query,
    Since,
    Source,
    Term,
    parse_term,
)
from bot.domain.text import tokens
from bot.topics.automaton import Automaton
from bot.topics.evaluate import (
    AllOf,
    AnyOf,
    AnyTerm,
    CloseBy,
    FromSource,
    Held,
    Hit,
    Node,
    Published,
    Within,
    Without,
)
from bot.topics.library import Library
from bot.topics.terms import PLAIN_EDGES, PLAIN_LETTERS, Pattern, read_patterns
from bot.topics.texts import Section


class Vocabulary:
    """The terms of all queries made ready, by number."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._numbers: dict[Term, frozenset[int]] = {}
        self._groups: dict[str, AnyTerm] = {}
        self._patterns: list[Pattern] = []
        self._written: list[str] = []

    def term(self, term: Term) -> frozenset[int]:
        """Number a term's spellings."""
        numbers = self._numbers.get(term)
        if numbers is None:
            first = len(self._patterns)
            self._patterns.extend(read_patterns(term))
            written = f"={term.text}" if term.is_exact else term.text
            self._written.extend([written] * (len(self._patterns) - first))
            numbers = self._numbers[term] = frozenset(range(first, len(self._patterns)))
        return numbers

    def group(self, name: str) -> AnyTerm:
        """Make a group ready; a KeyError where the library has none of this name."""
        node = self._groups.get(name)
        if node is None:
            terms = (self.term(parse_term(t)) for t in self._library.groups[name].terms)
            node = self._groups[name] = AnyTerm(frozenset().union(*terms), name)
        return node

    def written(self, number: int) -> str:
        """Return a term as its query or pack writes it."""
        return self._written[number]

    def node(self, query: Query) -> Node:
        """Make a query ready."""
        match query:
            case Term():
                return AnyTerm(self.term(query))
            case Group(name):
                return self.group(name)
            case And(parts):
                return AllOf(tuple(self.node(part) for part in parts))
            case Or(parts):
                return AnyOf(tuple(self.node(part) for part in parts))
            case Not(part):
                return Without(self.node(part))
            case Near(left, right, distance):
                return CloseBy(self._side(left), self._side(right), distance)
            case InPart(where, part):
                return Within(where, self.node(part))
            case Source(field, value):
                return FromSource(field, value, tuple(tokens(value)))
            case Dated(side, day):
                return Published(side, datetime.combine(day, time.min, UTC))
            case Since(age, at):
                if at is None:
                    raise ValueError(f"since: {age} must be anchored to an instant before it is matched")
                return Published(DateSide.AFTER, at)

    def _side(self, query: Query) -> tuple[AnyTerm, ...]:
        parts = query.parts if isinstance(query, Or) else (query,)
        return tuple(self.group(p.name) if isinstance(p, Group) else AnyTerm(self.term(_as_term(p))) for p in parts)

    def finder(self) -> Finder:
        """Build the automaton over everything numbered so far."""
        return Finder(self._patterns)


def _as_term(query: Query) -> Term:
    if not isinstance(query, Term):
        raise TypeError(f"NEAR cannot hold {query}")
    return query


class Finder:
    """Finds all terms of a vocabulary in a text: one pass for candidates, then their edges."""

    def __init__(self, patterns: list[Pattern]) -> None:
        by_core: dict[str, list[int]] = {}
        for number, pattern in enumerate(patterns):
            by_core.setdefault(pattern.core, []).append(number)
        self._checks = [
            (len(core), tuple((number, patterns[number].is_whole_word, patterns[number].verify) for number in numbers))
            for core, numbers in by_core.items()
        ]
        self._automaton = Automaton(by_core)

    def find(self, sections: tuple[Section, Section]) -> Held:
        """Return every hit by term, in reading order."""
        held: dict[int, list[Hit]] = {}
        for index, section in enumerate(sections):
            for number, start, end in self._find_in(section):
                held.setdefault(number, []).append(Hit(index, start, end))
        return held

    def _find_in(self, section: Section) -> Iterator[tuple[int, int, int]]:
        """Yield (term, start, end); the commonest edges are settled here, without a call."""
        folded = section.folded
        checks = self._checks
        for last, core in self._automaton.find(folded):
            length, terms = checks[core]
            start, end = last + 1 - length, last + 1
            before, after = folded[start - 1], folded[end]
            is_open = before in PLAIN_EDGES and after in PLAIN_EDGES
            is_shut = before in PLAIN_LETTERS or after in PLAIN_LETTERS
            for number, is_whole_word, verify in terms:
                if is_whole_word and is_open:
                    yield number, start, end
                elif not (is_whole_word and is_shut) and (span := verify(section, start, end)) is not None:
                    yield number, *span
