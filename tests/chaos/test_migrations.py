"""The real program, killed in the middle of an upgrade: nothing is lost, and what waited is told once."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine

from bot.storage.migrate import MIGRATIONS, configure, list_steps
from tests.blackbox.program import program
from tests.servers.loopback.kill_points import MIGRATION_POINTS
from tests.storage.filling import count, fill

STEPS = list_steps()
FIRST = STEPS[0]


def lay_old(path: Path, workspace: str, channel: str) -> dict[str, int]:
    """Lay a filled database of the first version, whose waiting message is for a channel of the fake Discord."""
    path.unlink()
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = configure(MIGRATIONS)
        config.attributes["connection"] = connection
        command.upgrade(config, FIRST)
    engine.dispose()
    fill(path)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(
            "UPDATE channels SET platform = 'discord', workspace = ?, channel = ? WHERE id = 2", (workspace, channel)
        )
    return count(path)


def list_unfinished(folder: Path) -> list[Path]:
    """List the copies that a kill left half-made."""
    return list(folder.glob("*.unfinished"))


@pytest.mark.slow
async def test_kills_in_an_upgrade_lose_and_repeat_nothing(tmp_path: Path) -> None:
    async with program(tmp_path, "ledger") as running:
        assert await running.stop() == 0
        [channel, *_] = running.discord.channels
        before = lay_old(running.database, f"discord:{running.discord.world.guild_id}", channel)
        orders = [f"{point}:1" for point in MIGRATION_POINTS]
        orders += [f"in the upgrade:{step}" for step in (len(STEPS) // 2, len(STEPS) - 1)]
        for point in orders:
            await running.spawn(TOPICWIRE_TEST_KILL=point)
            assert await running.ended() == -9, f"{point} was not reached"
            with closing(sqlite3.connect(running.database)) as db:
                assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)], point
                assert db.execute("SELECT version_num FROM alembic_version").fetchone() == (FIRST,), point
        seen = len(running.events)
        await running.spawn()
        await running.until(lambda e: e["event"] == "deliver" and e["outcome"] == "sent", since=seen)
        assert await running.stop() == 0
        shown = [message["embeds"][0]["title"] for message in running.discord.world.history(channel)]
        assert shown == ["Huawei is told to leave the network"]
    after = count(running.database)
    kept = {name: number for name, number in before.items() if name not in {"feeds", "topics"}}
    assert {name: after[name] for name in kept if after[name] < kept[name]} == {}
    with closing(sqlite3.connect(running.database)) as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchone() == (STEPS[-1],)
    assert list_unfinished(tmp_path) == []
