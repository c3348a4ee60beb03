"""Changed versions of articles: which wait, and the transaction that makes developments of those that matter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.changes import ChangedArticle, JudgedChanges
from bot.domain.models import ArticleId, DevelopmentId, StoryId
from bot.storage.change_tables import changed_developments, waiting_versions
from bot.storage.engine import Rows, to_the_end
from bot.storage.gatherings import save_alerts
from bot.storage.numbers import reserve_numbers
from bot.storage.rows import ARTICLE, article_from, chunks
from bot.storage.tables import article_versions, articles, developments, story_articles


class ChangeRows(Rows):
    """Changes of articles. Add a test for each new public method."""

    async def list_changed(self, limit: int) -> list[ChangedArticle]:
        """List versions of gathered articles that nobody has judged, oldest first, with the wording before them."""
        waiting = (
            select(waiting_versions.c.article_id, story_articles.c.story_id)
            .join(story_articles, story_articles.c.article_id == waiting_versions.c.article_id)
            .distinct()
            .order_by(waiting_versions.c.article_id)
            .limit(limit)
        )
        async with self.database.read() as db:
            stories = {row.article_id: row.story_id for row in await db.execute(waiting)}
            return await _list_waiting(db, stories) if stories else []

    @to_the_end
    async def save_changes(self, judged: JudgedChanges, now: datetime) -> None:
        """Write the developments and alerts of changes; the versions judged wait no more."""
        async with self.database.write() as db:
            grown = await _save_developments(db, judged, now)
            if judged.alerts:
                await save_alerts(db, judged.alerts, now, grown)
            for article_id, digest in judged.judged:
                mine = (waiting_versions.c.article_id == article_id, waiting_versions.c.digest == digest)
                await db.execute(delete(waiting_versions).where(*mine))

    async def list_changes(self, ids: Sequence[DevelopmentId]) -> Mapping[DevelopmentId, tuple[str, str]]:
        """Tell what each of the developments that are changes said before and says now."""
        found: dict[DevelopmentId, tuple[str, str]] = {}
        async with self.database.read() as db:
            for some in chunks(sorted(ids)):
                asked = select(changed_developments).where(changed_developments.c.development_id.in_(some))
                found |= {row.development_id: (row.before, row.after) for row in await db.execute(asked)}
        return found


async def _list_waiting(db: AsyncConnection, stories: Mapping[ArticleId, StoryId]) -> list[ChangedArticle]:
    ids = sorted(stories)
    kept = {row.id: article_from(row) for row in await db.execute(select(*ARTICLE).where(articles.c.id.in_(ids)))}
    waits = select(waiting_versions).where(waiting_versions.c.article_id.in_(ids))
    waiting = {(row.article_id, row.digest) for row in await db.execute(waits)}
    told = (
        select(developments.c.article_id, func.count())
        .join(changed_developments, changed_developments.c.development_id == developments.c.id)
        .where(developments.c.article_id.in_(ids))
        .group_by(developments.c.article_id)
    )
    counts: dict[ArticleId, int] = {row[0]: row[1] for row in await db.execute(told)}
    versions = (
        select(article_versions)
        .where(article_versions.c.article_id.in_(ids))
        .order_by(article_versions.c.at, article_versions.c.digest)
    )
    last: dict[ArticleId, dict[int, tuple[str, str]]] = defaultdict(dict)
    found = []
    for row in await db.execute(versions):
        article = kept[row.article_id]
        before = last[row.article_id].get(row.feed_id)
        if before is None and len(article.feeds) <= 1:
            before = (article.title, article.text)
        last[row.article_id][row.feed_id] = (row.title, row.text)
        if (row.article_id, row.digest) in waiting:
            waiting.discard((row.article_id, row.digest))
            found.append(
                ChangedArticle(
                    digest=row.digest,
                    after=replace(article, title=row.title, text=row.text),
                    before=None if before is None else replace(article, title=before[0], text=before[1]),
                    story_id=stories[row.article_id],
                    told=counts.get(row.article_id, 0),
                )
            )
    # A version that was forgotten while it waited says nothing any more.
    return found + [
        ChangedArticle(digest=digest, after=kept[number], before=None, story_id=stories[number])
        for number, digest in sorted(waiting)
    ]


async def _save_developments(
    db: AsyncConnection, judged: JudgedChanges, now: datetime
) -> Mapping[tuple[StoryId, ArticleId], DevelopmentId]:
    if not judged.changes:
        return {}
    numbers = [DevelopmentId(n) for n in await reserve_numbers(db, developments, len(judged.changes))]
    told = list(zip(numbers, judged.changes, strict=True))
    rows = [
        {"id": n, "story_id": c.story_id, "article_id": c.article_id, "reason": c.reason, "at": now} for n, c in told
    ]
    await db.execute(insert(developments), rows)
    changes = [{"development_id": n, "before": c.before, "after": c.after} for n, c in told]
    await db.execute(insert(changed_developments), changes)
    return {(c.story_id, c.article_id): n for n, c in told}
