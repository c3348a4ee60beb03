"""Stories that may be one, told in different languages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.domain.models import StoryId, WorkspaceId
from bot.domain.views import StoryLine
from bot.storage.engine import Rows, to_the_end
from bot.storage.grouping_tables import story_links
from bot.storage.latest import list_lines
from bot.storage.tables import stories, story_topics

MOST_SHOWN = 3


class LinkRows(Rows):
    """Links between stories. Add a test for each new public method."""

    @to_the_end
    async def save_link(self, one: StoryId, other: StoryId, score: float, now: datetime) -> None:
        """Note that two stories may be one, and how much speaks for it; what was noted of them before is replaced."""
        first, second = sorted((one, other))
        new = upsert(story_links).values(story_id=first, other_id=second, score=score, at=now)
        newer = {"score": new.excluded.score, "at": new.excluded.at}
        async with self.database.write() as db:
            await db.execute(
                new.on_conflict_do_update(index_elements=[story_links.c.story_id, story_links.c.other_id], set_=newer)
            )

    async def list_possibly_same(self, viewer: WorkspaceId, story: StoryId) -> list[StoryLine]:
        """List the stories that may be the same as this one, the likest first, as the viewer sees them."""
        pairs = select(story_links).where((story_links.c.story_id == story) | (story_links.c.other_id == story))
        async with self.database.read() as db:
            rows = await db.execute(pairs.order_by(story_links.c.score.desc()).limit(MOST_SHOWN))
            others = [StoryId(row.other_id if row.story_id == story else row.story_id) for row in rows]
            return await list_lines(db, viewer, others)

    async def list_scored_since(self, since: datetime, limit: int) -> Sequence[StoryId]:
        """List the stories of any topic that were updated since then, the latest first."""
        last = func.max(story_topics.c.updated_at)
        scored = (
            select(story_topics.c.story_id)
            .join(stories, stories.c.id == story_topics.c.story_id)
            .where(stories.c.updated_at >= since, stories.c.merged_into.is_(None))
            .group_by(story_topics.c.story_id)
            .order_by(last.desc())
            .limit(limit)
        )
        async with self.database.read() as db:
            return [StoryId(found) for found in (await db.execute(scored)).scalars()]
