"""The burst guard: when a poll brings more unseen entries than its feed's history makes likely.

`is_burst` (cheap, for every poll) -> `match_alike` by title and address to what is known -> `find_held`: what stays
suspicious. Entries whose dates lie in the time since the last good poll, as many as the feed's rhythm allows or spread
over a long absence, are news and never held.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from bot.domain.feeds import Entry
from bot.domain.models import ArticleId
from bot.domain.pace import Pace
from bot.domain.records import KnownArticle
from bot.domain.text import fold

FEW = 10
"""So many unseen entries are nothing unusual for any feed."""
WHOLE = 4
"""So many are, where nothing else in the document is known."""
MANY = 30
"""So many dated since the last poll are not unusual yet: an editor's morning."""
LARGER = 2
"""A usual batch may be so many times as large as before."""
SLACK = timedelta(hours=12)
"""How much older than the last poll the date of news may be: zones, and texts that wait before they appear."""
ABSENCE = timedelta(hours=6)
"""After so long without a good poll, many entries spread over the time are a backlog."""
PARTS = 8
LEAST_TITLE = 15
"""A shorter title, such as «Weather», tells an article only together with its day."""
_SPEAKING = re.compile(r"\d{4}|[^/]{8,}$")


def is_burst(unseen: int, known: int) -> bool:
    """Tell whether a poll is to be looked at: many unseen entries, or a document in which nothing is known."""
    return unseen > FEW or (unseen >= WHOLE and not known)


def match_alike(entries: Sequence[Entry], known: Sequence[KnownArticle]) -> dict[int, ArticleId]:
    """Find the known articles that unseen entries are copies of, by the entry's place.

    The path of an address tells (hosts and schemes change), and a title with its day. Without its query a path tells
    where it stands at one article: others are all at `/article.php?id=…`. A title alone tells only where at least half
    of all entries are copies: then the publisher has re-published, with whatever dates.
    """
    by_address = {address: article.id for article in known if (address := _path(article.url, with_query=True))}
    paths = Counter(_path(article.url) for article in known)
    by_path = {path: article.id for article in known if (path := _path(article.url)) and paths[path] == 1}
    own_paths = Counter(_path(entry.link) for entry in entries)
    by_day = {(fold(article.title), article.published_at.date()): article.id for article in known}
    titles = Counter(fold(article.title) for article in known)
    by_title = {fold(article.title): article.id for article in known if titles[fold(article.title)] == 1}
    sure: dict[int, ArticleId] = {}
    likely: dict[int, ArticleId] = {}
    for place, entry in enumerate(entries):
        title, day = fold(entry.title), entry.published_at.date() if entry.published_at else None
        path = _path(entry.link) or ""
        found = by_address.get(_path(entry.link, with_query=True) or "")
        if found is None and own_paths[path] == 1:
            found = by_path.get(path)
        if found is None and title and day is not None:
            found = by_day.get((title, day))
        if found is not None:
            sure[place] = found
        elif len(title) >= LEAST_TITLE and title in by_title:
            likely[place] = by_title[title]
    return sure | likely if 2 * len(sure | likely) >= len(entries) else sure


def _path(url: str | None, *, with_query: bool = False) -> str | None:
    """Return an address's path, or path and query, where these are enough to tell an article within one feed."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = parts.path.lower().removesuffix("index.html").rstrip("/")
    if with_query and parts.query:
        return f"{path}?{parts.query}"
    return path if _SPEAKING.search(path) else None


def find_batch(known: Sequence[KnownArticle]) -> int:
    """Tell how many entries of one hour the feed's history makes usual: a gazette brings its whole day at once.

    Twice is usual: of what the busiest hour of each day brought, the second most counts.
    """
    hours = Counter((a.published_at.date(), a.published_at.hour) for a in known if not a.is_held)
    days: dict[date, int] = {}
    for (day, _), count in hours.items():
        days[day] = max(count, days.get(day, 0))
    return sorted(days.values())[-2] if len(days) > 1 else 0


def find_held(
    entries: Sequence[Entry],
    pace: Pace,
    last_success_at: datetime,
    now: datetime,
    *,
    batch: int = 0,
    is_holding: bool = False,
) -> set[int]:
    """Find the places of the entries to hold back, among unseen ones that are like nothing known.

    `batch`: how many at once are usual (`find_batch`). `is_holding`: others of the feed wait for a decision; further
    old ones join them.
    """
    dates = [entry.published_at for entry in entries]
    since = last_success_at - SLACK
    fresh = {n for n, date in enumerate(dates) if date is not None and since < date <= now + SLACK}
    undated = {n for n, date in enumerate(dates) if date is None}
    stale = set(range(len(dates))) - fresh - undated
    away = now - last_success_at
    likely = _likely(pace, away)
    held: set[int] = set()
    if len(fresh) > max(MANY, likely, LARGER * batch) and not _is_spread(
        [date for date in dates if date], last_success_at, now
    ):
        held |= fresh
    if len(undated) > max(FEW, likely) and away < ABSENCE:
        held |= undated
    if is_holding or len(stale) > FEW:
        held |= stale
    return held


def _likely(pace: Pace, away: timedelta) -> float:
    """Tell how many entries the feed's rhythm allows for a time, generously."""
    if not pace.gap:
        return 0.0
    return 4 * (away / pace.gap) + FEW


def _is_spread(dates: Sequence[datetime], since: datetime, now: datetime) -> bool:
    """Tell whether dates are spread over a long absence: none of its parts holds more than half of them."""
    if now - since < ABSENCE:
        return False
    part = (now - since) / PARTS
    inside = [int((date - since) / part) for date in dates if since <= date <= now]
    return bool(inside) and max(Counter(inside).values()) * 2 <= len(inside)
