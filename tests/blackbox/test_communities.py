"""A guild and a team that are one workspace, in one process on one database."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.blackbox.program import Program, program
from tests.blackbox.test_whole import BAN, BAN_TEXT, MORE, MORE_TEXT, SOON, count, subscribe

pytestmark = pytest.mark.slow


def _join(running: Program) -> None:
    guild = next(iter(running.discord.channels.values()))["guild_id"]
    config = (
        f'[[communities]]\nname = "press desk"\nmembers = ["discord:{guild}", "slack:{running.slack.world.team}"]\n'
    )
    (running.folder / "topicwire.toml").write_text(config, encoding="utf-8")


async def _saved(running: Program) -> None:
    asked = await running.discord.interact("news topic add", {"name": "harbours", "query": "harbour*"})
    tried = await asked.final()
    save = next(b for row in tried["components"] for b in row["components"] if b["label"] == "Save")
    assert "harbours is saved" in repr(await (await running.discord.press(tried, save["custom_id"])).final())


async def test_what_one_side_edits_and_mutes_is_so_on_the_other_and_apart_again(tmp_path: Path) -> None:
    async with program(tmp_path, "ledger") as running:
        await subscribe(running)
        await _saved(running)
        order = await running.slack.command("/news", "topic show harbours")
        assert "There is no topic" in repr(await order.response()), "separate by default"
        await running.stop()
        _join(running)
        await running.start()
        order = await running.slack.command("/news", "topic show harbours")
        assert "harbour*" in repr(await order.response())
        running.papers["ledger"].add(title=BAN, text=BAN_TEXT)
        await running.discord.until(lambda: count(running, BAN)[0], SOON)
        await running.slack.until(lambda: count(running, BAN)[1], SOON)
        order = await running.slack.command("/news", "latest huawei 1")
        number = repr(await order.response()).split("#")[1].split(" ")[0].rstrip("\\n'\"}],")
        order = await running.slack.command("/news", f"mute {number}")
        assert "Muted everywhere in press desk" in repr(await order.response())
        since = len(running.events)
        running.papers["ledger"].add(title=MORE, text=MORE_TEXT)
        await running.until(lambda e: e["event"] == "gather" and e["articles"] == 1, since=since)
        asked = await running.discord.interact("news unmute", {"story": number})
        assert "is told here again" in repr(await asked.final())
        assert running.slack.replies(running.slack.posts()[0]) == []
        await running.stop()
        (running.folder / "topicwire.toml").unlink()
        await running.start()
        order = await running.slack.command("/news", "topic show harbours")
        assert "harbour*" in repr(await order.response()), "a copy came along"
        assert await running.stop() == 0
        assert count(running, BAN) == (1, 1)
