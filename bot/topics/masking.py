"""What "Wrong topic" may have meant: the phrases around the hit, each a mask to choose from."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from bot.domain.models import Reason
from bot.domain.text import HAN_KANA, fold, is_han_or_kana

MOST_MASKS = 4
MOST_WORDS = 6
_WORD = re.compile(rf"[^\W{HAN_KANA}](?:[\w'’]*[^\W{HAN_KANA}])?")
_BREAK = re.compile(r"[.!?;:,()\"“”„«»|·…\n]|\s[-–—]\s")


def propose_masks(reasons: Sequence[Reason], ignored: Collection[str]) -> list[str]:
    """Return phrases that hold a hit and a word beside it, the first reason's first; `ignored` words only bind.

    Each is a term of the query language as the text writes it; a mask of the hit's words alone would mask the topic.
    """
    found: dict[str, str] = {}
    for reason in reasons:
        start, end = reason.hit
        if start < end:
            for phrase in _phrases(reason.snippet, start, end, ignored):
                found.setdefault(fold(phrase), phrase)
    return list(found.values())[:MOST_MASKS]


def _phrases(text: str, start: int, end: int, ignored: Collection[str]) -> Iterator[str]:
    if is_han_or_kana(text[start]):
        yield from _han_phrases(text, start, end)
        return
    left = _words_before(text, start, ignored)
    right = _words_after(text, end, ignored)
    if right:
        yield text[start : right[0]]
    if left:
        yield text[left[0] : end]
    if left and right:
        yield text[left[0] : right[0]]
    if len(right) > 1:
        yield text[start : right[1]]


def _words_after(text: str, end: int, ignored: Collection[str]) -> list[int]:
    """Return where the first and second word after a hit end, up to a break."""
    stop = _BREAK.search(text, end)
    ends: list[int] = []
    for word in _WORD.finditer(text, end, stop.start() if stop else len(text)):
        if len(ends) == 2 or (not ends and fold(word[0]) in ignored):
            break
        ends.append(word.end())
    return [e for e in ends if not text[end:e].isspace()]


def _words_before(text: str, start: int, ignored: Collection[str]) -> list[int]:
    """Return where the word before a hit begins, back to a break."""
    breaks = [found.end() for found in _BREAK.finditer(text, 0, start)]
    words = list(_WORD.finditer(text, breaks[-1] if breaks else 0, start))
    if not words or fold(words[-1][0]) in ignored or text[: words[-1].start()].endswith("…"):
        return []
    return [words[-1].start()]


def _han_phrases(text: str, start: int, end: int) -> Iterator[str]:
    """Yield a hit in Han or kana with one or two characters beside it."""
    for before, after in ((0, 2), (1, 0), (0, 1), (2, 0)):
        begin, stop = start - before, end + after
        if begin >= 0 and stop <= len(text) and all(is_han_or_kana(c) for c in text[begin:stop]):
            yield text[begin:stop]
