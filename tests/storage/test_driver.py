"""Few hops to the driver's thread: a statement, or a whole transaction, in one."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest
from sqlalchemy import bindparam, literal, select, text, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import StorageError
from bot.domain.models import ArticleId, FeedId
from bot.storage.driver import WholeConnection
from bot.storage.entries import SAVE_SIGHTINGS
from bot.storage.listed import Kept, among, pack, pairs_among
from bot.storage.store import SqlStore
from bot.storage.tables import article_feeds, sightings, topics
from tests.storage.making import add_feed, arrival, bring

NASTY = ["", "'", '"', "\\", "a,b", "[1]", "\n", "北京", "\U0001f4f0", "null", "1", "é" * 300]


async def test_a_statement_is_one_hop(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    async with store.database.write() as db:
        hops = await _count_hops_of(db, monkeypatch)
        found = await db.execute(select(topics.c.id).order_by(topics.c.id))
    assert found.scalars().all() == ["huawei", "zte"]
    assert hops[0] == "_run"
    assert hops[1:] == ["commit"]


async def _count_hops_of(db: AsyncConnection, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    await db.execute(text("SELECT 1"))
    hops: list[str] = []
    execute = WholeConnection._execute

    def counted(connection: WholeConnection, work: object, *args: object, **named: object) -> object:
        hops.append(getattr(work, "__name__", ""))
        return execute(connection, work, *args, **named)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(WholeConnection, "_execute", counted)
    return hops


async def test_a_whole_transaction_is_one_hop(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(db: AsyncConnection) -> list[str]:
        await db.execute(text("DELETE FROM topics WHERE id = 'zte'"))
        assert await db.scalar(text("SELECT count(*) FROM topics")) == 1
        return list((await db.execute(select(topics.c.id))).scalars())

    async with store.database.write() as db:
        hops = await _count_hops_of(db, monkeypatch)
    hops.clear()
    assert await store.database.write_whole(work) == ["huawei"]
    assert hops == ["_run_whole"]
    assert await store.database.read_whole(partial(_read, statement=select(topics.c.id))) == [("huawei",)]


async def _read(db: AsyncConnection, statement: object) -> list[tuple[object, ...]]:
    return [tuple(row) for row in await db.execute(statement)]  # type: ignore[call-overload]


async def test_a_whole_transaction_that_fails_leaves_nothing_and_the_next_one_works(store: SqlStore) -> None:
    async def work(db: AsyncConnection) -> None:
        await db.execute(text("DELETE FROM topics"))
        raise LookupError("nobody is here")

    async def wrong(db: AsyncConnection) -> None:
        await db.execute(text("DELETE FROM topics"))
        await db.execute(text("DELETE FROM no_such"))

    with pytest.raises(LookupError, match="nobody"):
        await store.database.write_whole(work)
    with pytest.raises(StorageError, match="no such table"):
        await store.database.write_whole(wrong)
    assert len(await store.list_all_topics()) == 2
    async with store.database.write() as db:
        await db.execute(text("DELETE FROM topics WHERE id = 'zte'"))
    assert len(await store.list_all_topics()) == 1


async def test_a_whole_transaction_that_waits_for_something_else_is_refused(store: SqlStore) -> None:
    async def work(db: AsyncConnection) -> None:
        await db.execute(text("DELETE FROM topics"))
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="waited"):
        await store.database.write_whole(work)
    assert len(await store.list_all_topics()) == 2


async def test_whoever_reads_whole_cannot_write(store: SqlStore) -> None:
    async def work(db: AsyncConnection) -> None:
        await db.execute(text("DELETE FROM topics"))

    with pytest.raises(StorageError, match="readonly"):
        await store.database.read_whole(work)


async def test_who_stops_waiting_for_a_whole_transaction_spoils_nothing(store: SqlStore) -> None:
    async def work(db: AsyncConnection) -> None:
        await db.execute(text("DELETE FROM topics WHERE id = 'zte'"))

    asked = asyncio.create_task(store.database.write_whole(work))
    await asyncio.sleep(0)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    async with store.database.write() as db:
        await db.execute(text("DELETE FROM topics WHERE id = 'huawei'"))
    assert "huawei" not in {topic.id for topic in await store.list_all_topics()}


async def test_values_in_one_parameter_are_found_whatever_they_hold(store: SqlStore) -> None:
    kept = union_all(*(select(literal(name).label("name")) for name in NASTY)).subquery()
    found = select(kept.c.name).where(among(kept.c.name, "names"))
    async with store.database.read() as db:
        assert set((await db.execute(found, {"names": pack(NASTY)})).scalars()) == set(NASTY)
        assert set((await db.execute(found, {"names": pack(NASTY[:3])})).scalars()) == set(NASTY[:3])
        assert (await db.execute(found, {"names": pack([])})).all() == []


def _sighting(feed_id: FeedId, name: str, article_id: ArticleId) -> dict[str, Kept]:
    return {"feed_id": feed_id, "key": f"g:{name}", "article_id": article_id}


async def test_rows_are_written_once_and_found_by_pairs_in_one_parameter(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    [article, other] = await bring(store, feed, "a", "b")
    async with store.database.write() as db:
        await SAVE_SIGHTINGS.run(db, [_sighting(feed.id, name, article) for name in NASTY])
        await SAVE_SIGHTINGS.run(db, [_sighting(feed.id, "北京", other)])
    asked = select(sightings.c.key, sightings.c.article_id).where(
        pairs_among(sightings.c.feed_id, sightings.c.key, "pairs"), sightings.c.article_id == bindparam("article")
    )
    pairs = pack([(feed.id, f"g:{name}") for name in NASTY] + [(feed.id + 1, "g:")])
    async with store.database.read() as db:
        found = (await db.execute(asked, {"pairs": pairs, "article": article})).all()
        brought = select(article_feeds.c.article_id).where(among(article_feeds.c.article_id, "ids"))
        ids = (await db.execute(brought, {"ids": pack([article, 99])})).scalars().all()
    assert {row.key for row in found} == {f"g:{name}" for name in NASTY}
    assert ids == [article]


async def test_an_article_is_told_again_by_what_it_was_saved_under(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    await bring(store, feed, "a", "b")
    known = await store.find_known(feed, [arrival("a").keys, arrival("z").keys])
    assert set(known) == {arrival("a").keys}
