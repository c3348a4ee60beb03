"""One fetch of a feed, explained."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.alerts.feed_check import explain_reading, find_problems, say_span
from bot.domain.feeds import Entry, Outcome, Validators
from bot.domain.records import Reading
from bot.domain.settings import FetchSettings
from bot.domain.troubles import Trouble

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SETTINGS = FetchSettings()


def entry(number: int, at: datetime | None = NOW, link: str | None = "https://a.example/1") -> Entry:
    return Entry(guid=str(number), link=link, title=f"Entry {number}", text="", published_at=at)


GOOD = Reading(
    outcome=Outcome.NEW,
    entries=tuple(entry(n, NOW - n * HOUR) for n in range(5)),
    title="The Wire",
    language="en",
    validators=Validators(etag='"1"', last_modified="Mon"),
)


def told(reading: Reading) -> str:
    return "\n".join(f"{heading}: {said}" for heading, said in explain_reading(reading, SETTINGS, NOW))


def test_a_good_feed_says_what_it_is_and_how_often_it_would_be_asked() -> None:
    assert told(GOOD).splitlines() == [
        "read: “The Wire”, in en, 5 entries",
        "newest: 2026-11-23 12:00 UTC, Entry 0",
        "unchanged told by: the server gives an ETag and Last-Modified",
        "next check: in 15 minutes (an entry every 1 hour)",
    ]


def test_what_the_server_and_the_document_ask_for_is_named() -> None:
    reading = replace(GOOD, fresh_for=HOUR / 2, asked=HOUR, validators=Validators())
    assert "next check: in 1 hour (an entry every 1 hour; the server says it stays fresh for 30 minutes; the" in told(
        reading
    )
    assert "none from the server; the body itself is compared" in told(reading)
    reading = replace(GOOD, fresh_for=2 * DAY)
    assert "stays fresh for 2 days; here that is at most 1 hour (fetch.max_interval))" in told(reading)


@pytest.mark.parametrize(
    "trouble, retry_after, row",
    [
        (Trouble.MISSING, None, "what to do: Look for the feed's new address"),
        (Trouble.MISSING, None, "next check: in 30 minutes"),
        (Trouble.GONE, None, "next check: in 1 day"),
        (Trouble.TOO_OFTEN, 2 * HOUR, "next check: in 2 hours (the server asks to wait 2 hours)"),
    ],
)
def test_a_failure_says_what_to_do_and_when_it_is_tried_again(
    trouble: Trouble, retry_after: timedelta | None, row: str
) -> None:
    failed = Reading(outcome=Outcome.FAILED, reason="no", trouble=trouble, retry_after=retry_after)
    assert row in told(failed)
    assert told(failed).startswith("failed: no")


@pytest.mark.parametrize(
    "reading, problem",
    [
        (replace(GOOD, entries=()), "it holds no entry now"),
        (replace(GOOD, moved_to="https://b.example/f?key=1"), "it has moved for good to https://b.example/f; use"),
        (replace(GOOD, entries=(entry(1, None), entry(2))), "1 of 2 entries has no usable date"),
        (replace(GOOD, entries=(entry(1, link=None), entry(2))), "1 of 2 entries has no link"),
        (replace(GOOD, entries=(entry(1), entry(1), entry(1))), "3 of 3 entries have a guid that another one has"),
        (replace(GOOD, entries=(entry(1, NOW + DAY),)), "1 of 1 entries has a date in the future"),
        (replace(GOOD, is_cut_off=True), "it breaks off before its end"),
        (replace(GOOD, entries=(entry(1, NOW - 400 * DAY),)), "its newest entry is 400 days old"),
        (replace(GOOD, left_out=98_000), "98,000 more entries stand behind these and are not read (fetch.max_entries)"),
    ],
)
def test_what_is_wrong_with_a_feed_that_can_be_read_is_named(reading: Reading, problem: str) -> None:
    (found,) = find_problems(reading, NOW)
    assert found.startswith(problem)
    assert f"problem: {found}" in told(reading)


@pytest.mark.parametrize(
    "span, said", [(90 * timedelta(seconds=1), "90 seconds"), (1.5 * HOUR, "90 minutes"), (HOUR, "1 hour")]
)
def test_spans_are_said_in_one_unit(span: timedelta, said: str) -> None:
    assert say_span(span) == said
