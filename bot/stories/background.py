"""How common words are in a language at large, by the lists of the wordfreq library: known before the stream is.

A stream that has just begun cannot tell «says» from «Sbarro»; a list of the language's common words can. Each list is
read when the language is met first (10 ms, some 2 MB); the lists of a few languages are held, the rest are read again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from bot.domain.text import fold, is_han_or_kana
from bot.stories.stems import stem

HEADLINES = 10_000
"""How many headlines the background stands for, against the stories of the stream."""
WORDS_A_HEADLINE = 10
LEAST_COUNT = 0.3
MOST_LANGUAGES = 8
_SMALL = "small"
_NAMES = {"no": "nb", "nn": "nb", "hr": "sh", "sr": "sh", "bs": "sh", "tl": "fil", "iw": "he", "in": "id"}


@lru_cache(maxsize=MOST_LANGUAGES)
def read_background(language: str) -> Mapping[str, float]:
    """Tell how many of so many headlines would hold each common term; a language without a list has none."""
    name = _NAMES.get(language, language)
    if name not in _list_languages():
        return {}
    from wordfreq import get_frequency_dict

    frequencies = get_frequency_dict(name, _SMALL)
    shares = _count_bigrams(frequencies) if language in {"zh", "ja"} else _count_stems(frequencies, language)
    factor = HEADLINES * WORDS_A_HEADLINE
    return {term: share * factor for term, share in shares.items() if share * factor >= LEAST_COUNT}


@lru_cache(maxsize=1)
def _list_languages() -> frozenset[str]:
    # Imported where it is needed: grouping has a process of its own, the main one does without these 16 MB.
    from wordfreq import available_languages

    return frozenset(available_languages(_SMALL))


def _count_stems(frequencies: Mapping[str, float], language: str) -> Mapping[str, float]:
    shares: defaultdict[str, float] = defaultdict(float)
    for word, share in frequencies.items():
        shares[stem(fold(word), language)] += share
    return shares


def _count_bigrams(frequencies: Mapping[str, float]) -> Mapping[str, float]:
    """Count the pairs of characters inside words, and those that arise where one word follows another.

    The second kind is estimated as if words followed each other by chance.
    """
    shares: defaultdict[str, float] = defaultdict(float)
    first: defaultdict[str, float] = defaultdict(float)
    last: defaultdict[str, float] = defaultdict(float)
    for word, share in frequencies.items():
        if not all(map(is_han_or_kana, word)):
            shares[stem(fold(word))] += share
            continue
        first[word[0]] += share
        last[word[-1]] += share
        for start in range(max(len(word) - 1, 1)):
            shares[word[start : start + 2]] += share
    least = LEAST_COUNT / (HEADLINES * WORDS_A_HEADLINE)
    commonest = max(first.values(), default=0.0)
    for end, ending in last.items():
        if ending * commonest < least:
            continue
        for begin, beginning in first.items():
            if ending * beginning >= least:
                shares[end + begin] += ending * beginning
    return shares
