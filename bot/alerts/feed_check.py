"""One fetch of a feed, explained: what came, how it can be asked, how often it would be, and what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.domain.feeds import Entry, Outcome
from bot.domain.pace import Bounds, Course, Pace, Wishes, choose_pause, decide_next_check, observe
from bot.domain.records import Reading
from bot.domain.settings import FetchSettings
from bot.domain.troubles import Trouble, remedy
from bot.domain.urls import shown_url

ABANDONED = timedelta(days=180)
NEVER = timedelta()
_UNITS = (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1)))


def explain_reading(reading: Reading, settings: FetchSettings, now: datetime) -> list[tuple[str, str]]:
    """Explain a reading as pairs of a heading and a sentence; «problem» headings come last."""
    rows = list(_failure(reading)) if reading.outcome is Outcome.FAILED else list(_success(reading))
    rows += [("next check", f"in {say_span(_next_pause(reading, settings, now))}{_because(reading, settings, now)}")]
    return [*rows, *(("problem", problem) for problem in find_problems(reading, now))]


def find_problems(reading: Reading, now: datetime) -> Iterator[str]:
    """Yield what a person should know or mend, of a feed that can be read."""
    if reading.outcome is Outcome.FAILED:
        return
    entries = reading.entries
    if reading.moved_to is not None:
        yield f"it has moved for good to {shown_url(reading.moved_to)}; use that address"
    if not entries:
        yield "it holds no entry now"
        return
    if reading.is_cut_off:
        yield "it breaks off before its end: the publisher has to mend it; it is asked for as a whole each time"
    if reading.left_out:
        yield f"{reading.left_out:,} more entries stand behind these and are not read (fetch.max_entries)"
    yield from _count(entries, "no link, so that nobody can open them", sum(entry.link is None for entry in entries))
    yield from _count(entries, "no title", sum(not entry.title for entry in entries))
    undated = sum(entry.published_at is None for entry in entries)
    yield from _count(entries, "no usable date; they count as published when they are seen", undated)
    guids = Counter(entry.guid for entry in entries if entry.guid)
    shared = sum(count for count in guids.values() if count > 1)
    yield from _count(entries, "a guid that another one has too", shared)
    dates = [entry.published_at for entry in entries if entry.published_at is not None]
    yield from _count(entries, "a date in the future", sum(date > now + timedelta(hours=1) for date in dates))
    if dates and now - max(dates) > ABANDONED:
        yield f"its newest entry is {say_span(now - max(dates))} old: it may be abandoned"


def say_span(span: timedelta) -> str:
    """Say a duration in its largest fitting unit: 3 days, 90 minutes, 20 seconds."""
    for name, unit in _UNITS:
        if span >= 2 * unit or span == unit:
            count = round(span / unit)
            return f"{count} {name}{'' if count == 1 else 's'}"
    return f"{max(round(span.total_seconds()), 0)} seconds"


def _count(entries: tuple[Entry, ...], what: str, count: int) -> Iterator[str]:
    if count:
        yield f"{count} of {len(entries)} entries {'has' if count == 1 else 'have'} {what}"


def _failure(reading: Reading) -> Iterator[tuple[str, str]]:
    yield "failed", reading.reason
    if reading.trouble is not None:
        yield "what to do", remedy(reading.trouble)


def _success(reading: Reading) -> Iterator[tuple[str, str]]:
    language = f", in {reading.language}" if reading.language else ""
    count = len(reading.entries)
    yield "read", f"“{reading.title or 'without a title'}”{language}, {count} entr{'y' if count == 1 else 'ies'}"
    newest = max(((entry.published_at, entry.title) for entry in reading.entries if entry.published_at), default=None)
    if newest is not None:
        yield "newest", f"{newest[0]:%Y-%m-%d %H:%M} UTC, {newest[1]}"
    named = (("an ETag", reading.validators.etag), ("Last-Modified", reading.validators.last_modified))
    known = [name for name, value in named if value]
    said = f"the server gives {' and '.join(known)}" if known else "none from the server; the body itself is compared"
    yield "unchanged told by", said


def _next_pause(reading: Reading, settings: FetchSettings, now: datetime) -> timedelta:
    """Choose as the poller would for a feed that is declared without an interval."""
    failed = reading.outcome is Outcome.FAILED
    wishes = Wishes(fresh_for=reading.fresh_for, retry_after=reading.retry_after)
    bounds = Bounds(least=settings.min_interval, most=settings.max_interval)
    course = Course(interval=settings.default_interval, is_adaptive=True, pace=_pace(reading, now))
    if not failed and reading.retry_after is None:
        return choose_pause(course, wishes, bounds, now)
    is_gone = reading.trouble is Trouble.GONE
    due = decide_next_check(course, wishes, bounds, failures=int(failed), is_gone=is_gone, now=now, jitter=0.0)
    return due - now


def _pace(reading: Reading, now: datetime) -> Pace:
    dates = [entry.published_at for entry in reading.entries if entry.published_at is not None]
    return observe(Pace(asked=reading.asked), dates, now)


def _because(reading: Reading, settings: FetchSettings, now: datetime) -> str:
    gap = _pace(reading, now).gap
    reasons = [
        f"an entry every {say_span(gap)}" if gap is not None else "",
        f"the server says it stays fresh for {say_span(reading.fresh_for)}" if reading.fresh_for else "",
        f"the document asks for {say_span(reading.asked)}" if reading.asked else "",
        f"the server asks to wait {say_span(reading.retry_after)}" if reading.retry_after else "",
    ]
    if max(reading.fresh_for or NEVER, reading.asked or NEVER) > settings.max_interval:
        reasons.append(f"here that is at most {say_span(settings.max_interval)} (fetch.max_interval)")
    told = "; ".join(reason for reason in reasons if reason)
    return f" ({told})" if told else ""
