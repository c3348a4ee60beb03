"""Two engines over one file: transactions, snapshots, cancellation, errors, and the end."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects.sqlite import dialect

from bot.domain.errors import StorageError
from bot.domain.models import Place, WorkspaceId
from bot.storage.columns import Instant, Span
from bot.storage.engine import BUSY_SECONDS, READERS, explain
from bot.storage.store import SqlStore
from tests.storage.making import HERE, add_channel, add_feed, arrival, poll_of

SQLITE = dialect()


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=9)), timezone(-timedelta(minutes=210))])))
def test_an_instant_comes_back_as_it_went_in_utc(at: datetime) -> None:
    kept = Instant().process_result_value(Instant().process_bind_param(at, SQLITE), SQLITE)
    assert kept == at
    assert kept is not None
    assert kept.tzinfo is UTC


@given(st.timedeltas())
def test_a_duration_comes_back_as_it_went_in(pause: timedelta) -> None:
    assert Span().process_result_value(Span().process_bind_param(pause, SQLITE), SQLITE) == pause


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no zone"):
        Instant().process_bind_param(datetime(2026, 1, 1), SQLITE)  # noqa: DTZ001 - what must not pass


async def test_readers_see_one_snapshot_and_do_not_wait_for_the_writer(store: SqlStore) -> None:
    async with store.database.write() as writing:
        await writing.exec_driver_sql("DELETE FROM topics")
        async with asyncio.timeout(1):
            assert len(await store.list_all_topics()) == 2
    assert await store.list_all_topics() == []


async def test_readers_cannot_write(store: SqlStore) -> None:
    with pytest.raises(StorageError, match="readonly"):
        async with store.database.read() as db:
            await db.exec_driver_sql("DELETE FROM topics")


async def test_many_writers_lose_no_update(store: SqlStore) -> None:
    await add_channel(store, "0")

    async def count_up() -> None:
        async with store.database.write() as db:
            value = (await db.exec_driver_sql("SELECT channel FROM channels")).scalar_one()
            await asyncio.sleep(0)
            await db.exec_driver_sql("UPDATE channels SET channel = ?", (str(int(value) + 1),))

    await asyncio.gather(*(count_up() for _ in range(50)))
    assert (await add_channel(store, "50")).id == 1


async def test_cancelled_writers_leave_all_or_nothing_and_the_rest_goes_on(store: SqlStore) -> None:
    feeds = [await add_feed(store, str(n)) for n in range(40)]
    tasks = [
        asyncio.create_task(store.save_poll(poll_of(f, *(arrival(f"{f.id}-{n}") for n in range(5))))) for f in feeds
    ]
    for turn, task in enumerate(tasks):
        await asyncio.sleep(0.001)
        if turn % 2:
            task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(result == 5 or isinstance(result, asyncio.CancelledError) for result in ended)
    articles = await store.list_ungathered(1000)
    kept = {feed.id: sum(feed.id in a.feeds for a in articles) for feed in feeds}
    assert set(kept.values()) <= {0, 5}
    assert await store.save_poll(poll_of(feeds[0], arrival("after"))) == 1


async def test_a_locked_database_is_told_with_the_remedy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.engine.BUSY_SECONDS", 0.05)
    from bot.storage.store import open_store

    store = await open_store(path, exclusive=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="locked; another program holds it"):
            await add_channel(store, "general")
        other.execute("ROLLBACK")
    assert (await add_channel(store, "general")).id == 1
    await store.close()


async def test_a_closed_store_says_so_and_may_be_closed_again(store: SqlStore) -> None:
    reading = asyncio.create_task(store.status(HERE))
    await asyncio.sleep(0)
    await store.close()
    assert (await reading).articles == 0
    await store.close()
    for asked in (store.list_all_topics(), add_channel(store, "general")):
        with pytest.raises(StorageError, match="closed already"):
            await asked


@pytest.mark.parametrize(
    "said, remedy",
    [
        ("database or disk is full", "make room"),
        ("database disk image is malformed", "topicwire restore PATH"),
        ("attempt to write a readonly database", "change its owner or rights"),
        ("disk I/O error", "check the disk"),
        ("unable to open database file", "check that its folder exists"),
    ],
)
def test_every_known_trouble_has_a_remedy(said: str, remedy: str) -> None:
    assert remedy in str(explain(Path("x.db"), sqlite3.OperationalError(said)))


async def test_writes_whose_askers_are_cancelled_hold_up_nobody(store: SqlStore) -> None:
    chance = random.Random(7)
    for turn in range(60):
        asked = [asyncio.create_task(store.add_channel(_place(f"{turn} {n}"))) for n in range(3)]
        await asyncio.sleep(chance.random() * 0.012)  # somewhere in the middle of a transaction
        for task in asked:
            task.cancel()
        # Half the time that a second writer would wait for a lock that nobody gives back.
        async with asyncio.timeout(BUSY_SECONDS / 2):
            await store.add_channel(_place(f"{turn} next"))
        await asyncio.gather(*asked, return_exceptions=True)


async def test_reads_whose_askers_are_cancelled_leave_every_reader_fit(store: SqlStore) -> None:
    chance = random.Random(7)
    for _ in range(100):
        asked = [asyncio.create_task(store.list_channels("test")) for _ in range(READERS)]
        await asyncio.sleep(chance.random() * 0.002)  # somewhere in the middle of a transaction
        for task in asked:
            task.cancel()
        ended = await asyncio.gather(*asked, return_exceptions=True)
        assert all(result == [] or isinstance(result, asyncio.CancelledError) for result in ended)
    assert await asyncio.gather(*(store.list_channels("test") for _ in range(READERS))) == [[]] * READERS


def _place(channel: str) -> Place:
    return Place(platform="test", workspace=WorkspaceId("w"), channel=channel)
