"""An open store in a temporary file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.ports import Store
from bot.storage.store import SqlStore, open_store
from tests.storage.making import topic


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the test's database lies."""
    return tmp_path / "topicwire.db"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[SqlStore]:
    """Open a new store that knows the pack topics huawei and zte."""
    opened = await open_store(path, exclusive=True)
    whole: Store = opened  # the type checker's proof that nothing of the port is missing
    await whole.reconcile_topics([topic("huawei"), topic("zte")])
    yield opened
    await opened.close()
