"""A typed door to the Aho–Corasick automaton: all keys that occur in a text, in one pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter

import ahocorasick

_NUMBER = itemgetter(1)


class Automaton:
    """Finds every occurrence of every key, overlapping ones too; immutable once built, safe to share."""

    def __init__(self, keys: Mapping[str, int]) -> None:
        """Build from non-empty keys, each with the number that it is reported as."""
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        for key, number in keys.items():
            self._automaton.add_word(key, number)
        self._is_empty = len(self._automaton) == 0
        if not self._is_empty:
            self._automaton.make_automaton()

    def list_found(self, text: str, ends: Sequence[int]) -> list[list[int]]:
        """List the number of every occurrence, in the order of their ends: those that end before each offset of `ends`.

        The last of `ends` is the text's own. Where each occurrence stands is not told: objects for thousands of
        offsets cost as much as the search.
        """
        if self._is_empty:
            return [[] for _ in ends]
        found, start = [], 0
        search = self._automaton.iter("")
        for end in ends:
            search.set(text[start:end])  # it goes on in the state in which the piece before left it
            found.append(list(map(_NUMBER, search)))
            start = max(start, end)
        return found
