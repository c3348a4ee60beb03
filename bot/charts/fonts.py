"""Fonts that have the letters of a text: a chart never shows boxes, it leaves out what it cannot draw."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache

from matplotlib import font_manager

# That a font has no bold of its own is no news for an operator's log.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

BASE = "DejaVu Sans"
"""Comes with matplotlib: Latin, Greek, Cyrillic, and much of Arabic and Hebrew."""
PREFERRED = (
    "Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
    "PingFang SC", "Hiragino Sans", "Microsoft YaHei", "Droid Sans Fallback", "Noto Sans KR", "NanumGothic",
    "Noto Sans Arabic", "Noto Naskh Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari", "Noto Sans Thai",
)  # fmt: skip
MOST_LOOKED_THROUGH = 80
"""So many fonts are opened at most to find a letter: a desktop may have thousands."""


def find_families(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the families to draw texts with, the first that has a letter draws it."""
    families = [BASE]
    lacking = {ord(char) for text in texts for char in text if _is_drawn(char)} - _letters_of(BASE)
    for family in _candidates() if lacking else ():
        found = lacking & _letters_of(family)
        if found:
            families.append(family)
            lacking -= found
        if not lacking:
            break
    return tuple(families)


def can_draw(text: str, families: Iterable[str]) -> bool:
    """Tell whether families together have every letter of a text."""
    lacking = {ord(char) for char in text if _is_drawn(char)}
    for family in families:
        lacking -= _letters_of(family)
    return not lacking


def _is_drawn(char: str) -> bool:
    return not char.isspace() and unicodedata.category(char) not in {"Cf", "Mn"}


def _candidates() -> list[str]:
    """List the families of this machine, those first that are known to have many letters."""
    _learn_new_fonts()
    names = dict.fromkeys(entry.name for entry in font_manager.fontManager.ttflist)
    first = [name for name in PREFERRED if name in names]
    others = [name for name in names if name not in PREFERRED and not name.startswith(("DejaVu", "STIX", "cm"))]
    return (first + sorted(others))[:MOST_LOOKED_THROUGH]


@lru_cache(maxsize=1)
def _learn_new_fonts() -> None:
    """Take in fonts that were installed since matplotlib wrote its list of them, once a run.

    The list is kept on disk and never looked through again: a font added on advice would do nothing.
    """
    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    for path in sorted(set(font_manager.findSystemFonts()) - known):
        with suppress(OSError, RuntimeError, ValueError):
            font_manager.fontManager.addfont(path)


@lru_cache(maxsize=16)
def _letters_of(family: str) -> frozenset[int]:
    """Return the code points that a family has; none where its file cannot be read."""
    try:
        path = font_manager.findfont(family, fallback_to_default=False)
        return frozenset(font_manager.get_font(path).get_charmap())
    except (OSError, RuntimeError, ValueError):
        return frozenset()
