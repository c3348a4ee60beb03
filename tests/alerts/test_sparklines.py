"""Blocks say as much as a chart of one line can."""

from __future__ import annotations

import pytest

from bot.alerts.sparklines import draw_sparkline


@pytest.mark.parametrize(
    "values, drawn",
    [
        ([], ""),
        ([0, 0, 0], "▁▁▁"),
        ([0, 1, 100], "▁▂█"),
        ([1, 2, 3, 4, 5, 6, 7], "▂▃▄▅▆▇█"),
    ],
)
def test_numbers_become_blocks(values: list[int], drawn: str) -> None:
    assert draw_sparkline(values) == drawn


def test_rows_of_one_scale_can_be_compared() -> None:
    assert draw_sparkline([5], highest=10) < draw_sparkline([10], highest=10)


def test_what_is_not_known_is_dots() -> None:
    assert draw_sparkline([3, 0, 7], unknown=2) == "··█"


def test_a_year_fits_a_line() -> None:
    assert len(draw_sparkline(list(range(365)))) <= 60
