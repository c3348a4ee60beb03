"""Opening the store: where it lies, who may run it, and what a bad file gets."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.errors import StorageError
from bot.storage.location import RunLock
from bot.storage.store import open_store
from tests.shared_data import ROOT
from tests.storage.making import HERE

OPEN_AND_END = """
import asyncio, sys
from bot.storage.store import open_store
async def main():
    store = await open_store(sys.argv[1], exclusive=True)
    await store.close()
asyncio.run(main())
"""


@pytest.mark.parametrize("form", ["{}", "sqlite+aiosqlite:///{}", "sqlite:///{}"])
async def test_a_path_and_an_url_open_the_same_file(tmp_path: Path, form: str) -> None:
    path = tmp_path / "odd ? %41 name.db"
    store = await open_store(
        form.format(str(path).replace("?", "%3F").replace("%41", "%2541") if "://" in form else path), exclusive=True
    )
    assert store.database.path.parent == tmp_path
    assert (await store.status(HERE)).articles == 0
    await store.close()


@pytest.mark.parametrize(
    "url, said",
    [
        ("postgresql+asyncpg://host/db", "postgresql databases are not supported yet"),
        ("://", "give a file path"),
        ("sqlite://", "needs a file"),
        (":memory:", "needs a file"),
        ("", "needs a file"),
    ],
)
async def test_an_address_that_is_no_file_is_refused(url: str, said: str) -> None:
    with pytest.raises(StorageError, match=said):
        await open_store(url, exclusive=True)


async def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"nowhere does not exist; make the folder"):
        await open_store(tmp_path / "nowhere" / "x.db", exclusive=True)


async def test_a_file_where_a_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match=r"file is not a folder"):
        await open_store(tmp_path / "file" / "x.db", exclusive=True)


async def test_a_folder_where_a_file_should_be_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"is a folder; name a file in it"):
        await open_store(tmp_path, exclusive=True)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read and write everything")
@pytest.mark.parametrize("locked, mode", [("file", 0o400), ("folder", 0o500)])
async def test_a_file_or_folder_without_rights_is_named(path: Path, locked: str, mode: int) -> None:
    each = path if locked == "file" else path.parent
    each.chmod(mode)
    try:
        with pytest.raises(StorageError, match=r"may not be read and written; change the owner or rights"):
            await open_store(path, exclusive=True)
    finally:
        each.chmod(0o700)


async def test_only_run_makes_a_database(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"`topicwire run` makes it"):
        await open_store(tmp_path / "new.db", exclusive=False)
    assert os.listdir(tmp_path) == []  # noqa: PTH208


@pytest.mark.parametrize(
    "content", [b"this is no database at all, but a text file", b"SQLite format 3\0" + b"\xff" * 4096]
)
async def test_a_damaged_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.db"
    path.write_bytes(content)
    with pytest.raises(
        StorageError, match=r"bad.db is damaged: file is not a database; nothing is written.*topicwire restore PATH"
    ):
        await open_store(path, exclusive=True)
    assert path.read_bytes() == content


async def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "theirs.db"
    with closing(sqlite3.connect(path)) as theirs:
        theirs.execute("CREATE TABLE bookmarks (id INTEGER)")
    with pytest.raises(StorageError, match="belongs to another program"):
        await open_store(path, exclusive=True)


async def test_a_second_run_is_refused_and_others_work_beside_it(path: Path) -> None:
    running = await open_store(path, exclusive=True)
    with pytest.raises(StorageError, match=rf"another `topicwire run` \(process {os.getpid()}\)"):
        await open_store(path, exclusive=True)
    beside = await open_store(path, exclusive=False)
    assert len(await beside.list_all_topics()) == 2
    await beside.close()
    await running.close()
    again = await open_store(path, exclusive=True)
    await again.close()


async def test_a_run_in_another_process_is_refused(path: Path) -> None:
    store = await open_store(path, exclusive=True)
    ended = subprocess.run(  # noqa: ASYNC221 - nothing else is to happen meanwhile
        [sys.executable, "-c", OPEN_AND_END, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    await store.close()
    assert ended.returncode == 1
    assert f"in use by another `topicwire run` (process {os.getpid()})" in ended.stderr


async def test_a_start_that_fails_gives_the_lock_back(tmp_path: Path) -> None:
    path = tmp_path / "bad.db"
    path.write_bytes(b"not a database" * 100)
    for _ in range(2):
        with pytest.raises(StorageError, match="not a database"):
            await open_store(path, exclusive=True)
    lock = RunLock(path)
    lock.take()
    lock.release()


def test_a_process_that_closes_its_store_ends(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", OPEN_AND_END, str(tmp_path / "x.db")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
