"""Backups: consistent beside a writer, verified, and put back without losing what was there."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.errors import DamagedError, StorageError
from bot.domain.models import ChannelId, StoryId
from bot.storage.backups import UNUSED_NUMBERS, back_up, restore
from bot.storage.migrate import list_steps
from bot.storage.store import SqlStore, open_store
from tests.storage.filling import count, fill
from tests.storage.making import HERE, LEASE, NOW, Told, add_channel, add_feed, bring, claim, gather_story


def list_names(folder: Path, pattern: str) -> list[str]:
    """List the files that lie in a folder."""
    return sorted(path.name for path in folder.glob(pattern))


def read_articles(path: Path) -> int:
    """Count the articles of a database as the program opens it."""

    async def read() -> int:
        store = await open_store(path, exclusive=True)
        try:
            return (await store.status(HERE)).articles
        finally:
            await store.close()

    return asyncio.run(read())


async def test_a_backup_holds_what_was_committed_when_it_began_also_what_lies_in_the_log(
    store: SqlStore, tmp_path: Path
) -> None:
    await bring(store, await add_feed(store, "wire"), "a", "b")
    with closing(sqlite3.connect(store.database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO stories VALUES (1, 'half-written', '', 1, 0, 0, NULL)")
        backup = back_up(store.database.path, tmp_path / "copy.db")
        other.execute("ROLLBACK")
    assert (backup.articles, backup.stories, backup.step) == (2, 0, list_steps()[-1])
    assert list_names(tmp_path, "copy.db*") == ["copy.db"]
    opened = await open_store(tmp_path / "copy.db", exclusive=True)
    assert len(await opened.search(HERE, [["title"]], 5)) == 2
    await opened.close()


def test_a_damaged_database_gives_no_backup_and_leaves_the_last_one(path: Path, tmp_path: Path) -> None:
    fill(path)
    target = tmp_path / "copy.db"
    back_up(path, target)
    before, content = target.read_bytes(), bytearray(path.read_bytes())
    content[16384:20480] = b"\xa5" * 4096
    path.write_bytes(content)
    with pytest.raises(StorageError, match=r"damaged|malformed"):
        back_up(path, target)
    assert target.read_bytes() == before
    assert [p.name for p in tmp_path.glob("copy.db*")] == ["copy.db"]


async def test_a_restore_puts_the_backup_in_place_and_keeps_the_file_from_before(path: Path, tmp_path: Path) -> None:
    store = await open_store(path, exclusive=True)
    await bring(store, await add_feed(store, "wire"), "a")
    back_up(path, tmp_path / "copy.db")
    await bring(store, await add_feed(store, "daily"), "b", "c")
    await store.close()
    restored, aside = restore(tmp_path / "copy.db", path, now=NOW, is_silent=False)
    assert (restored.path, restored.articles) == (path, 1)
    assert aside is not None
    assert (count(path)["articles"], count(aside)["articles"]) == (1, 3)
    assert aside.name == "topicwire.db.before-restore-20261123-120000"


async def test_a_restore_refuses_beside_a_running_bot_and_changes_nothing(store: SqlStore, tmp_path: Path) -> None:
    back_up(store.database.path, tmp_path / "copy.db")
    await bring(store, await add_feed(store, "wire"), "a")
    with pytest.raises(StorageError, match=r"in use by another `topicwire run` .process \d+"):
        restore(tmp_path / "copy.db", store.database.path, now=NOW, is_silent=False)
    assert (await store.status(HERE)).articles == 1
    assert list_names(tmp_path, "*before-restore*") == []


@pytest.mark.parametrize(
    "content, said",
    [
        (None, "there is no backup"),
        (b"this is no database at all, but a text", "cannot be read"),
        (b"", "no database of Topicwire"),
    ],
)
def test_what_is_no_backup_is_refused_and_the_database_stays(
    path: Path, tmp_path: Path, content: bytes | None, said: str
) -> None:
    source, before = tmp_path / "copy.db", path.read_bytes()
    if content is not None:
        source.write_bytes(content)
    with pytest.raises(StorageError, match=said):
        restore(source, path, now=NOW, is_silent=False)
    assert path.read_bytes() == before
    assert list(tmp_path.glob("*restore*")) == []


def test_a_newer_backup_is_refused(path: Path, tmp_path: Path) -> None:
    back_up(path, tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as db, db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError, match=r"newer Topicwire .version 9999"):
        restore(tmp_path / "copy.db", path, now=NOW, is_silent=False)


def test_a_damaged_database_is_replaced_with_its_log_kept_beside_it(path: Path, tmp_path: Path) -> None:
    fill(path)
    back_up(path, tmp_path / "copy.db")
    path.write_bytes(b"\xa5" * 8192)
    path.with_name("topicwire.db-wal").write_bytes(b"what was written last")
    _, aside = restore(tmp_path / "copy.db", path, now=NOW, is_silent=False)
    assert aside is not None
    assert aside.read_bytes() == b"\xa5" * 8192
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"what was written last"
    assert read_articles(path) == 2


@pytest.mark.parametrize("is_silent", [False, True])
async def test_what_waits_is_told_after_a_restore_unless_it_is_silent(
    path: Path, tmp_path: Path, *, is_silent: bool
) -> None:
    store = await open_store(path, exclusive=True)
    feed, channel = await add_feed(store, "wire"), await add_channel(store, "news")
    await gather_story(store, await bring(store, feed, "a"), Told(channel=channel))
    back_up(path, tmp_path / "copy.db")
    await store.close()
    restore(tmp_path / "copy.db", path, now=NOW, is_silent=is_silent)
    store = await open_store(path, exclusive=True)
    waiting = await claim(store, at=NOW + timedelta(minutes=1))
    [polled] = await store.claim_due_feeds(NOW + timedelta(days=1), LEASE, 5)
    new = await gather_story(store, await bring(store, feed, "b"), Told(channel=channel))
    await store.close()
    assert [d.id for d in waiting] == ([] if is_silent else [1])
    assert (polled.first_polled_at is None) is is_silent
    assert new > UNUSED_NUMBERS, "a number that stands in a message must not be given again"


async def test_damage_met_while_running_ends_all_writing(path: Path) -> None:
    fill(path)
    store = await open_store(path, exclusive=True)
    try:
        await add_channel(store, "before")
        ruin(path, "posts")
        with pytest.raises(DamagedError, match="topicwire restore PATH"):
            await store.find_post(StoryId(1), ChannelId(1))
        ruined = read_bytes(path)
        with pytest.raises(DamagedError, match="nothing is written to it"):
            await add_channel(store, "news")
        assert read_bytes(path) == ruined
    finally:
        await store.close()


def ruin(path: Path, table: str) -> None:
    """Overwrite the pages of a table, and nothing else."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        roots = [row[0] for row in db.execute("SELECT rootpage FROM sqlite_master WHERE tbl_name = ?", (table,))]
    content = bytearray(path.read_bytes())
    for root in roots:
        content[(root - 1) * 4096 : root * 4096] = b"\xa5" * 4096
    path.write_bytes(content)


def read_bytes(path: Path) -> list[bytes]:
    """Read a database and its log."""
    return [part.read_bytes() for part in (path, path.with_name(f"{path.name}-wal")) if part.exists()]


@pytest.mark.parametrize("table, quick", [("story_articles", 200_000_000), ("posts", 0)], ids=["small", "large"])
async def test_a_start_looks_through_every_table_before_it_writes(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, table: str, quick: int
) -> None:
    caplog.set_level("INFO")
    monkeypatch.setattr("bot.storage.copies.QUICK_BYTES", quick)
    fill(path)
    ruin(path, table)
    before = read_bytes(path)[0]
    with pytest.raises(DamagedError, match=r"nothing is written to it.*topicwire restore PATH"):
        await open_store(path, exclusive=True)
    assert read_bytes(path)[0] == before
    assert ("before it is written to" in caplog.text) is (quick == 0), "of a large file it is said that this takes long"


async def test_who_waits_for_damage_is_told_with_the_way_back(path: Path) -> None:
    fill(path)
    store = await open_store(path, exclusive=True)
    try:
        waiting = asyncio.create_task(store.wait_for_damage())
        await store.find_post(StoryId(1), ChannelId(1))
        assert not waiting.done()
        ruin(path, "posts")
        with pytest.raises(DamagedError):
            await store.find_post(StoryId(1), ChannelId(1))
        with pytest.raises(DamagedError, match="topicwire restore PATH"):
            await waiting
    finally:
        await store.close()
