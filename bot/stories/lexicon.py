"""Word lists of many languages, found in a text at the cost of reading its words once.

A word is compared folded and whole; with * any letters may follow, with = before it capitals count. Several words are a
phrase, with little between them; a phrase that ends in a verb's particle (Dutch, German) may have its object inside it:
«stelt nieuwe wet voor». Han, kana and Hangul are found anywhere; an Arabic word may have «and», «to», «in» before it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.text import fold, is_han_or_kana

_WORD = re.compile(r"[^\W_]+")
_SMALL_GAP = re.compile(r"[\s.'’-]{0,2}")
_CLAUSE_END = re.compile(r"[^\S\n]*(?:[,;:.!?–—|)\n]|$)")
_PARTICLES = """
aan af door goed in op uit vast voor stil terug vrij neer los mee tegen plat weg in ab an auf aus ein vor zu zurück
wieder fort nieder durch frei bei hin lahm fest
"""
PARTICLES = frozenset(fold(particle) for particle in _PARTICLES.split())
MOST_INSIDE = 5
_ARABIC_BEFORE = re.compile("^(?:[وف]?[بلك]?ال|[وفبلك]{1,2})")


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in a text where a word of a list stands."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    words: tuple[str, ...]
    is_stem: bool
    cased: str


class Lexicon:
    """Words with the key that each stands for."""

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        self._by_first: dict[str, list[_Entry]] = defaultdict(list)
        self._stems: dict[str, list[_Entry]] = defaultdict(list)
        self._anywhere: list[tuple[str, str]] = []
        for word, key in words:
            self._learn(word.strip(), key)
        self._stem_lengths = sorted({len(stem) for stem in self._stems})

    def find(self, text: str) -> list[Hit]:
        """List the hits in the order of the text."""
        words = list(_WORD.finditer(text))
        folded = [_fold(word[0]) for word in words]
        hits = [hit for index in range(len(words)) for hit in self._find_at(text, words, folded, index)]
        if not text.isascii():
            hits += [
                Hit(key, found.start(), found.end())
                for word, key in self._anywhere
                if word in text
                for found in re.finditer(re.escape(word), text)
            ]
        return sorted(hits, key=lambda hit: (hit.start, -hit.end))

    def _learn(self, word: str, key: str) -> None:
        if _is_anywhere(word):
            self._anywhere.append((word.rstrip("*"), key))
            return
        bare = word.lstrip("=").rstrip("*")
        tokens = tuple(_fold(found) for found in _WORD.findall(bare))
        is_stem = word.endswith("*")
        entry = _Entry(key, tokens, is_stem, bare if word.startswith("=") else "")
        (self._stems if is_stem and len(tokens) == 1 else self._by_first)[tokens[0]].append(entry)

    def _find_at(self, text: str, words: Sequence[re.Match[str]], folded: Sequence[str], index: int) -> Iterable[Hit]:
        for entry in self._entries(folded[index]):
            last = _match(entry, text, words, folded, index)
            if last is not None:
                yield Hit(entry.key, words[index].start(), words[last].end())

    def _entries(self, word: str) -> Iterable[_Entry]:
        yield from self._by_first.get(word, ())
        yield from self._find_stems(word)
        if "\u0600" <= word[0] <= "\u06ff":
            bare = _ARABIC_BEFORE.sub("", word)
            if bare != word and len(bare) > 2:
                for form in (bare, "ال" + bare):
                    yield from self._by_first.get(form, ())
                    yield from self._find_stems(form)

    def _find_stems(self, word: str) -> Iterable[_Entry]:
        for length in self._stem_lengths:
            if length > len(word):
                break
            yield from self._stems.get(word[:length], ())


def _match(entry: _Entry, text: str, words: Sequence[re.Match[str]], folded: Sequence[str], index: int) -> int | None:
    """Tell the last word of an entry that begins at a word, None where the others do not follow."""
    if entry.cased and not text.startswith(entry.cased, words[index].start()):
        return None
    at = index
    for number, token in enumerate(entry.words[1:], 1):
        is_last = number == len(entry.words) - 1
        if _follows(text, words, folded, at, token, is_stem=entry.is_stem and is_last):
            at += 1
        elif is_last and token in PARTICLES:
            return _find_particle(text, words, folded, at, token)
        else:
            return None
    return at


def _follows(
    text: str, words: Sequence[re.Match[str]], folded: Sequence[str], at: int, token: str, *, is_stem: bool
) -> bool:
    if at + 1 >= len(words) or not _SMALL_GAP.fullmatch(text, words[at].end(), words[at + 1].start()):
        return False
    return folded[at + 1].startswith(token) if is_stem else folded[at + 1] == token


def _find_particle(text: str, words: Sequence[re.Match[str]], folded: Sequence[str], at: int, token: str) -> int | None:
    """Find a verb's particle at the end of its clause, a few words on."""
    for further in range(at + 1, min(at + 2 + MOST_INSIDE, len(words))):
        if _CLAUSE_END.match(text, words[further - 1].end()) and further - 1 > at:
            return None
        if folded[further] == token and _CLAUSE_END.match(text, words[further].end()):
            return further
    return None


def _is_anywhere(word: str) -> bool:
    return is_han_or_kana(word[0]) or "\uac00" <= word[0] <= "\ud7a3"


@lru_cache(maxsize=16_384)
def _fold(word: str) -> str:
    return fold(word)
