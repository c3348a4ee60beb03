"""Search: our own normalised words in a full-text table, so that every script is found by the same rules.

`domain.text.tokens` folds and cuts (Han and kana as overlapping pairs); the table's tokenizer only splits at spaces.
What another database would do differently stands here and in its migration, nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import column, literal_column, select, table, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import ArticleId, WorkspaceId
from bot.domain.text import tokens as text_tokens
from bot.domain.views import ArticleLine
from bot.storage.engine import Rows
from bot.storage.rows import ARTICLE_LINE, article_line_from
from bot.storage.sight import sees_article
from bot.storage.tables import articles

MOST_CONSIDERED = 200
"""How many of the articles seen last are put in the order of their dates; the full-text table orders by number only."""
article_words = table("article_words", column("rowid"), column("title"), column("body"))
Words = tuple[str, str]
"""An article's title and text as words with spaces between them."""


def words_of(title: str, body: str) -> Words:
    """Cut an article into the words that it is found by."""
    return " ".join(text_tokens(title)), " ".join(text_tokens(body))


async def index_articles(db: AsyncConnection, words: Mapping[ArticleId, Words]) -> None:
    """Make articles findable."""
    new = "INSERT INTO article_words (rowid, title, body) VALUES (?, ?, ?)"
    await db.exec_driver_sql(new, [(number, title, body) for number, (title, body) in words.items()])


class SearchRows(Rows):
    """Finds articles by words."""

    async def search(self, viewer: WorkspaceId, tokens: Sequence[Sequence[str]], limit: int) -> list[ArticleLine]:
        """Find articles that hold, for every inner list, one of its terms; newest first.

        A term is one or more words of `domain.text.tokens` joined by a space (a phrase); a trailing * means a word
        start. Where nothing is asked for, the newest are found: a query may ask for an outlet or a word's end alone.
        """
        wanted = match_expression(tokens)
        if tokens and not wanted:
            return []
        found = (
            select(*ARTICLE_LINE)
            .select_from(article_words.join(articles, articles.c.id == article_words.c.rowid))
            .where(literal_column("article_words").op("MATCH")(wanted) if wanted else true(), sees_article(viewer))
            .order_by(article_words.c.rowid.desc())
            .limit(max(limit, MOST_CONSIDERED))
        )
        async with self.database.read() as db:
            lines = [article_line_from(row) for row in await db.execute(found)]
        return sorted(lines, key=lambda line: line.published_at, reverse=True)[:limit]


def match_expression(terms: Sequence[Sequence[str]]) -> str:
    """Write terms in the full-text table's own language, every word quoted; "" where nothing is asked for."""
    groups = []
    for alternatives in terms:
        phrases = [phrase for phrase in map(_phrase, alternatives) if phrase]
        if phrases:
            groups.append(f"({' OR '.join(phrases)})")
    return " AND ".join(groups)


def _phrase(term: str) -> str:
    # A NUL would end the expression inside its quotes.
    words = term.replace("\0", " ").strip().rstrip("*").strip().replace('"', '""')
    if not words:
        return ""
    return f'"{words}"' + (" *" if term.rstrip().endswith("*") else "")
