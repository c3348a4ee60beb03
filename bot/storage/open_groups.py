"""What grouping keeps of the open stories: written with each gathering, read once at a start."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.groups import LONGEST_SPAN, WINDOW, GroupState, OpenGroups, TitleUse
from bot.domain.models import StoryId
from bot.storage.engine import Rows
from bot.storage.grouping_tables import story_centres, title_uses
from bot.storage.tables import stories

MOST_GROUPS = 200_000
MOST_TITLES = 500_000


class OpenGroupRows(Rows):
    """Open groups."""

    async def list_open_groups(self, now: datetime) -> OpenGroups:
        """List what is kept of stories that grew within the window, in the order they began, and of titles.

        What is kept of a story that was merged is told as the older one's.
        """
        kept = (
            select(stories.c.id, stories.c.merged_into, stories.c.scope, story_centres)
            .join_from(story_centres, stories, stories.c.id == story_centres.c.story_id)
            .where(story_centres.c.touched_at >= now - WINDOW)
            .order_by(story_centres.c.touched_at.desc())
            .limit(MOST_GROUPS)
        )
        used = (
            select(title_uses)
            .where(title_uses.c.last_at >= now - LONGEST_SPAN)
            .order_by(title_uses.c.last_at.desc())
            .limit(MOST_TITLES)
        )
        async with self.database.read() as db:
            rows = sorted(await db.execute(kept), key=lambda row: (row.id, row.language))
            titles = tuple(
                TitleUse(digest=row.digest, uses=row.uses, last_at=row.last_at) for row in await db.execute(used)
            )
        groups = (
            (
                StoryId(row.merged_into or row.id),
                GroupState(scope=row.scope, language=row.language, touched_at=row.touched_at, packed=row.packed),
            )
            for row in rows
        )
        return OpenGroups(groups=tuple(groups), titles=titles)


async def save_open_groups(
    db: AsyncConnection,
    groups: Sequence[tuple[StoryId, GroupState]],
    titles: Sequence[TitleUse],
    now: datetime,
) -> None:
    """Keep what grouping says of stories and titles, and forget what grew or was used too long ago.

    What was kept of stories that were merged into these goes: it is part of what is kept now.
    """
    rows = [
        {"story_id": story, "language": state.language, "touched_at": state.touched_at, "packed": state.packed}
        for story, state in groups
    ]
    if rows:
        merged = select(stories.c.id).where(stories.c.merged_into == bindparam("into"))
        mine = (story_centres.c.language == bindparam("said_in"), story_centres.c.story_id.in_(merged))
        named = [{"into": row["story_id"], "said_in": row["language"]} for row in rows]
        await db.execute(delete(story_centres).where(*mine), named)
        state = upsert(story_centres)
        newer = {"touched_at": state.excluded.touched_at, "packed": state.excluded.packed}
        keys = [story_centres.c.story_id, story_centres.c.language]
        await db.execute(state.on_conflict_do_update(index_elements=keys, set_=newer), rows)
    if titles:
        use = upsert(title_uses)
        counted = {"uses": use.excluded.uses, "last_at": use.excluded.last_at}
        await db.execute(
            use.on_conflict_do_update(index_elements=[title_uses.c.digest], set_=counted),
            [{"digest": title.digest, "uses": title.uses, "last_at": title.last_at} for title in titles],
        )
    await db.execute(delete(story_centres).where(story_centres.c.touched_at < now - WINDOW))
    await db.execute(delete(title_uses).where(title_uses.c.last_at < now - LONGEST_SPAN))
