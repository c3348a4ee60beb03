"""When something comes that is due at a wall time of a zone on some weekdays: computed by us, from the zone's rules.

A day's instant is the first at which the zone's clocks have reached the wall time on that day. So an hour that a change
to summer time skips gives the first valid moment after it, an hour that comes twice counts once, and a day that a zone
never had (30 December 2011 in Samoa) has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
WEEK = 7
_LOOK_BACK = WEEK + 3
"""Among so many days in a row every weekday is met, although a zone may lack one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A wall time on weekdays (0 is Monday; at least one), by the calendar of a zone."""

    at: time
    weekdays: frozenset[int]
    zone: tzinfo

    @property
    def is_weekly(self) -> bool:
        """Whether it comes once a week."""
        return len(self.weekdays) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A time to come: the day of the calendar that it belongs to, and the instant."""

    day: date
    at: datetime


def next_due(schedule: Schedule, after: datetime) -> Due:
    """Find the first time after an instant."""
    return next(due for due in _list_from(schedule, _local_day(schedule, after) - DAY, DAY) if due.at > after)


def last_due(schedule: Schedule, until: datetime) -> Due:
    """Find the latest time that is not after an instant."""
    return next(due for due in _list_from(schedule, _local_day(schedule, until) + DAY, -DAY) if due.at <= until)


def find_instant(day: date, wall: time, zone: tzinfo) -> datetime | None:
    """Tell when a zone's clocks first reach a wall time of a day (UTC); None where the zone never had that day."""
    if not _is_there(day, zone):
        return None
    return _first_reaching(datetime.combine(day, wall), zone)


def _list_from(schedule: Schedule, first: date, step: timedelta) -> Iterator[Due]:
    day = first
    for _ in range(2 * _LOOK_BACK):
        if day.weekday() in schedule.weekdays:
            at = find_instant(day, schedule.at, schedule.zone)
            if at is not None:
                yield Due(day=day, at=at)
        day += step


def _local_day(schedule: Schedule, at: datetime) -> date:
    return at.astimezone(schedule.zone).date()


def _is_there(day: date, zone: tzinfo) -> bool:
    begins_at = _first_reaching(datetime.combine(day, time.min), zone)
    return begins_at.astimezone(zone).date() == day


def _first_reaching(wall: datetime, zone: tzinfo) -> datetime:
    """Find the first instant at which a zone's clocks show a wall time or a later one (PEP 495)."""
    before = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if before.astimezone(zone).replace(tzinfo=None, fold=0) == wall:
        return before
    # Skipped: read with the offset after the change the wall time lies before the change, else after it.
    low = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    high = before
    while high - low > SECOND:
        middle = low + (high - low) // (2 * SECOND) * SECOND
        if middle.astimezone(zone).replace(tzinfo=None, fold=0) < wall:
            low = middle
        else:
            high = middle
    return high
