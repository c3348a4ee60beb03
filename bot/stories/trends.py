"""Trends: what is usual for a topic, which days stand out against it, and whether it has fallen silent.

A day is held against the 28 days before it by a robust score: how many spreads (scaled median absolute deviation) it
lies from their median (Iglewicz and Hoaglin 1993, who name 3.5 as the bound). News counts are small, so that the spread
is never taken as less than that of chance alone (the root of the median); and fewer come at weekends, so that a day is
held against days of its own kind where there are enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from math import sqrt
from statistics import median

from bot.domain.models import StoryId
from bot.domain.trends import DayCount, DayShare, Silence, Spike, Usual

BASELINE_DAYS = 28
LEAST_DAYS = 10
"""Before so many days are known, nothing counts as usual."""
LEAST_OF_KIND = 6
BOUND = 3.5
LEAST_SPIKE = 5
"""Fewer articles are no spike, however quiet a topic is."""
LONGEST_SILENCE = 7
SAME_WEEKDAYS = 3
"""A silence is held against the same days of at least so many weeks as well."""
_SCALE = 1.4826
_SATURDAY = 5


def count_days(days: Sequence[DayCount], shares: Iterable[DayShare]) -> list[DayCount]:
    """Fill days with what the stories brought; shares of other days are left out."""
    held: dict[int, list[DayShare]] = defaultdict(list)
    for share in shares:
        held[share.day].append(share)
    return [
        DayCount(
            day=day.day,
            articles=sum(share.articles for share in held[number]),
            stories=len({share.story_id for share in held[number]}),
            origins=sum(share.origins for share in held[number]),
            is_watched=day.is_watched,
            is_whole=day.is_whole,
        )
        for number, day in enumerate(days)
    ]


def find_usual(days: Sequence[DayCount], at: int) -> Usual | None:
    """Tell what is usual for the day at an index, out of the days before it; None where too few are known."""
    before = [day for day in days[max(0, at - BASELINE_DAYS) : at] if day.is_watched and day.is_whole]
    if len(before) < LEAST_DAYS:
        return None
    kind = [day for day in before if _is_weekend(day.day) == _is_weekend(days[at].day)]
    chosen = kind if len(kind) >= LEAST_OF_KIND else before
    return _measure([day.articles for day in chosen])


def find_spikes(days: Sequence[DayCount], shares: Sequence[DayShare], usual: Sequence[Usual | None]) -> list[Spike]:
    """Find the days that stand out, oldest first, each with the story that brought most of it."""
    spikes: list[Spike] = []
    for number, (day, normal) in enumerate(zip(days, usual, strict=True)):
        if normal is None or day.articles < LEAST_SPIKE or not day.is_watched:
            continue
        score = (day.articles - normal.middle) / normal.spread
        biggest = max((share for share in shares if share.day == number), key=_size, default=None)
        if score >= BOUND and biggest is not None:
            spikes.append(
                Spike(
                    day=day.day,
                    articles=day.articles,
                    usual=normal,
                    score=score,
                    story_id=biggest.story_id,
                    share=biggest.articles,
                )
            )
    return spikes


def find_silence(days: Sequence[DayCount]) -> Silence | None:
    """Tell whether a topic has fallen silent: nothing in its last whole days, though much would have come by now.

    `days` are whole days that end now, oldest first (they need not begin at midnight). What would have come is the
    lesser of two middles: of all spans of that length, and of those that ended on the same weekday; so neither a quiet
    weekend nor a quiet week counts.
    """
    known = [day for day in days if day.is_watched]
    counts = [day.articles for day in known]
    quiet = next((n for n, count in enumerate(reversed(counts)) if count), len(counts))
    for span in range(1, min(quiet, LONGEST_SILENCE) + 1):
        usual = _expect(counts[: len(counts) - span], span)
        if usual is not None and usual.middle / usual.spread >= BOUND:
            return Silence(days=quiet, span=span, usual=usual.middle)
    return None


def _expect(before: Sequence[int], span: int) -> Usual | None:
    if len(before) < LEAST_DAYS:
        return None
    ends = range(len(before), max(span, len(before) - BASELINE_DAYS) - 1, -1)
    sums = {end: sum(before[end - span : end]) for end in ends}
    same = [total for end, total in sums.items() if (len(before) + span - end) % 7 == 0]
    if len(same) < SAME_WEEKDAYS:
        return None
    return min(_measure(list(sums.values())), _measure(same), key=lambda usual: usual.middle / usual.spread)


def _measure(counts: Sequence[int]) -> Usual:
    middle = median(counts)
    spread = _SCALE * median(abs(count - middle) for count in counts)
    return Usual(middle=middle, spread=max(spread, sqrt(middle), 1.0))


def _size(share: DayShare) -> tuple[int, int, StoryId]:
    """Order shares: by articles, then origins; of equal ones the older story."""
    return share.articles, share.origins, StoryId(-share.story_id)


def _is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY
