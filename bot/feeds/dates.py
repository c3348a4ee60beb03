"""The dates that feeds write, in every form met in the wild; what names no real instant is None, never a guess.

A date without a zone is read as UTC. Sources: RFC 822/2822/3339, ISO 8601, and what real feeds hold.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.feeds.zones import MONTHS, WEEKDAYS, ZONES

_LONGEST = 100
_EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)

_TIME = (
    r"(?P<hour>\d{1,2})(?:[:h.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,:]\d+)?)?|\s?h(?![a-z]))"
    r"(?:\s*(?P<half>[ap])\.?m\.?(?![a-z]))?"
)
_PLACE = r"[a-z]{2,12}/[a-z_]{2,20}(?:/[a-z_]{2,20})?"
_ZONE = rf"(?P<zone>z\b|{_PLACE}|[a-z]{{1,5}}(?:\s*[+-]\d{{1,2}}:?\d{{0,2}})?|[+-]\s?\d{{1,2}}:?\d{{0,2}}(?::\d\d)?)?"
_TAIL = rf"(?:[\st,;|-]*(?:at|um|om|a las|alle|ore|à|às|klo?\.?|г\.,?(?:\s*в)?|в)?\s*{_TIME}\s*\(?{_ZONE}\)?.*)?$"
_DAY_NAME = r"(?:[^\W\d_]+(?:-feira)?(?:[.,]+\s*|\s+))?"
_MONTH = r"(?P<name>[^\W\d_]{3,})\.?"

_YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})[-/.]\s?(?P<month>\d{{1,2}})[-/.]\s?(?P<day>\d{{1,2}})(?!\d)\.?{_TAIL}")
_COMPACT = re.compile(
    rf"(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d)"
    rf"(?:t?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<half>(?!))?{_ZONE})?$"
)
_ORDINAL = re.compile(rf"(?P<year>\d{{4}})-(?P<yearday>\d{{3}})(?!\d){_TAIL}")
_HAN = re.compile(
    rf"(?P<year>\d{{4}})\s*[年년]\s*(?P<month>\d{{1,2}})\s*[月월]\s*(?P<day>\d{{1,2}})\s*[日일号]?"
    rf"(?:\s*(?:\([^)]{{1,4}}\)|星期.|\S曜日?)?\s*(?P<noon>上午|下午|午前|午後|오전|오후)?\s*"
    rf"(?P<hour>\d{{1,2}})\s*[:时時시点點]\s*(?P<minute>\d{{1,2}})?\s*[分분]?(?:[:]?(?P<second>\d{{2}}))?秒?(?P<half>(?!))?\s*{_ZONE})?"
)
_DAY_FIRST = re.compile(
    rf"{_DAY_NAME}(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?[\s-]*(?:of|de|di|do)?[\s-]*{_MONTH}"
    rf"[\s,-]*(?:de|del|do)?[\s-]*(?P<year>\d{{2,4}})(?!\d){_TAIL}"
)
_MONTH_FIRST = re.compile(
    rf"{_DAY_NAME}{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<year>\d{{4}})(?!\d){_TAIL}"
)
_ASCTIME = re.compile(rf"{_DAY_NAME}{_MONTH}\s+(?P<day>\d{{1,2}})\s+{_TIME}\s*{_ZONE}\s+(?P<year>\d{{4}})$")
_DOTTED = re.compile(rf"{_DAY_NAME}(?P<day>\d{{1,2}})[.-]\s?(?P<month>\d{{1,2}})[.-]\s?(?P<year>\d{{4}})(?!\d){_TAIL}")
_SLASHED = re.compile(
    rf"(?:(?P<weekday>[a-z]{{3}})[a-z]*[.,]*\s+)?(?P<first>\d{{1,2}})/(?P<other>\d{{1,2}})/(?P<year>\d{{4}})(?!\d){_TAIL}"
)
_FORMS = (_YEAR_FIRST, _DAY_FIRST, _COMPACT, _HAN, _MONTH_FIRST, _ASCTIME, _ORDINAL, _DOTTED, _SLASHED)
_OFFSET = re.compile(r"(?P<name>[a-z]*)\s*(?:(?P<sign>[+-])\s?(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?)?(?::\d\d)?$")


def parse_date(raw: str | None) -> datetime | None:
    """Return the instant that a feed's date names, in UTC, or None where it names none between 1970 and 2100."""
    if not raw:
        return None
    text = unicodedata.normalize("NFKC", raw[: _LONGEST * 4]).strip().casefold()
    if not text or len(text) > _LONGEST:
        return None
    text = text.replace("\u2212", "-")
    try:
        found = _parse_epoch(text) or _parse_forms(text)
    except (ValueError, OverflowError):
        return None
    return found if found is not None and _EARLIEST <= found < _LATEST else None


def _parse_epoch(text: str) -> datetime | None:
    """Seconds (ten digits, perhaps with a fraction) or milliseconds (thirteen) since 1970."""
    text, dot, fraction = text.partition(".")
    if dot and not (fraction.isascii() and fraction.isdigit()):
        return None
    if not text.isascii() or not text.isdigit() or len(text) not in (9, 10, 13):
        return None
    seconds = int(text) / 1000 if len(text) == 13 else int(text)
    return datetime.fromtimestamp(seconds, UTC)


def _parse_forms(text: str) -> datetime | None:
    for form in _FORMS:
        found = form.match(text)
        if found is not None:
            return _build(found.groupdict())
    return None


def _build(parts: dict[str, str | None]) -> datetime | None:
    day = _build_day(parts)
    zone = _build_zone(parts.get("zone"))
    if day is None or zone is None:
        return None
    if parts.get("hour") is None:
        return day.replace(tzinfo=zone).astimezone(UTC)
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    hour = _full_hour(hour, parts)
    if hour == 24 and minute == second == 0:
        return (day + timedelta(days=1)).replace(tzinfo=zone).astimezone(UTC)
    # RFC 3339 allows a leap second; the clock here has none.
    moment = day.replace(hour=hour, minute=minute, second=min(second, 59) if second == 60 else second)
    return moment.replace(tzinfo=zone).astimezone(UTC)


def _full_hour(hour: int, parts: dict[str, str | None]) -> int:
    half = parts.get("half")
    noon = parts.get("noon")
    if half is None and noon is None:
        return hour
    is_afternoon = half == "p" or noon in {"下午", "午後", "오후"}
    if hour > 12:
        return hour
    return hour % 12 + (12 if is_afternoon else 0)


def _build_day(parts: dict[str, str | None]) -> datetime | None:
    year = _full_year(parts["year"] or "")
    if parts.get("yearday"):
        first = datetime(year, 1, 1)  # noqa: DTZ001 - the zone is put on once it is known
        day = first + timedelta(days=int(parts["yearday"] or 0) - 1)
        return day if day.year == year else None
    if parts.get("first"):
        month, number = _split_slashed(year, int(parts["first"] or 0), int(parts["other"] or 0), parts.get("weekday"))
    else:
        month, number = _month_number(parts), int(parts["day"] or 0)
    if month is None:
        return None
    return datetime(year, month, number)  # noqa: DTZ001 - the zone is put on once it is known


def _split_slashed(year: int, first: int, other: int, weekday: str | None) -> tuple[int | None, int]:
    """Month and day: by which of them can be a month, else by the weekday; else nobody knows: None."""
    if first == other or first > 12:
        return other, first
    if other > 12:
        return first, other
    if weekday in WEEKDAYS:
        fits = [pair for pair in ((first, other), (other, first)) if date(year, *pair).weekday() == WEEKDAYS[weekday]]
        if len(fits) == 1:
            return fits[0]
    return None, 0


def _month_number(parts: dict[str, str | None]) -> int | None:
    name = parts.get("name")
    if name is None:
        return int(parts.get("month") or 0)
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return MONTHS.get(bare) or MONTHS.get(bare[:4]) or MONTHS.get(bare[:3])


def _full_year(digits: str) -> int:
    """RFC 2822 section 4.3: two digits up to 49 are this century, three digits count from 1900."""
    year = int(digits)
    if len(digits) == 2:
        return year + (2000 if year < 50 else 1900)
    return year + 1900 if len(digits) == 3 else year


def _build_zone(text: str | None) -> tzinfo | None:
    """Return the zone, UTC where none is named or its name is unknown; None for an impossible offset."""
    if not text:
        return UTC
    if "/" in text:
        return _find_place(text)
    found = _OFFSET.match(text.strip())
    if found is None:
        return UTC
    if found["sign"] is None:
        return timezone(timedelta(minutes=ZONES.get(found["name"], 0)))
    digits = found["hours"]
    hours, minutes = int(digits), int(found["minutes"] or 0)
    if hours > 15 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if found["sign"] == "-" else offset)


def _find_place(name: str) -> tzinfo:
    try:
        return ZoneInfo(name.title().replace("_Of_", "_of_"))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
