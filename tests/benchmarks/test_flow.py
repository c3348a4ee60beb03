"""Runs the flow's benchmark over a few feeds: it must work and count right; its seconds are nobody's test."""

from __future__ import annotations

import argparse
from contextlib import redirect_stdout
from dataclasses import replace
from io import StringIO

import pytest
from pydantic import TypeAdapter

from benchmarks import flow
from benchmarks.report import Report, write_tables

FEEDS = 20
CHANGED = 2


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Run the command once for all tests; many items are watched, so that a few feeds make stories and alerts."""
    folder = str(tmp_path_factory.mktemp("flow"))
    with redirect_stdout(StringIO()) as said:
        assert flow.main(["--feeds", str(FEEDS), "--watched", "0.2", "--folder", folder, "--json"]) == 0
    return TypeAdapter(Report).validate_json(said.getvalue())


@pytest.mark.slow
def test_every_round_keeps_each_new_article_once(report: Report) -> None:
    kept = {result.round.name: result.lap.counts.articles for result in report.results}
    assert kept == {result.round.name: result.expected for result in report.results}
    assert kept["cold"] >= 20 * FEEDS
    assert CHANGED <= kept["tenth"] <= 3 * CHANGED
    assert (kept["same"], kept["every"], kept["bare"]) == (0, FEEDS, 0)
    assert report.problems == []
    assert report.feeds == FEEDS


@pytest.mark.slow
def test_every_round_ends_in_the_outcomes_it_was_made_for(report: Report) -> None:
    assert [result.lap.counts.outcomes for result in report.results] == [
        {"new": FEEDS},
        {"not_modified": FEEDS},
        {"new": CHANGED, "not_modified": FEEDS - CHANGED},
        {"new": FEEDS},
        {"unchanged": FEEDS},
    ]


@pytest.mark.slow
def test_only_new_entries_are_read_while_the_floor_reads_whole_documents(report: Report) -> None:
    assert [result.lap.counts.entries for result in report.results] == [result.expected for result in report.results]
    whole = report.results[0].expected
    assert [result.floor.entries > 0 for result in report.results] == [True, False, True, True, False]
    assert report.results[0].floor.entries == whole
    assert report.results[3].floor.entries >= whole


@pytest.mark.slow
def test_the_first_sight_is_silent_and_later_news_is_told(report: Report) -> None:
    counts = {result.round.name: result.lap.counts for result in report.results}
    assert counts["cold"].alerts == 0
    assert counts["cold"].stories >= counts["cold"].new_stories > 0
    assert counts["every"].alerts > 0
    assert counts["bare"].stories == 0


@pytest.mark.slow
def test_everything_that_is_spent_is_measured(report: Report) -> None:
    cold = report.results[0]
    spent = (cold.lap.poll, cold.lap.gather, cold.floor.spent)
    assert all(each.wall_seconds > 0 and each.cpu_seconds > 0 and each.peak_bytes > 10_000_000 for each in spent)
    assert cold.lap.poll.workers_cpu_seconds > 0
    assert cold.lap.poll.workers_peak_bytes > 10_000_000
    assert {"claim_due_feeds", "read", "save_poll", "list_ungathered", "save_gathering"} <= cold.lap.stages.keys()
    assert cold.lap.stages["read"].calls == FEEDS


@pytest.mark.slow
def test_the_tables_show_every_round(report: Report) -> None:
    lines = write_tables(report).splitlines()
    for result in report.results:
        assert sum(line.split()[0] == result.round.name for line in lines if line.split()) == 3
    assert any(line.split()[:1] == ["save_poll"] for line in lines)


@pytest.mark.slow
def test_a_lost_article_is_a_problem(report: Report) -> None:
    first = report.results[0]
    lost = replace(first, expected=first.expected + 1)
    assert replace(report, results=(lost, *report.results[1:])).problems == [
        f"cold: {lost.expected} articles are new, but {first.expected} were kept (the floor: {first.expected})"
    ]


def test_rounds_come_in_their_own_order_after_the_cold_one() -> None:
    assert [each.name for each in flow.read_rounds("bare, same")] == ["cold", "same", "bare"]


def test_a_round_that_there_is_not_is_refused() -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="no round is named warm"):
        flow.read_rounds("warm")
