"""`topicwire doctor` as its own process beside the running program, on both platforms."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from tests.blackbox.program import Program, program

SEND_MESSAGES, ADMINISTRATOR = 1 << 11, 1 << 3


async def examine(running: Program) -> tuple[int | None, str]:
    """Run the command as an operator does, in the environment of the program."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "doctor", cwd=running.folder,
        env=running.environment(), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    told, _ = await process.communicate()
    return process.returncode, told.decode()


@pytest.mark.slow
async def test_doctor_looks_at_tokens_and_rights_beside_the_running_program(tmp_path: Path) -> None:
    async with program(tmp_path, "ledger") as running:
        await running.seen_every_outlet()
        [channel, *_] = running.discord.channels
        asked = await running.discord.interact("news subscribe", {"topic": "huawei"}, channel=channel)
        assert "Huawei" in repr(await asked.final())
        order = await running.slack.command("/news", "subscribe huawei")
        assert "Huawei" in repr(await order.response())
        _, told = await examine(running)
        assert f"run: a bot runs (process {running.pid})" in told
        assert "discord: server Test guild: 1 of 1 channels may be told" in told
        assert "slack: 1 of 1 channels may be told" in told
        assert [row for row in told.splitlines() if row.startswith("✗") and "scope" not in row] == []
        world = running.discord.world
        world.roles[world.guild_id]["permissions"] = str(
            int(world.roles[world.guild_id]["permissions"]) & ~ADMINISTRATOR & ~SEND_MESSAGES
        )
        code, told = await examine(running)
        assert code == 1
        assert "the bot lacks Send Messages" in told
        assert "→ give its role Send Messages there" in told
        assert running.discord.token not in told
        assert running.slack.bot_token not in told
