"""A query made ready for the matcher: numbered terms in place of words, asked of what a text was found to hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from bot.domain.models import Where
from bot.domain.query import DateSide, Part, SourceField
from bot.domain.text import tokens
from bot.topics.texts import STRENGTH, ArticleText, Section


class Hit(NamedTuple):
    """A verified term in a section (0 title, 1 text), at offsets of its folded text."""

    section: int
    start: int
    end: int


class Shown(NamedTuple):
    """A hit that speaks for a query: which term, of which group."""

    term: int
    group: str | None
    hit: Hit


class Found(NamedTuple):
    """A query is true: as strong as its weakest place, for these reasons."""

    strength: float
    shown: tuple[Shown, ...]


NEUTRAL = Found(1.0, ())
Held = Mapping[int, Sequence[Hit]]
"""The hits of a text by term, in reading order."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What a text holds; `parts` are the sections that count."""

    text: ArticleText
    sections: tuple[Section, Section]
    held: Held
    parts: frozenset[int] = frozenset((0, 1))

    def where(self, hit: Hit) -> Where:
        """Tell the part of the article that a hit is in."""
        return self.sections[hit.section].where(hit.start)

    def hits(self, term: int) -> Sequence[Hit]:
        """Return a term's hits in the parts that count."""
        hits = self.held.get(term, ())
        return hits if len(self.parts) == 2 else [hit for hit in hits if hit.section in self.parts]


class Node(Protocol):
    """A part of a query made ready."""

    def find(self, scan: Scan) -> Found | None:
        """Return why it is true of a text, or None."""

    def triggers(self) -> frozenset[int] | None:
        """Return terms one of which any text must hold for it to be true; None where there are none."""


@dataclass(frozen=True, slots=True)
class AnyTerm:
    """A term (one spelling or several) or a group."""

    terms: frozenset[int]
    group: str | None = None

    def find(self, scan: Scan) -> Found | None:
        """Find the hit that stands first: the title's before the text's."""
        best: tuple[Hit, int] | None = None
        for term in _common(self.terms, scan.held):
            hits = scan.hits(term)
            if hits and (best is None or _order(hits[0]) < _order(best[0])):
                best = hits[0], term
        return Found(STRENGTH[scan.where(best[0])], (Shown(best[1], self.group, best[0]),)) if best else None

    def all_hits(self, scan: Scan) -> list[Shown]:
        """Find every hit."""
        return [Shown(t, self.group, hit) for t in _common(self.terms, scan.held) for hit in scan.hits(t)]

    def triggers(self) -> frozenset[int] | None:
        """Any of its terms."""
        return self.terms


def _common(terms: frozenset[int], held: Held) -> Iterable[int]:
    """Return the terms that a text holds, asking whichever is shorter."""
    if len(terms) <= len(held):
        return [t for t in terms if t in held]
    return [t for t in held if t in terms]


def _order(hit: Hit) -> tuple[int, int, int]:
    """Sort by place; of hits that begin together the longer says more."""
    return hit.section, hit.start, -hit.end


@dataclass(frozen=True, slots=True)
class AllOf:
    """AND: as strong as the weakest."""

    nodes: tuple[Node, ...]

    def find(self, scan: Scan) -> Found | None:
        """Find all parts."""
        strength = 1.0
        shown: list[Shown] = []
        for node in self.nodes:
            found = node.find(scan)
            if found is None:
                return None
            strength = min(strength, found.strength)
            shown.extend(found.shown)
        return Found(strength, tuple(shown))

    def triggers(self) -> frozenset[int] | None:
        """Those of the part that asks for the fewest terms."""
        asked = [t for node in self.nodes if (t := node.triggers()) is not None]
        return min(asked, key=len, default=None)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """OR: as strong as the strongest."""

    nodes: tuple[Node, ...]

    def find(self, scan: Scan) -> Found | None:
        """Find the strongest part."""
        found = [f for node in self.nodes if (f := node.find(scan)) is not None]
        return max(found, key=lambda f: f.strength, default=None)

    def triggers(self) -> frozenset[int] | None:
        """Those of every part, where every part has some."""
        asked = [node.triggers() for node in self.nodes]
        return None if None in asked else frozenset().union(*(t for t in asked if t is not None))


@dataclass(frozen=True, slots=True)
class Without:
    """NOT."""

    node: Node

    def find(self, scan: Scan) -> Found | None:
        """Hold where the part is not found."""
        return NEUTRAL if self.node.find(scan) is None else None

    def triggers(self) -> frozenset[int] | None:
        """None: it is true of texts that hold nothing."""
        return None


@dataclass(frozen=True, slots=True)
class Within:
    """title: or body:."""

    part: Part
    node: Node

    def find(self, scan: Scan) -> Found | None:
        """Find the query in the one part."""
        section = 0 if self.part is Part.TITLE else 1
        return self.node.find(Scan(scan.text, scan.sections, scan.held, scan.parts & {section}))

    def triggers(self) -> frozenset[int] | None:
        """Those of what it holds."""
        return self.node.triggers()


@dataclass(frozen=True, slots=True)
class CloseBy:
    """NEAR/n: a hit of each side in one section with at most n words from one to the other."""

    left: tuple[AnyTerm, ...]
    right: tuple[AnyTerm, ...]
    distance: int

    def find(self, scan: Scan) -> Found | None:
        """Find the strongest pair, the first of those."""
        lefts = [shown for side in self.left for shown in side.all_hits(scan)]
        if not lefts:
            return None
        rights = [shown for side in self.right for shown in side.all_hits(scan)]
        pairs = [(a, b) for a in lefts for b in rights if self._are_close(scan, a.hit, b.hit)]
        if not pairs:
            return None
        first = min(pairs, key=lambda pair: (_order(max(h.hit for h in pair)), _order(min(h.hit for h in pair))))
        return Found(min(STRENGTH[scan.where(s.hit)] for s in first), first)

    def _are_close(self, scan: Scan, a: Hit, b: Hit) -> bool:
        if a.section != b.section:
            return False
        early, late = (a, b) if a.start <= b.start else (b, a)
        section = scan.sections[a.section]
        return section.word_at(late.start) - section.word_at(early.end - 1) <= self.distance

    def triggers(self) -> frozenset[int] | None:
        """Those of the side that asks for fewer terms."""
        sides = (frozenset[int]().union(*(t.terms for t in side)) for side in (self.left, self.right))
        return min(sides, key=len)


@dataclass(frozen=True, slots=True)
class FromSource:
    """lang:, outlet: or feed:. A language hits its variants too (zh: zh-Hans); names hit by their words."""

    field: SourceField
    value: str
    words: tuple[str, ...] = ()

    def find(self, scan: Scan) -> Found | None:
        """Compare with what is known of the article."""
        if self.field is SourceField.LANGUAGE:
            language = (scan.text.language or "").lower().replace("_", "-")
            wanted = self.value.lower().replace("_", "-")
            is_it = language == wanted or language.startswith(f"{wanted}-")
        else:
            name = scan.text.outlet if self.field is SourceField.OUTLET else scan.text.feed
            is_it = _holds_words(tokens(name), self.words, is_start=self.value.endswith("*"))
        return NEUTRAL if is_it else None

    def triggers(self) -> frozenset[int] | None:
        """None: it asks for no term."""
        return None


def _holds_words(words: Sequence[str], wanted: Sequence[str], *, is_start: bool) -> bool:
    size = len(wanted)
    for at in range(len(words) - size + 1):
        window = list(words[at : at + size])
        if window == list(wanted) or (
            is_start and window[:-1] == list(wanted[:-1]) and window[-1].startswith(wanted[-1])
        ):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Published:
    """after:, before: or since: with the instant it means; an article without a date hits none of them."""

    side: DateSide
    at: datetime

    def find(self, scan: Scan) -> Found | None:
        """Compare with the article's date."""
        published_at = scan.text.published_at
        if published_at is None:
            return None
        is_after = published_at >= self.at
        return NEUTRAL if is_after == (self.side is DateSide.AFTER) else None

    def triggers(self) -> frozenset[int] | None:
        """None: it asks for no term."""
        return None
