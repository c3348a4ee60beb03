"""Who wrote it first: texts that are the same or nearly so are one origin, however many outlets carry them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.text import tokens

SHINGLE_WORDS = 4
LEAST_SHINGLES = 8
SAME_AT = 0.6
READ_CHARS = 3_000


def count_origins(texts: Sequence[str]) -> int:
    """Count the origins of a story's texts (an article's text, or its title where it has none)."""
    seen: list[tuple[list[str], frozenset[tuple[str, ...]]]] = []
    for text in texts:
        words = tokens(text[:READ_CHARS])
        shingles = frozenset(tuple(words[i : i + SHINGLE_WORDS]) for i in range(len(words) - SHINGLE_WORDS + 1))
        if not any(_is_same(words, shingles, *other) for other in seen):
            seen.append((words, shingles))
    return len(seen)


def _is_same(
    words: list[str], shingles: frozenset[tuple[str, ...]], other: list[str], other_shingles: frozenset[tuple[str, ...]]
) -> bool:
    """Compare by containment, so that shortened wire copy is still the wire's; short texts must be the same."""
    fewer = min(len(shingles), len(other_shingles))
    if fewer < LEAST_SHINGLES:
        return words == other
    return len(shingles & other_shingles) >= SAME_AT * fewer
