"""Runs the crowd with a few feeds: it must count right and tell what is wrong; seconds are nobody's test."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.crowd.__main__ import Run, find_problems, run_crowd, write_crowd
from benchmarks.crowd.poller import Passed
from benchmarks.crowd.server import Asked
from bot.domain.settings import FetchSettings

QUICK = Passed(seconds=2.0, lag_ms=1.0, resident=80_000_000, peak=90_000_000)
CALM = Run(name="crowd", feeds=8, passed=(QUICK,), hosts={"a": Asked(requests=4, most_at_once=4, least_gap_ms=100.0)})


@pytest.mark.slow
def test_every_feed_is_asked_twice_and_the_slow_host_is_waited_for_by_nobody() -> None:
    run = run_crowd("beside", feeds=40, hosts=4, slow=600.0)
    asked = [host.requests for host in run.hosts.values()]
    assert asked[1:] == [20, 20, 20]
    assert 0 < asked[0] <= 2 * FetchSettings().per_host
    assert "beside" in write_crowd([run])


def test_a_crowd_in_order_has_no_problem() -> None:
    assert find_problems(CALM, CALM, FetchSettings()) == []


def test_a_host_above_its_share_is_told() -> None:
    crowded = replace(CALM, hosts={"a": Asked(requests=9, most_at_once=5, least_gap_ms=0.0)})
    [problem] = find_problems(crowded, CALM, FetchSettings())
    assert "5 times at once" in problem


def test_who_waits_for_a_slow_host_is_told() -> None:
    late = replace(CALM, passed=(replace(QUICK, seconds=30.0),))
    [problem] = find_problems(CALM, late, FetchSettings())
    assert "others took 30.0 s" in problem
