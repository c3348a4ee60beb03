"""The archive benchmark: what it holds against growth, and that a small run asks everything and finds it."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.archive.__main__ import Row, find_growth, measure_size, write_table
from benchmarks.archive.asking import Took


def row(articles: int, **medians: float) -> Row:
    took = [Took(name=name, median_ms=ms, worst_ms=ms) for name, ms in medians.items()]
    return Row(articles=articles, stories=1, megabytes=1.0, fill_seconds=0.0, took=took)


def test_only_searches_and_latest_are_held_and_little_is_no_growth() -> None:
    small = row(10, search=20.0, latest=1.0, status=5.0)
    assert find_growth([small, row(1000, search=41.9, latest=3.9, status=500.0)]) == []
    assert find_growth([small, row(1000, search=43.0, latest=5.0, status=5.0)]) == [
        "search: 20.0 ms became 43.0 ms",
        "latest: 1.0 ms became 5.0 ms",
    ]


@pytest.mark.slow
async def test_a_small_archive_is_asked_everything(tmp_path: Path) -> None:
    asked = await measure_size(tmp_path, 1_200)
    again = await measure_size(tmp_path, 1_200)
    assert len(asked.took) > 12
    assert [took.name for took in again.took] == [took.name for took in asked.took]
    assert min(took.median_ms for took in asked.took) > 0
    assert "search a rare word" in write_table([asked, again])
