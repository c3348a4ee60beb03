"""Open stories as centres: the trimmed running sum of their articles' words, found through an inverted index."""

from __future__ import annotations

import heapq
import math
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import mul
from sys import intern

from bot.stories.background import HEADLINES, read_background
from bot.stories.postings import Postings

KEPT_TERMS = 80
CORE_TERMS = 24
MOST_POSTINGS = 300
MOST_COMPARED = 40
LEAST_WEIGHT = 0.1
COMMON_SHARE = 0.08
FEW_OPEN = 50
WEIGHTS = "f"
_COMMON = -math.log(COMMON_SHARE)


@dataclass(frozen=True, slots=True)
class Core:
    """What a grown story was known by when it was looked at last: its heaviest terms, at so many articles."""

    count: int
    terms: tuple[str, ...]
    weights: array[float]

    @classmethod
    def of(cls, centre: Centre) -> Core:
        """Note what a centre is now."""
        heaviest = heapq.nsmallest(CORE_TERMS, zip(centre.weights, centre.terms, strict=True), key=_by_weight)
        return cls(
            centre.count, tuple(term for _, term in heaviest), array(WEIGHTS, (weight for weight, _ in heaviest))
        )


def _by_weight(pair: tuple[float, str]) -> tuple[float, str]:
    return -pair[0], pair[1]


@dataclass(slots=True)
class Centre:
    """An open story: its words, how many articles it has, how long it spans and when it last grew, in epoch seconds.

    `first` and `last` are in the articles' own time, `touched` is in ours. Terms and weights are packed side by side:
    a hundred thousand articles are open at once. `checked` is the count at which it is next compared with the others,
    `core` what a grown one was when its growth was looked at last.
    """

    id: int
    first: float
    last: float
    touched: float
    count: int = 0
    texts: int = 0
    terms: tuple[str, ...] = ()
    weights: array[float] = field(default_factory=lambda: array(WEIGHTS))
    length: float = 0.0
    checked: int = 2
    core: Core | None = None

    @classmethod
    def empty(cls, number: int, at: float) -> Centre:
        """Make a centre that nothing is known of."""
        return cls(id=number, first=at, last=at, touched=at)

    @property
    def is_worded(self) -> bool:
        """Tell whether most of its articles had a text, not a title alone."""
        return 2 * self.texts > self.count

    def product(self, vector: Mapping[str, float]) -> float:
        """Return the cosine with a vector of length one."""
        if not self.length:
            return 0.0
        get = vector.get
        shared: float = sum(map(mul, [get(term, 0.0) for term in self.terms], self.weights))
        return shared / self.length

    def vector(self) -> dict[str, float]:
        """Return the direction of the centre, as a vector of length one."""
        length = self.length or 1.0
        return {term: weight / length for term, weight in zip(self.terms, self.weights, strict=True)}

    def heaviest(self, number: int) -> frozenset[str]:
        """Return the terms that weigh most."""
        pairs = zip(self.weights, self.terms, strict=True)
        return frozenset(term for _, term in heapq.nsmallest(number, pairs, key=_by_weight))


class Centres:
    """The open stories of one scope and language."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._open: dict[int, Centre] = {}
        self._postings = Postings()
        self._ages: list[tuple[float, int]] = []

    def __len__(self) -> int:
        return len(self._open)

    def __iter__(self) -> Iterator[Centre]:
        return iter(self._open.values())

    def find(self, centre_id: int) -> Centre | None:
        """Find an open centre."""
        return self._open.get(centre_id)

    def weigh(self, strengths: Mapping[str, float]) -> dict[str, float]:
        """Turn strengths into a vector of length one, the most telling word first.

        A word counts once for each open story that holds it, however hot the story is. One that more of them hold than
        tell one event («coronavirus», while all the news is of it) weighs less by that share, whatever the background
        says of it.
        """
        background = read_background(self._language)
        count = self._postings.count
        everything = HEADLINES + len(self._open) + 2
        others = len(self._open) + FEW_OPEN
        weights = {}
        for term, strength in strengths.items():
            holders = count(term)
            weight = math.log(everything / (background.get(term, 0.0) + holders + 0.5))
            if holders > COMMON_SHARE * others:
                weight *= math.log(others / holders) / _COMMON
            weights[term] = strength * max(weight, LEAST_WEIGHT)
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {term: weight / length for term, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0]))}

    def nearest(self, vector: Mapping[str, float], least: float) -> list[tuple[float, Centre]]:
        """List the centres at least so like the vector (cosine), the likest first."""
        return sorted(
            (pair for pair in self.compare(vector, vector) if pair[0] >= least), key=lambda pair: (-pair[0], pair[1].id)
        )

    def compare(self, clues: Mapping[str, float], vector: Mapping[str, float]) -> list[tuple[float, Centre]]:
        """Compare a vector with the centres that share its clues, which come with the most telling first.

        The clues open candidates, the newest first, until enough postings were read; the best are compared in full.
        """
        shared: dict[int, float] = {}
        left = MOST_POSTINGS
        for term, weight in clues.items():
            for centre_id in self._postings.newest(term, left):
                shared[centre_id] = shared.get(centre_id, 0.0) + weight * weight
                left -= 1
            if left <= 0:
                break
        best = heapq.nsmallest(MOST_COMPARED, shared.items(), key=lambda pair: (-pair[1], pair[0]))
        return [(centre.product(vector), centre) for centre in (self._open[i] for i, _ in best)]

    def sort_by_rarity(self, terms: Iterable[str]) -> list[str]:
        """Sort terms by how few open stories hold them."""
        return sorted(terms, key=lambda term: (self._postings.count(term), term))

    def drop_common(self, vector: Mapping[str, float], share: float) -> dict[str, float]:
        """Leave out of a vector the terms that more than such a share of the open stories hold."""
        most = share * (len(self._open) + FEW_OPEN)
        return {term: weight for term, weight in vector.items() if self._postings.count(term) <= most}

    def begin(self, centre_id: int, at: float, seen: float) -> Centre:
        """Open a centre without words."""
        centre = Centre.empty(centre_id, at)
        centre.touched = seen
        self.admit(centre)
        return centre

    def admit(self, centre: Centre) -> None:
        """Take in a centre as it is."""
        self._open[centre.id] = centre
        self._postings.add(centre.terms, centre.id)
        heapq.heappush(self._ages, (centre.touched, centre.id))

    def add(self, centre: Centre, vector: Mapping[str, float], at: float, seen: float, *, has_text: bool) -> None:
        """Let a centre take in an article."""
        self._mix(centre, vector.items())
        centre.count += 1
        centre.texts += has_text
        centre.first, centre.last = min(centre.first, at), max(centre.last, at)
        centre.touched = max(centre.touched, seen)

    def join(self, kept: Centre, gone: Centre) -> None:
        """Let a centre take in another, which closes."""
        self.close(gone)
        self._mix(kept, zip(gone.terms, gone.weights, strict=True))
        kept.count += gone.count
        kept.texts += gone.texts
        kept.first, kept.last = min(kept.first, gone.first), max(kept.last, gone.last)
        kept.touched = max(kept.touched, gone.touched)
        if kept.core is not None:  # the two were found to be one: that the centre moved is no drift
            kept.core = Core.of(kept)

    def close(self, centre: Centre) -> None:
        """Forget a centre."""
        del self._open[centre.id]
        self._postings.remove(centre.terms, centre.id)

    def close_untouched(self, before: float) -> list[int]:
        """Close the centres that took in nothing since then."""
        closed = []
        while self._ages and self._ages[0][0] < before:
            touched, centre_id = heapq.heappop(self._ages)
            centre = self._open.get(centre_id)
            if centre is None:
                continue
            if centre.touched > touched:
                heapq.heappush(self._ages, (centre.touched, centre_id))
                continue
            self.close(centre)
            closed.append(centre_id)
        return closed

    def _mix(self, centre: Centre, vector: Iterable[tuple[str, float]]) -> None:
        mixed = dict(zip(centre.terms, centre.weights, strict=True))
        new: list[str] = []
        for term, weight in vector:
            held = mixed.get(term)
            if held is None:
                new.append(term)
                mixed[intern(term)] = weight
            else:
                mixed[term] = held + weight
        dropped: list[str] = []
        if len(mixed) > 2 * KEPT_TERMS:
            ranked = sorted(mixed.items(), key=lambda item: (-item[1], item[0]))
            dropped = [term for term, _ in ranked[KEPT_TERMS:]]
            mixed = dict(ranked[:KEPT_TERMS])
        gone = set(dropped)
        self._postings.remove((term for term in dropped if term not in set(new)), centre.id)
        self._postings.add((term for term in new if term not in gone), centre.id)
        centre.terms = tuple(mixed)
        centre.weights = array(WEIGHTS, mixed.values())
        centre.length = math.sqrt(sum(weight * weight for weight in centre.weights))
