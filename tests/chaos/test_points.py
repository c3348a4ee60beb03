"""The real program, killed at every named point twice: what it tells comes once, into every channel."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.chaos.campaign import campaign
from tests.servers.loopback.kill_points import POINTS


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
