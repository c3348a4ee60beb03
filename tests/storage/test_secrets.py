"""Secrets: made the first time, kept from then on."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.storage.store import open_store


async def test_a_secret_is_made_once_however_many_ask(tmp_path: Path) -> None:
    store = await open_store(tmp_path / "a.db", exclusive=True)
    try:
        made = await asyncio.gather(*(store.make_secret("story links") for _ in range(5)))
        other = await store.make_secret("other")
    finally:
        await store.close()
    store = await open_store(tmp_path / "a.db", exclusive=True)
    try:
        assert {*made, await store.make_secret("story links")} == {made[0]}
    finally:
        await store.close()
    assert len(made[0]) == len(other) == 32
    assert other != made[0]
