"""A query made ready for the matcher: numbered terms in place of words, asked of what a text was found to hold."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate
from typing import NamedTuple, Protocol

from bot.domain.models import Where
from bot.domain.query import DateSide, Part, SourceField
from bot.domain.text import tokens
from bot.topics.page import LEAD, PASSING, REPEATED, STRENGTHS, TITLE, Hit, Page


class Name(NamedTuple):
    """A term as its query or pack writes it, and the group that brought it."""

    term: str
    group: str | None = None


class Shown(NamedTuple):
    """A hit that speaks for a query."""

    name: Name
    hit: Hit


class Found(NamedTuple):
    """A query is true: as strong as its weakest place, for these reasons."""

    strength: float
    shown: tuple[Shown, ...]


NEUTRAL = Found(1.0, ())


@dataclass(frozen=True, slots=True)
class Scan:
    """A text as one topic sees it: the parts that count, without what stands where its wrong senses do."""

    page: Page
    parts: frozenset[int] = frozenset((0, 1))
    masked: tuple[Hit, ...] = ()

    def hits(self, slot: int) -> Sequence[Hit]:
        """Return the hits that count of a slot, in reading order."""
        hits: Sequence[Hit] = self.page.hits(slot)
        if len(self.parts) < 2:
            hits = [hit for hit in hits if hit.section in self.parts]
        if self.masked:
            hits = [hit for hit in hits if not _overlaps(hit, self.masked)]
        return hits


def _overlaps(hit: Hit, spans: Iterable[Hit]) -> bool:
    return any(hit.section == s.section and hit.start < s.end and s.start < hit.end for s in spans)


class Node(Protocol):
    """A part of a query made ready."""

    def find(self, scan: Scan) -> Found | None:
        """Return why it is true of a text, or None."""


@dataclass(frozen=True, slots=True)
class AnyTerm:
    """A term, a group, or several of them joined by OR: by slot, what each is called.

    `least` is the place that counts at least: the name of a company says more in passing than a word does.
    """

    names: Mapping[int, Name]
    least: int = PASSING
    slots: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "slots", frozenset(self.names))

    def find(self, scan: Scan) -> Found | None:
        """Find the hit that stands first, as strong as all hits together."""
        shown = self.all_hits(scan)
        if not shown:
            return None
        if len(shown) == 1:
            return Found(STRENGTHS[min(scan.page.judge((shown[0].hit,)), self.least)], (shown[0],))
        place = min(scan.page.judge([s.hit for s in shown]), self.least)
        return Found(STRENGTHS[place], (min(shown, key=lambda s: _order(s.hit)),))

    def all_hits(self, scan: Scan) -> list[Shown]:
        """Find every hit."""
        return [Shown(self.names[slot], hit) for slot in scan.page.held(self.slots) for hit in scan.hits(slot)]


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


@dataclass(frozen=True, slots=True)
class AnyOf:
    """OR of more than terms: as strong as the strongest."""

    nodes: tuple[Node, ...]

    def find(self, scan: Scan) -> Found | None:
        """Find the strongest part."""
        found = [f for node in self.nodes if (f := node.find(scan)) is not None]
        return max(found, key=lambda f: f.strength, default=None)


@dataclass(frozen=True, slots=True)
class Without:
    """NOT."""

    node: Node

    def find(self, scan: Scan) -> Found | None:
        """Hold where the part is not found."""
        return NEUTRAL if self.node.find(scan) is None else None


@dataclass(frozen=True, slots=True)
class Within:
    """title: or body:."""

    part: Part
    node: Node

    def find(self, scan: Scan) -> Found | None:
        """Find the query in the one part."""
        section = 0 if self.part is Part.TITLE else 1
        return self.node.find(Scan(scan.page, scan.parts & {section}, scan.masked))


@dataclass(frozen=True, slots=True)
class CloseBy:
    """NEAR/n: a hit of each side in one section with at most n words from one to the other."""

    left: AnyTerm
    right: AnyTerm
    distance: int

    def find(self, scan: Scan) -> Found | None:
        """Find the strongest pair, the first of those."""
        lefts = self.left.all_hits(scan)
        rights = sorted(self.right.all_hits(scan), key=lambda shown: shown.hit) if lefts else []
        pairs = [pair for pair in _neighbours(lefts, rights) if self._are_close(scan.page, pair[0].hit, pair[1].hit)]
        if not pairs:
            return None
        first = min(pairs, key=lambda pair: (_order(max(s.hit for s in pair)), _order(min(s.hit for s in pair))))
        place = max(_place(scan.page, shown.hit) for shown in first)
        return Found(STRENGTHS[place], first)

    def _are_close(self, page: Page, a: Hit, b: Hit) -> bool:
        if a.section != b.section:
            return False
        early, late = (a, b) if a.start <= b.start else (b, a)
        section = page.sections[a.section]
        return section.word_at(late.start) - section.word_at(early.end - 1) <= self.distance


def _neighbours(lefts: Iterable[Shown], rights: Sequence[Shown]) -> Iterable[tuple[Shown, Shown]]:
    """Yield each of the left with the two of the right, in reading order, that can be closest: before it and after."""
    starts = [shown.hit[:2] for shown in rights]
    reaching = list(accumulate(rights, _later))
    for left in lefts:
        after = bisect_left(starts, left.hit[:2])
        if after < len(rights):
            yield left, rights[after]
        if after:
            yield left, reaching[after - 1]


def _later(a: Shown, b: Shown) -> Shown:
    """Choose the one that ends later."""
    return b if (b.hit.section, b.hit.end) > (a.hit.section, a.hit.end) else a


def _place(page: Page, hit: Hit) -> int:
    """Rank one of a pair: what stands together is no passing mention wherever it is."""
    if hit.section == 0:
        return TITLE
    return LEAD if page.where(hit) is Where.LEAD else REPEATED


@dataclass(frozen=True, slots=True)
class FromSource:
    """lang:, outlet: or feed:. A language hits its variants too (zh: zh-Hans); names hit by their words."""

    field: SourceField
    value: str
    words: tuple[str, ...] = ()

    def find(self, scan: Scan) -> Found | None:
        """Compare with what is known of the article."""
        text = scan.page.text
        if self.field is SourceField.LANGUAGE:
            language = (text.language or "").lower().replace("_", "-")
            wanted = self.value.lower().replace("_", "-")
            is_it = language == wanted or language.startswith(f"{wanted}-")
        else:
            name = text.outlet if self.field is SourceField.OUTLET else text.feed
            is_it = _holds_words(tokens(name), self.words, is_start=self.value.endswith("*"))
        return NEUTRAL if is_it else None


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
        published_at = scan.page.text.published_at
        if published_at is None:
            return None
        is_after = published_at >= self.at
        return NEUTRAL if is_after == (self.side is DateSide.AFTER) else None
