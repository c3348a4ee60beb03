"""Text as everyone here reads it: cleaned of what harms, folded for comparing, cut for searching."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LINE_SPACE = re.compile(r"\s+")
_HAN_KANA = (
    "\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_HAN_KANA_CHAR = re.compile(f"[{_HAN_KANA}]")
_RUNS = re.compile(rf"[{_HAN_KANA}]+|(?:(?![{_HAN_KANA}])\w)+")
_SPACE_LIKE = {"\t", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"}


class _CleanTable(dict[int, str]):
    """Lazily decide a character: kept, a space, or nothing (control, bidi, zero-width, private, surrogate)."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in _SPACE_LIKE:
            kept = " "
        elif unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"}:
            kept = ""
        else:
            kept = char
        self[code] = kept
        return kept


_CLEAN = _CleanTable()


def clean(text: str) -> str:
    """Strip control, bidi, zero-width and unassigned characters and collapse white space to single spaces."""
    return _LINE_SPACE.sub(" ", text.translate(_CLEAN)).strip()


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    """Fold one casefolded character: Latin (and Arabic marks) lose their accents; never kana dakuten or й."""
    decomposed = unicodedata.normalize("NFD", char)
    if len(decomposed) > 1 and "LATIN" in unicodedata.name(decomposed[0], ""):
        return "".join(c for c in decomposed if not unicodedata.combining(c))
    if "\u064b" <= char <= "\u0652" or char in "\u0670\u0640":  # tashkeel, superscript alef, tatweel
        return ""
    return char


def fold(text: str) -> str:
    """Normalise for comparing: NFKC, casefold, accents off for Latin and Arabic only."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    if folded.isascii():
        return folded
    return "".join(c if c < "\x80" else _fold_char(c) for c in folded)


def is_han_or_kana(char: str) -> bool:
    """Tell whether a character belongs to a script written without spaces between words."""
    return bool(_HAN_KANA_CHAR.match(char))


def tokens(text: str) -> list[str]:
    """Cut into folded words; runs of Han or kana become overlapping bigrams (a lone character stays itself)."""
    found: list[str] = []
    for run in _RUNS.findall(fold(text)):
        if _HAN_KANA_CHAR.match(run) and len(run) > 1:
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
        else:
            found.append(run)
    return found


def shorten(text: str, limit: int) -> str:
    """Cut to at most `limit` characters at a word's end, with an ellipsis where something was cut."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    if not is_han_or_kana(text[limit - 1]) and " " in head:
        head = head[: head.rindex(" ")]
    return head.rstrip(" ,;:-–—") + "…"
