"""Rounds over the open stories: those that prove to be one are merged, and grown ones take in small ones beside them.

A story that has grown is compared with the others again. The likest pairs are merged, each story once a round; then
the small stories near grown ones join the best story that is near enough.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.stories.centres import Centre, Centres

MERGE_AT = 0.27
ABSORB_AT = 0.30
WORDED_MERGE_AT = 0.7
WORDED_ABSORB_AT = 0.4
GROWTH = 1.15
SMALL = 3
MOST_SMALL = 12
OWN_SHARE = 0.04
LEAST_OWN = 0.15
TOP_TERMS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Two centres that are one now; the kept one's number stays."""

    kept: int
    gone: int


MayJoin = Callable[[Centre, Centre], bool]
Pairs = dict[tuple[int, int], tuple[float, Centre, Centre]]
"""How like two centres are, by their numbers."""


def merge_round(centres: Centres, grown: Iterable[int], may_join: MayJoin) -> tuple[list[Merge], set[int]]:
    """Merge what belongs together among the centres that grew; tells the merges, and the centres to look at again."""
    due = [
        centre for centre in map(centres.find, sorted(grown)) if centre is not None and centre.count >= centre.checked
    ]
    pairs: Pairs = {}
    small: set[int] = set()
    for centre in due:
        centre.checked = int(centre.count * GROWTH) + 1
        _compare(centres, centre, may_join, pairs, small)
    merges: list[Merge] = []
    used: set[int] = set()
    for numbers, (_, one, other) in sorted(pairs.items(), key=lambda item: (-item[1][0], item[0])):
        if used.isdisjoint(numbers):
            used.update(numbers)
            merges.append(_merge(centres, one, other))
    merges += _absorb(centres, small, may_join)
    return merges, {merge.kept for merge in merges if centres.find(merge.kept) is not None}


def _compare(centres: Centres, centre: Centre, may_join: MayJoin, pairs: Pairs, small: set[int]) -> None:
    vector = centre.vector()
    top = heapq.nsmallest(TOP_TERMS, vector, key=lambda term: (-vector[term], term))
    clues = {term: vector[term] for term in centres.sort_by_rarity(top)}
    near = []
    for likeness, other in centres.compare(clues, vector):
        if other.id == centre.id or not may_join(centre, other):
            continue
        if likeness >= _least_likeness(centre, other) and _has_own_words(centres, vector, centre.count, other):
            pairs.setdefault((min(centre.id, other.id), max(centre.id, other.id)), (likeness, centre, other))
        if other.count <= SMALL < centre.count:
            near.append((-likeness, other.id))
    small.update(number for _, number in heapq.nsmallest(MOST_SMALL, near))


def _least_likeness(one: Centre, other: Centre) -> float:
    return WORDED_MERGE_AT if one.is_worded or other.is_worded else MERGE_AT


def _has_own_words(centres: Centres, vector: Mapping[str, float], count: int, other: Centre) -> bool:
    """Ask that two stories which both grew are alike in words that few others hold.

    «Trade deal» while all the news is of trade is what two subjects have in common.
    """
    if min(count, other.count) <= SMALL:
        return True
    return other.product(centres.drop_common(vector, OWN_SHARE)) >= LEAST_OWN


def _merge(centres: Centres, first: Centre, second: Centre) -> Merge:
    """Merge into the centre with more articles, at the same size into the older."""
    kept, gone = sorted((first, second), key=lambda centre: (-centre.count, centre.id))
    centres.join(kept, gone)
    kept.checked = min(kept.checked, kept.count)
    return Merge(kept=kept.id, gone=gone.id)


def _absorb(centres: Centres, small: Iterable[int], may_join: MayJoin) -> list[Merge]:
    merges = []
    for number in sorted(small):
        centre = centres.find(number)
        if centre is None or centre.count > SMALL:
            continue
        least = WORDED_ABSORB_AT if centre.is_worded else ABSORB_AT
        for _, other in centres.nearest(centre.vector(), least):
            if other.count > centre.count and may_join(other, centre):
                merges.append(_merge(centres, other, centre))
                break
    return merges
