"""A filled database of every earlier version comes to the newest with all that it holds, and works there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine

from bot.domain.errors import StorageError
from bot.domain.models import StoryId, TopicId, WorkspaceId
from bot.storage.migrate import MIGRATIONS, Version, backup_path, configure, list_steps
from bot.storage.store import open_store
from tests.storage.filling import count, fill
from tests.storage.making import HOUR, LEASE, NOW

STEPS = list_steps()
VIEWER = WorkspaceId("test")
LATER = NOW + 100 * 24 * HOUR


def lay(path: Path, step: str) -> Path:
    """Make a database as the program of that version made it."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = configure(MIGRATIONS)
        config.attributes["connection"] = connection
        command.upgrade(config, step)
    engine.dispose()
    return path


@pytest.mark.parametrize("step", STEPS)
async def test_a_filled_database_of_every_version_keeps_all_that_it_holds(tmp_path: Path, step: str) -> None:
    path = lay(tmp_path / "old.db", step)
    before = fill(path)
    assert min(before.values()) > 0
    store = await open_store(path, exclusive=True)
    try:
        [line] = await store.latest(VIEWER, TopicId("huawei"), 5)
        assert (line.id, line.headline) == (1, "Huawei is told to leave the network")
        assert [a.id for a in await store.search(VIEWER, [["march"]], 5)] == [2]
        assert [s.topic_id for s in await store.list_subscriptions((await store.list_live_subscriptions())[0][0].id)]
        assert len((await store.get_story(StoryId(1))).developments) == 1
        [waiting] = await store.claim_due_deliveries(LATER, LEASE, 5)
        assert waiting.id == 2
        assert (await store.status(VIEWER)).articles == 2
    finally:
        await store.close()
    after = count(path)
    assert {name: after[name] for name in before} == before
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("SELECT version_num FROM alembic_version").fetchone() == (STEPS[-1],)
    copy = backup_path(path, Version(step=step, is_empty=False))
    assert copy.exists() is (step != STEPS[-1])
    if copy.exists():
        assert count(copy) == before


async def test_an_upgrade_of_a_damaged_database_does_not_begin(tmp_path: Path) -> None:
    path = lay(tmp_path / "old.db", STEPS[0])
    fill(path)
    content = bytearray(path.read_bytes())
    content[8192:12288] = b"\xa5" * 4096
    path.write_bytes(content)
    with pytest.raises(StorageError, match=r"damaged.*nothing is written to it.*topicwire restore PATH"):
        await open_store(path, exclusive=True)
    assert path.read_bytes() == content
