"""Picks the newest items of a document that was never read, so that these are there before the rest has been read.

Nothing but the order of reading hangs on the dates that are looked for here: what a date means is feedparser's to say.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from bot.feeds.dates import parse_date
from bot.feeds.split import UnsplitError, split
from bot.feeds.unseen import Cut, cut_to

MOST = 5
"""So many items are read first."""
WORTHWHILE = 2 * MOST
"""Of a document with no more items than that, all are read at once."""
_DATE = re.compile(rb"<(?:pubDate|published|updated|dc:date)\b[^<>]{0,100}>\s*(?:<!\[CDATA\[)?\s*([^<\]]{6,60})")
_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


def has_many(body: bytes) -> bool:
    """Tell whether a document, as it came, may have so many items that it is worthwhile to read some first."""
    return body.count(b"</item>") > WORTHWHILE or body.count(b"</entry>") > WORTHWHILE


def cut_newest(data: bytes) -> Cut | None:
    """Leave out of a document all but its newest items; None where it has few, or cannot be cut."""
    try:
        parts = split(data)
    except UnsplitError:
        return None
    if len(parts.spans) <= WORTHWHILE:
        return None
    dates = [_find_date(data[start:end]) for start, end in parts.spans]
    # Among equals, and where no item has a date, the first stand first.
    newest = sorted(range(len(dates)), key=lambda number: dates[number], reverse=True)[:MOST]
    return cut_to(parts, newest)


def _find_date(item: bytes) -> datetime:
    found = _DATE.search(item)
    return (parse_date(found[1].decode("utf-8", "replace")) if found else None) or _BEFORE_ALL
