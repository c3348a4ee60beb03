"""Words and names that go with a topic's hits far more than with the rest of the archive.

The measure is the log-likelihood ratio of T. Dunning, Accurate Methods for the Statistics of Surprise and Coincidence
(Computational Linguistics 19:1, 1993): it stays honest where a word is rare. Nothing is added by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from bot.domain.text import HAN_KANA, fold, is_han_or_kana, tokens

SURE = 15.13
"""The ratio above which chance explains less than one in ten thousand (chi-squared, one degree of freedom)."""
LEAST_HITS = 3
MOST_COUNTED = 400
LONGEST_TEXT = 4_000
MOST_WEIGHED = 60
ALIKE = 0.8
"""Above this share two terms stand in about the same texts."""
_WORD = re.compile(r"[^\W\d_][\w'’]{2,}")
_PAIR = re.compile(r"(?=\b((?!\d)\w[\w'’-]* (?!\d)\w[\w'’-]*))")
_HAN = re.compile(f"[{HAN_KANA}]{{2,}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A word or name: how many of the hits hold it, how many articles in all, and how surprising that is."""

    term: str
    hits: int
    articles: int
    ratio: float


def log_likelihood(both: int, first: int, second: int, total: int) -> float:
    """Return Dunning's ratio of a word with hits: `both` of `first` hits and `second` of `total` articles hold it.

    0 where the word is not commoner among the hits than among the rest.
    """
    table = (both, first - both, second - both, total - first - second + both)
    if min(table) < 0 or not first or not second or both * total <= first * second:
        return 0.0
    rows, columns = (first, total - first), (second, total - second)
    expected = [row * column / total for row in rows for column in columns]
    return 2.0 * sum(seen * log(seen / e) for seen, e in zip(table, expected, strict=True) if seen)


@dataclass(slots=True)
class Words:
    """The words, pairs of capitalised words, and runs of Han of a topic's hits, each counted once a text."""

    texts: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    written: dict[str, str] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)
    _titles: set[str] = field(default_factory=set)

    def add(self, title: str, text: str, language: str | None) -> None:
        """Count a hit's text; one with the title of another (a wire copy) says nothing more."""
        if fold(title) in self._titles:
            return
        self._titles.add(fold(title))
        self.texts += 1
        found: dict[str, str] = {}
        for written in _terms(f"{title}\n{text}"[:LONGEST_TEXT]):
            found.setdefault(key_of(written), written)
        self.counts.update(key for key in found if key)
        for key, written in found.items():
            self.written.setdefault(key, written)
            self.languages.setdefault(key, (language or "").split("-", 1)[0])

    def candidates(self, ignored: Collection[str]) -> list[str]:
        """Return the keys worth counting in the archive, commonest first; `ignored` are keys that say nothing."""
        least = max(LEAST_HITS, self.texts // 50)
        kept: list[str] = []
        for key, count in self.counts.most_common():
            if count < least or len(kept) == MOST_COUNTED:
                break
            if key not in ignored and not _is_loose(key, ignored):
                kept.append(key)
        return kept

    def suggest(
        self, archive: Mapping[str, int], totals: Mapping[str, int], *, known: Collection[str], most: int
    ) -> list[Suggestion]:
        """Choose the most surprising words.

        `archive` counts articles by key, `totals` by language: a word is held against the articles of its language, or
        every English word would go with a topic that is reported in English. `known` are keys that the topic has.
        """
        found = []
        for key, held in archive.items():
            hits = self.counts[key]
            second = max(held, hits)
            total = max(totals.get(self.languages[key], sum(totals.values())), self.texts + second - hits)
            ratio = log_likelihood(hits, self.texts, second, total)
            if ratio >= SURE and not any(_says_the_same(key, other) for other in known):
                found.append(Suggestion(term=self.written[key], hits=hits, articles=second, ratio=ratio))
        found.sort(key=lambda one: (-one.ratio, one.term))
        return _choose(found[:MOST_WEIGHED], most)


def key_of(term: str) -> str:
    """Return a term as the archive counts it: its folded words with spaces between them."""
    return " ".join(tokens(term))


def _terms(text: str) -> list[str]:
    words = [found[0] for found in _WORD.finditer(text) if not is_han_or_kana(found[0][0])]
    pairs = [pair for pair in _PAIR.findall(text) if all(word[:1].isupper() for word in pair.split())]
    runs = [run[i : i + n] for run in _HAN.findall(text) for n in (2, 3, 4) for i in range(len(run) - n + 1)]
    return [*words, *pairs, *runs]


def _is_loose(key: str, ignored: Collection[str]) -> bool:
    """Tell whether a phrase has a word at its edge that only binds sentences: no name then."""
    words = key.split()
    return len(words) > 1 and (words[0] in ignored or words[-1] in ignored)


def _says_the_same(key: str, known: str) -> bool:
    """Tell whether a term adds nothing to one that the topic has; in Han, also whether it goes on from it."""
    is_next = is_han_or_kana(key[0]) and (key[0] == known[-1] or key[-1] == known[0])
    return is_next or key == known or f" {known} " in f" {key} "


def _choose(found: Sequence[Suggestion], most: int) -> list[Suggestion]:
    """Choose the best, each once: no piece of a longer one in about as many hits, and no longer one in far fewer."""
    folded = {one.term: fold(one.term) for one in found}
    kept: list[Suggestion] = []
    for one in found:
        term = folded[one.term]
        longer = [o for o in found if o is not one and term in folded[o.term] and o.hits >= ALIKE * one.hits]
        if len(kept) < most and not longer and not any(_repeats(term, one, folded[o.term], o) for o in kept):
            kept.append(one)
    return kept


def _repeats(term: str, one: Suggestion, known: str, other: Suggestion) -> bool:
    """Tell whether a term says what a chosen one says: it holds it in fewer texts, or is the next piece of one run."""
    if known in term:
        return one.hits < ALIKE * other.hits
    is_piece = is_han_or_kana(term[0]) and (known[1:] in term or known[:-1] in term or term[1:] in known)
    return is_piece and one.hits >= ALIKE * other.hits
