"""Identities: which article an entry is, and the rows that remember it.

An article is remembered by guid or title and day within each feed that brought it, and by every canonical URL that it
was met under, across feeds. Several polls are looked up and written together: a statement costs more than its rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import bindparam, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.feeds import EntryKeys, NewArticle
from bot.domain.models import ArticleId, FeedId, WorkspaceId
from bot.domain.records import Poll
from bot.storage.columns import PUBLIC, micros
from bot.storage.listed import Kept, Prepared, among, pack, pairs_among
from bot.storage.numbers import reserve_numbers
from bot.storage.search import Words, index_articles
from bot.storage.tables import addresses, article_feeds, articles, sightings

SIGHTED = Prepared(
    select(sightings.c.feed_id, sightings.c.key, sightings.c.article_id).where(
        pairs_among(sightings.c.feed_id, sightings.c.key, "marks")
    )
)
ADDRESSED = Prepared(
    select(addresses.c.url, addresses.c.article_id).where(
        addresses.c.scope == bindparam("in_scope"), among(addresses.c.url, "urls")
    )
)
KEPT = Prepared(select(articles.c.id).where(among(articles.c.id, "ids")))
# What is there already stays.
SAVE_ADDRESSES = Prepared(upsert(addresses).on_conflict_do_nothing(), ("scope", "url", "article_id"))
SAVE_SIGHTINGS = Prepared(upsert(sightings).on_conflict_do_nothing(), ("feed_id", "key", "article_id"))
SAVE_BROUGHT = Prepared(upsert(article_feeds).on_conflict_do_nothing(), ("article_id", "feed_id"))
SAVE_ARTICLES = Prepared(
    insert(articles),
    [column.name for column in articles.c if column.name != "gathered_at"],
)
Mark = tuple[FeedId, str]
Address = tuple[WorkspaceId | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """A feed that asks for its entries: guids hold within it, URLs in its scope."""

    feed_id: FeedId
    scope: WorkspaceId | None

    def marks(self, keys: EntryKeys) -> list[Mark]:
        """Give the marks under which an entry is remembered within its feed."""
        parts = (("g", keys.guid), ("t", keys.title_day))
        return [(self.feed_id, f"{kind}:{key}") for kind, key in parts if key is not None]

    def deciding(self, keys: EntryKeys) -> list[Mark]:
        """Give the marks that may tell an entry: title and day only where guid and link are missing."""
        if keys.guid is not None:
            return [(self.feed_id, f"g:{keys.guid}")]
        is_bare = keys.url is None and keys.title_day is not None
        return [(self.feed_id, f"t:{keys.title_day}")] if is_bare else []

    def address(self, keys: EntryKeys) -> Address | None:
        """Give the address under which an entry is remembered in the feed's scope."""
        return None if keys.url is None else (self.scope, keys.url)


@dataclass(frozen=True, slots=True)
class Known:
    """Which articles are remembered under which marks and addresses."""

    by_mark: dict[Mark, ArticleId] = field(default_factory=dict)
    by_address: dict[Address, ArticleId] = field(default_factory=dict)

    def find(self, asker: Asker, keys: EntryKeys) -> ArticleId | None:
        """Find the article that an entry is: by guid, by URL, or, having neither, by title and day."""
        found = next((self.by_mark[mark] for mark in asker.deciding(keys) if mark in self.by_mark), None)
        address = asker.address(keys)
        return self.by_address.get(address) if found is None and address is not None else found

    def remember(self, asker: Asker, keys: EntryKeys, article_id: ArticleId) -> None:
        """Note an entry; what is remembered already keeps its article."""
        for mark in asker.marks(keys):
            self.by_mark.setdefault(mark, article_id)
        address = asker.address(keys)
        if address is not None:
            self.by_address.setdefault(address, article_id)


async def load_known(db: AsyncConnection, asked: Iterable[tuple[Asker, EntryKeys]]) -> Known:
    """Load what is remembered of entries."""
    known = Known()
    marks: set[Mark] = set()
    urls: set[Address] = set()
    for asker, keys in asked:
        marks.update(asker.deciding(keys))
        address = asker.address(keys)
        if address is not None:
            urls.add(address)
    if marks:
        for feed_id, key, article_id in await SIGHTED.fetch(db, {"marks": pack(marks)}):
            known.by_mark[feed_id, key] = article_id
    for scope in {scope for scope, _ in urls}:
        met = pack(url for where, url in urls if where == scope)
        for url, article_id in await ADDRESSED.fetch(db, {"in_scope": scope or PUBLIC, "urls": met}):
            known.by_address[scope, url] = article_id
    return known


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What a poll brought, `words` being those of its `arrivals`."""

    poll: Poll
    asker: Asker
    arrivals: Sequence[NewArticle]
    words: Sequence[Words]


@dataclass(slots=True, kw_only=True)
class _Plan:
    """Rows to write, made poll by poll: each sees what those before it bring."""

    known: Known
    kept: set[ArticleId]
    numbers: Iterator[int]
    rows: list[dict[str, Kept]] = field(default_factory=list)
    words: dict[ArticleId, Words] = field(default_factory=dict)
    met: list[tuple[Asker, EntryKeys, ArticleId]] = field(default_factory=list)

    def add(self, brought: Brought) -> int:
        """Plan a poll's entries as articles or further sightings; returns how many are new."""
        asker, before = brought.asker, len(self.rows)
        met = [(keys, article_id) for keys, article_id in brought.poll.known if article_id in self.kept]
        found = [self.known.find(asker, article.keys) for article in brought.arrivals]
        # Known ones first: what shares an identity with one of them is known by it.
        order = sorted(range(len(found)), key=lambda place: found[place] is None)
        first: dict[Mark | Address, ArticleId] = {}
        for place in order:
            article = brought.arrivals[place]
            marks: list[Mark | Address] = [*asker.deciding(article.keys)]
            address = asker.address(article.keys)
            marks += [] if address is None else [address]
            repeated = next((first[mark] for mark in marks if mark in first), None)
            number = found[place] or repeated or self._make(brought, article, brought.words[place])
            for mark in marks:
                first.setdefault(mark, repeated or number)
            met.append((article.keys, number))
        for keys, article_id in met:
            self.known.remember(asker, keys, article_id)
            self.met.append((asker, keys, article_id))
        return len(self.rows) - before

    def _make(self, brought: Brought, article: NewArticle, words: Words) -> ArticleId:
        number = ArticleId(next(self.numbers))
        self.rows.append({"id": number, **_article_values(article, brought.poll, brought.asker.scope)})
        self.words[number] = words
        return number


async def save_entries(db: AsyncConnection, brought: Sequence[Brought]) -> list[int]:
    """Write the entries of polls as articles or further sightings; returns how many are new of each.

    Told from known ones again here, because another feed may have brought the same address meanwhile.
    """
    known = await load_known(db, ((each.asker, article.keys) for each in brought for article in each.arrivals))
    kept = await _find_kept(db, {article_id for each in brought for _, article_id in each.poll.known})
    numbers = await reserve_numbers(db, articles, sum(len(each.arrivals) for each in brought))
    plan = _Plan(known=known, kept=kept, numbers=iter(numbers))
    fresh = [plan.add(each) for each in brought]
    if plan.rows:
        await SAVE_ARTICLES.run(db, plan.rows)
        await index_articles(db, plan.words)
    await _save_identities(db, plan.met)
    return fresh


async def _find_kept(db: AsyncConnection, wanted: set[ArticleId]) -> set[ArticleId]:
    if not wanted:
        return set()
    return {number for (number,) in await KEPT.fetch(db, {"ids": pack(wanted)})}


def _article_values(article: NewArticle, poll: Poll, scope: WorkspaceId | None) -> dict[str, Kept]:
    return {
        "scope": scope or PUBLIC,
        "url": article.keys.url,
        "link": article.link,
        "outlet": article.outlet,
        "title": article.title,
        "text": article.text,
        "language": article.language,
        "published_at": micros(article.published_at or poll.at),
        "seen_at": micros(poll.at),
        "image_url": article.image_url,
        "is_silent": article.is_silent,
        "is_held": article.is_held,
    }


async def _save_identities(db: AsyncConnection, met: Sequence[tuple[Asker, EntryKeys, ArticleId]]) -> None:
    """Remember keys; one that is remembered already keeps its article."""
    urls: list[dict[str, Kept]] = [
        {"scope": address[0] or PUBLIC, "url": address[1], "article_id": article_id}
        for asker, keys, article_id in met
        if (address := asker.address(keys)) is not None
    ]
    marks: list[dict[str, Kept]] = [
        {"feed_id": feed_id, "key": key, "article_id": article_id}
        for asker, keys, article_id in met
        for feed_id, key in asker.marks(keys)
    ]
    brought = sorted({(article_id, asker.feed_id) for asker, _, article_id in met})
    pairs: list[dict[str, Kept]] = [{"article_id": article_id, "feed_id": feed_id} for article_id, feed_id in brought]
    for statement, rows in ((SAVE_ADDRESSES, urls), (SAVE_SIGHTINGS, marks), (SAVE_BROUGHT, pairs)):
        if rows:
            await statement.run(db, rows)
