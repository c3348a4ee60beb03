"""Stories as they are read: whole for the pipeline, in lines for a viewer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, delete, exists, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alerts import DeliveryStatus
from bot.domain.errors import StoryNotFoundError
from bot.domain.models import (
    Article,
    ArticleId,
    Development,
    DevelopmentId,
    Match,
    Story,
    StoryId,
    TopicId,
    WorkspaceId,
)
from bot.domain.records import Told
from bot.domain.views import StoryLine
from bot.storage.engine import Rows, to_the_end
from bot.storage.feed_tables import feed_uses
from bot.storage.latest import list_lines, sees_topic_story
from bot.storage.outbox import Spot, find_told
from bot.storage.rows import ARTICLE, article_from, chunks, development_from, match_from
from bot.storage.sight import sees_article, threshold
from bot.storage.tables import (
    alerts,
    article_feeds,
    articles,
    deliveries,
    developments,
    matches,
    stories,
    story_articles,
    story_topics,
    topics,
)  # fmt: skip
from bot.storage.tuned import with_tuned

_MEMBERS = (
    select(story_articles.c.story_id, articles.c.id)
    .join(articles, articles.c.id == story_articles.c.article_id)
    .order_by(articles.c.published_at, articles.c.id)
)
_REACHED = (
    select(story_topics.c.story_id, story_topics.c.topic_id)
    .join(topics, topics.c.id == story_topics.c.topic_id)
    .where(story_topics.c.score >= threshold())
    .order_by(story_topics.c.score.desc(), topics.c.id)
)
_GROWN: Select[Any] = select(developments).order_by(developments.c.id)


class StoryRows(Rows):
    """Stories. Add a test for each new public method."""

    async def get_story(self, story_id: StoryId) -> Story:
        """Get a story with its articles (oldest first) and developments; raises StoryNotFoundError.

        Its topics are those that it reaches at their own sensitivity, best first.
        """
        found = await self.list_stories([story_id])
        if not found:
            raise StoryNotFoundError(f"there is no story {story_id}")
        return found[0]

    async def list_stories(self, ids: Sequence[StoryId]) -> list[Story]:
        """List stories as `get_story` gives them, in the order of `ids`, leaving out those that are gone."""
        found: dict[StoryId, Story] = {}
        async with self.database.read() as db:
            for some in chunks(ids):
                found |= await _find_stories(db, some)
        return [found[story] for story in ids if story in found]

    @to_the_end
    async def drop_untold(self, ids: Sequence[DevelopmentId]) -> int:
        """Forget developments with their alerts, but those that a channel was told of, or is just being told of."""
        is_untold = and_(
            deliveries.c.status == DeliveryStatus.PENDING.value,
            deliveries.c.lease_until.is_(None),
            deliveries.c.is_unsettled.is_(False),
        )
        told = exists(
            select(deliveries.c.id)
            .join(alerts, alerts.c.id == deliveries.c.alert_id)
            .where(alerts.c.development_id == developments.c.id, ~is_untold)
        )
        async with self.database.write() as db:
            fallen = [
                (await db.execute(delete(developments).where(developments.c.id.in_(some), ~told))).rowcount
                for some in chunks(ids)
            ]
        return sum(fallen)

    async def list_visible_articles(self, viewer: WorkspaceId, story_id: StoryId) -> list[Article]:
        """List a story's articles that the viewer may see, oldest first."""
        visible = (
            select(*ARTICLE)
            .join_from(articles, story_articles, story_articles.c.article_id == articles.c.id)
            .where(story_articles.c.story_id == story_id, sees_article(viewer))
            .order_by(articles.c.published_at, articles.c.id)
        )
        async with self.database.read() as db:
            return [article_from(row) for row in await db.execute(visible)]

    async def list_story_matches(self, story_id: StoryId) -> list[Match]:
        """List the matches of a story's articles."""
        found = (
            select(matches)
            .join(story_articles, story_articles.c.article_id == matches.c.article_id)
            .where(story_articles.c.story_id == story_id)
            .order_by(matches.c.article_id, matches.c.topic_id)
        )
        async with self.database.read() as db:
            return await with_tuned(db, [match_from(row) for row in await db.execute(found)])

    async def list_matches(self, article_ids: Sequence[ArticleId]) -> list[Match]:
        """List the matches of articles, by article and topic."""
        found = select(matches).order_by(matches.c.article_id, matches.c.topic_id)
        async with self.database.read() as db:
            asked = [found.where(matches.c.article_id.in_(some)) for some in chunks(sorted(article_ids))]
            return await with_tuned(db, [match_from(row) for query in asked for row in await db.execute(query)])

    async def list_topic_stories(
        self, viewer: WorkspaceId, topics: Sequence[TopicId], *, before: datetime, limit: int
    ) -> list[StoryLine]:
        """List stories of any of the topics first seen before then, latest first: what may have come before."""
        if not topics:
            return []
        # One ordered walk for each topic: an IN over topics would sort all their stories to find the last few.
        walks = [_walk_back(viewer, topic, before, limit).subquery() for topic in dict.fromkeys(topics)]
        found = union_all(*(select(walk.c.story_id, walk.c.first_seen_at) for walk in walks)).subquery()
        last = (
            select(found.c.story_id)
            .distinct()
            .order_by(found.c.first_seen_at.desc(), found.c.story_id.desc())
            .limit(limit)
        )
        async with self.database.read() as db:
            ids = (await db.execute(last)).scalars().all()
            return await list_lines(db, viewer, ids)

    async def list_users(self, article_ids: Sequence[ArticleId]) -> Mapping[ArticleId, frozenset[WorkspaceId]]:
        """Tell which workspaces (or EVERYONE) use a feed that brought each article; a scope narrows them to itself."""
        used = (
            select(article_feeds.c.article_id, feed_uses.c.workspace)
            .join(feed_uses, feed_uses.c.feed_id == article_feeds.c.feed_id)
            .join(articles, articles.c.id == article_feeds.c.article_id)
        )
        in_scope = articles.c.scope.in_([None, feed_uses.c.workspace])
        users: dict[ArticleId, set[WorkspaceId]] = {number: set() for number in article_ids}
        async with self.database.read() as db:
            for some in chunks(article_ids):
                for row in await db.execute(used.where(article_feeds.c.article_id.in_(some), in_scope)):
                    users[row.article_id].add(row.workspace)
        return {number: frozenset(found) for number, found in users.items()}

    async def list_told(self, stories: Sequence[StoryId]) -> list[Told]:
        """List the channels that were told of each story or are about to be."""
        told: set[Spot] = set()
        async with self.database.read() as db:
            for some in chunks(stories):
                told |= await find_told(db, some)
        return [Told(story_id=story, channel_id=channel) for story, channel in sorted(told)]

    async def list_best_scores(self, stories: Sequence[StoryId]) -> Mapping[StoryId, Mapping[TopicId, float]]:
        """Tell the best score of each topic among each story's articles."""
        best: dict[StoryId, dict[TopicId, float]] = defaultdict(dict, {story: {} for story in stories})
        async with self.database.read() as db:
            for some in chunks(stories):
                for row in await db.execute(select(story_topics).where(story_topics.c.story_id.in_(some))):
                    best[row.story_id][row.topic_id] = row.score
        return dict(best)


async def _find_stories(db: AsyncConnection, ids: Sequence[StoryId]) -> dict[StoryId, Story]:
    """Find the stories of one chunk of ids."""
    members: dict[StoryId, list[ArticleId]] = defaultdict(list)
    for row in await db.execute(_MEMBERS.where(story_articles.c.story_id.in_(ids))):
        members[row.story_id].append(row.id)
    reached: dict[StoryId, list[TopicId]] = defaultdict(list)
    for row in await db.execute(_REACHED.where(story_topics.c.story_id.in_(ids))):
        reached[row.story_id].append(row.topic_id)
    grown: dict[StoryId, list[Development]] = defaultdict(list)
    for row in await db.execute(_GROWN.where(developments.c.story_id.in_(ids))):
        grown[row.story_id].append(development_from(row))
    return {
        row.id: Story(
            id=row.id,
            headline=row.headline,
            articles=tuple(members[row.id]),
            topics=tuple(reached[row.id]),
            origins=row.origins,
            first_seen_at=row.first_seen_at,
            updated_at=row.updated_at,
            developments=tuple(grown[row.id]),
            scope=row.scope,
            merged_into=row.merged_into,
        )
        for row in await db.execute(select(stories).where(stories.c.id.in_(ids)))
    }


def _walk_back(viewer: WorkspaceId, topic: TopicId, before: datetime, limit: int) -> Select[Any]:
    return (
        select(story_topics.c.story_id, story_topics.c.first_seen_at)
        .where(
            story_topics.c.topic_id == topic,
            story_topics.c.first_seen_at < before,
            sees_topic_story(viewer),
        )
        .order_by(story_topics.c.first_seen_at.desc(), story_topics.c.story_id.desc())
        .limit(limit)
    )
