"""Queries to nodes: each spelling numbered once (its slot) however many queries name it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time
from functools import lru_cache

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
from bot.topics.evaluate import AllOf, AnyOf, AnyTerm, CloseBy, FromSource, Name, Node, Published, Within, Without
from bot.topics.library import Library
from bot.topics.page import PASSING, REPEATED, Finder
from bot.topics.terms import Pattern, read_pattern


@lru_cache(maxsize=1_000)
def _read_terms(terms: tuple[str, ...]) -> tuple[Term, ...]:
    # The groups of packs stay as they are whenever topics change, and are half of what making these ready takes.
    return tuple(map(parse_term, terms))


class Vocabulary:
    """The terms of all queries made ready, by slot."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._terms: dict[Term, int] = {}
        self._slots: dict[Pattern, int] = {}
        self._groups: dict[str, AnyTerm] = {}

    def term(self, term: Term) -> int:
        """Return a term's slot; terms that are read the same share one."""
        slot = self._terms.get(term)
        if slot is None:
            pattern = read_pattern(term)
            slot = self._terms[term] = self._slots.setdefault(pattern, len(self._slots))
        return slot

    def group(self, name: str) -> AnyTerm:
        """Make a group ready; a KeyError where the library has none of this name."""
        node = self._groups.get(name)
        if node is None:
            terms = _read_terms(self._library.groups[name].terms)
            names = {self.term(t): Name(_written(t), name) for t in reversed(terms)}
            least = REPEATED if name in self._library.names else PASSING
            node = self._groups[name] = AnyTerm(names, least)
        return node

    def node(self, query: Query) -> Node:
        """Make a query ready."""
        match query:
            case Term() | Group():
                return self._names([query])
            case And(parts):
                return AllOf(tuple(self.node(part) for part in parts))
            case Or(parts):
                return self._any_of(parts)
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

    def _any_of(self, parts: Iterable[Query]) -> Node:
        """Join terms and groups to one node, so that their mentions count together."""
        named = [part for part in parts if isinstance(part, Term | Group)]
        nodes = [self.node(part) for part in parts if not isinstance(part, Term | Group)]
        if named:
            nodes.insert(0, self._names(named))
        return nodes[0] if len(nodes) == 1 else AnyOf(tuple(nodes))

    def _names(self, parts: Iterable[Term | Group]) -> AnyTerm:
        nodes = [self._term(part) if isinstance(part, Term) else self.group(part.name) for part in parts]
        if len(nodes) == 1:
            return nodes[0]
        names = {slot: name for node in reversed(nodes) for slot, name in node.names.items()}
        return AnyTerm(names, max(node.least for node in nodes))

    def _term(self, term: Term) -> AnyTerm:
        return AnyTerm({self.term(term): Name(_written(term))})

    def _side(self, query: Query) -> AnyTerm:
        parts = query.parts if isinstance(query, Or) else (query,)
        named = [part for part in parts if isinstance(part, Term | Group)]
        if len(named) < len(parts):
            raise TypeError(f"NEAR cannot hold {query}")
        return self._names(named)

    @property
    def patterns(self) -> list[Pattern]:
        """Everything numbered so far, by slot."""
        return list(self._slots)

    def finder(self) -> Finder:
        """Build the automaton over everything numbered so far."""
        return Finder(self.patterns)


def _written(term: Term) -> str:
    return f"={term.text}" if term.is_exact else term.text
