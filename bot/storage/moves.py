"""Feeds that move to another address; one that is there already takes over everything of the one that moved."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, delete, func, insert, literal, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import FeedId
from bot.domain.records import Poll
from bot.domain.troubles import FeedEvent
from bot.domain.urls import shown_url
from bot.storage.feed_tables import feed_news, feed_uses, feeds
from bot.storage.held import count_held
from bot.storage.tables import article_feeds, sightings


async def move_feed(db: AsyncConnection, poll: Poll) -> None:
    """Move a poll's feed to where it was sent on to, and write that as news.

    Where another feed has that address, it takes the uses, articles and identities. Two feeds that the files both name
    are left as they are.
    """
    target = poll.move.url
    moving = (await db.execute(select(feeds).where(feeds.c.id == poll.feed_id))).one_or_none()
    if moving is None or target is None:
        return
    same = select(feeds).where(feeds.c.scope.in_([moving.scope]), feeds.c.url == target)
    there = (await db.execute(same)).one_or_none()
    if there is not None and there.is_declared and moving.is_declared:
        return
    values: dict[str, Any] = {"moved_to": None, "moved_times": 0}
    if moving.is_declared:
        values["declared_as"] = moving.declared_as or moving.url
    if there is None:
        await db.execute(update(feeds).where(feeds.c.id == moving.id).values(url=target, **values))
    else:
        await _merge(db, moving, there, values, poll)
    reason = f"its server sends everyone on to {shown_url(target)} for good, so that is where it is read now"
    news = {"feed_id": moving.id if there is None else there.id, "what": FeedEvent.MOVED.value, "reason": reason}
    await db.execute(insert(feed_news).values(**news, at=poll.at))


async def _merge(db: AsyncConnection, old: Row[Any], kept: Row[Any], values: dict[str, Any], poll: Poll) -> None:
    """Let one feed take over everything of another, which ends."""
    for table, columns in (
        (article_feeds, ["article_id"]),
        (sightings, ["key", "article_id"]),
        (feed_uses, ["workspace"]),
    ):
        rows = select(literal(kept.id), *(table.c[name] for name in columns)).where(table.c.feed_id == old.id)
        taken = upsert(table).from_select(["feed_id", *columns], rows)
        await db.execute(taken.on_conflict_do_nothing())
    if old.is_declared:
        values |= {"is_declared": True, "interval": old.interval, "is_adaptive": old.is_adaptive}
    values["due_at"] = func.coalesce(feeds.c.due_at, poll.at)
    await db.execute(delete(feeds).where(feeds.c.id == old.id))
    await db.execute(update(feeds).where(feeds.c.id == kept.id).values(**values))
    await _count(db, kept.id)


async def _count(db: AsyncConnection, feed_id: FeedId) -> None:
    brought = select(func.count()).where(article_feeds.c.feed_id == feed_id).scalar_subquery()
    await db.execute(update(feeds).where(feeds.c.id == feed_id).values(articles=brought))
    await count_held(db, [feed_id])
