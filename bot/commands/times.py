"""Times as people type them: an hour of the day, days of the week, a moment in the past."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, tzinfo

from bot.domain.digests import EVERY_DAY
from bot.domain.errors import InputError
from bot.domain.schedule import Schedule, find_instant, last_due

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMED = {
    "daily": EVERY_DAY, "every day": EVERY_DAY, "all": EVERY_DAY,
    "weekdays": (0, 1, 2, 3, 4), "workdays": (0, 1, 2, 3, 4), "weekend": (5, 6), "weekly": (0,),
}  # fmt: skip
_HOUR = re.compile(r"(?P<h>\d{1,2})(?:[:.h](?P<m>\d{2}))?\s*(?P<half>am|pm)?")
_AGO = re.compile(r"(?P<n>\d{1,4})\s*(?P<unit>m|min|h|hours?|d|days?|w|weeks?)(?:\s+ago)?")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(days=7)}
LONGEST_AGO = timedelta(days=92)


def read_hour(typed: str, field: str = "at") -> time:
    """Read an hour of the day as 08:00, 8, 8.30 or 8pm; raises InputError with examples."""
    found = _HOUR.fullmatch(typed.strip().casefold())
    try:
        if found is None:
            raise ValueError(typed)
        hour, half = int(found["h"]), found["half"]
        if half and not 1 <= hour <= 12:
            raise ValueError(typed)
        return time(hour % 12 + (12 if half == "pm" else 0) if half else hour, int(found["m"] or 0))
    except ValueError:
        raise InputError(f"“{typed}” is no hour of a day. Give it as 08:00, 7:30 or 18.", field=field) from None


def read_when(typed: str, field: str = "at") -> tuple[time, tuple[int, ...]]:
    """Read an hour with the days that may stand behind it, as 08:00 or 08:00 weekdays; raises InputError.

    No days: none were named.
    """
    found = _HOUR.match(wanted := typed.strip().casefold())
    end = found.end() if found else 0
    if not found or wanted[end:] == "" or not (wanted[end] in " ,;" or wanted[end - 1] == " "):
        return read_hour(typed, field), ()
    return read_hour(wanted[:end], field), read_days(wanted[end:].strip(" ,;"), field)


def say_when(at: time, days: tuple[int, ...]) -> str:
    """Say an hour and its days as `read_when` takes them."""
    return f"{at:%H:%M} {say_days(days)}"


def read_days(typed: str, field: str = "days") -> tuple[int, ...]:
    """Read days of the week: daily, weekdays, weekly, mon,thu or mon-fri; raises InputError naming what is wrong."""
    wanted = typed.strip().casefold()
    if wanted in _NAMED:
        return _NAMED[wanted]
    found: set[int] = set()
    for part in filter(None, re.split(r"[,;、，\s]+|\band\b", wanted)):
        first, _, last = part.partition("-")
        begin, end = _read_day(first, typed, field), _read_day(last or first, typed, field)
        found |= {(begin + n) % 7 for n in range((end - begin) % 7 + 1)}
    if not found:
        raise _no_days(typed, field)
    return tuple(sorted(found))


def say_days(days: tuple[int, ...]) -> str:
    """Say days of the week as `read_days` takes them."""
    named = {EVERY_DAY: "daily", (0, 1, 2, 3, 4): "weekdays"}
    return named.get(days) or ",".join(DAYS[day] for day in days)


def read_since(typed: str, now: datetime, zone: tzinfo) -> datetime:
    """Read a moment in the past: 3h, 2d, 14:00, monday, yesterday, 2026-11-28 or with an hour; raises InputError.

    What has no zone of its own is of the channel's.
    """
    at = _find_since(typed.strip().casefold(), now, zone)
    if at is None:
        raise InputError(
            f"“{typed}” is no moment that I can read. Give it as 3h, 2d, 14:00, yesterday, monday or 2026-11-28.",
            field="since",
        )
    if at >= now:
        raise InputError(
            f"“{typed}” is still to come. Give a moment in the past, such as 3h or yesterday.", field="since"
        )
    if now - at > LONGEST_AGO:
        raise InputError(
            f"“{typed}” is more than {LONGEST_AGO.days} days ago. /news timeline tells of longer times.", field="since"
        )
    return at


def _find_since(typed: str, now: datetime, zone: tzinfo) -> datetime | None:
    if ago := _AGO.fullmatch(typed):
        return now - int(ago["n"]) * _UNITS[ago["unit"][0]]
    today = now.astimezone(zone).date()
    if typed in ("today", "yesterday"):
        day = today - timedelta(days=typed == "yesterday")
        return find_instant(day, time.min, zone) or now - timedelta(days=1)
    if typed[:3] in DAYS and typed.isalpha():
        weekday = frozenset({DAYS.index(typed[:3])})
        return last_due(Schedule(at=time.min, weekdays=weekday, zone=zone), now).at
    if _HOUR.fullmatch(typed) and not typed.isdecimal():
        return last_due(Schedule(at=read_hour(typed), weekdays=frozenset(EVERY_DAY), zone=zone), now).at
    try:
        moment = datetime.fromisoformat(typed.upper())
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or zone).astimezone(UTC)


def _read_day(name: str, typed: str, field: str) -> int:
    if name[:3] not in DAYS or not name.isalpha():
        raise _no_days(name or typed, field)
    return DAYS.index(name[:3])


def _no_days(name: str, field: str) -> InputError:
    return InputError(
        f"“{name}” is no day of the week. Days are given as daily, weekdays, mon,thu, mon-fri, or weekly.", field=field
    )
