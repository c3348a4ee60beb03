"""Draw a chart: bars for one topic, lines for several, the named days above them. One function for every form.

No pyplot, which keeps figures of its own and is meant for one thread; the figure here is made, drawn and forgotten.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from threading import Lock
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from bot.charts.fonts import BASE, can_draw, find_families
from bot.charts.marks import INK, measure, place_marks
from bot.domain.charts import Chart, ChartLine
from bot.domain.text import shorten

Form = Literal["png", "svg"]
SIZE_INCHES = (8.0, 4.5)
SMALL_INCHES = (8.0, 2.8)
DPI = 150
# Okabe and Ito's colours, told apart also by those who see fewer.
BLUE, ORANGE, GREEN, VERMILION = "#0072B2", "#E69F00", "#009E73", "#D55E00"
Dash = Literal["-", "--", "-."]
LINES: tuple[tuple[str, Dash, str], ...] = ((BLUE, "-", "o"), (ORANGE, "--", "s"), (GREEN, "-.", "^"))
FAINT = "#B7C9D6"
QUIET = "#6B7280"
MOST_TICKS = 7
LONGEST_NAME = 40
LONGEST_TITLE = 56
LONGEST_STEPS = 60
"""Of more days what is usual is drawn as the mean of a week: every weekend's step would be a fence."""
ROOM_FOR_MARKS = 1.6
ROOM_FOR_NUMBERS = 1.2
_drawing = Lock()
"""matplotlib's settings and fonts are one for the process: one drawing at a time."""


def draw_chart(chart: Chart, form: Form) -> bytes:
    """Draw a chart as a PNG (1200 by 675 pixels, a small one by 420) or as an SVG whose letters are shapes.

    It takes some tenths of a second. What no font of this machine has is left out of the picture: marks keep
    their number.
    """
    families = find_families((chart.title, *(it.name for it in chart.lines), *(mark.text for mark in chart.marks)))
    settings: Any = {
        "font.family": list(families),
        "svg.fonttype": "path",
        "svg.hashsalt": "chart",
        "axes.unicode_minus": False,
        "text.parse_math": False,
        "text.usetex": False,
    }
    with _drawing, mpl.rc_context(settings):
        figure = Figure(figsize=SMALL_INCHES if chart.is_small else SIZE_INCHES, dpi=DPI, facecolor="white")
        figure.set_layout_engine("constrained", w_pad=0.14, h_pad=0.14)
        canvas = FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        _set_up(axes, chart, families)
        if len(chart.lines) == 1:
            _draw_bars(axes, chart)
        else:
            _draw_lines(axes, chart, families)
        if chart.marks:
            canvas.draw()  # type: ignore[no-untyped-call]  # only what was laid out once can be measured
            if not place_marks(axes, chart, families):
                axes.set_ylim(0, axes.get_ylim()[1] / ROOM_FOR_MARKS * ROOM_FOR_NUMBERS)
        held = io.BytesIO()
        figure.savefig(held, format=form, metadata={"Date": None} if form == "svg" else {"Software": None})
        return held.getvalue()


def _set_up(axes: Axes, chart: Chart, families: Sequence[str]) -> None:
    title = shorten(chart.title, LONGEST_TITLE * len(chart.title) // max(measure(chart.title), 1))
    heading = title if can_draw(title, families) else ""
    # Only the font that comes along is surely there in bold; asking another for it fills the log.
    weight = "bold" if can_draw(title, (BASE,)) else "normal"
    axes.set_title(
        heading,
        loc="left",
        fontsize=14,
        fontweight=weight,
        fontfamily=list(families if weight == "normal" else (BASE,)),
        color=INK,
        pad=22,
    )
    axes.annotate(
        chart.unit, (0, 1), (0, 6), xycoords="axes fraction", textcoords="offset points", fontsize=9.5, color=QUIET
    )
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(QUIET)
    axes.grid(axis="y", color="#E5E7EB", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(axis="both", colors=QUIET, labelsize=9, length=0)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    shown = pick_ticks(chart.days)
    axes.set_xticks(shown, [chart.days[number].isoformat() for number in shown])
    axes.set_xlim(-0.7, len(chart.days) - 0.3)
    highest = max(1, *(value for it in chart.lines for value in it.values), *_middles(chart))
    axes.set_ylim(0, highest * (ROOM_FOR_MARKS if chart.marks else 1.15))
    if chart.unknown:
        axes.axvspan(-0.7, chart.unknown - 0.5, color="#F3F4F6", zorder=0, linewidth=0)


def pick_ticks(days: Sequence[date]) -> list[int]:
    """Choose the days that are written below: evenly spaced back from the last one, whole weeks apart where it fits."""
    if not days:
        return []
    step = max(1, -(-len(days) // MOST_TICKS))
    if step > 3:
        step = -(-step // 7) * 7
    return list(range(len(days) - 1, -1, -step))[::-1]


def _middles(chart: Chart) -> list[float]:
    return [0.0, *(value for it in chart.lines for value in it.usual if value is not None)]


def _draw_bars(axes: Axes, chart: Chart) -> None:
    (only,) = chart.lines
    marked = {mark.day for mark in chart.marks}
    colours = [VERMILION if day in marked else BLUE for day in chart.days]
    bars = axes.bar(range(len(chart.days)), only.values, width=0.78, color=colours, zorder=2)
    if chart.unknown:
        for bar in list(bars)[: chart.unknown]:
            bar.set_facecolor(FAINT)
    keys: list[Patch | Line2D] = []
    if chart.is_last_open:
        last = list(bars)[-1]
        last.set(facecolor="white", edgecolor=colours[-1], hatch="////", linewidth=0.8)
        keys.append(Patch(facecolor="white", edgecolor=colours[-1], hatch="////", label=chart.last_open))
    if any(value is not None for value in only.usual):
        keys.insert(0, _draw_usual(axes, only, chart.usual))
    if chart.unknown:
        keys.append(Patch(facecolor=FAINT, label=chart.no_data))
    _draw_keys(axes, keys)


def _draw_usual(axes: Axes, line: ChartLine, name: str) -> Line2D:
    """Draw what is usual as steps, broken where it is not known."""
    edges = [number - 0.5 for number in range(len(line.usual) + 1)]
    heights = [float("nan") if value is None else value for value in line.usual]
    if len(line.usual) <= LONGEST_STEPS:
        axes.stairs(heights, edges, baseline=None, color=INK, linewidth=1.4, zorder=3)
    else:
        weeks = [_mean(line.usual[max(0, number - 3) : number + 4]) for number in range(len(line.usual))]
        axes.plot(range(len(weeks)), weeks, color=INK, linewidth=1.4, zorder=3)
    return Line2D([], [], color=INK, linewidth=1.4, label=name)


def _mean(values: Sequence[float | None]) -> float:
    """Return the mean of what is known, where that is most of it."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if len(known) * 2 > len(values) else float("nan")


def _draw_lines(axes: Axes, chart: Chart, families: Sequence[str]) -> None:
    keys: list[Patch | Line2D] = []
    for number, it in enumerate(chart.lines):
        colour, dash, dot = LINES[number % len(LINES)]
        name = shorten(it.name, LONGEST_NAME)
        whole = len(chart.days) - chart.is_last_open
        axes.plot(
            range(whole), it.values[:whole], color=colour, linestyle=dash, linewidth=2,
            marker=dot if len(chart.days) <= 45 else "", markersize=4,
        )  # fmt: skip
        if chart.is_last_open:
            axes.plot([whole], [it.values[-1]], color=colour, marker=dot, markersize=6, markerfacecolor="white")
        label = name if can_draw(name, families) else f"{number + 1}"
        keys.append(Line2D([], [], color=colour, linestyle=dash, marker=dot, linewidth=2, markersize=4, label=label))
    if chart.is_last_open:
        keys.append(
            Line2D([], [], color=QUIET, linestyle="", marker="o", markerfacecolor="white", label=chart.last_open)
        )
    if chart.unknown:
        keys.append(Patch(facecolor="#F3F4F6", label=chart.no_data))
    _draw_keys(axes, keys)


def _draw_keys(axes: Axes, keys: Sequence[Patch | Line2D]) -> None:
    if keys:
        axes.legend(
            handles=list(keys), loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=len(keys), frameon=False,
            fontsize=9, labelcolor=QUIET, borderaxespad=0.1, handlelength=1.8, columnspacing=1.4,
        )  # fmt: skip
