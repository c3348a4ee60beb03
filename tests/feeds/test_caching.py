"""What headers and documents ask for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from bot.feeds.caching import LONGEST_WISH, parse_freshness, parse_retry_after, parse_update_period
from bot.feeds.document import Limits, Source
from bot.feeds.parse import parse_document
from tests.feeds.fetching import NOW

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(
    "headers, fresh_for",
    [
        ({}, None),
        ({"Cache-Control": "max-age=600"}, 10 * MINUTE),
        ({"Cache-Control": 'public, MAX-AGE="600"'}, 10 * MINUTE),
        ({"Cache-Control": "s-maxage=600"}, None),
        ({"Cache-Control": "max-age=600", "Age": "300"}, 5 * MINUTE),
        ({"Cache-Control": "max-age=600", "Age": "9000"}, timedelta()),
        ({"Cache-Control": "max-age=600", "Age": "soon"}, 10 * MINUTE),
        ({"Cache-Control": "max-age=600, no-cache"}, None),
        ({"Cache-Control": "no-store"}, None),
        ({"Cache-Control": "max-age=600", "Expires": "Mon, 02 Mar 2026 13:00:00 GMT"}, 10 * MINUTE),
        ({"Expires": "Mon, 02 Mar 2026 13:00:00 GMT"}, HOUR),
        ({"Expires": "Mon, 02 Mar 2026 13:00:00 GMT", "Date": "Mon, 02 Mar 2026 12:30:00 GMT"}, 30 * MINUTE),
        ({"Expires": "Mon, 02 Mar 2026 11:00:00 GMT"}, timedelta()),
        ({"Expires": "0"}, None),
        ({"Expires": "Mon, 02 Mar 99999 13:00:00 GMT"}, None),
        ({"Cache-Control": "max-age=999999999"}, LONGEST_WISH),
    ],
)
def test_an_answer_says_how_long_it_stays_fresh(headers: dict[str, str], fresh_for: timedelta | None) -> None:
    assert parse_freshness(CIMultiDict(headers), NOW) == fresh_for


@pytest.mark.parametrize(
    "ttl, period, frequency, asked",
    [
        ("", "", "", None),
        ("60", "", "", HOUR),
        (" 60 ", "daily", "1", HOUR),
        ("0", "", "", None),
        ("-5", "", "", None),
        ("an hour", "hourly", "", HOUR),
        ("", " Hourly ", "2", HOUR / 2),
        ("", "daily", "0", 24 * HOUR),
        ("", "weekly", "x", LONGEST_WISH),
        ("", "yearly", "1", LONGEST_WISH),
        ("", "sometimes", "1", None),
        ("99999999999", "", "", LONGEST_WISH),
    ],
)
def test_a_document_says_how_often_it_changes(ttl: str, period: str, frequency: str, asked: timedelta | None) -> None:
    assert parse_update_period(ttl, period, frequency) == asked


@given(st.dictionaries(st.sampled_from(["Cache-Control", "Expires", "Age", "Date"]), st.text()), st.text(), st.text())
def test_nonsense_asks_for_nothing_impossible(headers: dict[str, str], some: str, other: str) -> None:
    answers = [parse_freshness(headers, NOW), parse_retry_after(some, NOW), parse_update_period(some, other, some)]
    assert all(answer is None or timedelta() <= answer <= LONGEST_WISH for answer in answers)


@pytest.mark.parametrize(
    "head, asked",
    [
        ("<ttl>45</ttl>", 45 * MINUTE),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 15 * MINUTE),
        ("", None),
    ],
)
def test_a_document_that_is_read_brings_what_it_asks_for(head: str, asked: timedelta | None) -> None:
    feed = (
        '<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>Outlet</title>'
        f"{head}<item><title>One</title><guid>1</guid></item></channel></rss>"
    )
    limits = Limits(max_bytes=10_000, max_entries=10, timeout=timedelta(seconds=5))
    assert parse_document(Source(body=feed.encode()), limits).asked == asked
