"""Stories that are surely each their own: every word but the watched one occurs in one story only."""

from __future__ import annotations

import re
from dataclasses import dataclass

WATCHED = "Huawei"
_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
_WORDS = len(_SYLLABLES) ** 4
_STEP = 7_368_787  # a prime: neighbouring numbers become words that look nothing alike
_WORDS_EACH = 16
LEAST_COUNT = 1000
_TITLE = re.compile(rf"{WATCHED} ([a-z]{{8}})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story as a feed tells it; `key` is the word by which it is known again in a message."""

    key: str
    title: str
    text: str


def tell_story(number: int) -> Told:
    """Invent the story of that number."""
    words = [_word(number * _WORDS_EACH + place) for place in range(_WORDS_EACH)]
    text = " ".join(words[4:]).capitalize()
    return Told(key=words[0], title=f"{WATCHED} {' '.join(words[:4])}", text=f"{text}.")


def grow_story(number: int) -> Told:
    """Invent a later report of the story of that number, which adds a count to it."""
    first, news = tell_story(number), f"{LEAST_COUNT + number} {_word(number * _WORDS_EACH + _WORDS_EACH - 1)}"
    return Told(key=first.key, title=f"{first.title}: {news}", text=f"{first.text} {news.capitalize()}.")


def find_key(shown: str) -> str | None:
    """Return the key of the story that a message is headed by; None where it shows none."""
    found = _TITLE.search(shown)
    return found[1] if found else None


def _word(number: int) -> str:
    place = number * _STEP % _WORDS
    letters = ""
    for _ in range(4):
        place, syllable = divmod(place, len(_SYLLABLES))
        letters += _SYLLABLES[syllable]
    return letters
