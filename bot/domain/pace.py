"""How often a feed is asked: its own rhythm and its server's wishes, within the operator's bounds.

documents -> `observe` the rhythm -> `choose_pause` of a feed that works -> `decide_next_check`, failures and jitter
included. No clock: every instant is handed in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

LONGEST_BACK_OFF = timedelta(days=1)
"""A feed that fails is asked at least this often, for ever."""
CHECKS_A_GAP = 4
"""A feed is asked so many times between two of its entries: a fourth of its usual gap is the most one comes late."""
SILENCE_WEIGHT = 0.25
"""A silence counts as a gap of this part of its length, so that a night does not make a newspaper slow at dawn."""
MEMORY = 10
"""How many gaps the usual one remembers: later ones replace earlier ones at this rate."""
MOST_DATES = 30
"""How many entries of a first document tell its rhythm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What is known of a feed's rhythm: the usual `gap` between entries, the date of the newest, and the pause that the
    document itself asks for (`ttl`, `sy:updatePeriod`)."""

    gap: timedelta | None = None
    newest_at: datetime | None = None
    asked: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What an answer asks for: how long it stays fresh (Cache-Control, Expires) and when to come back (Retry-After)."""

    fresh_for: timedelta | None = None
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The operator's shortest and longest pause between two polls of a feed that works."""

    least: timedelta
    most: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A feed's own course: the interval that somebody chose, whether its rhythm may change that, and the rhythm."""

    interval: timedelta
    is_adaptive: bool
    pace: Pace


def observe(pace: Pace, dates: Iterable[datetime], now: datetime) -> Pace:
    """Take the dates of a document's entries (all, or only the unseen ones) into the rhythm.

    Dates in the future tell nothing. The usual gap moves by a tenth for each newer entry.
    """
    past = sorted(date for date in dates if date <= now)
    if not past:
        return pace
    newest = past[-1]
    if pace.newest_at is None:
        recent = past[-MOST_DATES:]
        span = newest - recent[0]
        # Dates that are all one were made up when the document was: they tell no rhythm.
        gap = span / (len(recent) - 1) if span else pace.gap
        return replace(pace, gap=gap, newest_at=newest)
    newer = sum(date > pace.newest_at for date in past)
    if not newer:
        return pace
    elapsed = newest - pace.newest_at
    gap = elapsed / newer if pace.gap is None else (pace.gap * MEMORY + elapsed) / (MEMORY + newer)
    return replace(pace, gap=gap, newest_at=newest)


def choose_pause(course: Course, wishes: Wishes, bounds: Bounds, now: datetime) -> timedelta:
    """Choose the pause of a feed that works: an interval that somebody named stands as it is.

    Else its rhythm, within the bounds, lengthened by what it and its server ask for, to the longest at most. A wish
    never shortens the pause; what the document asks for counts up to its usual gap, since many a busy feed says
    «hourly» only because its software does.
    """
    pause, gap = _own_pause(course, bounds, now), course.pace.gap
    if not course.is_adaptive:
        return pause
    asked = course.pace.asked or timedelta()
    asked = max(wishes.fresh_for or timedelta(), asked if gap is None else min(asked, gap))
    return max(pause, min(asked, bounds.most))


def _own_pause(course: Course, bounds: Bounds, now: datetime) -> timedelta:
    gap = course.pace.gap
    if not course.is_adaptive or gap is None:
        return course.interval
    silence = now - course.pace.newest_at if course.pace.newest_at is not None else timedelta()
    usual = max(gap, silence * SILENCE_WEIGHT)
    return max(bounds.least, min(usual / CHECKS_A_GAP, bounds.most))


def decide_next_check(
    course: Course, wishes: Wishes, bounds: Bounds, *, failures: int, is_gone: bool, now: datetime, jitter: float
) -> datetime:
    """Choose when to poll again: doubled for each failure in a row up to a day, never never.

    `is_gone`: the server says that nothing will come any more; it is asked once a day. `jitter` is a fraction of the
    pause, so that feeds added together drift apart. Retry-After is kept, up to a day.
    """
    longest = max(LONGEST_BACK_OFF, course.interval)
    pause = choose_pause(course, wishes, bounds, now)
    if failures:
        pause = longest if is_gone else min(pause * (1 << min(failures, 16)), longest)
    least = min(pause, bounds.least)
    pause = max(pause + pause * jitter, least)
    if wishes.retry_after is not None:
        pause = max(pause, min(wishes.retry_after, LONGEST_BACK_OFF))
    return now + pause
