"""A typed door to the Aho–Corasick automaton: all cores that occur in a text, in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

import ahocorasick


class Automaton:
    """Finds every occurrence of every core, overlapping ones too; immutable once built, safe to share."""

    def __init__(self, cores: Iterable[str]) -> None:
        """Build from distinct non-empty cores; the n-th is reported as n."""
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        for index, core in enumerate(cores):
            self._automaton.add_word(core, index)
        self._is_empty = len(self._automaton) == 0
        if not self._is_empty:
            self._automaton.make_automaton()

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield (offset of the last character, core's number) for every occurrence."""
        if self._is_empty:
            return iter(())
        return cast(Iterator[tuple[int, int]], self._automaton.iter(text))
