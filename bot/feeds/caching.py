"""What an answer's headers and a document's head ask for: how long to leave the server alone.

RSS's `skipHours` and `skipDays` are not kept: templates set them years ago, in no certain zone, feedparser reads
neither, and news comes on any day. A feed that is silent at night is asked less by its own rhythm.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST_WISH = timedelta(days=7)
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})")
_REVALIDATED = re.compile(r"(?:^|[\s,])no-(?:cache|store)\b")
_PERIODS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}


def parse_retry_after(value: str | None, now: datetime) -> timedelta | None:
    """Read a Retry-After header: seconds or an HTTP date (RFC 9110 section 10.2.3); a week at most."""
    if not value:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:9])), LONGEST_WISH)
    moment = _parse_http_date(text)
    return None if moment is None else min(max(moment - now, timedelta()), LONGEST_WISH)


def parse_freshness(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Read how long an answer stays fresh: max-age without the Age it has, else Expires (RFC 9111 section 4.2).

    None where the server says nothing, or asks to be asked each time.
    """
    control = headers.get("Cache-Control", "").lower()
    if control and _REVALIDATED.search(control):
        return None
    age = _MAX_AGE.search(control) if control else None
    if age is not None:
        left = timedelta(seconds=int(age[1])) - _parse_age(headers.get("Age", ""))
        return max(min(left, LONGEST_WISH), timedelta())
    expires = _parse_http_date(headers.get("Expires", ""))
    if expires is None:
        return None
    sent = _parse_http_date(headers.get("Date", "")) or now
    return max(min(expires - sent, LONGEST_WISH), timedelta())


def parse_update_period(ttl: str, period: str, frequency: str) -> timedelta | None:
    """Read the pause that a document asks for: RSS `ttl` (minutes), else `sy:updatePeriod` over `sy:updateFrequency`.

    https://www.rssboard.org/rss-specification#ltttlgtSubelementOfLtchannelgt, https://web.resource.org/rss/1.0/modules/syndication/
    """
    minutes = _parse_count(ttl)
    if minutes:
        return min(timedelta(minutes=minutes), LONGEST_WISH)
    hours = _PERIODS.get(period.strip().lower())
    if hours is None:
        return None
    return min(timedelta(hours=hours) / (_parse_count(frequency) or 1), LONGEST_WISH)


def _parse_age(text: str) -> timedelta:
    return timedelta(seconds=_parse_count(text) or 0)


def _parse_count(text: str) -> int | None:
    bare = text.strip()
    return int(bare[:7]) if bare.isascii() and bare.isdigit() else None


def _parse_http_date(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
