"""Two stories that prove to be one: the older one's number stays, posts follow it or point at it.

In a channel that was told the younger alone, its message becomes the older story's. Where both were told, the younger's
message is edited to point at the older's, and nothing more comes of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, literal, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alerts import Action, AlertKind, DeliveryStatus
from bot.domain.errors import StoryNotFoundError
from bot.domain.models import ChannelId, StoryId
from bot.storage.engine import Rows, to_the_end
from bot.storage.grouping_tables import story_splits
from bot.storage.outbox import add_alert, read_outbox
from bot.storage.recounts import ask_recount
from bot.storage.tables import (
    alerts,
    deliveries,
    developments,
    follows,
    mutes,
    posts,
    stories,
    story_articles,
    story_topics,
)

PENDING, DONE = DeliveryStatus.PENDING.value, DeliveryStatus.DONE.value
POST, EDIT = Action.POST.value, Action.EDIT.value


class MergeRows(Rows):
    """Merges of stories."""

    @to_the_end
    async def merge_stories(self, first: StoryId, second: StoryId, now: datetime) -> StoryId:
        """Make two stories one, with what was told of them; returns the older's id, which stays.

        Raises StoryNotFoundError where one is not there, was merged before, or is seen by others than the other, and
        where somebody took the two apart.
        """
        async with self.database.write() as db:
            return await merge(db, first, second, now)


async def merge(db: AsyncConnection, first: StoryId, second: StoryId, now: datetime) -> StoryId:
    """Merge two stories as `merge_stories` does, inside a transaction."""
    kept, gone = sorted((first, second))
    await _check(db, kept, gone)
    await _move_contents(db, kept, gone)
    await _move_outbox(db, kept, gone, now)
    return kept


async def _check(db: AsyncConnection, kept: StoryId, gone: StoryId) -> None:
    asked = select(stories.c.id, stories.c.scope).where(stories.c.id.in_([kept, gone]), stories.c.merged_into.is_(None))
    scopes = {row.id: row.scope for row in await db.execute(asked)}
    if len(scopes) != 2:
        raise StoryNotFoundError(f"of the stories {kept} and {gone} one is gone, or is part of another already")
    if len(set(scopes.values())) != 1:
        raise StoryNotFoundError(f"the stories {kept} and {gone} are not for the same eyes")
    both = [kept, gone]
    apart = select(story_splits.c.id).where(
        story_splits.c.story_id.in_(both), story_splits.c.parted_id.in_(both), story_splits.c.undone_at.is_(None)
    )
    if (await db.execute(apart)).first() is not None:
        raise StoryNotFoundError(f"the stories {kept} and {gone} were taken apart by hand")


async def _move_contents(db: AsyncConnection, kept: StoryId, gone: StoryId) -> None:
    for table in (story_articles, developments):
        await db.execute(update(table).where(table.c.story_id == gone).values(story_id=kept))
    for column in (story_splits.c.story_id, story_splits.c.parted_id):
        await db.execute(update(story_splits).where(column == gone).values({column.name: kept}))
    for table in (mutes, follows):
        others = [c for c in table.c if c.name != "story_id"]
        copied = select(literal(kept), *others).where(table.c.story_id == gone)
        moved = upsert(table).from_select(["story_id", *(c.name for c in others)], copied)
        await db.execute(moved.on_conflict_do_nothing())
    rows = {row.id: row for row in await db.execute(select(stories).where(stories.c.id.in_([kept, gone])))}
    grown: dict[str, Any] = {
        "first_seen_at": min(row.first_seen_at for row in rows.values()),
        "updated_at": max(row.updated_at for row in rows.values()),
        "origins": max(row.origins for row in rows.values()),  # until they are counted
    }
    await db.execute(update(stories).where(stories.c.id == kept).values(**grown))
    await db.execute(
        update(stories).where((stories.c.id == gone) | (stories.c.merged_into == gone)).values(merged_into=kept)
    )
    await _move_scores(db, kept, gone, grown["first_seen_at"], grown["updated_at"])
    await ask_recount(db, [kept])


async def _move_scores(db: AsyncConnection, kept: StoryId, gone: StoryId, first: datetime, last: datetime) -> None:
    both = story_topics.c.story_id.in_([kept, gone])
    best = select(story_topics.c.topic_id, func.max(story_topics.c.score)).where(both)
    rows = [
        {"story_id": kept, "topic_id": topic, "score": score, "first_seen_at": first, "updated_at": last}
        for topic, score in await db.execute(best.group_by(story_topics.c.topic_id))
    ]
    await db.execute(delete(story_topics).where(both))
    if rows:
        await db.execute(insert(story_topics), rows)


async def _move_outbox(db: AsyncConnection, kept: StoryId, gone: StoryId, now: datetime) -> None:
    outbox = await read_outbox(db, [kept, gone], now)
    told = {story: {channel for of, channel in outbox.told if of == story} for story in (kept, gone)}
    for channel in sorted(told[gone] - told[kept]):
        await _follow(db, kept, gone, channel)
    for channel in sorted(told[gone] & told[kept]):
        await _fold(db, kept, gone, channel, now)
    # Whatever moved: what is shown now of the older story is more than before, and the younger's messages point at it.
    outbox = await read_outbox(db, [kept, gone], now)
    for story, channel in sorted(outbox.living - outbox.waiting - outbox.muted):
        await add_alert(db, story, channel, AlertKind.COVERAGE, Action.EDIT, "", now)


async def _follow(db: AsyncConnection, kept: StoryId, gone: StoryId, channel: ChannelId) -> None:
    """Let what a channel was told of the younger story be the older's."""
    for table in (posts, deliveries, alerts):
        mine = (table.c.story_id == gone, table.c.channel_id == channel)
        await db.execute(update(table).where(*mine).values(story_id=kept))


async def _fold(db: AsyncConnection, kept: StoryId, gone: StoryId, channel: ChannelId, now: datetime) -> None:
    """Where both were told: what waits of the younger falls, its developments reply to the older's post."""
    waiting = (
        deliveries.c.story_id == gone,
        deliveries.c.channel_id == channel,
        deliveries.c.status == PENDING,
        deliveries.c.lease_until.is_(None),
    )
    closed = {"status": DONE, "reason": f"told in story {kept}", "closed_at": now}
    post = update(deliveries).where(*waiting, deliveries.c.action == POST)
    if (await db.execute(post.values(**closed))).rowcount:
        edit = update(deliveries).where(*waiting, deliveries.c.action == EDIT)
        await db.execute(edit.values(**closed))
    replies = select(deliveries.c.alert_id).where(*waiting, deliveries.c.action == Action.REPLY.value)
    await db.execute(update(alerts).where(alerts.c.id.in_(replies)).values(story_id=kept))
    moved = update(deliveries).where(*waiting, deliveries.c.action == Action.REPLY.value)
    await db.execute(moved.values(story_id=kept))
