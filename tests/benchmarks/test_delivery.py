"""Runs the benchmark of delivery small: everything must come once; its seconds are nobody's test."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from io import StringIO

import pytest

from benchmarks import delivery
from benchmarks.delivery import Lap, Load, write_table

LAP = Lap(
    load="small", messages=4, seconds=3.0, ideal_seconds=2.0, lost=0, duplicated=0,
    bytes_before=1_000_000, bytes_peak=3_000_000, bytes_after=2_000_000,
)  # fmt: skip


@pytest.mark.slow
def test_every_message_comes_once_and_is_timed() -> None:
    with redirect_stdout(StringIO()) as said:
        assert delivery.main(["--channels", "8", "--stories", "3", "--few", "4", "--seconds", "1", "--json"]) == 0
    laps = json.loads(said.getvalue())
    assert [(lap["messages"], lap["lost"], lap["duplicated"]) for lap in laps] == [(8, 0, 0), (12, 0, 0)]
    assert all(lap["seconds"] > 0 and lap["bytes_peak"] >= lap["bytes_before"] > 10_000_000 for lap in laps)


@pytest.mark.parametrize(
    "stories, channels, seconds, ideal",
    [
        (1, 2000, 0.0, 19.0),  # 1,000 on Discord at 50 a second, the first 50 at once
        (200, 50, 60.0, 195.0),  # five every five seconds in each Discord channel, one a second in each Slack channel
        (2, 2, 60.0, 30.0),  # not before the last story is told
    ],
)
def test_the_ideal_is_what_the_platforms_limits_allow(
    stories: int, channels: int, seconds: float, ideal: float
) -> None:
    assert Load(name="", stories=stories, channels=channels, seconds=seconds).ideal_seconds == ideal


def test_the_table_shows_the_ratio_and_the_memory() -> None:
    assert write_table([LAP]).splitlines()[1].split() == ["small", "4", "0", "0", "3.0", "2.0", "1.50", "1", "3", "2"]
