"""Open stories as centres: the trimmed running sum of their articles' words, found through an inverted index."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.stories.frequencies import Frequencies

KEPT_TERMS = 80
MOST_POSTINGS = 300
MOST_COMPARED = 30


@dataclass(slots=True)
class Centre:
    """An open story: its words, how long it spans in the articles' own time, and when it last grew in ours."""

    id: int
    first_at: datetime
    last_at: datetime
    touched_at: datetime
    terms: dict[str, float] = field(default_factory=dict)
    square: float = 0.0


class Centres:
    """The open stories of one scope and language."""

    def __init__(self) -> None:
        self._frequencies = Frequencies()
        self._open: dict[int, Centre] = {}
        self._holders: dict[str, set[int]] = {}
        self._ages: list[tuple[datetime, int]] = []

    def __iter__(self) -> Iterator[int]:
        return iter(self._open)

    def find(self, centre_id: int) -> Centre | None:
        """Find an open centre."""
        return self._open.get(centre_id)

    def weigh(self, strengths: Mapping[str, float]) -> dict[str, float]:
        """Turn strengths into a vector of length one, the most telling word first."""
        weights = {term: strength * self._frequencies.weigh(term) for term, strength in strengths.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {term: weight / length for term, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0]))}

    def nearest(self, vector: Mapping[str, float], least: float) -> list[tuple[float, Centre]]:
        """List the centres at least so like the vector (cosine), the likest first.

        The rarest words open candidates until enough postings were read; the best of these are compared in full.
        """
        products: dict[int, float] = {}
        left = MOST_POSTINGS
        for term, weight in vector.items():
            holders = self._holders.get(term, ())
            left -= len(holders)
            if left < 0:
                break
            for centre_id in holders:
                held = self._open[centre_id].terms[term]
                products[centre_id] = products.get(centre_id, 0.0) + weight * held
        partial = ((product / math.sqrt(self._open[i].square), i) for i, product in products.items())
        best = heapq.nsmallest(MOST_COMPARED, partial, key=lambda pair: (-pair[0], pair[1]))
        found = ((_cosine(vector, self._open[centre_id]), self._open[centre_id]) for _, centre_id in best)
        return sorted((pair for pair in found if pair[0] >= least), key=lambda pair: (-pair[0], pair[1].id))

    def begin(self, centre_id: int, at: datetime, seen_at: datetime) -> Centre:
        """Open a centre."""
        centre = Centre(id=centre_id, first_at=at, last_at=at, touched_at=seen_at)
        self._open[centre_id] = centre
        self._frequencies.add_story()
        heapq.heappush(self._ages, (seen_at, centre_id))
        return centre

    def add(self, centre: Centre, vector: Mapping[str, float], at: datetime, seen_at: datetime) -> None:
        """Let a centre take in an article."""
        for term, weight in vector.items():
            held = centre.terms.get(term)
            if held is None:
                held = 0.0
                self._holders.setdefault(term, set()).add(centre.id)
                self._frequencies.add(term)
            centre.terms[term] = held + weight
        if len(centre.terms) > 2 * KEPT_TERMS:
            self._trim(centre)
        centre.square = sum(weight * weight for weight in centre.terms.values())
        centre.first_at, centre.last_at = min(centre.first_at, at), max(centre.last_at, at)
        centre.touched_at = max(centre.touched_at, seen_at)

    def close_untouched(self, before: datetime) -> list[int]:
        """Close the centres that took in nothing since then; what their words were worth stays known."""
        closed = []
        while self._ages and self._ages[0][0] < before:
            _, centre_id = heapq.heappop(self._ages)
            centre = self._open[centre_id]
            if centre.touched_at >= before:
                heapq.heappush(self._ages, (centre.touched_at, centre_id))
                continue
            del self._open[centre_id]
            self._leave(centre.id, centre.terms)
            closed.append(centre_id)
        return closed

    def _trim(self, centre: Centre) -> None:
        ranked = sorted(centre.terms.items(), key=lambda item: (-item[1], item[0]))
        dropped = [term for term, _ in ranked[KEPT_TERMS:]]
        centre.terms = dict(ranked[:KEPT_TERMS])
        self._leave(centre.id, dropped)
        for term in dropped:
            self._frequencies.remove(term)

    def _leave(self, centre_id: int, terms: Iterable[str]) -> None:
        for term in terms:
            holders = self._holders[term]
            holders.discard(centre_id)
            if not holders:
                del self._holders[term]


def _cosine(vector: Mapping[str, float], centre: Centre) -> float:
    terms = centre.terms
    return sum(weight * terms[term] for term, weight in vector.items() if term in terms) / math.sqrt(centre.square)
