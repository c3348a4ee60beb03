"""The program as people meet it: its own process, real client libraries, real sockets, real files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.platforms.slack.manifest import make_manifest
from tests.blackbox.program import Program, program
from tests.servers.discord import FakeDiscord
from tests.servers.slack import FakeSlack

BAN = "Norland bans Huawei and ZTE from its 5G networks"
BAN_TEXT = (
    "Norland will exclude Huawei and ZTE from its 5G networks, minister Per Aasgaard said. Operators have until 2029."
)
AGAIN = "Norland bans Huawei and ZTE equipment from 5G networks"
AGAIN_TEXT = (
    "Huawei and ZTE are banned from Norland's 5G networks, minister Per Aasgaard said. Operators have until 2029."
)
MORE = "Norland's ban on Huawei and ZTE covers 1,900 5G masts, regulator says"
PLANT = "Huawei opens a chip plant near the harbour of Grenna"
PLANT_TEXT = "Huawei began to make chips near the harbour of Grenna in Sudmark, where 400 people found work."
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


async def subscribe_another(running: Program) -> None:
    """Let a second channel of each platform watch the same."""
    asked = await running.discord.interact("news subscribe", {"topic": "huawei"}, channel=desk_of(running)[0])
    assert "Huawei" in repr(await asked.final())
    order = await running.slack.command("/news", "subscribe huawei", channel=desk_of(running)[1])
    assert "Huawei" in repr(await order.response())


def desk_of(running: Program) -> tuple[str, str]:
    return running.discord.channel_id("desk"), running.slack.channel_id("desk")


def everywhere(running: Program, title: str) -> list[int]:
    """How many messages are headed by a title in each of the four channels."""
    discord, slack = desk_of(running)
    of_discord = [running.discord.posts(), running.discord.posts(discord)]
    of_slack = [running.slack.posts(), running.slack.posts(slack)]
    return [
        *(sum(any(e.get("title") == title for e in m["embeds"]) for m in posts) for posts in of_discord),
        *(sum(title in repr(m["blocks"][:1]) for m in posts) for posts in of_slack),
    ]


def leave_unanswered(running: Program) -> None:
    """Let one send of each platform not be carried out for long, and the answer of another never come."""
    running.discord.fail("POST", f"/channels/{running.discord.channel_id()}/messages", delay=30, drop="before")
    running.discord.fail("POST", f"/channels/{desk_of(running)[0]}/messages", drop="hold")
    running.slack.fail("chat.postMessage", delay=30, drop="before")
    running.slack.fail("chat.postMessage", drop="hold")


@pytest.mark.slow
async def test_kills_after_the_commit_and_in_the_middle_of_sends_lose_and_repeat_nothing(tmp_path: Path) -> None:
    discord = FakeDiscord(channels=("news", "desk"))
    slack = FakeSlack(channels=("news", "desk"), manifest=make_manifest())
    async with program(tmp_path, "ledger", "wire", discord=discord, slack=slack) as running:
        await subscribe(running)
        await subscribe_another(running)
        running.papers["ledger"].add(title=BAN, text=BAN_TEXT)
        seen = len(running.events)
        await running.until(lambda e: e["event"] == "poll" and e["new"] == 1, since=seen)
        await running.kill()
        await running.start()
        await discord.until(lambda: everywhere(running, BAN)[:2] == [1, 1], SOON)
        await slack.until(lambda: everywhere(running, BAN)[2:] == [1, 1], SOON)
        running.papers["wire"].add(title=AGAIN, text=AGAIN_TEXT)
        await discord.until(lambda: "wire" in repr(discord_alerts(running)[0]["embeds"]))
        leave_unanswered(running)
        sent = [len(discord.calls), len(slack.calls)]
        running.papers["wire"].add(title=PLANT, text=PLANT_TEXT)
        await discord.until(lambda: len([c for c in discord.calls[sent[0] :] if c.method == "POST"]) == 2, SOON)
        await slack.until(lambda: len([c for c in slack.calls[sent[1] :] if c.method == "chat.postMessage"]) == 2, SOON)
        await running.kill()
        await running.start()
        await discord.until(lambda: everywhere(running, PLANT)[:2] == [1, 1], 150)
        await slack.until(lambda: everywhere(running, PLANT)[2:] == [1, 1], 150)
        assert await running.stop() == 0
        assert [everywhere(running, title) for title in (BAN, PLANT)] == [[1] * 4] * 2
