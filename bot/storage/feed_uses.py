"""Who uses which feeds, under which tags: added, imported, removed and listed, each change in the audit log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import QuotaError
from bot.domain.feed_lists import FeedUse, Imported, ListedFeed, feed_key
from bot.domain.feeds import Feed
from bot.domain.models import EVERYONE, FeedId, WorkspaceId
from bot.storage.audit import log_change
from bot.storage.engine import Rows, to_the_end
from bot.storage.feed_tables import feed_uses, feeds
from bot.storage.feeds import begin_use, end_use, find_public, insert_feed
from bot.storage.listed import Prepared
from bot.storage.rows import FEED, feed_from
from bot.storage.tables import channels

THIS_FEED = Prepared(select(*FEED).where(feeds.c.id == bindparam("this")))


class FeedUseRows(Rows):
    """Uses of feeds. Add a test for each new public method."""

    @to_the_end
    async def add_feed(
        self,
        *,
        url: str,
        title: str,
        language: str | None,
        interval: timedelta,
        workspace: WorkspaceId,
        actor: str,
        now: datetime,
        tags: Sequence[str] = (),
        most: int | None = None,
    ) -> Feed:
        """Use a feed in a workspace, adding it (due now) where nobody uses it yet; the same URL is one feed.

        The shortest interval that somebody asked for holds, but a declared feed keeps that of its file. Tags replace
        those of a use that is there. Raises QuotaError where the workspace uses `most` feeds already.
        """
        async with self.database.write() as db:
            feed_id = await _add(db, ListedFeed(url=url, title=title), language=language, interval=interval, now=now)
            if not await _uses(db, feed_id, workspace):
                used = await _count(db, workspace)
                if most is not None and used >= most:
                    raise QuotaError(used, most)
                await begin_use(db, feed_id, workspace, now)
                await _log(db, feed_id, workspace, actor=actor, now=now, action="feed.add")
            if tags:
                await _tag(db, feed_id, workspace, tags)
            [added] = await THIS_FEED.fetch(db, {"this": feed_id})
            return feed_from(added)

    @to_the_end
    async def import_feeds(
        self,
        wanted: Sequence[ListedFeed],
        *,
        interval: timedelta,
        workspace: WorkspaceId,
        actor: str,
        now: datetime,
        most: int | None = None,
    ) -> Imported:
        """Use the feeds of a list in a workspace, in its order, until the workspace uses `most`.

        A feed that the workspace sees already (`feed_key`) stays as it is, but gets tags where it is its own and has
        none.
        """
        added: list[ListedFeed] = []
        known: list[ListedFeed] = []
        left_out: list[ListedFeed] = []
        async with self.database.write() as db:
            here = {feed_key(use.url): use for use in await _list_uses(db, workspace)}
            room = len(wanted) if most is None else max(most - await _count(db, workspace), 0)
            for feed in wanted:
                use = here.get(feed_key(feed.url))
                if use is not None:
                    known.append(feed)
                    await _tag_untagged(db, use, workspace, feed.tags)
                elif len(added) >= room:
                    left_out.append(feed)
                else:
                    await _take(db, feed, interval=interval, workspace=workspace, actor=actor, now=now)
                    added.append(feed)
        return Imported(added=tuple(added), known=tuple(known), left_out=tuple(left_out))

    @to_the_end
    async def delete_feed_use(self, workspace: WorkspaceId, feed_id: FeedId, *, actor: str, now: datetime) -> bool:
        """End a workspace's use of a feed; the feed is no longer polled once nobody uses it. False: it had none."""
        async with self.database.write() as db:
            if not await end_use(db, feed_id, workspace):
                return False
            await _log(db, feed_id, workspace, actor=actor, now=now, action="feed.remove")
            return True

    async def list_feed_uses(self, viewer: WorkspaceId) -> list[FeedUse]:
        """List the feeds that the viewer sees with their addresses and its own tags, by title."""
        async with self.database.read() as db:
            return await _list_uses(db, viewer)

    async def list_feed_tags(self, viewer: WorkspaceId) -> Mapping[FeedId, tuple[str, ...]]:
        """Tell the tags of the viewer's own feeds."""
        own = select(feed_uses.c.feed_id, feed_uses.c.tags).where(feed_uses.c.workspace == viewer)
        async with self.database.read() as db:
            return {row.feed_id: tuple(row.tags) for row in await db.execute(own) if row.tags}

    async def list_workspaces(self) -> list[WorkspaceId]:
        """List the workspaces that have a channel here or use a feed, without EVERYONE."""
        async with self.database.read() as db:
            found = set((await db.execute(select(channels.c.workspace).distinct())).scalars())
            found |= set((await db.execute(select(feed_uses.c.workspace).distinct())).scalars())
        return sorted(WorkspaceId(name) for name in found if name != EVERYONE)


async def _add(
    db: AsyncConnection, feed: ListedFeed, *, language: str | None, interval: timedelta, now: datetime
) -> FeedId:
    """Add a feed, or ask the one that is there more often."""
    row = (await find_public(db, [feed.url])).get(feed.url)
    if row is None:
        return await insert_feed(db, url=feed.url, title=feed.title, language=language, interval=interval, now=now)
    shortest = row.interval if row.is_declared else min(row.interval, interval)
    await db.execute(update(feeds).where(feeds.c.id == row.id).values(interval=shortest))
    found: FeedId = row.id
    return found


async def _take(
    db: AsyncConnection, feed: ListedFeed, *, interval: timedelta, workspace: WorkspaceId, actor: str, now: datetime
) -> None:
    feed_id = await _add(db, feed, language=None, interval=interval, now=now)
    await begin_use(db, feed_id, workspace, now)
    await _log(db, feed_id, workspace, actor=actor, now=now, action="feed.add")
    if feed.tags:
        await _tag(db, feed_id, workspace, feed.tags)


async def _uses(db: AsyncConnection, feed_id: FeedId, workspace: WorkspaceId) -> bool:
    use = select(feed_uses.c.feed_id).where(feed_uses.c.feed_id == feed_id, feed_uses.c.workspace == workspace)
    return (await db.execute(use)).first() is not None


async def _count(db: AsyncConnection, workspace: WorkspaceId) -> int:
    used = select(func.count()).select_from(feed_uses).where(feed_uses.c.workspace == workspace)
    return int((await db.execute(used)).scalar_one())


async def _tag(db: AsyncConnection, feed_id: FeedId, workspace: WorkspaceId, tags: Sequence[str]) -> None:
    use = update(feed_uses).where(feed_uses.c.feed_id == feed_id, feed_uses.c.workspace == workspace)
    await db.execute(use.values(tags=list(tags)))


async def _tag_untagged(db: AsyncConnection, use: FeedUse, workspace: WorkspaceId, tags: Sequence[str]) -> None:
    if use.is_own and tags and not use.tags:
        await _tag(db, use.feed_id, workspace, tags)


async def _list_uses(db: AsyncConnection, viewer: WorkspaceId) -> list[FeedUse]:
    """List what a workspace sees; its own use of a feed hides that of EVERYONE."""
    seen = (
        select(feeds.c.id, feeds.c.url, feeds.c.title, feed_uses.c.tags, feed_uses.c.workspace)
        .join(feed_uses, feed_uses.c.feed_id == feeds.c.id)
        .where(feed_uses.c.workspace.in_((viewer, EVERYONE)))
        .order_by(feeds.c.id)
    )
    found: dict[FeedId, FeedUse] = {}
    for row in await db.execute(seen):
        use = FeedUse(
            feed_id=row.id, url=row.url, title=row.title, tags=tuple(row.tags), is_own=row.workspace == viewer
        )
        if use.is_own or use.feed_id not in found:
            found[use.feed_id] = use
    return sorted(found.values(), key=lambda use: (use.title.casefold(), use.feed_id))


async def _log(
    db: AsyncConnection, feed_id: FeedId, workspace: WorkspaceId, *, actor: str, now: datetime, action: str
) -> None:
    await log_change(db, at=now, actor=actor, workspace=workspace, action=action, subject=str(feed_id))
