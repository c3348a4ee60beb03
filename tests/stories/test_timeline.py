"""Days that mattered: those that reports come back to."""

from __future__ import annotations

from datetime import date

import pytest

from bot.stories.dates import find_days, find_years
from bot.stories.timeline import Report, choose_days

DAY = date(2026, 11, 3)


def test_a_day_that_reports_come_back_to_is_before_one_with_more_reports() -> None:
    told = [Report(date(2026, 11, day), "The ban of 2 November goes on.") for day in (4, 5, 6)]
    busy = [Report(date(2026, 11, 9), "Nothing is named.") for _ in range(5)]
    span = {"first": date(2026, 11, 1), "last": date(2026, 11, 30)}
    assert choose_days([*busy, *told], 2, **span) == [date(2026, 11, 2), date(2026, 11, 9)]


def test_days_outside_the_span_are_not_chosen_and_outlets_count() -> None:
    reports = [Report(DAY, "since 1 January"), Report(date(2026, 11, 4), "x", outlets=3)]
    assert choose_days(reports, 5, first=DAY, last=date(2026, 11, 5)) == [date(2026, 11, 4), DAY]


@pytest.mark.parametrize(
    "text, days",
    [
        ("on 12 May and Jan. 5, 2027", ["2026-05-12", "2027-01-05"]),
        ("am 12. Januar", ["2027-01-12"]),
        ("le 1er décembre, le 5 janvier", ["2026-12-01", "2027-01-05"]),
        ("el 5 de enero de 2027", ["2027-01-05"]),
        ("op 12 januari", ["2027-01-12"]),
        ("2027年1月5日生效，12月1日", ["2027-01-05", "2026-12-01"]),
        ("5 января", ["2027-01-05"]),
        ("1월 5일", ["2027-01-05"]),
        ("12 stycznia", ["2027-01-12"]),
        ("5 يناير", ["2027-01-05"]),
        ("12.05.2027 and 2026-11-30", ["2027-05-12", "2026-11-30"]),
        ("yesterday, on Monday, next Tuesday", ["2026-11-02", "2026-11-02", "2026-11-10"]),
        ("31 February, a May 25% cut, version 3.5", []),
    ],
)
def test_days_are_read_as_languages_write_them(text: str, days: list[str]) -> None:
    assert [day.date.isoformat() for day in find_days(text, DAY)] == days


def test_years_to_come_are_read_and_prices_are_not() -> None:
    assert find_years("until 2030, since 1999, for 2,028 euros and 2031%", DAY) == [2030]
