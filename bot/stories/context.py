"""What happened before: the earlier stories that share names or words with a story."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence

from bot.domain.views import StoryLine
from bot.stories.features import read_terms, tell_language
from bot.stories.said import Names

NAME_WEIGHT = 1.0


def find_no_names(text: str) -> Collection[str]:
    """Find nothing, where no packs are at hand."""
    return ()


def rank_context(
    text: str, candidates: Sequence[StoryLine], limit: int, *, names: Names = find_no_names
) -> list[StoryLine]:
    """Choose at most `limit` of the earlier stories, best first, the later one first among equals.

    `text` is what the story is known by: its titles. A candidate counts that shares a word of its headline or a name
    with it; words that many of the candidates have weigh less. Names bridge languages.
    """
    terms = [_read(_text(candidate), candidate.first.language) for candidate in candidates]
    common = Counter(term for held in terms for term in held)
    own_terms, own_names = _read(text, None), set(names(text))
    scored: list[tuple[float, StoryLine]] = []
    for candidate, held in zip(candidates, terms, strict=True):
        shared = sum(math.log(1 + len(candidates) / common[term]) for term in sorted(own_terms & held))
        score = shared / math.sqrt(len(held) or 1) + NAME_WEIGHT * len(own_names.intersection(names(_text(candidate))))
        if score > 0:
            scored.append((score, candidate))
    scored.sort(key=lambda pair: (-pair[0], -pair[1].first.published_at.timestamp(), pair[1].id))
    return [candidate for _, candidate in scored[:limit]]


def _read(text: str, language: str | None) -> set[str]:
    return set(read_terms(text, tell_language(text, language)))


def _text(story: StoryLine) -> str:
    return story.headline if story.headline == story.first.title else f"{story.headline}\n{story.first.title}"
