"""The named days of a chart: a number on each, and what happened above it wherever there is room."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from bot.charts.fonts import can_draw
from bot.domain.charts import Chart, Mark
from bot.domain.text import shorten

INK = "#111827"
LINE_WIDTH = 30
MOST_LINES = 2
MOST_CHARS = 58
_PARTS = re.compile(
    r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]\s*|[^\s\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]+\s*"
)
"""A word, or one letter of a script that is written without spaces, with the space after it."""
HEIGHTS = (0.94, 0.82, 0.70)
"""Where texts stand, as parts of the height: the first with room."""
GAP = 8.0
ABOVE_NUMBER = 34.0
"""In pixels, as GAP: the number on a day ends below this."""
NEAR_EDGE = 0.16
"""Which part of the width is too near an edge for a text to stand in the middle over its day."""


def place_marks(axes: Axes, chart: Chart, families: Sequence[str]) -> int:
    """Number the marked days, and write above what happened where there is room, for the first ones first.

    The axes must have been laid out. Returns how many are written.
    """
    taken: list[Bbox] = []
    stems: list[float] = []
    for mark in chart.marks:
        x = chart.days.index(mark.day)
        y = chart.lines[mark.line].values[x]
        dot = axes.annotate(
            str(mark.number), (x, y), (0, 9), textcoords="offset points", ha="center", va="center", fontsize=8.5,
            color="white", fontweight="bold", zorder=6,
            bbox={"boxstyle": "circle,pad=0.22", "facecolor": INK, "edgecolor": "white", "linewidth": 0.8},
        )  # fmt: skip
        dot.set_in_layout(False)
        if mark.text and can_draw(mark.text, families):
            _write(axes, mark, (x, y), taken, stems)
    return len(taken)


def _write(axes: Axes, mark: Mark, at: tuple[int, int], taken: list[Bbox], stems: list[float]) -> None:
    """Write a mark's text at the first height where it hides nothing; nowhere, where there is none."""
    stem, foot = axes.transData.transform(at)
    for height in HEIGHTS:
        note = _place(axes, mark, at, height)
        box = note.get_window_extent()
        is_free = box.y0 > foot + ABOVE_NUMBER and not any(_touch(box, other) for other in taken)
        is_crossed = any(box.x0 - GAP < other < box.x1 + GAP for other in stems)
        crosses = any(other.x0 - GAP < stem < other.x1 + GAP for other in taken)
        if is_free and not is_crossed and not crosses:
            taken.append(box)
            stems.append(float(stem))
            end = axes.transData.inverted().transform((stem, box.y0 - 4))[1]
            start = axes.transData.inverted().transform((stem, foot + ABOVE_NUMBER))[1]
            axes.plot([at[0], at[0]], [start, end], color="#9CA3AF", linewidth=0.8, zorder=4)
            return
        note.remove()


def _place(axes: Axes, mark: Mark, at: tuple[int, int], height: float) -> Text:
    """Write a text above its day, inwards of it where it would leave the chart."""
    low, high = axes.get_ylim()
    left, right = axes.get_xlim()
    part = (at[0] - left) / (right - left)
    note = axes.text(
        at[0], low + (high - low) * height, wrap(mark.text), va="center", fontsize=8.5, color=INK, linespacing=1.25,
        ha="left" if part < NEAR_EDGE else "right" if part > 1 - NEAR_EDGE else "center", zorder=5,
        bbox={"boxstyle": "square,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.9},
    )  # fmt: skip
    note.set_in_layout(False)
    return note


def wrap(text: str) -> str:
    """Break a text into at most two lines, between words or, in scripts without spaces, between letters.

    A wide letter counts as two.
    """
    lines: list[str] = [""]
    for part in _PARTS.findall(shorten(text, MOST_CHARS)):
        if lines[-1] and measure(lines[-1]) + measure(part.rstrip()) > LINE_WIDTH:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        if len(lines) > MOST_LINES:
            lines[MOST_LINES - 1] = lines[MOST_LINES - 1].rstrip("…") + "…"
            return "\n".join(lines[:MOST_LINES])
        lines[-1] += part
    return "\n".join(lines).rstrip()


def measure(text: str) -> int:
    """Return how many letters wide a text is, wide ones counted twice."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _touch(one: Bbox, other: Bbox) -> bool:
    return not (
        one.x1 + GAP < other.x0 or other.x1 + GAP < one.x0 or one.y1 + GAP / 2 < other.y0 or other.y1 + GAP / 2 < one.y0
    )
