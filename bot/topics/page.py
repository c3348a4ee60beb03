"""What a text holds of the terms that are watched, found in one pass; how prominent each is, without building a hit.

title and text folded, joined to one string -> the automaton -> candidates that need a closer look verified -> places
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import compress
from operator import itemgetter
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
_SLOT = itemgetter(1)
Key = TypeVar("Key", bound=Hashable)
Mark = TypeVar("Mark")


class Hit(NamedTuple):
    """A verified term in a section (0 title, 1 text), at offsets of its folded text; `at` is where it was noticed."""

    section: int
    start: int
    end: int
    at: int


class _Doubt(NamedTuple):
    """Patterns that share a key which proves none of them: its length, and each with its slot."""

    width: int
    patterns: tuple[tuple[int, Pattern], ...]


class Finder:
    """Finds all patterns of a vocabulary in a text; a pattern's place in the list is its slot."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._patterns = tuple(patterns)
        by_key: dict[str, list[int]] = {}
        for slot, pattern in enumerate(patterns):
            by_key.setdefault(pattern.key, []).append(slot)
        self.widths = tuple(len(pattern.key) for pattern in patterns)
        self._doubts: list[_Doubt] = []
        self._automaton = Automaton({key: self._number(key, slots) for key, slots in by_key.items()})

    def _number(self, key: str, slots: Sequence[int]) -> int:
        """Report a key as its slot where it proves one; else as a doubt, numbered after all slots."""
        if len(slots) == 1 and self._patterns[slots[0]].is_sure:
            return slots[0]
        self._doubts.append(_Doubt(len(key), tuple((slot, self._patterns[slot]) for slot in slots)))
        return len(self._patterns) + len(self._doubts) - 1

    def read(self, text: ArticleText) -> Page:
        """Find every term in a text."""
        page = Page(text, self._patterns)
        page.take(self._settle(page, self._automaton.list_hits(page.marked)))
        return page

    def _settle(self, page: Page, hits: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Put in place of each doubt the patterns that are really there."""
        first = len(self._patterns)
        if not self._doubts or not any(number >= first for _, number in hits):
            return hits
        settled: list[tuple[int, int]] = []
        for hit in hits:
            if hit[1] < first:
                settled.append(hit)
                continue
            width, patterns = self._doubts[hit[1] - first]
            settled += [(hit[0], slot) for slot, pattern in patterns if page.verify(pattern, hit[0], width) is not None]
        return settled


def _list_again(keys: Sequence[Key]) -> list[Key]:
    """List keys that came before, each time that they come again."""
    seen: set[Key] = set()
    see = seen.add
    return [key for key in keys if key in seen or see(key)]


class Page:
    """A text in the finder's hands, with the slots that it holds."""

    def __init__(self, text: ArticleText, patterns: Sequence[Pattern]) -> None:
        self.text = text
        self.sections = read_sections(text)
        title, body = self.sections
        self.marked = mark_words(title.folded + body.folded)
        self._patterns = patterns
        self._body_start = len(title.folded)
        self._lead_end = self._body_start + body.lead_end
        self._is_long = len(body.folded) > LONG_LENGTH
        self._hits: Sequence[tuple[int, int]] = ()
        self._built: dict[int, tuple[Hit, ...]] = {}
        self.slots: Sequence[int] = ()

    def take(self, hits: Sequence[tuple[int, int]]) -> None:
        """Take what was found, (offset of the last character in `marked`, slot) in the order of the offsets."""
        self._hits = hits
        self.slots = list(map(_SLOT, hits))
        self._body = bisect_left(hits, (self._body_start,))
        self._deep = bisect_left(hits, (self._lead_end + 1,))

    @cached_property
    def present(self) -> frozenset[int]:
        """The slots that the text holds."""
        return frozenset(self.slots)

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
        first = self._body_start + 1
        earlier = deep[: bisect_left(self._hits, (first + TWICE_LENGTH,)) - self._deep]
        if len(earlier) == len(deep):
            return again
        early = deep[: bisect_left(self._hits, (first + OFTEN_LENGTH,)) - self._deep]
        return set(again).intersection(earlier) | set(_list_again(again)).intersection(early)

    def verify(self, pattern: Pattern, last: int, width: int) -> Hit | None:
        """Look closely at a pattern whose key, so wide, ends at an offset of `marked`; offsets become its section's."""
        section = 0 if last < self._body_start else 1
        at = last - self._body_start if section else last
        start = at + 1 - width + pattern.indent
        span = pattern.verify(self.sections[section], start, start + len(pattern.core))
        return Hit(section, *span, at) if span is not None else None

    def rank(self, first: int, count: int) -> int:
        """Tell how prominent is what is named so often after the lead, first at this offset of `marked`."""
        reach = OFTEN_LENGTH if count > 2 else TWICE_LENGTH if count == 2 else -1
        return REPEATED if first <= self._body_start + reach else PASSING

    def place(self, ends: Sequence[int]) -> int:
        """Tell how prominent is what was noticed at these offsets of `marked`, at least one, all together."""
        first = min(ends)
        if first < self._body_start:
            return TITLE
        if first <= self._lead_end:
            return PASSING if self._is_long and len(ends) == 1 else LEAD
        return self.rank(first, len(ends))

    def place_of(self, slots: AbstractSet[int]) -> int:
        """Tell how prominent any of these slots is, or all together; the text holds one of them."""
        return self.place([end for slot in self.present & slots for end in self._ends[slot]])

    def list_ends(self, slots: AbstractSet[int]) -> dict[int, list[int]]:
        """List where each of these slots was noticed, as offsets of `marked`."""
        found: dict[int, list[int]] = {}
        for end, slot in compress(self._hits, map(slots.__contains__, self.slots)):
            found.setdefault(slot, []).append(end)
        return found

    @cached_property
    def _ends(self) -> Mapping[int, Sequence[int]]:
        return self.list_ends(self.present)

    def hits(self, slot: int) -> tuple[Hit, ...]:
        """Return the hits of a slot, in reading order."""
        built = self._built.get(slot)
        if built is None:
            pattern = self._patterns[slot]
            width = len(pattern.key)
            found = (self.verify(pattern, end, width) for end in self._ends.get(slot, ()))
            built = self._built[slot] = tuple(hit for hit in found if hit is not None)
        return built

    def where(self, hit: Hit) -> Where:
        """Tell the part of the article that a hit is in."""
        return self.sections[hit.section].where(hit.at)

    def judge(self, hits: Iterable[Hit]) -> int:
        """Tell how prominent is what these hits, at least one, name together."""
        return self.place([hit.at + (self._body_start if hit.section else 0) for hit in hits])
