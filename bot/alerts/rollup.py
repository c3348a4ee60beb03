"""When a message waits, and when several that wait become one.

Quiet hours hold everything of stories; the most an hour holds new posts only, so that living messages stay true.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.alerts.cards import zone_of
from bot.domain.models import Channel, DeliveryId
from bot.domain.records import Waiting

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
STALE_AFTER = timedelta(hours=6)
MOST_STALE = 3
"""How many old posts may still come one by one."""


def decide_hold(channel: Channel, now: datetime, posted_at: Sequence[datetime]) -> datetime | None:
    """Tell until when a new post is held; None: it may leave.

    `posted_at` are the channel's posts of the last hour at least, in any order. What the answer says is asked again
    when it has come.
    """
    waits = [until for until in (quiet_until(channel, now), _room_at(channel, now, posted_at)) if until is not None]
    return max(waits, default=None)


def quiet_until(channel: Channel, now: datetime) -> datetime | None:
    """Tell when the quiet hours end that `now` lies in; None outside of them.

    Wall times that a change to summer time skips count as the hour before; of those that come twice, the first counts.
    """
    quiet = channel.quiet
    if quiet is None or quiet.since == quiet.until:
        return None
    zone = zone_of(channel.zone)
    today = now.astimezone(zone).date()
    for day in (today - DAY, today):
        begins_at = _instant(day, quiet.since, zone)
        ends_at = _instant(day if quiet.until > quiet.since else day + DAY, quiet.until, zone)
        if begins_at <= now < ends_at:
            return ends_at
    return None


def decide_fold(waiting: Sequence[Waiting], now: datetime) -> tuple[DeliveryId, ...]:
    """Choose the waiting posts of a channel that become one roll-up; none where they may come one by one.

    `waiting` is oldest first. All go together once the first of them was held; else those older than STALE_AFTER do
    where they are more than MOST_STALE.
    """
    if waiting and waiting[0].was_held:
        return tuple(post.delivery_id for post in waiting) if len(waiting) > 1 else ()
    stale = tuple(post.delivery_id for post in waiting if now - post.created_at > STALE_AFTER)
    return stale if len(stale) > MOST_STALE else ()


def _room_at(channel: Channel, now: datetime, posted_at: Sequence[datetime]) -> datetime | None:
    most = channel.max_per_hour
    recent = sorted(at for at in posted_at if now - HOUR < at <= now)
    return recent[-most] + HOUR if most and len(recent) >= most else None


def _instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, wall, tzinfo=zone).astimezone(UTC)
