"""A feed with a login is one workspace's alone: its articles, its health, and its place in the file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from bot.domain.models import EVERYONE, WorkspaceId
from bot.domain.records import DeclaredFeed
from tests.newsroom import INTERVAL, WORKSPACE, newsroom

THEIRS = WorkspaceId("theirs")
PAID = DeclaredFeed(
    url="https://paid.example/feed", title="Paid", language="en", interval=INTERVAL, workspace=WORKSPACE,
    secrets=(("X-Key", "very-secret-key"),),
)  # fmt: skip


async def test_what_a_private_feed_brings_is_told_in_its_workspace_alone(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        room.outlets["Paid"] = PAID.url
        await room.store.reconcile_feeds([PAID], room.clock())
        await room.tick()
        await room.subscribe("huawei")
        await room.subscribe("huawei", workspace=THEIRS)
        room.publish("Paid", "Norland bans Huawei")
        await room.tick()
        assert [m.place.workspace for m in room.platform.shown] == [WORKSPACE]
        assert [request.scope for request in room.fetcher.asked] == [WORKSPACE, WORKSPACE]
        assert len(await room.store.list_feeds(WORKSPACE)) == 1
        assert await room.store.list_feeds(THEIRS) == await room.store.list_feeds(EVERYONE) == []
        assert "Norland" not in repr(await room.ask("search norland", workspace=THEIRS))
        assert "Norland" in repr(await room.ask("search norland"))
    with closing(sqlite3.connect(tmp_path / "newsroom.db")) as database:
        assert "very-secret-key" not in "\n".join(database.iterdump())


async def test_one_address_can_be_public_and_private_and_leaves_the_file_as_it_came(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        public = replace(PAID, workspace=None, secrets=())
        for _ in range(2):
            await room.store.reconcile_feeds([PAID, public], room.clock())
            assert len(await room.store.list_feeds(WORKSPACE)) == 2
            assert len(await room.store.list_feeds(THEIRS)) == 1
        await room.store.reconcile_feeds([public], room.clock())
        assert len(await room.store.list_feeds(WORKSPACE)) == 1
        await room.store.reconcile_feeds([], room.clock())
        assert await room.store.list_feeds(WORKSPACE) == []
