"""What a text holds of the terms that are watched, found in one pass; how prominent each is, without building a hit.

title and text folded, joined to one string -> the automaton -> candidates that need a closer look verified -> places
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple, TypeVar

from bot.domain.models import Where
from bot.topics.automaton import Automaton
from bot.topics.terms import Pattern, mark_words
from bot.topics.texts import ArticleText, read_sections

TITLE, LEAD, REPEATED, PASSING = range(4)
"""How prominent a term is: in the title, in the lead, named again soon after, or in passing.

In a long text the lead counts for what the text comes back to: what is named there alone is in passing.
"""
STRENGTHS = (1.0, 0.9, 0.7, 0.5)
"""What a place makes of a score: a clause of .9 reaches .6 where the text comes back to it, .3 in passing."""
TWICE_LENGTH = 600
"""Twice named is no passing mention where the first is within so many characters of the text."""
OFTEN_LENGTH = 1_000
"""Three times or more: within so many."""
LONG_LENGTH = 800
"""From so many on a text is long. All three were chosen on newswire labelled by topic (`benchmarks.topics`)."""
_TITLE_ZONE, _LEAD_ZONE, _REST_ZONE = 0, 1, 4
"""Of the five that a text is parted into; what is early must come twice to count, what is soon three times."""
Key = TypeVar("Key", bound=Hashable)
Mark = TypeVar("Mark")


class Hit(NamedTuple):
    """A verified term in a section (0 title, 1 text), at offsets of its folded text; `at` is where it was noticed."""

    section: int
    start: int
    end: int
    at: int


class _Doubt(NamedTuple):
    """A key that proves none of the slots which share it."""

    key: str
    slots: tuple[int, ...]


class Finder:
    """Finds all patterns of a vocabulary in a text; a pattern's place in the list is its slot.

    `followers` are slots that are not looked for by themselves: they matter only where something else was found.
    """

    def __init__(self, patterns: Sequence[Pattern], followers: AbstractSet[int] = frozenset()) -> None:
        self.patterns = tuple(patterns)
        self.followers = followers
        self.keys = tuple(pattern.key for pattern in patterns)
        self.sure = tuple(pattern.is_sure for pattern in patterns)
        by_key: dict[str, list[int]] = {}
        for slot, key in enumerate(self.keys):
            if slot not in followers:
                by_key.setdefault(key, []).append(slot)
        self._doubts: list[_Doubt] = []
        self._automaton = Automaton({key: self._number(key, slots) for key, slots in by_key.items()})

    def _number(self, key: str, slots: Sequence[int]) -> int:
        """Report a key as its slot where it proves one; else as a doubt, numbered after all slots."""
        if len(slots) == 1 and self.sure[slots[0]]:
            return slots[0]
        self._doubts.append(_Doubt(key, tuple(slots)))
        return len(self.patterns) + len(self._doubts) - 1

    def read(self, text: ArticleText) -> Page:
        """Find every term in a text."""
        page = Page(text, self)
        zones = self._automaton.list_found(page.marked, page.bounds)
        if self._doubts:
            self._settle(page, zones)
        page.take(zones)
        return page

    def _settle(self, page: Page, zones: list[list[int]]) -> None:
        """Put in place of each doubt the patterns that are really there."""
        first = len(self.patterns)
        doubts = {number for zone in zones for number in zone if number >= first}
        if not doubts:
            return
        for index, zone in enumerate(zones):
            zones[index] = [number for number in zone if number < first]
        for number in sorted(doubts):
            doubt = self._doubts[number - first]
            for end in page.list_ends(doubt.key):
                held = [slot for slot in doubt.slots if page.verify(self.patterns[slot], end) is not None]
                zones[bisect_right(page.bounds, end)] += held


def _list_again(keys: Sequence[Key]) -> list[Key]:
    """List keys that came before, each time that they come again."""
    seen: set[Key] = set()
    see = seen.add
    return [key for key in keys if key in seen or see(key)]


class Page:
    """A text in the finder's hands, with the slots that it holds."""

    def __init__(self, text: ArticleText, finder: Finder) -> None:
        self.text = text
        self.sections = read_sections(text)
        title, body = self.sections
        self.marked = mark_words(title.folded + body.folded)
        self._finder = finder
        self._body_start = len(title.folded)
        self._lead_end = self._body_start + body.lead_end
        self._is_long = len(body.folded) > LONG_LENGTH
        first = self._body_start + 1
        zones = (self._body_start, self._lead_end + 1, first + TWICE_LENGTH, first + OFTEN_LENGTH)
        self.bounds = (*accumulate(zones, max), max(len(self.marked), *zones))
        """Where the title, the lead, what is early, what is soon, and the rest end in `marked`."""
        self._built: dict[int, tuple[Hit, ...]] = {}
        self.slots: Sequence[int] = ()

    def take(self, zones: Sequence[list[int]]) -> None:
        """Take the slots that were found, zone by zone."""
        title, lead, early, soon, rest = zones
        self.slots = [*title, *lead, *early, *soon, *rest]
        self._starts = tuple(accumulate(map(len, zones)))
        self._body, self._deep, self._late, self._later, _ = self._starts

    @cached_property
    def present(self) -> frozenset[int]:
        """The slots that the text holds, without those that only follow others."""
        return frozenset(self.slots)

    def held(self, slots: AbstractSet[int]) -> Sequence[int]:
        """Return those of these slots that the text holds, in order."""
        followers = self._finder.followers
        held = self.present & slots
        if followers:
            keys = self._finder.keys
            held |= {slot for slot in followers & slots if keys[slot] in self.marked}
        return sorted(held)

    def grade_all(self, keys: Sequence[Key], marks: Sequence[Mark]) -> dict[Key, Mark]:
        """Give each key the mark of how prominent it is; there is a key for every hit, those of one key count together.

        Nearly all of it is done in C: a text may hold hundreds of the terms of ten thousand topics.
        """
        deep = keys[self._deep :]
        graded = dict.fromkeys(deep, marks[PASSING])
        if len(graded) < len(deep):
            graded.update(dict.fromkeys(self._list_repeated(deep), marks[REPEATED]))
        lead: Iterable[Key] = keys[self._body : self._deep]
        if self._is_long:
            again = set(_list_again(keys[self._body :]))
            graded.update(dict.fromkeys(lead, marks[PASSING]))
            lead = again.intersection(lead)
        graded.update(dict.fromkeys(lead, marks[LEAD]))
        graded.update(dict.fromkeys(keys[: self._body], marks[TITLE]))
        return graded

    def _list_repeated(self, deep: Sequence[Key]) -> Iterable[Key]:
        """List the keys of what stands after the lead that are named so often and so early that they count."""
        again = _list_again(deep)
        if self._late == len(self.slots):
            return again
        early, soon = deep[: self._late - self._deep], deep[: self._later - self._deep]
        return set(again).intersection(early) | set(_list_again(again)).intersection(soon)

    def verify(self, pattern: Pattern, last: int) -> Hit | None:
        """Look closely at a pattern whose key ends at an offset of `marked`; offsets become its section's."""
        section = 0 if last < self._body_start else 1
        at = last - self._body_start if section else last
        start = at + 1 - len(pattern.key) + pattern.indent
        span = pattern.verify(self.sections[section], start, start + len(pattern.core))
        return Hit(section, *span, at) if span is not None else None

    def list_ends(self, key: str) -> Iterator[int]:
        """List the offsets in `marked` of the last character of each occurrence of a key."""
        start = self.marked.find(key)
        while start >= 0:
            yield start + len(key) - 1
            start = self.marked.find(key, start + 1)

    def _rank(self, zone: int, count: int) -> int:
        """Tell how prominent is what is named so often, first in this zone."""
        if zone == _TITLE_ZONE:
            return TITLE
        if zone == _LEAD_ZONE:
            return PASSING if self._is_long and count == 1 else LEAD
        return REPEATED if count > zone - _LEAD_ZONE and zone < _REST_ZONE else PASSING

    def place_of(self, slots: AbstractSet[int], *, may_share: bool = False) -> int:
        """Tell how prominent any of these slots is, or all together; the text holds one of them.

        `may_share`: two of them may hit one word, which is then named once.
        """
        if may_share:
            return self.judge([hit for slot in self.held(slots) for hit in self.hits(slot)])
        zones = [zone for slot in self.held(slots) for zone in self._zones(slot)]
        return self._rank(min(zones), len(zones))

    def _zones(self, slot: int) -> list[int]:
        """List the zones that a slot is in, once for each time that it is there."""
        if self._finder.sure[slot]:
            ends: Iterable[int] = self.list_ends(self._finder.keys[slot])
        else:
            ends = (hit.at + (self._body_start if hit.section else 0) for hit in self.hits(slot))
        return [bisect_right(self.bounds, end) for end in ends]

    def hits(self, slot: int) -> tuple[Hit, ...]:
        """Return the hits of a slot, in reading order."""
        built = self._built.get(slot)
        if built is None:
            pattern = self._finder.patterns[slot]
            found = (self.verify(pattern, end) for end in self.list_ends(self._finder.keys[slot]))
            built = self._built[slot] = tuple(hit for hit in found if hit is not None)
        return built

    def where(self, hit: Hit) -> Where:
        """Tell the part of the article that a hit is in."""
        return self.sections[hit.section].where(hit.at)

    def judge(self, hits: Collection[Hit]) -> int:
        """Tell how prominent is what these hits, at least one, name together."""
        first = min(hit.at + (self._body_start if hit.section else 0) for hit in hits)
        return self._rank(bisect_right(self.bounds, first), _count_mentions(hits))


def _count_mentions(hits: Collection[Hit]) -> int:
    """Count hits, those within another as one with it: `huawei OR huawei*` names Huawei once where it stands once."""
    if len(hits) < 2:
        return len(hits)
    count, section, reach = 0, -1, 0
    for hit in sorted(hits, key=lambda hit: (hit.section, hit.start, -hit.end)):
        if hit.section != section or hit.end > reach:
            count, section, reach = count + 1, hit.section, hit.end
    return count
