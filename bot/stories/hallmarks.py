"""Hallmarks: the words that a story is of, by which two that share much else are told apart.

Two firms file for bankruptcy in the same words; that one's name is nowhere in the other tells that they are two.
"""

from __future__ import annotations

from collections.abc import Mapping

HALLMARK_SHARE = 0.65
ABSENT_SHARE = 0.1


def have_different_hallmarks(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    """Tell whether each has a word, weighing about as much as any of its own, that the other (nearly) lacks."""
    return bool(one and other) and _lacks_hallmark(one, other) and _lacks_hallmark(other, one)


def _lacks_hallmark(vector: Mapping[str, float], of: Mapping[str, float]) -> bool:
    least = HALLMARK_SHARE * max(of.values())
    most = ABSENT_SHARE * max(vector.values())
    return any(weight >= least and vector.get(term, 0.0) <= most for term, weight in of.items())
