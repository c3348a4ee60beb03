"""The commonest endings off a word, in every language alike, so that its forms meet."""

from __future__ import annotations

import re

_CYRILLIC = re.compile("^[\u0400-\u052f]")
_CYRILLIC_END = re.compile(
    "(?<=...)(?:иями|ями|ами|ией|иям|иях|ого|его|ому|ему|ыми|ими|ов|ев|ей|ой|ий|ый|ая|яя|ое|ее|ые|ие|ую|юю|ых|их|ым|им|ам|ям|"
    "ах|ях|ом|ем|ию|ия|ью|ии|[аяоеиыуюьй])$"
)
_ARABIC = re.compile("^[\u0600-\u06ff]")
_ARABIC_BEFORE = re.compile("^(?:[وف]?[بك]?ال|[وف]?لل|و(?=.{4}))(?=..)")
_ARABIC_END = re.compile("(?<=...)(?:ية|ات|ون|ين|ها|هم|ة|ي)$")


_SLAVIC = frozenset({"pl", "cs", "sk", "hr", "sr", "sl", "bs", "sh"})
_SLAVIC_END = re.compile(
    "(?<=....)(?:iami|ami|ach|ich|ych|ymi|imi|ego|emu|owie|owi|iem|em|om|ow|ej|ie|ia|iu|[aeiouy])$"
)
_LONG = frozenset({"tr", "az", "fi", "et", "hu"})
"""Languages that add ending to ending: their words meet by how they begin (Can et al. 2008 for Turkish)."""
LONG_KEPT = 5


def stem(word: str, language: str = "") -> str:
    """Take the commonest endings off a folded word: a plural s, -ing, -ed, a last e; elsewhere those of cases."""
    if not word.isascii():
        if _CYRILLIC.match(word):
            return _CYRILLIC_END.sub("", word)
        if _ARABIC.match(word):
            return _ARABIC_END.sub("", _ARABIC_BEFORE.sub("", word))
    if language in _LONG:
        return word[:LONG_KEPT] if word.isalpha() else word
    if language in _SLAVIC and word.isalpha():
        return _SLAVIC_END.sub("", word)
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    if len(word) > 6 and word.endswith("ing"):
        word = word[:-3]
    elif len(word) > 5 and word.endswith("ed"):
        word = word[:-2]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word
