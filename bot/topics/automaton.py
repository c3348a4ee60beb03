"""A typed door to the Aho–Corasick automaton: all keys that occur in a text, in one pass."""

from __future__ import annotations

from collections.abc import Mapping

import ahocorasick


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

    def list_hits(self, text: str) -> list[tuple[int, int]]:
        """List (offset of the last character, number) of every occurrence, in the order of their ends."""
        return [] if self._is_empty else list(self._automaton.iter(text))
