"""Runs the poller's contest over a few feeds: it must count right and say who is absent; seconds are nobody's test."""

from __future__ import annotations

import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from benchmarks import poll
from benchmarks.certificate import TRUSTED_BY
from benchmarks.contest import OURS, THE_FLOOR, Contest, Turn, write_contest
from benchmarks.feed_server import Weather
from benchmarks.rounds import Spent

FEEDS = 20


def run(folder: Path, *more: str) -> Contest:
    """Run the command once, with a Python that has no peer."""
    with redirect_stdout(StringIO()) as said:
        arguments = ["--feeds", str(FEEDS), "--times", "1", "--folder", str(folder), "--json"]
        assert poll.main([*arguments, "--reader", sys.executable, *more]) == 0
    return TypeAdapter(Contest).validate_json(said.getvalue())


@pytest.fixture(scope="module")
def contest(tmp_path_factory: pytest.TempPathFactory) -> Contest:
    """Run all rounds once for all tests."""
    return run(tmp_path_factory.mktemp("poll"))


@pytest.mark.slow
def test_every_round_keeps_what_is_new(contest: Contest) -> None:
    kept = {turn.round: turn.articles for turn in contest.turns if turn.name == OURS}
    assert kept["cold"] >= 20 * FEEDS
    assert (kept["same"], kept["every"], kept["bare"]) == (0, FEEDS, 0)
    assert contest.problems == []
    assert {turn.name for turn in contest.turns} >= {OURS, THE_FLOOR}


@pytest.mark.slow
def test_a_peer_that_is_not_installed_is_told_as_absent(contest: Contest) -> None:
    assert "pip install reader" in contest.absent["reader"]
    shown = write_contest(contest)
    assert "ABSENT reader" in shown
    assert [line.split()[1] for line in shown.splitlines() if "(>= 2.0)" in line] == ["absent"]


@pytest.mark.slow
def test_broken_and_slow_servers_cost_nobody_else_anything(tmp_path: Path) -> None:
    found = run(tmp_path, "--rounds", "cold", "--broken", "0.1", "--delay", "20")
    assert "20 ms before each answer, 10% of the feeds broken" in found.server
    assert found.problems == []


def test_broken_feeds_stand_among_the_others() -> None:
    assert Weather(broken=0.07).broken_among(100) == {14, 28, 42, 57, 71, 85, 99}
    assert Weather().broken_among(100) == frozenset()


def _turn(name: str, each: str, wall: float, *, articles: int = 5) -> Turn:
    spent = Spent(wall_seconds=wall, cpu_seconds=wall, workers_cpu_seconds=wall, peak_bytes=1, workers_peak_bytes=1)
    return Turn(name=name, round=each, expected=5, articles=articles, spent=spent)


CONTEST = Contest(
    server="nobody",
    feeds=1,
    bytes=1,
    absent={},
    turns=(
        *(_turn(OURS, "cold", wall) for wall in (1.0, 9.0, 2.0)),
        *(_turn(THE_FLOOR, "cold", wall) for wall in (1.0, 0.5, 0.5)),
        *(_turn("reader-1", "cold", wall) for wall in (8.0, 8.0, 1.0)),
        *(_turn("reader-10", "cold", wall) for wall in (6.0, 6.0, 6.0)),
    ),
)


def test_ratios_are_of_medians_and_against_the_best_of_a_peers_kinds() -> None:
    assert CONTEST.faster_than("reader", "cold") == 3.0
    assert CONTEST.faster_than("newsboat", "cold") is None
    assert CONTEST.over_floor("cold") == 4.0
    assert "3.00 (>= 2.0)" in write_contest(CONTEST)


def test_who_loses_an_article_is_named() -> None:
    lost = replace(CONTEST, turns=(*CONTEST.turns, _turn("reader-1", "same", 1.0, articles=4)))
    assert lost.problems == ["same: 5 articles are new, but reader-1 kept 4"]


def test_numbers_of_threads_are_read() -> None:
    assert poll._parse(["--threads", "4,10"]).threads == (4, 10)
    with pytest.raises(SystemExit), redirect_stderr(StringIO()):
        poll._parse(["--threads", "many"])


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here that could make a certificate")
def test_everyone_is_served_over_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in TRUSTED_BY:
        monkeypatch.setenv(name, "")
    found = run(tmp_path, "--rounds", "cold", "--tls")
    assert found.server.endswith("over TLS")
    assert found.problems == []
    assert found.firsts("cold") == sorted(found.firsts("cold"))
