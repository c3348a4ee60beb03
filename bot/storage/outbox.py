"""What channels were told and are about to be told of stories, and which further alerts that leaves room for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import and_, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alerts import Action, AlertKind, DeliveryStatus, PostState
from bot.domain.models import ArticleId, ChannelId, StoryId
from bot.storage.rows import chunks
from bot.storage.tables import alerts, deliveries, mutes, posts

Spot = tuple[StoryId, ChannelId]
OPEN_STATUSES = (DeliveryStatus.PENDING.value, DeliveryStatus.SENDING.value)


@dataclass(slots=True)
class Outbox:
    """The stories' standing in the channels; what it admits becomes part of it.

    `told`: posted, or a post under way or closed without failing. `living`: a message is there or about to be.
    `waiting`: an edit that nobody has taken yet; it will show the newest state by itself. `muted`: nothing is news.
    """

    told: set[Spot] = field(default_factory=set)
    living: set[Spot] = field(default_factory=set)
    waiting: set[Spot] = field(default_factory=set)
    replies: set[tuple[Spot, ArticleId]] = field(default_factory=set)
    muted: set[Spot] = field(default_factory=set)

    def admits(self, story: StoryId, channel: ChannelId, action: Action, article: ArticleId | None) -> bool:
        """Tell whether an alert is still news there: one post a story, one waiting edit, no reply without a post."""
        spot = (story, channel)
        if spot in self.muted:
            return False
        if action is Action.POST:
            return self._admits_post(spot)
        if spot not in self.living:
            return False
        if action is Action.EDIT:
            is_new = spot not in self.waiting
            self.waiting.add(spot)
            return is_new
        if article is None:
            return True
        is_new = (spot, article) not in self.replies
        self.replies.add((spot, article))
        return is_new

    def _admits_post(self, spot: Spot) -> bool:
        if spot in self.told:
            return False
        self.told.add(spot)
        self.living.add(spot)
        return True


async def read_outbox(db: AsyncConnection, stories: Collection[StoryId], now: datetime) -> Outbox:
    """Read the standing of stories in all channels."""
    outbox = Outbox()
    for some in chunks(sorted(stories)):
        await _read_deliveries(db, some, now, outbox)
        shown = select(posts.c.story_id, posts.c.channel_id, posts.c.state).where(posts.c.story_id.in_(some))
        for story, channel, state in await db.execute(shown):
            outbox.told.add((story, channel))
            if state == PostState.LIVE:
                outbox.living.add((story, channel))
        quiet = select(mutes.c.story_id, mutes.c.channel_id).where(mutes.c.story_id.in_(some))
        outbox.muted.update((story, channel) for story, channel in await db.execute(quiet))
    return outbox


async def _read_deliveries(db: AsyncConnection, stories: Collection[StoryId], now: datetime, outbox: Outbox) -> None:
    # An edit that somebody holds has read its story already, so it does not count as waiting.
    is_free = or_(deliveries.c.lease_until.is_(None), deliveries.c.lease_until <= now)
    is_waiting = and_(
        deliveries.c.action == Action.EDIT.value, deliveries.c.status == DeliveryStatus.PENDING.value, is_free
    )
    is_post = and_(deliveries.c.action == Action.POST.value, deliveries.c.status != DeliveryStatus.FAILED.value)
    columns = (deliveries.c.story_id, deliveries.c.channel_id, deliveries.c.action, deliveries.c.status)
    found = select(*columns).where(deliveries.c.story_id.in_(stories), or_(is_post, is_waiting))
    for story, channel, action, status in await db.execute(found):
        if action == Action.EDIT:
            outbox.waiting.add((story, channel))
            continue
        outbox.told.add((story, channel))
        if status in OPEN_STATUSES:
            outbox.living.add((story, channel))


async def find_told(db: AsyncConnection, stories: Collection[StoryId]) -> set[Spot]:
    """Find where stories were posted or are about to be."""
    shown = select(posts.c.story_id, posts.c.channel_id).where(posts.c.story_id.in_(stories))
    coming = select(deliveries.c.story_id, deliveries.c.channel_id).where(
        deliveries.c.story_id.in_(stories),
        deliveries.c.action == Action.POST.value,
        deliveries.c.status != DeliveryStatus.FAILED.value,
    )
    return {(story, channel) for story, channel in await db.execute(shown.union(coming))}


async def add_alert(
    db: AsyncConnection,
    story: StoryId | None,
    channel: ChannelId,
    kind: AlertKind,
    action: Action,
    reason: str,
    now: datetime,
) -> int:
    """Write one alert with its delivery, due now; returns the alert's number."""
    told = {"story_id": story, "channel_id": channel, "kind": kind.value, "reason": reason, "created_at": now}
    alert = int((await db.execute(insert(alerts).values(**told).returning(alerts.c.id))).scalar_one())
    sent = {"alert_id": alert, "channel_id": channel, "story_id": story, "action": action.value}
    waits = {"status": DeliveryStatus.PENDING.value, "attempts": 0, "next_attempt_at": now, "is_unsettled": False}
    await db.execute(insert(deliveries).values(**sent, **waits, reason=""))
    return alert
