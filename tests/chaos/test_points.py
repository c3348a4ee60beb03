"""The real program, killed at every named point twice: what it tells comes once, into every channel."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.chaos.campaign import campaign
from tests.servers.loopback.kill_points import POINTS

UNRECORDED = "after the send, before the record"


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
async def test_a_kill_at_each_named_point_loses_and_repeats_nothing(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    async with campaign(tmp_path, dice) as running:
        for point in dice.sample(list(POINTS), len(POINTS)):
            await running.kill_at(point)
        await running.settle()
        assert {name: counts.kills for name, counts in running.report.by_point.items()} == dict.fromkeys(POINTS, 1)
        assert running.report.problems == []
        assert running.report.is_clean


@pytest.mark.slow
@pytest.mark.parametrize("sent", [1, 2, 3, 4, 5])
async def test_a_digest_of_nothing_is_told_once_though_no_answer_about_it_was_kept(tmp_path: Path, sent: int) -> None:
    """Its text alone would not tell it from another: it is found again by what it carries, in a forum too."""
    async with campaign(tmp_path, random.Random(sent)) as running:
        await running.ask_digests()
        await running.kill_at(UNRECORDED, count=sent)
        await running.settle()
        assert running.report.problems == []
        assert running.report.is_clean
