"""Feeds with their health in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.alerts.feed_health import MOST_LINES, health_card, is_failing
from bot.domain.feeds import Outcome
from bot.domain.models import FeedId
from bot.domain.views import FeedLine

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
WORKS = FeedLine(
    id=FeedId(3),
    title="The Wire",
    host="wire.example",
    language="en",
    outcome=Outcome.NOT_MODIFIED,
    problem="",
    failures=0,
    articles=12,
    last_success_at=AT,
    next_check_at=AT + timedelta(minutes=15),
    is_declared=False,
)
FAILS = replace(WORKS, outcome=Outcome.FAILED, failures=1, problem="the host does not answer")


def _rows(*feeds: FeedLine) -> list[str]:
    (section,) = health_card(feeds).sections
    return ["".join(span.text for span in row) for row in section.lines]


@pytest.mark.parametrize(
    "feed, row",
    [
        (WORKS, "The Wire (wire.example): works · 12 articles · last read 2026-11-23 12:00 UTC · #3"),
        (replace(WORKS, articles=1, outcome=Outcome.NEW), "The Wire (wire.example): works · 1 article · last read"),
        (replace(WORKS, is_declared=True), "12:00 UTC · from the feeds file · #3"),
        (replace(WORKS, title=""), "wire.example: works"),
        (replace(WORKS, outcome=None, last_success_at=None), "The Wire (wire.example): not read yet · #3"),
        (replace(WORKS, outcome=Outcome.HELD), "held back: more came at once than is likely"),
        (FAILS, "failed once: the host does not answer · last read 2026-11-23 12:00 UTC · tried again"),
        (replace(FAILS, failures=4, problem=""), "failed 4 times in a row: no reason was given"),
        (replace(FAILS, last_success_at=None), "never read so far · tried again 2026-11-23 12:15 UTC"),
    ],
)
def test_a_feed_says_how_it_is(feed: FeedLine, row: str) -> None:
    assert row in _rows(feed)[0]


def test_feeds_in_trouble_come_first_and_are_counted() -> None:
    others = [replace(WORKS, id=FeedId(n), title=f"Feed {n}") for n in (1, 2)]
    card = health_card([*others, FAILS])
    assert card.title == "3 feeds, 1 in trouble"
    assert [row.split(" (")[0] for row in _rows(*others, FAILS)] == ["The Wire", "Feed 1", "Feed 2"]
    assert health_card([WORKS]).title == "1 feed"
    assert is_failing(FAILS)
    assert not is_failing(WORKS)


def test_a_long_list_says_how_many_more() -> None:
    many = [replace(WORKS, id=FeedId(n)) for n in range(MOST_LINES + 5)]
    assert _rows(*many)[-1] == "and 5 more"
