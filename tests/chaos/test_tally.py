"""The counting itself: what is missing is lost, what is there twice is duplicated, and both spoil the report."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.chaos.tally import Report, count_up, read_report

TOLD = [("a", "in gather"), ("b", "after gather")]


@pytest.mark.parametrize(
    "seen, lost, duplicated",
    [
        ({("a", "x"): 1, ("b", "x"): 1}, 0, 0),
        ({("a", "x"): 1}, 1, 0),
        ({("a", "x"): 3, ("b", "x"): 1}, 0, 2),
        ({("a", "x"): 2}, 1, 1),
    ],
)
def test_losses_and_repeats_are_counted(seen: dict[tuple[str, str], int], lost: int, duplicated: int) -> None:
    report = Report()
    count_up(TOLD, ["x"], Counter(seen), report)
    assert (report.total.expected, report.total.lost, report.total.duplicated) == (2, lost, duplicated)
    assert report.is_clean == (lost == duplicated == 0)


def test_reports_add_up_and_survive_being_written(tmp_path: Path) -> None:
    total = Report()
    for lost in (0, 1):
        report = Report()
        report.point("in gather").kills = report.total.kills = 5
        report.befell["429"] += 1
        count_up(TOLD[lost:], ["x"], Counter({("b", "x"): 1}), report)
        total.add(read_report(report.write(tmp_path / "report.json")))
    assert (total.total.kills, total.total.expected, total.total.lost) == (10, 3, 1)
    assert total.by_point["in gather"].kills == 10
    assert total.befell["429"] == 2
    assert not total.is_clean
