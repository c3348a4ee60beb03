"""A database that breaks under the running program stops it, with the way to restore."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.blackbox.program import program
from tests.storage.test_backups import read_bytes, ruin


@pytest.mark.slow
async def test_damage_met_while_running_stops_the_program_with_the_way_to_restore(tmp_path: Path) -> None:
    async with program(tmp_path, "ledger") as running:
        ruin(running.database, "articles")
        running.papers["ledger"].add(title="Norland bans Huawei", text="The ban was told today.")
        assert await running.ended() == 1
        told = "".join(running.noise)
        assert "is damaged" in told
        assert "topicwire restore PATH" in told
        assert "Traceback" not in told
        before = read_bytes(running.database)[0]
        await running.spawn()
        assert await running.ended() == 1, "and the next start stops before it writes"
        assert read_bytes(running.database)[0] == before
