"""Charts are drawn whole, in the form asked for, and never show a box for a letter."""

from __future__ import annotations

import re
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import pairwise

import pytest

pytest.importorskip("matplotlib", reason="the extra topicwire[charts] is not installed")

from matplotlib import font_manager

from bot.charts.draw import draw_chart, pick_ticks
from bot.charts.fonts import BASE, _learn_new_fonts, can_draw, find_families
from bot.charts.marks import wrap
from bot.domain.charts import Chart, ChartLine, Mark

NO_FONT_HAS_IT = "\U000e0100\ue000\uf8f0"


def chart_of(
    values: tuple[int, ...], *others: tuple[int, ...], text: str = "Ministers ban gear", title: str = "Huawei"
) -> Chart:
    first = date(2026, 11, 1)
    days = tuple(first + timedelta(days=n) for n in range(len(values)))
    lines = [ChartLine(name=title, values=values, usual=(2.5,) * len(values))]
    lines += [ChartLine(name=f"Other {n}", values=each) for n, each in enumerate(others)]
    peak = max(range(len(values)), key=lambda n: values[n])
    mark = Mark(number=1, line=0, day=days[peak], text=text)
    return Chart(title=title, unit="articles a day", usual="usual", days=days, lines=tuple(lines), marks=(mark,),
                 unknown=2, is_last_open=True, last_open="today so far", no_data="not read")  # fmt: skip


@pytest.mark.parametrize("others", [(), ((3, 1, 4, 1, 5, 9, 2),)])
def test_a_chart_is_a_png_of_its_size(others: tuple[tuple[int, ...], ...]) -> None:
    png = draw_chart(chart_of((1, 2, 3, 30, 2, 1, 4), *others), "png")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    assert (width, height) == (1200, 675)


def test_a_chart_is_an_svg_without_words_or_scripts() -> None:
    svg = draw_chart(chart_of((1, 2, 3, 30, 2, 1, 4), text="<script>alert(1)</script> & co"), "svg")
    names = set(re.findall(r"<([A-Za-z]+)", svg.decode()))
    assert "path" in names
    assert not names & {"script", "text", "image", "foreignObject"}


def test_the_same_chart_gives_the_same_bytes() -> None:
    chart = chart_of((1, 2, 3, 30, 2, 1, 4))
    assert draw_chart(chart, "svg") == draw_chart(chart, "svg")
    assert draw_chart(chart, "png") == draw_chart(chart, "png")


@pytest.mark.parametrize("text", ["华为被禁", "حظر معدات", f"Private {NO_FONT_HAS_IT}", "$x_1$ \\frac", ""])
def test_what_no_font_has_is_left_out_without_a_warning(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert draw_chart(chart_of((1, 2, 3, 30, 2, 1, 4), text=text, title=text or "-"), "png")


def test_a_font_that_came_after_matplotlibs_list_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list is kept on disk between runs; one that knows only matplotlib's own fonts is made here."""
    held = [entry for entry in font_manager.fontManager.ttflist if entry.name.startswith(("DejaVu", "STIX", "cm"))]
    installed = [path for path in font_manager.findSystemFonts() if path not in {entry.fname for entry in held}]
    if not installed:
        pytest.skip("this machine has no fonts but matplotlib's")
    monkeypatch.setattr(font_manager.fontManager, "ttflist", held)
    _learn_new_fonts.cache_clear()
    _learn_new_fonts()
    assert {entry.fname for entry in font_manager.fontManager.ttflist} >= set(installed[:1])


def test_letters_without_a_font_are_known_beforehand() -> None:
    assert can_draw("Ünïcode Привет", (BASE,))
    assert not can_draw("a\ue000", find_families(["a\ue000"]))


@pytest.mark.parametrize("values", [(0,) * 7, (1,), (5, 5), tuple(range(365)), (10**6,) * 30])
def test_any_numbers_can_be_drawn(values: tuple[int, ...]) -> None:
    assert draw_chart(chart_of(values), "png")


def test_threads_may_draw_at_once() -> None:
    chart = chart_of((1, 2, 3, 30, 2, 1, 4))
    with ThreadPoolExecutor(3) as pool:
        drawn = list(pool.map(lambda _: draw_chart(chart, "svg"), range(3)))
    assert len(set(drawn)) == 1


@pytest.mark.parametrize("number, step", [(1, 1), (7, 1), (14, 2), (30, 7), (90, 14), (365, 56)])
def test_the_days_written_below_are_even_and_end_today(number: int, step: int) -> None:
    ticks = pick_ticks([date(2026, 1, 1) + timedelta(days=n) for n in range(number)])
    assert ticks[-1] == number - 1
    assert len(ticks) <= 8
    assert {after - before for before, after in pairwise(ticks)} <= {step}


@pytest.mark.parametrize(
    "text, lines",
    [
        ("Short", "Short"),
        ("Germany orders ZTE parts out of its core", "Germany orders ZTE parts out\nof its core"),
        ("欧盟提议全面禁止华为设备进入5G网络", "欧盟提议全面禁止华为设备进入5G\n网络"),
        ("", ""),
    ],
)
def test_texts_break_between_words(text: str, lines: str) -> None:
    assert wrap(text) == lines


def test_a_long_text_has_two_lines_and_says_that_it_goes_on() -> None:
    told = wrap("word " * 40)
    assert told.count("\n") == 1
    assert told.endswith("…")
