"""Text as everyone here reads it: cleaned of what harms, folded for comparing, cut for searching."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

HAN_KANA = (
    "\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Scripts written without spaces, as the inside of a regular expression's character class."""
HANGUL = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
"""Hangul, the same way: its particles follow a word without a space."""

UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese and Khmer, the same way: no spaces between words either, but letters with marks."""

_HAN_KANA_CHAR = re.compile(f"[{HAN_KANA}]")
_UNLIKE_LATIN = re.compile(f"[{HAN_KANA}{HANGUL}]")
_WORD = re.compile(r"\w+")
_BETWEEN_WORDS = {code: " " for code in range(128) if not _WORD.match(chr(code))}
"""What is no part of a word in ASCII: to translate it takes half as long as to look for words."""
_RUNS = re.compile(rf"[{HAN_KANA}]+|[{HANGUL}]+|[^\W{HAN_KANA}{HANGUL}]+")
_SPACE_LIKE = {"\t", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"}


_JOINER = "\u200d"
_EMOJI = "\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001faff"
_LOOSE_JOINER = re.compile(f"(?<![{_EMOJI}])(?<![{_EMOJI}]\ufe0f){_JOINER}|{_JOINER}(?![{_EMOJI}])")


class _CleanTable(dict[int, str]):
    """Lazily decide a character: kept, a space, or nothing (control, bidi, zero-width, private, surrogate).

    The joiner is kept here: it belongs to emoji that are made of several.
    """

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in _SPACE_LIKE:
            kept = " "
        elif char != _JOINER and unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"}:
            kept = ""
        else:
            kept = char
        self[code] = kept
        return kept


_CLEAN = _CleanTable()
# What nearly every text is made of and nothing is done about: to look whether there is more costs a tenth of doing it.
_HARMLESS = re.compile(
    "[\t\n\r -~\u00a0-\u00ac\u00ae-\u02ff\u038e-\u03a1\u03a3-\u0481\u048a-\u052f\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20bf\u2100-\u218b\u3000-\u3029\u3041-\u3096\u30a0-\u30ff\u4e00-\u9ffc\uac00-\ud7a3\uff01-\uff5e]*"
)
# Normalising sorts the marks of a letter in quadratic time: 200,000 of them take forty seconds. No writing needs more
# than a few, and 30 is what Unicode calls safe (UAX #15, stream-safe text format). Marks are no word characters.
_MOST_MARKS = 30
_LONG_RUN = re.compile(rf"[^\w\s!-~]{{{_MOST_MARKS + 1},}}")


def clean(text: str) -> str:
    """Strip control, bidi, zero-width and unassigned characters and collapse white space to single spaces.

    Only between emoji a joiner stays. Of the marks that stand on one letter, at most thirty are kept.
    """
    if _HARMLESS.fullmatch(text):
        return " ".join(text.split())
    cleaned = text.translate(_CLEAN)
    if _JOINER in cleaned:
        cleaned = _LOOSE_JOINER.sub("", cleaned)
    cleaned = " ".join(cleaned.split())
    return cleaned if cleaned.isascii() else _LONG_RUN.sub(_thin_marks, cleaned)


def _thin_marks(found: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for char in found[0]:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


# Letters that no decomposition takes apart, and spellings of one letter that writers do not tell apart.
_SPECIAL = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2018\u2019\u201b\u02bc\u0060\u00b4", "'"),
    **dict.fromkeys("\u2120\u2122\u00ae\u00a9\u00ad", ""),
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ħ": "h",
    "ı": "i",
    "æ": "ae",
    "œ": "oe",
    "ё": "е",
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ک": "ك",
    "ـ": "",
    "ٰ": "",
}
# What may need folding after NFKC and casefold: signs, Latin with accents, ё, loose accents, Arabic, format characters.
_FOLDABLE = re.compile(
    "[`\x00-\x08\x0e-\x1b\x7f-\u024f\u02bc\u0300-\u036f\u0451\u061c\u0622-\u0627\u0640-\u0671\u06a9\u06cc\u1e00-\u1eff"
    "\u200b-\u2015\u2018-\u201b\u202a-\u202e\u2060-\u206f\u2120\u2122\u2212\ufe58\ufe63\ufeff\uff0d\ufff9-\ufffb]"
)
# What leaves no trace: format and control characters, and signs that NFKC would glue to the word before ("huaweitm").
_VANISHING = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2120\u2122\ufeff"
    "\ufff9-\ufffb]"
)
_ASCII_FOLDABLE = re.compile("[`\x00-\x08\x0e-\x1b\x7f]")


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    """Fold one casefolded character: Latin (and Arabic marks) lose their accents; never kana dakuten or й."""
    if char in _SPECIAL:
        return _SPECIAL[char]
    if "\u0300" <= char <= "\u036f" or "\u064b" <= char <= "\u0652":  # accents that composed with nothing, tashkeel
        return ""
    if unicodedata.category(char) in {"Cc", "Cf"}:
        return "" if char not in _SPACE_LIKE else " "
    decomposed = unicodedata.normalize("NFD", char)
    if len(decomposed) > 1 and "LATIN" in unicodedata.name(decomposed[0], ""):
        return "".join(_SPECIAL.get(c, c) for c in decomposed if not unicodedata.combining(c))
    return char


def _fold_found(found: re.Match[str]) -> str:
    return _fold_char(found.group())


def fold(text: str) -> str:
    """Normalise for comparing: NFKC, casefold, accents off for Latin and Arabic only, one hyphen, one apostrophe."""
    if text.isascii():
        return _ASCII_FOLDABLE.sub(_fold_found, text.lower())
    # Accents fall last, once capitals are small letters.
    normal = unicodedata.normalize("NFKC", _VANISHING.sub("", text))
    return _FOLDABLE.sub(_fold_found, normal.casefold())


def fold_keeping_letters(text: str) -> str:
    """Normalise as `fold` does, but leave capitals, small letters and the accents of Latin as they stand."""
    return _FOLDABLE.sub(_fold_but_latin, unicodedata.normalize("NFKC", _VANISHING.sub("", text)))


def _fold_but_latin(found: re.Match[str]) -> str:
    char = found.group()
    return char if char.isalpha() and "LATIN" in unicodedata.name(char, "") else _fold_char(char)


class FoldedSpans:
    """The way back from `fold(text)` to `text`; whole characters with their accents."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._is_plain = text.isascii() and text.isprintable()
        if self._is_plain:
            return
        words = text.split(" ")
        # A space folds to itself and melts with nothing, so that words can be measured alone.
        self._folded_starts = [0, *accumulate(_word_length(word) + 1 for word in words)]
        self._starts = [0, *accumulate(len(word) + 1 for word in words)]
        # A "word" of Han is a whole text: it must not be measured anew for every hit in it.
        self._offsets: dict[int, Sequence[int]] = {}

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Turn offsets of the folded text, `end` excluded, into offsets of the text."""
        if self._is_plain:
            return start, end
        begin = self._begin(start)
        return begin, max(self._end(end), begin)

    def _begin(self, offset: int) -> int:
        index, offsets = self._word(offset)
        return self._starts[index] + offsets[offset - self._folded_starts[index]]

    def _end(self, offset: int) -> int:
        """Find the end of the character that the last folded one came from."""
        index, offsets = self._word(offset - 1)
        last = offset - 1 - self._folded_starts[index]
        begin, following = offsets[last], offsets[last + 1]
        after = following if following > begin else next((o for o in offsets[last + 2 :] if o > begin), begin + 1)
        return min(self._starts[index] + after, len(self._text))

    def _word(self, offset: int) -> tuple[int, Sequence[int]]:
        index = bisect_right(self._folded_starts, offset) - 1
        start = self._starts[index]
        offsets = self._offsets.get(index)
        if offsets is None:
            offsets = self._offsets[index] = fold_offsets(self._text[start : self._starts[index + 1]])
        return index, offsets


def fold_offsets(text: str) -> Sequence[int]:
    """Tell for every character of `fold(text)` where it begins in `text`; one more entry holds the end."""
    if text.isascii() and text.isprintable():
        return range(len(text) + 1)
    clusters = _clusters(text)
    widths = list(map(_folded_length, clusters))
    if clusters is text and set(widths) <= {1}:
        return range(len(text) + 1)
    offsets: list[int] = []
    start = 0
    for cluster, width in zip(clusters, widths, strict=True):
        offsets.extend([start] * width)
        start += len(cluster)
    return [*offsets, len(text)]


def _word_length(word: str) -> int:
    """Measure a folded word; most are ASCII, where only control characters fall out."""
    return len(word) if word.isascii() and word.isprintable() else len(fold(word))


@lru_cache(maxsize=8192)
def _folded_length(cluster: str) -> int:
    return len(fold(cluster))


def _clusters(text: str) -> Sequence[str]:
    """Cut before every character that cannot melt into the one before it when normalised."""
    if not any(map(_melts, set(text))):
        return text
    starts = [0, *(i for i in range(1, len(text)) if not _melts(text[i])), len(text)]
    return [text[a:b] for a, b in pairwise(starts)]


@lru_cache(maxsize=8192)
def _melts(char: str) -> bool:
    """Tell whether a character may compose with the one before: marks, conjoining jamo, what vanishes."""
    if _VANISHING.match(char):
        return True
    if char < "\u0300":
        return False
    is_jamo = "\u1160" <= char <= "\u11ff" or "\uff9e" <= char <= "\uffdc" or "\u3131" <= char <= "\u318e"
    return is_jamo or unicodedata.category(char)[0] == "M"


def is_han_or_kana(char: str) -> bool:
    """Tell whether a character belongs to a script written without spaces between words."""
    return bool(_HAN_KANA_CHAR.match(char))


def runs(folded: str) -> list[tuple[int, int]]:
    """Find the words of a folded text as (start, end); a run of Han or kana is one, a change of script ends one."""
    return [found.span() for found in _RUNS.finditer(folded)]


def tokens(text: str) -> list[str]:
    """Cut into folded words; runs of Han or kana become overlapping bigrams (a lone character stays itself)."""
    folded = fold(text)
    if folded.isascii():
        return folded.translate(_BETWEEN_WORDS).split()
    if not _UNLIKE_LATIN.search(folded):
        return _WORD.findall(folded)
    found: list[str] = []
    for run in _RUNS.findall(folded):
        if _HAN_KANA_CHAR.match(run) and len(run) > 1:
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
        else:
            found.append(run)
    return found


_MOST_PARTS = 32


def _letter_edge(text: str, at: int) -> int:
    """Return the nearest place at or before `at` that is inside no letter with marks, joined emoji or flag."""
    for edge in range(at, max(at - _MOST_PARTS, 0), -1):
        if not _holds_on(text[edge]) and text[edge - 1] != _JOINER and not _parts_flag(text, edge):
            return edge
    return at


def _holds_on(char: str) -> bool:
    """Tell whether a character belongs to the one before it: a mark, a variation, a skin tone, a joiner."""
    return char == _JOINER or unicodedata.category(char).startswith("M") or "\U0001f3fb" <= char <= "\U0001f3ff"


def _parts_flag(text: str, edge: int) -> bool:
    """Tell whether an edge is between the two letters of a flag: an odd number of them stands before it."""
    start = edge
    while start and "\U0001f1e6" <= text[start - 1] <= "\U0001f1ff":
        start -= 1
    return (edge - start) % 2 == 1 and "\U0001f1e6" <= text[edge] <= "\U0001f1ff"


def shorten(text: str, limit: int) -> str:
    """Cut to at most `limit` characters at a word's end, never within a letter, with an ellipsis after a cut."""
    if len(text) <= limit:
        return text
    head = text[: _letter_edge(text, limit - 1)]
    if not is_han_or_kana(text[limit - 1]) and " " in head:
        head = head[: head.rindex(" ")]
    return head.rstrip(" ,;:-–—") + "…"
