"""What people write who know other query languages and keyboards: signs read alike, and slips told with their mend."""

from __future__ import annotations

import re
import unicodedata

MEANT = {"|": "OR", "||": "OR", "&": "AND", "&&": "AND", "!": "NOT", "/": "OR"}
LOWER = {"or": "OR", "and": "AND", "not": "NOT"}
"""Operators in small letters: words of many languages, so between two words it is asked which is meant."""
# Full-width signs and letters of East Asian keyboards, one sign for one: every column stays.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_LISTED = re.compile(r"[^\W\d]{2,}([,;、，；])[^\W\d]{2,}")
_ONE_LETTER = re.compile(r"\w\?\w")
_MARKS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Marks of direction and of order, which nobody sees."""


def read_signs(text: str) -> str:
    """Write full-width signs as they are meant, and what cannot be seen as spaces; every column stays."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(" " if _is_unseen(char) else char for char in text.translate(_WIDE))


def _is_unseen(char: str) -> bool:
    return char in _MARKS or unicodedata.category(char) == "Cc"


def find_slip(word: str, rest: str) -> str:
    """Say what is wrong with a bare word that reads like another query language, "" where nothing is.

    `rest` is what follows it in the query.
    """
    if word in MEANT:
        return f"“{word}” is no operator; write {MEANT[word]}"
    if len(word) > 1 and word[0] == "!" and word[1].isalnum():
        return f"! leaves nothing out; write NOT {word[1:]} or -{word[1:]}"
    if len(word) > 1 and word[0] == ":" and word[1].isalnum():
        return f"“{word}” names no field; write the field and its word together, as in title:huawei"
    if word[0] in "'‘" and not word.endswith(("'", "’")) and re.search(r"\w['’](?=[\s)]|$)", rest):
        return 'a phrase stands in double quotes, as in "trade talks"'
    if "://" not in word and _ONE_LETTER.search(word):
        return f"? stands for no letter; write {word.replace('?', '*')} for any letters there"
    if listed := _LISTED.search(word):
        return f"“{listed[1]}” joins no words; write OR between them, or a space where all must be there"
    return ""
