"""An open store in a temporary file."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.ports import Store
from bot.storage.store import SqlStore, open_store
from tests.storage.making import topic


@pytest.fixture(scope="session")
def fresh_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a new database once; copying it is faster than making every test's own."""

    async def make(path: Path) -> None:
        store = await open_store(path, exclusive=True)
        await store.reconcile_topics([topic("huawei"), topic("zte")])
        await store.close()

    path = tmp_path_factory.mktemp("storage") / "fresh.db"
    asyncio.run(make(path))
    return path


@pytest.fixture
def path(tmp_path: Path, fresh_database: Path) -> Path:
    """Lay a new database that knows the pack topics huawei and zte."""
    copied = tmp_path / "topicwire.db"
    shutil.copy(fresh_database, copied)
    return copied


@pytest.fixture
async def store(path: Path) -> AsyncIterator[SqlStore]:
    """Open the test's own database."""
    opened = await open_store(path, exclusive=True)
    whole: Store = opened  # the type checker's proof that nothing of the port is missing
    assert whole is opened
    yield opened
    await opened.close()
