"""The program as people meet it: its own process, real client libraries, real sockets, real files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.blackbox.program import Program, program

BAN = "Norland bans Huawei and ZTE from its 5G networks"
BAN_TEXT = (
    "Norland will exclude Huawei and ZTE from its 5G networks, minister Per Aasgaard said. Operators have until 2029."
)
AGAIN = "Norland bans Huawei and ZTE equipment from 5G networks"
AGAIN_TEXT = (
    "Huawei and ZTE are banned from Norland's 5G networks, minister Per Aasgaard said. Operators have until 2029."
)
MORE = "Norland's ban on Huawei and ZTE covers 1,900 5G masts, regulator says"
SOON = 60.0
MORE_TEXT = "The ban on Huawei and ZTE in Norland's 5G networks covers 1,900 masts, the regulator said."


async def subscribe(running: Program) -> None:
    asked = await running.discord.interact("news subscribe", {"topic": "huawei"})
    assert "Huawei" in repr(await asked.final())
    order = await running.slack.command("/news", "subscribe huawei")
    assert "Huawei" in repr(await order.response())


def discord_alerts(running: Program) -> list[dict[str, Any]]:
    return list(running.discord.posts())


def count(running: Program, title: str) -> tuple[int, int]:
    """How many messages of each platform are headed by a title."""
    return (
        sum(any(e.get("title") == title for e in m["embeds"]) for m in discord_alerts(running)),
        sum(title in repr(m["blocks"][:1]) for m in running.slack.posts()),
    )


async def test_a_story_on_both_platforms_from_first_report_to_development(tmp_path: Path) -> None:
    async with program(tmp_path, "ledger", "wire") as running:
        await subscribe(running)
        running.papers["ledger"].add(title=BAN, text=BAN_TEXT)
        await running.discord.until(lambda: count(running, BAN)[0], SOON)
        await running.slack.until(lambda: count(running, BAN)[1], SOON)
        running.papers["wire"].add(title=AGAIN, text=AGAIN_TEXT)
        await running.discord.until(lambda: "wire" in repr(discord_alerts(running)[0]["embeds"]))
        await running.slack.until(lambda: "wire" in repr(running.slack.posts()[0]["blocks"]))
        assert count(running, AGAIN) == (0, 0)
        running.papers["ledger"].add(title=MORE, text=MORE_TEXT)
        first = discord_alerts(running)[0]
        told = await running.discord.until(lambda: running.discord.posts(first["id"]))
        assert running.discord.world.threads[first["id"]]["name"] == BAN
        assert "1,900" in repr(told[0]["embeds"])
        head = running.slack.posts()[0]
        replies = await running.slack.until(lambda: running.slack.replies(head))
        assert "1,900" in repr(replies[0]["blocks"])
        assert await running.stop() == 0
        assert running.noise == []
        assert count(running, BAN) == (1, 1)


async def test_people_search_and_add_topics_on_both_platforms(tmp_path: Path) -> None:
    async with program(tmp_path, "ledger") as running:
        found = await running.discord.interact("news search", {"query": "begins"})
        assert "ledger begins" in repr(await found.final())
        order = await running.slack.command("/news", "search begins")
        assert "ledger begins" in repr(await order.response())
        asked = await running.discord.interact("news topic add")
        form = await running.discord.submit(asked, {"name": "harbours", "query": "harbour* OR haven*"})
        tried = await form.final()
        assert "harbours" in repr(tried)
        save = next(b for row in tried["components"] for b in row["components"] if b["label"] == "Save")
        saved = await running.discord.press(tried, save["custom_id"])
        assert "harbours is saved" in repr(await saved.final())
        edited = await running.discord.interact("news topic edit", {"name": "harbours"})
        fields = [c["component"].get("value") for c in (await edited.modal())["components"]]
        assert fields[:2] == ["harbours", "harbour* OR haven*"]
        order = await running.slack.command("/news", "topic add")
        view = (await running.slack.until(lambda: running.slack.open_views))[-1]
        wrong = await running.slack.submit(view, {"name": "ferries", "query": "(ferry OR"})
        assert await wrong.errors()
        right = await running.slack.submit(view, {"name": "ferries", "query": "ferry OR ferries"})
        await running.slack.until(lambda: "ferries" in repr(running.slack.ephemerals))
        assert not await right.errors()
        (tried,) = running.slack.ephemerals
        buttons = [e for b in tried["blocks"] if b["type"] == "actions" for e in b["elements"]]
        kept = await running.slack.press(tried, next(b["action_id"] for b in buttons if b["text"]["text"] == "Save"))
        assert "ferries is saved" in repr(await kept.response())


@pytest.mark.parametrize("moment", ["before the request is carried out", "after it is, before the answer"])
async def test_a_kill_in_the_middle_of_a_send_loses_and_repeats_nothing(tmp_path: Path, moment: str) -> None:
    async with program(tmp_path, "ledger") as running:
        await subscribe(running)
        if moment == "before the request is carried out":
            running.discord.fail("POST", r"/channels/\d+/messages", delay=30, drop="before")
            running.slack.fail("chat.postMessage", delay=30, drop="before")
        else:
            running.discord.fail("POST", r"/channels/\d+/messages", drop="hold")
            running.slack.fail("chat.postMessage", drop="hold")
        running.papers["ledger"].add(title=BAN, text=BAN_TEXT)
        await running.discord.until(
            lambda: any("/messages" in c.path and c.method == "POST" for c in running.discord.calls)
        )
        await running.slack.until(lambda: any(c.method == "chat.postMessage" for c in running.slack.calls))
        await running.kill()
        await running.start()
        await running.discord.until(lambda: count(running, BAN)[0], 150)
        await running.slack.until(lambda: count(running, BAN)[1], 150)
        assert await running.stop() == 0
        assert count(running, BAN) == (1, 1)


async def test_a_kill_after_the_commit_loses_and_repeats_nothing(tmp_path: Path) -> None:
    async with program(tmp_path, "ledger", "wire") as running:
        await subscribe(running)
        running.papers["ledger"].add(title=BAN, text=BAN_TEXT)
        seen = len(running.events)
        await running.until(lambda e: e["event"] == "poll" and e["new"] == 1, since=seen)
        await running.kill()
        await running.start()
        await running.discord.until(lambda: count(running, BAN)[0], SOON)
        await running.slack.until(lambda: count(running, BAN)[1], SOON)
        running.papers["wire"].add(title=AGAIN, text=AGAIN_TEXT)
        await running.discord.until(lambda: "wire" in repr(discord_alerts(running)[0]["embeds"]))
        assert await running.stop() == 0
        assert count(running, BAN) == (1, 1)
