"""Drift: a story that grows is watched, whether its newer articles still tell of what its earlier ones told of.

Whenever a story has grown by some articles, what these brought is compared with what it was before. Stories of one
event stay alike as they grow (.7 to .95 on labelled headlines); one that slid from a subject to the next, by words that
both hold («trade deal», «virus»), falls below .45.
"""

from __future__ import annotations

import math

from bot.stories.centres import Centre, Core

STEP = 12
"""So many articles are enough to tell what they are of."""
LEAST_LIKENESS = 0.45


def has_drifted(centre: Centre) -> bool:
    """Look at a centre that may have grown; tells whether what came lately is something else than what was before."""
    core = centre.core
    if core is None:
        if centre.count >= STEP:
            centre.core = Core.of(centre)
        return False
    if centre.count - core.count < STEP:
        return False
    centre.core = Core.of(centre)
    return _compare(core, centre) < LEAST_LIKENESS


def _compare(core: Core, centre: Centre) -> float:
    """Return the cosine of what a centre was and what it took in since."""
    was = dict(zip(core.terms, core.weights, strict=True))
    came = {
        term: grown
        for term, weight in zip(centre.terms, centre.weights, strict=True)
        if (grown := weight - was.get(term, 0.0)) > 0
    }
    lengths = math.hypot(*was.values()) * math.hypot(*came.values())
    return sum(weight * came.get(term, 0.0) for term, weight in was.items()) / lengths if lengths else 1.0
