"""What happened before: the earlier stories that share names or words with a story."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.text import fold
from bot.domain.views import StoryLine
from bot.stories.countries import find_places
from bot.stories.features import read_terms, tell_language
from bot.stories.said import Names

NAME_WEIGHT = 1.0
PLACE_WEIGHT = 0.25
COMMON_AT = 0.5
"""What more than so many of the candidates hold says nothing of any of them: the topic's own name, mostly."""
KEPT = 2_000
"""Texts that are kept read: the stories of a topic are candidates of one another."""


def find_no_names(text: str) -> Collection[str]:
    """Find nothing, where no packs are at hand."""
    return ()


def rank_context(
    text: str, candidates: Sequence[StoryLine], limit: int, *, names: Names = find_no_names
) -> list[StoryLine]:
    """Choose at most `limit` of the earlier stories, best first, the later one first among equals.

    `text` is what the story is known by: its titles. A candidate counts that shares a word of its headline, a name or
    a place with it; what many of the candidates have weighs less. Names and places bridge languages.
    """
    held = [_read(_text(candidate), candidate.first.language, names) for candidate in candidates]
    common = Counter(part for one in held for kind in one for part in kind)
    own = _read(text, None, names)
    scored: list[tuple[float, StoryLine]] = []
    for candidate, one in zip(candidates, held, strict=True):
        score = _score(own, one, common, len(candidates))
        if score > 0:
            scored.append((score, candidate))
    scored.sort(key=lambda pair: (-pair[0], -pair[1].first.published_at.timestamp(), pair[1].id))
    # A headline that an outlet uses again and again tells what came before once.
    best = {fold(candidate.headline): candidate for _, candidate in reversed(scored)}
    return [candidate for _, candidate in scored if best[fold(candidate.headline)] is candidate][:limit]


@dataclass(frozen=True, slots=True)
class _Held:
    """What a story is known by; the parts of each kind are told apart by their first letter."""

    words: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]

    def __iter__(self) -> Iterator[frozenset[str]]:
        return iter((self.words, self.names, self.places))


def _score(own: _Held, other: _Held, common: Counter[str], count: int) -> float:
    words = sum(math.log(1 + count / common[word]) for word in sorted(own.words & other.words))
    names = sum(_weigh(common[name], count) for name in own.names & other.names)
    places = sum(_weigh(common[place], count) for place in own.places & other.places)
    return words / math.sqrt(len(other.words) or 1) + NAME_WEIGHT * names + PLACE_WEIGHT * places


def _weigh(shared_by: int, count: int) -> float:
    """Weigh a name by how few of the candidates have it; one that nearly all have still counts a little."""
    return 1.0 if shared_by <= COMMON_AT * count else 0.5


@lru_cache(maxsize=KEPT)
def _read(text: str, language: str | None, names: Names) -> _Held:
    return _Held(
        words=frozenset(read_terms(text, tell_language(text, language))),
        names=frozenset(f"@{name}" for name in names(text)),
        places=frozenset(f"#{place}" for place in find_places(text)),
    )


def _text(story: StoryLine) -> str:
    return story.headline if story.headline == story.first.title else f"{story.headline}\n{story.first.title}"
