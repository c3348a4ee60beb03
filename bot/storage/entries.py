"""Identities: which article an entry is, and the rows that remember it.

An article is remembered by guid or title and day within each feed that brought it, and by every canonical URL that it
was met under, across feeds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import ArticleId, EntryKeys, FeedId, NewArticle, WorkspaceId
from bot.domain.records import Poll
from bot.storage.numbers import reserve_numbers
from bot.storage.rows import chunks
from bot.storage.search import Words, index_articles
from bot.storage.tables import addresses, article_feeds, articles, sightings


def _marks(keys: EntryKeys) -> list[str]:
    """Give the keys under which an entry is remembered within its feed."""
    return [f"{kind}:{key}" for kind, key in (("g", keys.guid), ("t", keys.title_day)) if key is not None]


def _deciding(keys: EntryKeys) -> list[str]:
    """Give the marks that may tell an entry: title and day only where guid and link are missing."""
    if keys.guid is not None:
        return [f"g:{keys.guid}"]
    return [f"t:{keys.title_day}"] if keys.url is None and keys.title_day is not None else []


async def find_known(
    db: AsyncConnection, feed_id: FeedId, scope: WorkspaceId | None, keys: Sequence[EntryKeys]
) -> dict[EntryKeys, ArticleId]:
    """Find the articles that entries of a feed already are: by guid, by URL, or, having neither, by title and day."""
    by_mark: dict[str, ArticleId] = {}
    by_url: dict[str, ArticleId] = {}
    seen = select(sightings.c.key, sightings.c.article_id).where(sightings.c.feed_id == feed_id)
    for marks in chunks(sorted({mark for key in keys for mark in _deciding(key)})):
        by_mark |= {row.key: row.article_id for row in await db.execute(seen.where(sightings.c.key.in_(marks)))}
    kept = select(addresses.c.url, addresses.c.article_id).where(addresses.c.scope.in_([scope]))
    for urls in chunks(sorted({key.url for key in keys if key.url is not None})):
        by_url |= {row.url: row.article_id for row in await db.execute(kept.where(addresses.c.url.in_(urls)))}
    return _tell_known(keys, by_mark, by_url)


def _tell_known(
    keys: Iterable[EntryKeys], by_mark: Mapping[str, ArticleId], by_url: Mapping[str, ArticleId]
) -> dict[EntryKeys, ArticleId]:
    known: dict[EntryKeys, ArticleId] = {}
    for key in keys:
        found = next((by_mark[mark] for mark in _deciding(key) if mark in by_mark), None)
        if found is None and key.url is not None:
            found = by_url.get(key.url)
        if found is not None:
            known[key] = found
    return known


def _first_of_each(arrivals: Sequence[NewArticle]) -> list[int]:
    """Tell for every arrival which arrival of the same poll it is a repeat of; itself where it is the first."""
    first: dict[str, int] = {}
    places: list[int] = []
    for index, article in enumerate(arrivals):
        marks = _deciding(article.keys)
        marks += [] if article.keys.url is None else [f"u:{article.keys.url}"]
        place = next((first[mark] for mark in marks if mark in first), index)
        for mark in marks:
            first.setdefault(mark, place)
        places.append(place)
    return places


async def save_entries(
    db: AsyncConnection, poll: Poll, scope: WorkspaceId | None, arrivals: Sequence[NewArticle], words: Sequence[Words]
) -> int:
    """Write a poll's entries, `arrivals` with their words, as articles or further sightings; returns how many are new.

    Told from known ones again here, because another feed may have brought the same address meanwhile.
    """
    known = await find_known(db, poll.feed_id, scope, [article.keys for article in arrivals])
    # Known ones first: what shares an identity with one of them is known by it.
    both = sorted(zip(arrivals, words, strict=True), key=lambda pair: pair[0].keys not in known)
    arrivals, words = [article for article, _ in both], [cut for _, cut in both]
    places = _first_of_each(arrivals)
    fresh = [i for i, article in enumerate(arrivals) if places[i] == i and article.keys not in known]
    numbers: dict[int, ArticleId] = {}
    if fresh:
        numbers = dict(zip(fresh, map(ArticleId, await reserve_numbers(db, articles, len(fresh))), strict=True))
        rows = [{"id": numbers[i], **_article_values(arrivals[i], poll, scope)} for i in fresh]
        await db.execute(insert(articles), rows)
        await index_articles(db, {numbers[i]: words[i] for i in fresh})
    met = await _still_kept(db, poll.known)
    for i, article in enumerate(arrivals):
        first = arrivals[places[i]].keys
        met.append((article.keys, known.get(article.keys) or numbers.get(places[i]) or known[first]))
    await _save_identities(db, poll.feed_id, scope, met)
    return len(fresh)


async def _still_kept(
    db: AsyncConnection, known: Sequence[tuple[EntryKeys, ArticleId]]
) -> list[tuple[EntryKeys, ArticleId]]:
    kept: set[ArticleId] = set()
    for ids in chunks(sorted({article_id for _, article_id in known})):
        kept |= set((await db.execute(select(articles.c.id).where(articles.c.id.in_(ids)))).scalars())
    return [(keys, article_id) for keys, article_id in known if article_id in kept]


def _article_values(article: NewArticle, poll: Poll, scope: WorkspaceId | None) -> dict[str, Any]:
    return {
        "scope": scope,
        "url": article.keys.url,
        "link": article.link,
        "outlet": article.outlet,
        "title": article.title,
        "text": article.text,
        "language": article.language,
        "published_at": article.published_at or poll.at,
        "seen_at": poll.at,
        "image_url": article.image_url,
        "is_silent": article.is_silent,
        "is_held": article.is_held,
    }


async def _save_identities(
    db: AsyncConnection, feed_id: FeedId, scope: WorkspaceId | None, met: Sequence[tuple[EntryKeys, ArticleId]]
) -> None:
    """Remember keys; one that is remembered already keeps its article."""
    urls = [
        {"scope": scope, "url": keys.url, "article_id": article_id} for keys, article_id in met if keys.url is not None
    ]
    if urls:
        await db.execute(upsert(addresses).on_conflict_do_nothing(), urls)
    marks = [
        {"feed_id": feed_id, "key": mark, "article_id": article_id} for keys, article_id in met for mark in _marks(keys)
    ]
    if marks:
        await db.execute(upsert(sightings).on_conflict_do_nothing(), marks)
    brought = [{"article_id": article_id, "feed_id": feed_id} for article_id in sorted({number for _, number in met})]
    if brought:
        await db.execute(upsert(article_feeds).on_conflict_do_nothing(), brought)
