"""How often a feed is asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pace import (
    LONGEST_BACK_OFF,
    Bounds,
    Course,
    Pace,
    Wishes,
    choose_pause,
    decide_next_check,
    observe,
)

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BOUNDS = Bounds(least=5 * MINUTE, most=HOUR)
NO_WISH, UNKNOWN = Wishes(), Pace()

spans = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=400))
dates = st.timedeltas(timedelta(days=-2000), timedelta(days=1500)).map(lambda span: NOW + span)
paces = st.builds(Pace, gap=st.none() | spans, newest_at=st.none() | dates, asked=st.none() | spans)
courses = st.builds(Course, interval=st.timedeltas(MINUTE, 2 * DAY), is_adaptive=st.booleans(), pace=paces)
wishes = st.builds(Wishes, fresh_for=st.none() | spans, retry_after=st.none() | spans)


def course(pace: Pace = UNKNOWN, *, is_adaptive: bool = True, interval: timedelta = 15 * MINUTE) -> Course:
    return Course(interval=interval, is_adaptive=is_adaptive, pace=pace)


def every(gap: timedelta, *, silent_for: timedelta = timedelta(), asked: timedelta | None = None) -> Course:
    return course(Pace(gap=gap, newest_at=NOW - silent_for, asked=asked))


@pytest.mark.parametrize(
    "given_course, asked, pause",
    [
        pytest.param(course(), NO_WISH, 15 * MINUTE, id="a rhythm that is not known yet"),
        pytest.param(every(MINUTE), NO_WISH, 5 * MINUTE, id="a busy feed, never below the shortest"),
        pytest.param(every(HOUR), NO_WISH, 15 * MINUTE, id="four checks between two entries"),
        pytest.param(every(DAY), NO_WISH, HOUR, id="a quiet feed, never above the longest"),
        pytest.param(every(MINUTE, silent_for=8 * HOUR), NO_WISH, 30 * MINUTE, id="a busy feed at night"),
        pytest.param(every(MINUTE, silent_for=9 * DAY), NO_WISH, HOUR, id="a busy feed that stopped"),
        pytest.param(course(), Wishes(fresh_for=40 * MINUTE), 40 * MINUTE, id="an answer that stays fresh"),
        pytest.param(course(), Wishes(fresh_for=MINUTE), 15 * MINUTE, id="a wish never shortens"),
        pytest.param(course(), Wishes(fresh_for=DAY), HOUR, id="a wish stays within the bounds"),
        pytest.param(course(Pace(asked=50 * MINUTE)), NO_WISH, 50 * MINUTE, id="ttl"),
        pytest.param(every(10 * MINUTE, asked=HOUR), NO_WISH, 10 * MINUTE, id="a busy feed that says hourly"),
        pytest.param(
            course(Pace(gap=DAY, newest_at=NOW, asked=DAY), is_adaptive=False), Wishes(fresh_for=HOUR), 15 * MINUTE,
            id="an interval that somebody named",
        ),
        pytest.param(course(is_adaptive=False, interval=2 * DAY), NO_WISH, 2 * DAY, id="a long one too"),
    ],
)  # fmt: skip
def test_a_feed_that_works_is_asked_in_its_own_rhythm(given_course: Course, asked: Wishes, pause: timedelta) -> None:
    assert choose_pause(given_course, asked, BOUNDS, NOW) == pause


@pytest.mark.parametrize(
    "failures, is_gone, retry_after, pause",
    [
        (0, False, None, 15 * MINUTE),
        (1, False, None, 30 * MINUTE),
        (3, False, None, 2 * HOUR),
        (7, False, None, DAY),
        (5000, False, None, DAY),
        (1, True, None, DAY),
        (1, False, 3 * HOUR, 3 * HOUR),
        (1, False, MINUTE, 30 * MINUTE),
        (1, False, 9 * DAY, DAY),
        (0, False, 2 * HOUR, 2 * HOUR),
    ],
)
def test_failures_double_the_pause_up_to_a_day(
    failures: int, is_gone: bool, retry_after: timedelta | None, pause: timedelta
) -> None:
    due = decide_next_check(
        course(), Wishes(retry_after=retry_after), BOUNDS, failures=failures, is_gone=is_gone, now=NOW, jitter=0.0
    )
    assert due - NOW == pause


@given(courses, wishes, st.integers(0, 10_000), st.booleans(), st.floats(-0.1, 0.1))
def test_the_next_check_is_never_out_of_bounds_and_never_never(
    some: Course, asked: Wishes, failures: int, is_gone: bool, jitter: float
) -> None:
    due = decide_next_check(some, asked, BOUNDS, failures=failures, is_gone=is_gone, now=NOW, jitter=jitter)
    assert due - NOW >= min(BOUNDS.least, some.interval)
    longest = max(LONGEST_BACK_OFF, some.interval) if failures else max(BOUNDS.most, some.interval)
    allowed = max(longest * (1 + abs(jitter)), min(asked.retry_after or timedelta(), LONGEST_BACK_OFF))
    assert due - NOW <= allowed + timedelta(microseconds=1)


@given(courses, wishes, st.integers(0, 20))
def test_one_more_failure_never_hurries_us(some: Course, asked: Wishes, failures: int) -> None:
    first, second = (
        decide_next_check(some, asked, BOUNDS, failures=n, is_gone=False, now=NOW, jitter=0.0)
        for n in (failures, failures + 1)
    )
    assert first <= second


def test_a_first_document_tells_the_usual_gap() -> None:
    assert observe(Pace(), [NOW - n * HOUR for n in range(5)], NOW) == Pace(gap=HOUR, newest_at=NOW)
    assert observe(Pace(), [NOW - HOUR], NOW) == Pace(newest_at=NOW - HOUR)
    assert observe(Pace(gap=HOUR), [], NOW) == Pace(gap=HOUR)


def test_newer_entries_move_the_gap_and_older_ones_do_not() -> None:
    pace = Pace(gap=HOUR, newest_at=NOW - 2 * HOUR, asked=MINUTE)
    assert observe(pace, [NOW - 3 * HOUR, NOW - 4 * HOUR], NOW) == pace
    moved = observe(pace, [NOW, NOW - HOUR, NOW - 3 * HOUR], NOW)
    assert moved == Pace(gap=HOUR, newest_at=NOW, asked=MINUTE)
    assert observe(Pace(newest_at=NOW - HOUR), [NOW], NOW) == Pace(gap=HOUR, newest_at=NOW)


def test_a_date_in_the_future_tells_nothing() -> None:
    assert observe(Pace(), [NOW + DAY], NOW) == Pace()


@given(paces, st.lists(dates, max_size=60))
def test_the_order_of_a_document_and_its_known_entries_do_not_matter(pace: Pace, given_dates: list[datetime]) -> None:
    once = observe(pace, given_dates, NOW)
    assert observe(pace, reversed(given_dates), NOW) == once
    assert once.gap is None or once.gap >= timedelta()
    if pace.newest_at is not None and pace.newest_at <= NOW:
        unseen = [date for date in given_dates if date > pace.newest_at]
        assert observe(pace, unseen, NOW) == once


@given(st.timedeltas(MINUTE, DAY), st.integers(1, 40))
def test_a_feed_that_changes_its_rhythm_is_followed(gap: timedelta, polls: int) -> None:
    pace, at = Pace(gap=gap * 10, newest_at=NOW), NOW
    before = pace.gap
    for _ in range(polls):
        at += gap
        pace = observe(pace, [at], at)
        assert before is not None
        assert pace.gap is not None
        assert gap <= pace.gap < before
        before = pace.gap
