"""What pages draw and mark: bars of days, words that were hit, what a wording changed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.models import Reason
from bot.domain.text import is_han_or_kana, shorten

WIDTH, HEIGHT = 720.0, 120.0
SPARK_WIDTH, SPARK_HEIGHT = 240.0, 32.0
SPARK_BARS = 36
AROUND = 40
MOST_CHANGED = 300
MOST_MARKED = 700
_PIECE = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar of a chart in its own units; `label` is what it says, `mark` the number of its note or nothing."""

    x: float
    y: float
    width: float
    height: float
    label: str
    mark: str = ""
    is_faint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a marked text: `kind` is same, gone, new or hit."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A snippet in pieces, and the part of the article that it is from."""

    where: str
    pieces: Sequence[Piece]


def draw_bars(
    heights: Sequence[float], labels: Sequence[str], *, width: float = WIDTH, height: float = HEIGHT
) -> list[Bar]:
    """Draw a bar for each number, side by side; one above nothing is never thinner than a hair."""
    top = max(heights, default=0.0) or 1.0
    step = width / max(len(heights), 1)
    bars = []
    for number, (value, label) in enumerate(zip(heights, labels, strict=True)):
        tall = max(value / top * height, 1.5) if value else 0.0
        x, wide = round(number * step + step * 0.1, 2), round(step * 0.8, 2)
        bars.append(Bar(x=x, y=round(height - tall, 2), width=wide, height=round(tall, 2), label=label))
    return bars


def draw_spark(instants: Sequence[datetime]) -> list[Bar]:
    """Draw how many of the instants fall into equal spans between the first and the last of them."""
    if len(instants) < 2:
        return []
    first, last = min(instants), max(instants)
    span = (last - first) / SPARK_BARS or timedelta(seconds=1)
    counts = [0.0] * SPARK_BARS
    for at in instants:
        counts[min((at - first) // span, SPARK_BARS - 1)] += 1
    return draw_bars(counts, [""] * SPARK_BARS, width=SPARK_WIDTH, height=SPARK_HEIGHT)


def mark_hits(reasons: Sequence[Reason], most: int) -> list[Marked]:
    """Mark what was hit in the snippets of reasons: each snippet once, with all that was hit in it."""
    hits: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for reason in reasons:
        hits.setdefault((reason.snippet, reason.where.value), []).append(reason.hit)
    return [Marked(where=where, pieces=_cut(text, found)) for (text, where), found in list(hits.items())[:most]]


def _cut(text: str, hits: Sequence[tuple[int, int]]) -> list[Piece]:
    pieces, at = [], 0
    for start, end in sorted(hits):
        if start < at:
            continue
        pieces += [Piece(kind="same", text=text[at:start]), Piece(kind="hit", text=text[start:end])]
        at = end
    return [*pieces, Piece(kind="same", text=text[at:])]


def compare_words(before: str, after: str) -> list[Piece]:
    """Tell word by word what one wording took from another and put in; by character where words have no spaces.

    A word or two that happen to stand in both, between changes, count as changed: whoever reads it sees two sentences.
    """
    old, new = _pieces(before), _pieces(after)
    found: list[Piece] = []
    gone = put = ""
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (kind, i, j, k, m) in enumerate(blocks):
        taken, given = "".join(old[i:j]), "".join(new[k:m])
        is_between = 0 < number < len(blocks) - 1
        if kind != "equal" or (is_between and _is_chance(taken)):
            gone, put = gone + taken, put + given
            continue
        found += [*_changed(gone, put), Piece(kind="same", text=taken)]
        gone = put = ""
    return [*found, *_changed(gone, put)]


def _is_chance(text: str) -> bool:
    """Tell whether two wordings may share a text without meaning the same by it."""
    return len(text.strip()) < (3 if any(map(is_han_or_kana, text)) else 5)


def _changed(gone: str, put: str) -> list[Piece]:
    return [Piece(kind=kind, text=text) for kind, text in (("gone", gone), ("new", put)) if text]


def keep_changes(pieces: Sequence[Piece]) -> list[Piece]:
    """Keep what was taken out and put in with a little around it; nothing where a change is only in spaces."""
    if not any(piece.kind != "same" and piece.text.strip() for piece in pieces):
        return []
    kept: list[Piece] = []
    for number, piece in enumerate(pieces):
        shown = shorten(piece.text, MOST_CHANGED)
        if piece.kind == "same" and len(piece.text) > 2 * AROUND:
            head = piece.text[:AROUND] if number else ""
            tail = piece.text[-AROUND:] if number < len(pieces) - 1 else ""
            shown = f"{head} … {tail}"
        kept.append(Piece(kind=piece.kind, text=shown))
    return _fit(kept)


def _fit(pieces: Sequence[Piece]) -> list[Piece]:
    """Cut pieces where there is no room for more of them."""
    kept: list[Piece] = []
    room = MOST_MARKED
    for piece in pieces:
        if room <= 0:
            return [*kept, Piece(kind="same", text=" …")]
        kept.append(piece)
        room -= len(piece.text) + len("<del></del>")
    return kept


def _pieces(text: str) -> list[str]:
    parts: list[str] = []
    for word in _PIECE.findall(text):
        parts += list(word) if any(map(is_han_or_kana, word)) else [word]
    return parts
