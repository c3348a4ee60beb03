"""The inverted index: which open centres hold a term, by number, the oldest first."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence

NUMBERS = "I"


class Postings:
    """Centres by term. Most terms have one holder: it stands by itself, only several make an array."""

    def __init__(self) -> None:
        self._holders: dict[str, int | array[int]] = {}

    def __len__(self) -> int:
        return len(self._holders)

    def count(self, term: str) -> int:
        """Count the holders of a term."""
        held = self._holders.get(term)
        return 0 if held is None else 1 if isinstance(held, int) else len(held)

    def newest(self, term: str, limit: int) -> Sequence[int]:
        """List the holders of a term, at most so many of those that began last."""
        held = self._holders.get(term)
        if held is None:
            return ()
        if isinstance(held, int):
            return (held,)
        return held if len(held) <= limit else held[-limit:]

    def add(self, terms: Iterable[str], centre: int) -> None:
        """Note that a centre holds terms."""
        holders = self._holders
        for term in terms:
            held = holders.get(term)
            if held is None:
                holders[term] = centre
            elif isinstance(held, int):
                holders[term] = array(NUMBERS, sorted((held, centre)))
            elif held[-1] < centre:
                held.append(centre)
            else:
                held.insert(bisect_left(held, centre), centre)

    def remove(self, terms: Iterable[str], centre: int) -> None:
        """Take back that a centre holds terms."""
        holders = self._holders
        for term in terms:
            held = holders[term]
            if isinstance(held, int):
                del holders[term]
            elif len(held) == 2:
                holders[term] = held[1] if held[0] == centre else held[0]
            else:
                del held[bisect_left(held, centre)]
