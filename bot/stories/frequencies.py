"""How common words are in the stream so far: a word counts once for each story that holds it, however hot it is."""

from __future__ import annotations

import math

PRIOR_STORIES = 20
KEPT_STORIES = 60_000
LEAST_WEIGHT = 0.1


class Frequencies:
    """Story counts by word; old counts fade, so that memory stays bounded and the weights follow the news."""

    def __init__(self) -> None:
        self._stories = 0
        self._counts: dict[str, int] = {}

    def weigh(self, term: str) -> float:
        """Return how telling a word is; one never seen weighs no more than one seen once: it may be common."""
        weight = math.log((self._stories + PRIOR_STORIES) / max(self._counts.get(term, 1), 1))
        return max(weight, LEAST_WEIGHT)

    def add(self, term: str) -> None:
        """Count a story that now holds the word."""
        self._counts[term] = self._counts.get(term, 0) + 1

    def remove(self, term: str) -> None:
        """Take back a story that no longer holds the word."""
        left = self._counts.get(term, 0) - 1
        if left > 0:
            self._counts[term] = left
        else:
            self._counts.pop(term, None)

    def add_story(self) -> None:
        """Count a story; when there are many, all counts are halved and the rarest words forgotten."""
        self._stories += 1
        if self._stories > KEPT_STORIES:
            self._stories //= 2
            self._counts = {term: count // 2 for term, count in self._counts.items() if count >= 2}
