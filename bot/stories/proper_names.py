"""Names in a headline, told by their capitals: people, companies, towns that no list holds."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.domain.text import fold
from bot.stories.function_words import MOMENTS, WORDS
from bot.stories.number_words import SHORT_MOMENTS

CASED_NOUNS = frozenset({"de", "lb"})
"""Languages that write every noun with a capital: there only what looks like no word is a name."""
LEAST_SAME = 4
"""Words that begin with so many same letters are taken for forms of one name (Velmark, Velmarker)."""
MOST_NAMES = 3
LEAST_TEXT = 80
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?:|–—\"“”«»]\s*$")
_COMMON_WORDS = """
president minister government parliament senate congress commission court police army council ministry company
state states union party prime king queen mr mrs ms dr live update video breaking exclusive analysis opinion report
reports sources source watch why how what who when where new first here after before as in on at with for from by
министр правительство президент суд госдума кремль совет europe european world north south east west central
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_NOUN_BEFORE = re.compile(r"(?<![^\s„“\"–])([A-ZÄÖÜ][a-zäöüß]{2,})\s$")
_ADJECTIVE_ENDS = ("e", "es", "em", "en", "er")
_ROLE_ENDS = (
    "minister",
    "kanzler",
    "sprecher",
    "trainer",
    "meister",
    "leiter",
    "grunder",
    "manager",
    "richter",
    "handler",
)
_NO_NAME_END = re.compile(
    r"(?:ung|heit|keit|ion|ionen|ismus|schaft|tät|chef|chefin|mann|frau|haft|hilfe|krise|recht)s?$", re.IGNORECASE
)
_MEASURES = frozenset(
    {"prozent", "euro", "dollar", "million", "milliarde", "tag", "jahr", "uhr", "mal", "kilometer", "meter"}
)
_NO_NAMES = MOMENTS | SHORT_MOMENTS


def find_names(title: str, text: str, language: str | None) -> list[str]:
    """List the names of a headline, words that follow one another as one name.

    A capital counts that is not owed to a sentence's beginning, and that the text, where there is one, writes inside a
    sentence too; in a headline that has capitals everywhere the text alone decides.
    """
    primary = (language or "").replace("_", "-").split("-")[0].casefold()
    words = list(_WORD.finditer(title))
    if not words or primary in {"zh", "ja", "ko", "ar"}:
        return []
    inside = _capitals_inside(text) if len(text) >= LEAST_TEXT else None
    if inside is None and primary not in CASED_NOUNS and _has_capitals_everywhere(words):
        return []
    found: list[list[re.Match[str]]] = []
    for index, word in enumerate(words):
        if not _is_name_here(word, index, title, primary, inside):
            continue
        if found and title[found[-1][-1].end() : word.start()] == " ":
            found[-1].append(word)
        else:
            found.append([word])
    return list(dict.fromkeys(" ".join(word[0] for word in name) for name in found))[:MOST_NAMES]


def _is_name_here(word: re.Match[str], index: int, title: str, language: str, inside: frozenset[str] | None) -> bool:
    if not _looks_like_name(word[0], language) and not (
        language in CASED_NOUNS and _is_apposition(word, title) and _looks_like_name(word[0], "")
    ):
        return False
    if inside is not None:
        return fold(word[0]) in inside
    return bool(index) and not _SENTENCE.search(title[: word.start()])


def _is_apposition(word: re.Match[str], title: str) -> bool:
    """Tell a noun that stands right behind another, which only names do in German: «Investor Haldor», «Kanzlerin Lenz».

    An adjective that begins a headline has a capital as well, and a measure stands before what it measures.
    """
    before = _NOUN_BEFORE.search(title[: word.start()])
    if before is None or _NO_NAME_END.search(word[0]):
        return False
    noun = fold(before[1])
    is_adjective = noun.endswith(_ADJECTIVE_ENDS) and not noun.endswith(_ROLE_ENDS)
    return noun not in WORDS["de"] and noun not in _MEASURES and not is_adjective


def is_known(name: str, said: Collection[str]) -> bool:
    """Tell whether a story has said a name, in whatever form; `said` are its folded words."""
    parts = [fold(part) for part in re.split(r"[-.'’ ]", name) if len(part) > 1] or [fold(name)]
    return any(_is_said(part, said) for part in parts)


def _is_said(part: str, said: Collection[str]) -> bool:
    if part in said:
        return True
    if len(part) < LEAST_SAME:
        return False
    stem = part[: max(LEAST_SAME, len(part) - 3)]
    return any(word.startswith(stem) or (len(word) >= LEAST_SAME and part.startswith(word)) for word in said)


def _looks_like_name(word: str, language: str) -> bool:
    bare = fold(re.split(r"['’]", word)[0])
    if len(bare) < 2 or not word[0].isupper() or bare in _COMMON or bare in _NO_NAMES:
        return False
    if bare in WORDS.get(language, WORDS["en"]):
        return False
    return language not in CASED_NOUNS or sum(char.isupper() for char in word) >= 2


def _has_capitals_everywhere(words: list[re.Match[str]]) -> bool:
    long = [word[0] for word in words[1:] if len(word[0]) > 3]
    return bool(long) and sum(word[0].isupper() for word in long) > 0.6 * len(long)


def _capitals_inside(text: str) -> frozenset[str]:
    """Return the words of a text that have a capital inside a sentence."""
    return frozenset(
        fold(found[0])
        for found in _WORD.finditer(text)
        if found[0][0].isupper() and found.start() and not _SENTENCE.search(text[: found.start()][-4:])
    )
