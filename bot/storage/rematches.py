"""The archive matched anew: what is to be done, and its results, written in slices and told to nobody.

`matches` of the topic are replaced article by article; afterwards the stories touched keep their best scores again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import ArticleId, Match, StoryId, TopicId
from bot.domain.tunings import Rematch, TunedScore
from bot.storage.engine import Rows, to_the_end
from bot.storage.recounts import ask_recount
from bot.storage.rows import chunks, match_values
from bot.storage.tables import matches, stories, story_articles, story_topics, topics
from bot.storage.topic_tables import rematches, tuned_matches


class RematchRows(Rows):
    """Matching the archive anew. Add a test for each new public method."""

    async def list_rematches(self) -> list[Rematch]:
        """List the topics that are to be matched anew, the longest waiting first."""
        async with self.database.read() as db:
            rows = await db.execute(select(rematches).order_by(rematches.c.id))
            return [
                Rematch(id=row.id, topic_id=row.topic_id, is_overlay=row.is_overlay, asked_at=row.asked_at)
                for row in rows
            ]

    @to_the_end
    async def finish_rematch(self, rematch: Rematch) -> None:
        """Note that a topic was matched anew, unless that was asked for once more meanwhile."""
        done = delete(rematches).where(rematches.c.id == rematch.id)
        async with self.database.write() as db:
            await db.execute(done)

    async def list_matched(self, topic_id: TopicId) -> list[ArticleId]:
        """List the articles that match a topic, the newest first."""
        found = select(matches.c.article_id).where(matches.c.topic_id == topic_id)
        async with self.database.read() as db:
            return list((await db.execute(found.order_by(matches.c.article_id.desc()))).scalars())

    @to_the_end
    async def replace_matches(self, topic_id: TopicId, among: Sequence[ArticleId], found: Sequence[Match]) -> None:
        """Make `found` the matches of a topic among these articles; nothing where the topic is gone."""
        async with self.database.write() as db:
            if await db.scalar(select(topics.c.id).where(topics.c.id == topic_id)) is None:
                return
            for some in chunks(among):
                mine = (matches.c.topic_id == topic_id, matches.c.article_id.in_(some))
                await db.execute(delete(matches).where(*mine))
            if found:
                await db.execute(insert(matches), [match_values(match) for match in found])
            await _keep_tuned(db, topic_id, among, [_tuned(m, w, s) for m in found for w, s in m.tuned])
            await _score_stories(db, topic_id, among)

    @to_the_end
    async def replace_tuned(self, topic_id: TopicId, among: Sequence[ArticleId], tuned: Sequence[TunedScore]) -> None:
        """Make `tuned` what workspaces score otherwise of a topic among these articles."""
        async with self.database.write() as db:
            if await db.scalar(select(topics.c.id).where(topics.c.id == topic_id)) is not None:
                await _keep_tuned(db, topic_id, among, tuned)


async def ask_rematch(db: AsyncConnection, topic_id: TopicId, *, is_overlay: bool, now: datetime) -> None:
    """Have a topic matched anew; what was asked for before and not done yet is not forgotten."""
    before = delete(rematches).where(rematches.c.topic_id == topic_id).returning(rematches.c.is_overlay)
    waiting = (await db.execute(before)).scalar_one_or_none()
    both = is_overlay and waiting is not False
    await db.execute(insert(rematches).values(topic_id=topic_id, is_overlay=both, asked_at=now))


async def save_tuned(db: AsyncConnection, found: Sequence[Match]) -> None:
    """Write what workspaces score otherwise of new matches; those of a topic that is gone are left out."""
    rows = [_tuned_row(match.topic_id, _tuned(match, w, s)) for match in found for w, s in match.tuned]
    if not rows:
        return
    kept = set((await db.execute(select(topics.c.id))).scalars())
    rows = [row for row in rows if row["topic_id"] in kept]
    if rows:
        new = upsert(tuned_matches)
        keys = [tuned_matches.c.article_id, tuned_matches.c.topic_id, tuned_matches.c.workspace]
        await db.execute(new.on_conflict_do_update(index_elements=keys, set_={"score": new.excluded.score}), rows)


def _tuned(match: Match, workspace: str, score: float) -> TunedScore:
    return TunedScore(article_id=match.article_id, workspace=workspace, score=score)  # type: ignore[arg-type]


def _tuned_row(topic_id: TopicId, tuned: TunedScore) -> dict[str, object]:
    return {
        "article_id": tuned.article_id,
        "topic_id": topic_id,
        "workspace": tuned.workspace,
        "score": tuned.score,
    }


async def _keep_tuned(
    db: AsyncConnection, topic_id: TopicId, among: Sequence[ArticleId], tuned: Sequence[TunedScore]
) -> None:
    for some in chunks(among):
        mine = (tuned_matches.c.topic_id == topic_id, tuned_matches.c.article_id.in_(some))
        await db.execute(delete(tuned_matches).where(*mine))
    if tuned:
        await db.execute(insert(tuned_matches), [_tuned_row(topic_id, one) for one in tuned])


async def _score_stories(db: AsyncConnection, topic_id: TopicId, among: Sequence[ArticleId]) -> None:
    """Write the best score of the topic in every story of these articles."""
    touched: set[StoryId] = set()
    for some in chunks(among):
        found = select(story_articles.c.story_id).where(story_articles.c.article_id.in_(some))
        touched |= set((await db.execute(found)).scalars())
    for some_stories in chunks(sorted(touched)):
        known = select(story_topics.c.story_id).where(story_topics.c.story_id.in_(some_stories))
        before = set((await db.execute(known)).scalars())
        mine = (story_topics.c.topic_id == topic_id, story_topics.c.story_id.in_(some_stories))
        await db.execute(delete(story_topics).where(*mine))
        best = (
            select(
                stories.c.id, matches.c.topic_id, func.max(matches.c.score), stories.c.first_seen_at,
                stories.c.updated_at,
            )
            .join(story_articles, story_articles.c.story_id == stories.c.id)
            .join(matches, matches.c.article_id == story_articles.c.article_id)
            .where(stories.c.id.in_(some_stories), matches.c.topic_id == topic_id)
            .group_by(stories.c.id)
        )  # fmt: skip
        columns = ["story_id", "topic_id", "score", "first_seen_at", "updated_at"]
        await db.execute(insert(story_topics).from_select(columns, best))
        # What no topic matched so far was never asked where it came from.
        await ask_recount(db, set((await db.execute(known)).scalars()) - before)
