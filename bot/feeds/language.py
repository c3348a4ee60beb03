"""Which language an entry is in: what the entry says, what the feed says, and what its letters show."""

from __future__ import annotations

import re
from functools import lru_cache

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?$")
_TWO_LETTERS = {
    "ara": "ar", "chi": "zh", "zho": "zh", "cze": "cs", "ces": "cs", "dan": "da", "dut": "nl", "nld": "nl",
    "eng": "en", "fin": "fi", "fra": "fr", "fre": "fr", "ger": "de", "deu": "de", "ita": "it", "jpn": "ja",
    "kor": "ko", "nor": "no", "pol": "pl", "por": "pt", "rus": "ru", "spa": "es", "swe": "sv", "tur": "tr",
    "ukr": "uk",
}  # fmt: skip
_NAMES = {
    "english": "en", "dutch": "nl", "nederlands": "nl", "german": "de", "deutsch": "de", "french": "fr",
    "français": "fr", "spanish": "es", "español": "es", "italian": "it", "italiano": "it", "chinese": "zh",
    "portuguese": "pt", "português": "pt", "russian": "ru", "japanese": "ja", "korean": "ko", "arabic": "ar",
}  # fmt: skip
_OLD = {"iw": "he", "in": "id", "ji": "yi", "nb": "no", "cn": "zh", "jp": "ja", "kr": "ko"}
"""Withdrawn codes, and country codes that are no languages but stand in the language's place."""
_SCRIPTS = (
    (re.compile("[\u3041-\u30ff]"), "ja", frozenset({"ja"})),
    (re.compile("[\uac00-\ud7a3]"), "ko", frozenset({"ko"})),
    (re.compile("[\u4e00-\u9fff]"), "zh", frozenset({"zh", "ja", "ko", "yue", "wuu"})),
    (re.compile("[\u0600-\u06ff]"), "ar", frozenset({"ar", "fa", "ur", "ps", "ug", "ckb", "sd"})),
    (re.compile("[\u0590-\u05ff]"), "he", frozenset({"he", "yi"})),
    (re.compile("[\u0370-\u03ff]"), "el", frozenset({"el"})),
    (re.compile("[\u0e01-\u0e5b]"), "th", frozenset({"th"})),
    (
        re.compile("[\u0400-\u04ff]"),
        "ru",
        frozenset({"ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "tg", "mn", "tt", "bs", "uz", "az"}),
    ),
)
_WRITTEN_SO = re.compile("|".join(letter.pattern for letter, _, _ in _SCRIPTS))
_LETTER = re.compile(r"[^\W\d_]")


@lru_cache(maxsize=256)
def normalise_language(tag: str | None) -> str | None:
    """Return the primary subtag ("nl-BE" -> "nl", RFC 5646), or None for what is no language tag."""
    if not tag:
        return None
    bare = tag.strip().casefold()
    if bare in _NAMES:
        return _NAMES[bare]
    found = _TAG.match(bare)
    if found is None:
        return None
    code = _TWO_LETTERS.get(found[1], found[1])
    code = _OLD.get(code, code)
    return None if code in {"und", "mul", "zxx", "xx"} else code


def decide_language(text: str, *declared: str | None) -> str | None:
    """Return the first declared language that the script of the text allows, else the script's own, else None.

    A script that only one large language is written in decides against a wrong label ("en" over Chinese titles).
    """
    tags = [tag for tag in map(normalise_language, declared) if tag]
    script = _find_script(text)
    if script is None:
        return tags[0] if tags else None
    usual, possible = script
    return next((tag for tag in tags if tag in possible), usual)


def _find_script(text: str) -> tuple[str, frozenset[str]] | None:
    """Find the script that makes up a fair part of the letters; Latin letters decide nothing."""
    sample = text[:400]
    if sample.isascii() or not _WRITTEN_SO.search(sample):
        return None
    letters = len(_LETTER.findall(sample))
    for letter, usual, possible in _SCRIPTS:
        if len(letter.findall(sample)) * 4 > letters:
            return usual, possible
    return None
