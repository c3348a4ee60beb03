"""The archive as a topic is tried on it: articles in slices, newest first, and how common words are in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, case, column, func, literal_column, select, table
from sqlalchemy.sql import ColumnElement

from bot.domain.models import Article, ArticleId, Sensitivity, TopicId, WorkspaceId
from bot.domain.tunings import ArchiveSize, Change, TopicHistory
from bot.storage.engine import Rows
from bot.storage.rows import ARTICLE, article_from, chunks
from bot.storage.search import article_words, match_expression
from bot.storage.sight import sees_article
from bot.storage.tables import articles, audit_log, matches, story_articles
from bot.storage.tuned import is_tuned_out

known_words = table("article_words_known", column("term"), column("doc"))
Wanted = Sequence[Sequence[Sequence[str]]]
"""Ways to hit: of one, each list must be hit by one of its terms; a term as `search` takes it."""


class ArchiveRows(Rows):
    """The archive, to try topics on. Add a test for each new public method."""

    async def measure_archive(self, viewer: WorkspaceId, since: datetime) -> ArchiveSize:
        """Count the articles since then that the viewer sees."""
        counted = select(func.count(), func.min(_came_at())).where(*_came_since(since), sees_article(viewer))
        async with self.database.read() as db:
            number, oldest = (await db.execute(counted)).one()
        return ArchiveSize(articles=number, oldest_at=oldest)

    async def list_archive(
        self,
        viewer: WorkspaceId | None,
        wanted: Wanted | None,
        *,
        since: datetime | None = None,
        below: ArticleId | None = None,
        limit: int,
    ) -> list[Article]:
        """List gathered articles, the newest first, that `wanted` can hit (None: all there are).

        `viewer` None: whoever sees them. `below` goes on after the last of an earlier slice.
        """
        number: ColumnElement[int] = articles.c.id if wanted is None else article_words.c.rowid
        asked: list[ColumnElement[bool]] = [articles.c.gathered_at.is_not(None), articles.c.is_held.is_(False)]
        found = select(*ARTICLE)
        if wanted is not None:
            expression = " OR ".join(f"({one})" for one in map(match_expression, wanted) if one)
            if not expression:
                return []
            found = found.select_from(article_words.join(articles, articles.c.id == article_words.c.rowid))
            asked.append(literal_column("article_words").op("MATCH")(expression))
        if since is not None:
            # Numbers rise with time: without this bound the last slice would go through all that is older.
            first = select(articles.c.id).where(articles.c.seen_at >= since).order_by(articles.c.seen_at).limit(1)
            asked += [*_came_since(since), number >= first.scalar_subquery()]
        if below is not None:
            asked.append(number < below)
        if viewer is not None:
            asked.append(sees_article(viewer))
        async with self.database.read() as db:
            rows = await db.execute(found.where(*asked).order_by(number.desc()).limit(limit))
            return [article_from(row) for row in rows]

    async def list_fellows(
        self, viewer: WorkspaceId, among: Sequence[ArticleId], *, since: datetime, limit: int
    ) -> list[Article]:
        """List articles of the stories that these are in, themselves left out, the newest first."""
        asked, fellow = set(among), story_articles.alias()
        found: dict[ArticleId, Article] = {}
        async with self.database.read() as db:
            for some in chunks(among):
                shared = (
                    select(fellow.c.article_id)
                    .join(story_articles, story_articles.c.story_id == fellow.c.story_id)
                    .where(story_articles.c.article_id.in_(some))
                )
                page = select(*ARTICLE).where(articles.c.id.in_(shared), *_came_since(since), sees_article(viewer))
                rows = await db.execute(page.order_by(articles.c.id.desc()).limit(limit + len(some)))
                found |= {row.id: article_from(row) for row in rows if row.id not in asked}
        return sorted(found.values(), key=lambda article: article.id, reverse=True)[:limit]

    async def list_words_like(self, parts: Sequence[str], limit: int) -> list[tuple[str, int]]:
        """List the archive's words that hold one of the parts, with how many articles hold them, commonest first."""
        if not parts:
            return []
        holds = [func.instr(known_words.c.term, part) > 0 for part in parts]
        like = holds[0]
        for other in holds[1:]:
            like = like | other
        found = select(known_words.c.term, known_words.c.doc).where(like)
        async with self.database.read() as db:
            rows = await db.execute(found.order_by(known_words.c.doc.desc(), known_words.c.term).limit(limit))
            return [(row.term, row.doc) for row in rows]

    async def count_words(self, words: Iterable[str]) -> Mapping[str, int]:
        """Count the articles that hold each word or phrase (words of `domain.text.tokens`, a space between them)."""
        asked = list(dict.fromkeys(words))
        counts: dict[str, int] = {}
        async with self.database.read() as db:
            for some in chunks([word for word in asked if " " not in word]):
                found = select(known_words.c.term, known_words.c.doc).where(known_words.c.term.in_(some))
                counts |= {row.term: row.doc for row in await db.execute(found)}
            for phrase in (word for word in asked if " " in word):
                expression = match_expression([[phrase]])
                held = select(func.count()).select_from(article_words)
                held = held.where(literal_column("article_words").op("MATCH")(expression))
                counts[phrase] = await db.scalar(held) or 0
        return counts

    async def count_languages(self) -> Mapping[str, int]:
        """Count the articles that `count_words` counts among, by primary language; "" where it is not known."""
        counts: Counter[str] = Counter()
        counted = select(articles.c.language, func.count()).group_by(articles.c.language)
        async with self.database.read() as db:
            for language, number in await db.execute(counted):
                counts[(language or "").split("-", 1)[0]] += number
        return counts

    async def get_topic_history(
        self, viewer: WorkspaceId, topic_id: TopicId, sensitivity: Sensitivity, now: datetime
    ) -> TopicHistory:
        """Tell who made and changed a topic, and how many articles it hit of late as the viewer sees them."""
        async with self.database.read() as db:
            told = select(audit_log.c.actor, audit_log.c.at, audit_log.c.action).where(
                audit_log.c.subject == topic_id, audit_log.c.workspace == viewer
            )
            changes = {row.action: Change(actor=row.actor, at=row.at) for row in await db.execute(told.order_by("id"))}
            week, month = [
                await db.scalar(_count_hits(viewer, topic_id, sensitivity, now - timedelta(days=days))) or 0
                for days in (7, 30)
            ]
        return TopicHistory(
            made=changes.get("topic.add"), changed=changes.get("topic.change"), hits_week=week, hits_month=month
        )


def _came_at() -> ColumnElement[datetime]:
    """Give when an article came: what a feed's first sight brings is as old as its date."""
    earlier = articles.c.published_at < articles.c.seen_at
    return case((earlier, articles.c.published_at), else_=articles.c.seen_at)


def _came_since(since: datetime) -> list[ColumnElement[bool]]:
    return [articles.c.seen_at >= since, articles.c.published_at >= since]


def _count_hits(viewer: WorkspaceId, topic_id: TopicId, sensitivity: Sensitivity, since: datetime) -> Select[int]:
    least = sensitivity.threshold
    return (
        select(func.count())
        .select_from(matches.join(articles, articles.c.id == matches.c.article_id))
        .where(
            matches.c.topic_id == topic_id,
            matches.c.score >= least,
            *_came_since(since),
            sees_article(viewer),
            ~is_tuned_out(viewer, least),
        )
    )
