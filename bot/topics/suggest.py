"""Words and names that go with a topic's hits far more than with the rest of the archive.

The measure is the log-likelihood ratio of T. Dunning, Accurate Methods for the Statistics of Surprise and Coincidence
(Computational Linguistics 19:1, 1993): it stays honest where a word is rare. Nothing is added by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from math import log

from bot.domain.text import HAN_KANA, fold, is_han_or_kana, tokens

SURE = 15.13
"""The ratio above which chance explains less than one in ten thousand (chi-squared, one degree of freedom)."""
LEAST_HITS = 3
MOST_COUNTED = 400
LONGEST_TEXT = 4_000
_CAPITAL_PAIR = re.compile(r"(?=\b((?!\d)\w[\w'’-]* (?!\d)\w[\w'’-]*))")
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

    def add(self, text: str) -> None:
        """Count a hit's text."""
        self.texts += 1
        found: dict[str, str] = {}
        for written in _terms(text[:LONGEST_TEXT]):
            found.setdefault(key_of(written), written)
        self.counts.update(key for key in found if key)
        for key, written in found.items():
            self.written.setdefault(key, written)

    def candidates(self, ignored: Collection[str]) -> list[str]:
        """Return the keys worth counting in the archive, commonest first; `ignored` are keys that say nothing."""
        least = max(LEAST_HITS, self.texts // 50)
        kept = [
            key
            for key, count in self.counts.most_common()
            if count >= least and key not in ignored and not _is_empty(key, ignored)
        ]
        return kept[:MOST_COUNTED]

    def suggest(self, archive: Mapping[str, int], total: int, *, known: Collection[str], most: int) -> list[Suggestion]:
        """Choose the most surprising; `archive` counts articles by key, `known` are keys that the topic has already."""
        total = max(total, self.texts)
        found = []
        for key, second in archive.items():
            hits = self.counts[key]
            ratio = log_likelihood(hits, self.texts, max(second, hits), total)
            if ratio >= SURE and not any(_says_the_same(key, other) for other in known):
                found.append(Suggestion(term=self.written[key], hits=hits, articles=max(second, hits), ratio=ratio))
        found.sort(key=lambda one: (-one.ratio, one.term))
        return _without_parts(found)[:most]


def key_of(term: str) -> str:
    """Return a term as the archive counts it: its folded words with spaces between them."""
    return " ".join(tokens(term))


def _terms(text: str) -> list[str]:
    words = [found[0] for found in re.finditer(r"[^\W\d_][\w'’]{2,}", text) if not is_han_or_kana(found[0][0])]
    pairs = [pair for pair in _CAPITAL_PAIR.findall(text) if all(word[:1].isupper() for word in pair.split())]
    runs = [run[i : i + size] for run in _HAN.findall(text) for size in (2, 3, 4) for i in range(len(run) - size + 1)]
    return [*words, *pairs, *runs]


def _is_empty(key: str, ignored: Collection[str]) -> bool:
    """Tell whether a phrase has a word at its edge that binds sentences only: no name then."""
    words = key.split()
    return len(words) > 1 and (words[0] in ignored or words[-1] in ignored)


def _says_the_same(key: str, known: str) -> bool:
    return key == known or f" {known} " in f" {key} "


def _without_parts(found: list[Suggestion]) -> list[Suggestion]:
    """Drop what is a piece of a longer suggestion in nearly as many hits, and what holds a piece said before it."""
    kept: list[Suggestion] = []
    for one in found:
        inside = [o for o in found if o is not one and _holds(o.term, one.term) and o.hits >= 0.8 * one.hits]
        longer = any(len(o.term) > len(one.term) for o in inside)
        if not longer and not any(_holds(one.term, o.term) and one.hits < 0.8 * o.hits for o in kept):
            kept.append(one)
    return kept


def _holds(longer: str, shorter: str) -> bool:
    return fold(shorter) in fold(longer) and longer != shorter
