"""A desk over a real store in a temporary file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.commands.stage import Prepared, Stage, on_stage


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Make the database that every test takes a copy of."""
    return asyncio.run(Prepared.make(tmp_path_factory.mktemp("commands")))


@pytest.fixture
async def stage(tmp_path: Path, prepared: Prepared) -> AsyncIterator[Stage]:
    """Open a store with a pack and a feed, and a desk over it."""
    async with on_stage(tmp_path, prepared) as opened:
        yield opened
