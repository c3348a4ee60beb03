"""Trends: stored stories -> a topic's days -> what is usual -> the days that stand out, for one viewer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.models import Topic, TopicId, WorkspaceId
from bot.domain.trends import DayCount, Silence, TrendView
from bot.ports import Store
from bot.stories.trends import BASELINE_DAYS, LONGEST_SILENCE, count_days, find_silence, find_spikes, find_usual

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


async def read_trend(
    store: Store, viewer: WorkspaceId, topic: Topic, *, days: int, zone: str, now: datetime
) -> TrendView:
    """Read the last `days` days of a topic, the present one included, by the calendar of a zone."""
    dates, edges = list_days(now, days + BASELINE_DAYS, find_zone(zone))
    shares = await store.list_day_shares(viewer, topic.id, edges)
    since = await store.find_watched_since(viewer)
    bare = [
        DayCount(day=day, is_watched=since is not None and begins >= since, is_whole=ends <= now)
        for day, begins, ends in zip(dates, edges, edges[1:], strict=False)
    ]
    counted = count_days(bare, shares)
    usual = [find_usual(counted, number) for number in range(len(counted))]
    first = counted[-days].day
    spikes = [spike for spike in find_spikes(counted, shares, usual) if spike.day >= first]
    lines = await store.list_story_lines(viewer, sorted({spike.story_id for spike in spikes}))
    by_id = {line.id: line for line in lines}
    return TrendView(
        topic_id=topic.id,
        name=topic.name,
        title=topic.title,
        days=tuple(counted[-days:]),
        usual=tuple(usual[-days:]),
        spikes=tuple(replace(spike, story=by_id.get(spike.story_id)) for spike in spikes),
        stories=frozenset(share.story_id for share in shares if share.day >= len(counted) - days),
    )


async def read_silence(store: Store, viewer: WorkspaceId, topic: TopicId, now: datetime) -> Silence | None:
    """Tell whether a topic has fallen silent for a viewer; days are spans of 24 hours that end now."""
    number = BASELINE_DAYS + 2 * LONGEST_SILENCE
    edges = [now - _DAY * ago for ago in range(number, -1, -1)]
    since = await store.find_watched_since(viewer)
    if since is None or since > now - LONGEST_SILENCE * _DAY:
        return None
    # Of a span that ends in the morning most lies in the day before.
    bare = [DayCount(day=(edge + _DAY / 2).date(), is_watched=edge >= since) for edge in edges[:-1]]
    silence = find_silence(count_days(bare, await store.list_day_shares(viewer, topic, edges)))
    if silence is None:
        return None
    return replace(silence, last_at=await _find_last_hour(store, viewer, topic, now - silence.days * _DAY))


async def _find_last_hour(store: Store, viewer: WorkspaceId, topic: TopicId, before: datetime) -> datetime | None:
    """Find the hour of the last article in the day before an instant: the same one whenever it is asked."""
    end = before.replace(minute=0, second=0, microsecond=0) + _HOUR
    edges = [end - _HOUR * ago for ago in range(26, -1, -1)]
    shares = await store.list_day_shares(viewer, topic, edges)
    return edges[max(share.day for share in shares)] if shares else None


def list_days(now: datetime, number: int, zone: tzinfo) -> tuple[Sequence[date], Sequence[datetime]]:
    """List the last `number` days of a zone's calendar, and the instants between them with both ends (UTC)."""
    today = now.astimezone(zone).date()
    dates = [today - _DAY * ago for ago in range(number - 1, -1, -1)]
    edges = [datetime.combine(day, time.min, zone).astimezone(UTC) for day in (*dates, today + _DAY)]
    return dates, edges


def find_zone(name: str) -> tzinfo:
    """Return the zone of a name, UTC where there is none of it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
