"""Stories taken apart by hand: some articles become a story of their own, and the two are never merged again.

What channels were told stays with the story that it was told of; its messages are edited to what is left. The new story
was told nowhere: the next article of it is news.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alerts import Action, AlertKind
from bot.domain.errors import StoryNotFoundError
from bot.domain.models import ArticleId, StoryId, WorkspaceId
from bot.domain.splits import Split, SplitId
from bot.storage.audit import log_change
from bot.storage.engine import Rows, to_the_end
from bot.storage.grouping_tables import story_splits
from bot.storage.merges import merge
from bot.storage.numbers import reserve_numbers
from bot.storage.outbox import add_alert, read_outbox
from bot.storage.recounts import ask_recount
from bot.storage.tables import articles, developments, matches, stories, story_articles, story_topics


class SplitRows(Rows):
    """Splits. Add a test for each new public method."""

    @to_the_end
    async def split_story(
        self, story: StoryId, out: Collection[ArticleId], *, workspace: WorkspaceId, actor: str, now: datetime
    ) -> Split:
        """Make articles of a story a story of their own.

        Raises StoryNotFoundError where there is no such story, or the articles are none or all of it.
        """
        async with self.database.write() as db:
            held = await _list_articles(db, story)
            taken = [article for article in held if article in out]
            if not taken or len(taken) == len(held):
                raise StoryNotFoundError(f"of story {story} these articles are none or all: there is nothing to part")
            parted = await _insert_story(db, story)
            await _move(db, story, parted, taken)
            for one in (story, parted):
                await _settle(db, one)
                await _score(db, one)
            await ask_recount(db, [story, parted])
            values = {"story_id": story, "parted_id": parted, "workspace": workspace, "actor": actor, "at": now}
            row = (await db.execute(insert(story_splits).values(**values).returning(story_splits))).one()
            await log_change(
                db, at=now, actor=actor, workspace=workspace, action="story.split", subject=f"{story} {parted}",
                before={"articles": taken},
            )  # fmt: skip
            outbox = await read_outbox(db, [story], now)
            for told, channel in sorted(outbox.living - outbox.waiting - outbox.muted):
                await add_alert(db, told, channel, AlertKind.COVERAGE, Action.EDIT, "", now)
            return _split_from(row)

    @to_the_end
    async def undo_split(self, split: SplitId, *, workspace: WorkspaceId, actor: str, now: datetime) -> StoryId | None:
        """Make what a workspace took apart one again; returns the story, None where there is nothing to undo."""
        mine = (story_splits.c.id == split, story_splits.c.workspace == workspace, story_splits.c.undone_at.is_(None))
        async with self.database.write() as db:
            row = await db.execute(update(story_splits).where(*mine).values(undone_at=now).returning(story_splits))
            found = row.one_or_none()
            if found is None:
                return None
            subject = f"{found.story_id} {found.parted_id}"
            await log_change(db, at=now, actor=actor, workspace=workspace, action="story.rejoin", subject=subject)
            return await merge(db, found.story_id, found.parted_id, now)

    async def list_splits(self, viewer: WorkspaceId) -> list[Split]:
        """List what a workspace took apart and did not undo, the latest first."""
        mine = select(story_splits).where(story_splits.c.workspace == viewer, story_splits.c.undone_at.is_(None))
        async with self.database.read() as db:
            return [_split_from(row) for row in await db.execute(mine.order_by(story_splits.c.id.desc()))]

    async def list_splits_after(self, last: SplitId, since: datetime) -> list[Split]:
        """List what was taken apart after a split, since then, in its order: what grouping has to follow."""
        new = (story_splits.c.id > last, story_splits.c.at >= since, story_splits.c.undone_at.is_(None))
        async with self.database.read() as db:
            return [_split_from(row) for row in await db.execute(select(story_splits).where(*new))]


async def _list_articles(db: AsyncConnection, story: StoryId) -> list[ArticleId]:
    found = select(story_articles.c.article_id).where(story_articles.c.story_id == story)
    return list((await db.execute(found.order_by(story_articles.c.article_id))).scalars())


async def _insert_story(db: AsyncConnection, story: StoryId) -> StoryId:
    [number] = await reserve_numbers(db, stories, 1)
    copied = ("headline", "scope", "first_seen_at", "updated_at")
    like = select(literal(number), literal(1), *(stories.c[name] for name in copied)).where(stories.c.id == story)
    await db.execute(insert(stories).from_select(["id", "origins", *copied], like))
    return StoryId(number)


async def _move(db: AsyncConnection, story: StoryId, parted: StoryId, taken: Sequence[ArticleId]) -> None:
    for table in (story_articles, developments):
        mine = (table.c.story_id == story, table.c.article_id.in_(taken))
        await db.execute(update(table).where(*mine).values(story_id=parted))


async def _settle(db: AsyncConnection, story: StoryId) -> None:
    """Let a story be as long as its articles, and have the headline of its first unless its own is still among them."""
    mine = (
        select(articles.c.title, articles.c.published_at, articles.c.seen_at)
        .join(story_articles, story_articles.c.article_id == articles.c.id)
        .where(story_articles.c.story_id == story)
        .order_by(articles.c.published_at, articles.c.id)
    )
    rows = (await db.execute(mine)).all()
    headline = (await db.execute(select(stories.c.headline).where(stories.c.id == story))).scalar_one()
    values = {
        "headline": headline if any(row.title == headline for row in rows) else rows[0].title,
        "first_seen_at": min(row.published_at for row in rows),
        "updated_at": max(min(row.published_at, row.seen_at) for row in rows),
        "origins": 1,  # until they are counted
    }
    await db.execute(update(stories).where(stories.c.id == story).values(**values))


async def _score(db: AsyncConnection, story: StoryId) -> None:
    best = (
        select(
            literal(story), matches.c.topic_id, func.max(matches.c.score), stories.c.first_seen_at, stories.c.updated_at
        )
        .select_from(story_articles)
        .join(matches, matches.c.article_id == story_articles.c.article_id)
        .join(stories, stories.c.id == story_articles.c.story_id)
        .where(story_articles.c.story_id == story)
        .group_by(matches.c.topic_id)
    )
    await db.execute(delete(story_topics).where(story_topics.c.story_id == story))
    columns = ["story_id", "topic_id", "score", "first_seen_at", "updated_at"]
    await db.execute(insert(story_topics).from_select(columns, best))


def _split_from(row: Row[Any]) -> Split:
    return Split(
        id=SplitId(row.id),
        story_id=StoryId(row.story_id),
        parted_id=StoryId(row.parted_id),
        workspace=row.workspace,
        actor=row.actor,
        at=row.at,
    )
