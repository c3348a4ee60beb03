"""Rounds over the open stories: those that prove to be one are merged, and grown ones take in small ones beside them.

A story that has grown is compared with the others again. The likest pairs are merged, each story once a round; then
the small stories near grown ones join the best story that is near enough, or that leads all other grown ones clearly.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.stories.centres import Centre, Centres
from bot.stories.features import weigh_evidence
from bot.stories.hallmarks import have_different_hallmarks

MERGE_AT = 0.27
ABSORB_AT = 0.30
WORDED_MERGE_AT = 0.7
WORDED_ABSORB_AT = 0.4
GROWTH = 1.15
SMALL = 3
MOST_SMALL = 12
CLEAR_AT = 0.20
CLEAR_LEAD = 0.15
LEAST_SHARED = 2.0
LEAST_BESIDES = 0.02
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
    """Ask that two stories which both grew are alike in words that few others hold, and of whom they tell.

    «Trade deal» while all the news is of trade is what two subjects have in common; «files for bankruptcy» is what two
    firms have in common, when one is in no report of the other. Of a small story nothing is asked but that it shares
    more than one word: «Festival roundup» is no part of what was told of one film there.
    """
    theirs = other.vector()
    if min(count, other.count) <= SMALL:
        shared = [weight * theirs[term] for term, weight in vector.items() if term in theirs]
        return sum(shared) - max(shared, default=0.0) >= LEAST_BESIDES
    if have_different_hallmarks(vector, theirs):
        return False
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
        other = _find_host(centres, centre, may_join)
        if other is not None:
            merges.append(_merge(centres, other, centre))
    return merges


def _find_host(centres: Centres, centre: Centre, may_join: MayJoin) -> Centre | None:
    """Find the larger story that a small one belongs to: one that is near, or is nearer than any other by far.

    Headlines on one event may share few words with each other, but then fewer still with anything else; what they share
    must be words that few other stories hold, for in a month of trade news «trade» leads nowhere.
    """
    vector = centre.vector()
    near = [pair for pair in centres.nearest(vector, CLEAR_AT - CLEAR_LEAD) if pair[1].id != centre.id]
    best = next(((at, one) for at, one in near if one.count > centre.count and may_join(one, centre)), None)
    if best is None:
        return None
    likeness, other = best
    if likeness >= (WORDED_ABSORB_AT if centre.is_worded else ABSORB_AT):
        return other
    rival = next((at for at, one in near if one.id != other.id and one.count > SMALL), 0.0)
    leads = likeness - rival >= CLEAR_LEAD and weigh_evidence(vector.keys() & other.terms) >= LEAST_SHARED
    own = other.product(centres.drop_common(vector, OWN_SHARE)) if leads and not centre.is_worded else 0.0
    return other if own >= CLEAR_AT else None
