"""Due times over zones and years: summer time, leap days, days that a zone never had."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.schedule import DAY, Due, Schedule, find_instant, last_due, next_due

ZONES = sorted(name for name in available_timezones() if not name.startswith(("posix/", "right/", "SystemV/")))
MINUTE = timedelta(minutes=1)
EVERY_DAY = frozenset(range(7))
QUICK = settings(deadline=None, max_examples=40)
FEW = settings(deadline=None, max_examples=3)

zones = st.sampled_from(ZONES).map(ZoneInfo)
walls = st.times().map(lambda t: t.replace(second=0, microsecond=0))
minutes = st.integers(5 * 365 * 24 * 60, 128 * 365 * 24 * 60)
instants = minutes.map(lambda n: datetime(1970, 1, 1, tzinfo=UTC) + n * MINUTE)
days = st.dates(date(1975, 1, 1), date(2099, 1, 1))


@pytest.mark.parametrize(
    "zone, day, wall, at",
    [
        pytest.param("Europe/Amsterdam", "2026-07-01", "08:00", "2026-07-01T06:00", id="summer"),
        pytest.param("Europe/Amsterdam", "2026-12-01", "08:00", "2026-12-01T07:00", id="winter"),
        pytest.param("Europe/Amsterdam", "2026-03-29", "02:30", "2026-03-29T01:00", id="skipped hour"),
        pytest.param("Europe/Amsterdam", "2026-03-29", "02:00", "2026-03-29T01:00", id="its first moment"),
        pytest.param("Europe/Amsterdam", "2026-10-25", "02:30", "2026-10-25T00:30", id="doubled hour: the first"),
        pytest.param("America/New_York", "2026-03-08", "02:15", "2026-03-08T07:00", id="skipped in New York"),
        pytest.param("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30", id="half an hour skipped"),
        pytest.param("America/Nuuk", "2024-03-30", "22:30", "2024-03-31T00:30", id="before the skipped hour"),
        pytest.param("America/Nuuk", "2024-03-30", "23:30", "2024-03-31T01:00", id="skipped to the next day"),
        pytest.param("Africa/Cairo", "2024-04-26", "00:00", "2024-04-25T22:00", id="midnight skipped"),
        pytest.param("Pacific/Apia", "2011-12-29", "08:00", "2011-12-29T18:00", id="before the lost day"),
        pytest.param("Pacific/Apia", "2011-12-30", "08:00", None, id="the lost day of Samoa"),
        pytest.param("Pacific/Apia", "2011-12-31", "08:00", "2011-12-30T18:00", id="after the lost day"),
        pytest.param("Pacific/Kwajalein", "1993-08-21", "08:00", None, id="the lost day of Kwajalein"),
        pytest.param("UTC", "2028-02-29", "08:00", "2028-02-29T08:00", id="leap day"),
    ],
)
def test_a_wall_time_of_a_day_is_one_instant(zone: str, day: str, wall: str, at: str | None) -> None:
    wanted = None if at is None else datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert find_instant(date.fromisoformat(day), time.fromisoformat(wall), ZoneInfo(zone)) == wanted


def test_samoa_has_no_digest_on_the_day_that_it_never_had() -> None:
    schedule = Schedule(at=time(8), weekdays=EVERY_DAY, zone=ZoneInfo("Pacific/Apia"))
    due = next_due(schedule, datetime(2011, 12, 28, tzinfo=UTC))
    seen = [f"{due.day:%m-%d}"]
    while len(seen) < 4:
        due = next_due(schedule, due.at)
        seen += [f"{due.day:%m-%d}"]
    assert seen == ["12-28", "12-29", "12-31", "01-01"]


def test_a_friday_that_never_was_lets_a_weekly_digest_wait_for_the_next() -> None:
    fridays = Schedule(at=time(8), weekdays=frozenset({4}), zone=ZoneInfo("Pacific/Apia"))
    assert next_due(fridays, datetime(2011, 12, 24, tzinfo=UTC)).day == date(2012, 1, 6)
    assert last_due(fridays, datetime(2012, 1, 4, tzinfo=UTC)).day == date(2011, 12, 23)


@QUICK
@given(zones, walls, days)
def test_it_is_the_first_moment_at_which_the_clocks_have_reached_it(zone: ZoneInfo, wall: time, day: date) -> None:
    at = find_instant(day, wall, zone)
    wanted = datetime.combine(day, wall)
    if at is None:
        looked = datetime.combine(day, time.min, UTC) - DAY
        assert all((looked + n * MINUTE * 30).astimezone(zone).date() != day for n in range(150))
        return
    assert at.astimezone(zone).replace(tzinfo=None) >= wanted
    # Nothing in the day before has reached it: neither just before, nor at any minute of the hours around a change.
    for back in (timedelta(seconds=1), *(n * MINUTE * 25 for n in range(1, 60))):
        assert (at - back).astimezone(zone).replace(tzinfo=None) < wanted


@QUICK
@given(zones, walls, st.sets(st.integers(0, 6), min_size=1).map(frozenset), instants)
def test_the_next_is_after_and_the_last_is_not(
    zone: ZoneInfo, wall: time, weekdays: frozenset[int], now: datetime
) -> None:
    schedule = Schedule(at=wall, weekdays=weekdays, zone=zone)
    later, earlier = next_due(schedule, now), last_due(schedule, now)
    assert earlier.at <= now < later.at
    assert next_due(schedule, earlier.at) == later, "nothing lies between them"
    assert last_due(schedule, later.at) == later
    assert {later.day.weekday(), earlier.day.weekday()} <= weekdays
    assert later.day > earlier.day


@FEW
@given(zones, walls, st.integers(1975, 2098))
def test_a_year_has_every_day_once(zone: ZoneInfo, wall: time, year: int) -> None:
    schedule = Schedule(at=wall, weekdays=EVERY_DAY, zone=zone)
    seen = list_year(schedule, year)
    assert [one.day for one in seen] == sorted({one.day for one in seen})
    assert len(seen) in ({366, 365} if year % 4 == 0 else {365, 364})
    assert all(timedelta(0) < b.at - a.at <= 2 * DAY for a, b in pairwise(seen))


def list_year(schedule: Schedule, year: int) -> list[Due]:
    """List the times of a year, each found from the one before it."""
    due = next_due(schedule, datetime(year - 1, 12, 28, tzinfo=UTC))
    seen = []
    while due.day.year <= year:
        if due.day.year == year:
            seen.append(due)
        due = next_due(schedule, due.at)
    return seen


@pytest.mark.slow
@pytest.mark.parametrize("year", [1993, 2011, 2028])
def test_every_zone_has_every_day_of_a_year_once(year: int) -> None:
    for name in ZONES:
        seen = list_year(Schedule(at=time(2, 30), weekdays=EVERY_DAY, zone=ZoneInfo(name)), year)
        wanted = 366 if year % 4 == 0 else 365
        is_lost = (year, name) in {(2011, "Pacific/Apia"), (2011, "Pacific/Fakaofo")} or (
            year == 1993 and name in {"Pacific/Kwajalein", "Kwajalein"}
        )
        assert len(seen) == wanted - is_lost, name
