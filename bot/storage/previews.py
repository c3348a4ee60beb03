"""Stories that a topic reaches at a score of one's own choosing."""

from __future__ import annotations

from sqlalchemy import select

from bot.domain.models import TopicId, WorkspaceId
from bot.domain.views import StoryLine
from bot.storage.engine import Rows
from bot.storage.latest import list_lines
from bot.storage.tables import story_topics


class PreviewRows(Rows):
    """What a subscription would have told."""

    async def list_scored_stories(
        self, viewer: WorkspaceId, topic: TopicId, *, least: float, limit: int
    ) -> list[StoryLine]:
        """List the stories updated last whose best score of a topic is `least` or more, as the viewer sees them."""
        last = (
            select(story_topics.c.story_id)
            .where(story_topics.c.topic_id == topic, story_topics.c.score >= least)
            .order_by(story_topics.c.updated_at.desc(), story_topics.c.story_id.desc())
        )
        async with self.database.read() as db:
            ids = (await db.execute(last.limit(limit))).scalars().all()
            return await list_lines(db, viewer, ids)
