"""Times as people type them."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.commands.times import read_days, read_hour, read_since, read_when, say_days, say_when
from bot.domain.errors import InputError

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    "typed, read",
    [
        ("08:00", time(8)),
        ("8", time(8)),
        ("7.30", time(7, 30)),
        ("7h15", time(7, 15)),
        (" 18:05 ", time(18, 5)),
        ("8pm", time(20)),
        ("12 AM", time(0)),
        ("12pm", time(12)),
        ("0:00", time(0)),
    ],
)
def test_an_hour_is_read_as_people_write_it(typed: str, read: time) -> None:
    assert read_hour(typed) == read


@pytest.mark.parametrize("typed", ["24:00", "8:60", "noon", "", "13pm", "8:0", "-1"])
def test_what_is_no_hour_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(InputError, match="08:00, 7:30 or 18"):
        read_hour(typed)


@pytest.mark.parametrize(
    "typed, read",
    [
        ("daily", (0, 1, 2, 3, 4, 5, 6)),
        ("Weekdays", (0, 1, 2, 3, 4)),
        ("weekly", (0,)),
        ("friday", (4,)),
        ("mon,thu", (0, 3)),
        ("Thu, mon and thu", (0, 3)),
        ("mon-wed", (0, 1, 2)),
        ("sat-mon", (0, 5, 6)),
        ("weekend", (5, 6)),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, read: tuple[int, ...]) -> None:
    assert read_days(typed) == read
    assert read_days(say_days(read)) == read


@pytest.mark.parametrize(
    "typed, read",
    [
        ("8", (time(8), ())),
        ("08:00 weekdays", (time(8), (0, 1, 2, 3, 4))),
        ("8pm mon,thu", (time(20), (0, 3))),
        ("8 pm, weekly", (time(20), (0,))),
        ("07:30 fri-sun", (time(7, 30), (4, 5, 6))),
    ],
)
def test_days_may_stand_behind_their_hour(typed: str, read: tuple[time, tuple[int, ...]]) -> None:
    assert read_when(typed) == read
    assert read_when(say_when(read[0], read[1] or (0,)))[0] == read[0]


@pytest.mark.parametrize(
    "typed, told", [("0800", "no hour"), ("25:00 mon", "no hour"), ("8:00 some", "no day"), ("", "no hour")]
)
def test_what_is_no_hour_with_days_is_refused_by_what_is_wrong(typed: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_when(typed)


@pytest.mark.parametrize("typed", ["someday", "mon,xyz", "1-5", ",", "mon-"])
def test_what_are_no_days_is_refused_by_its_name(typed: str) -> None:
    if typed == "mon-":
        assert read_days(typed) == (0,)
        return
    with pytest.raises(InputError, match="daily, weekdays"):
        read_days(typed)


@pytest.mark.parametrize(
    "typed, read",
    [
        ("3h", "2026-11-25T09:00"),
        ("90m", "2026-11-25T10:30"),
        ("2 days", "2026-11-23T12:00"),
        ("1w ago", "2026-11-18T12:00"),
        ("14:00", "2026-11-24T13:00"),
        ("12:30", "2026-11-25T11:30"),
        ("today", "2026-11-24T23:00"),
        ("yesterday", "2026-11-23T23:00"),
        ("monday", "2026-11-22T23:00"),
        ("2026-11-20", "2026-11-19T23:00"),
        ("2026-11-20 14:00", "2026-11-20T13:00"),
        ("2026-11-20T14:00Z", "2026-11-20T14:00"),
    ],
)
def test_a_moment_in_the_past_is_read_in_the_channels_zone(typed: str, read: str) -> None:
    assert read_since(typed, NOW, AMSTERDAM) == datetime.fromisoformat(read).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "typed, told",
    [
        ("soon", "3h, 2d, 14:00"),
        ("2026-13-01", "3h, 2d, 14:00"),
        ("2026-11-26", "still to come"),
        ("0h", "still to come"),
        ("40w", "92 days"),
        ("1999-01-01", "92 days"),
        ("8", "3h, 2d"),
    ],
)
def test_what_is_no_moment_in_the_past_is_refused(typed: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_since(typed, NOW, AMSTERDAM)
