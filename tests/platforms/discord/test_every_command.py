"""Every command, its suggestions, buttons and forms, used by a person on Discord: all are answered as they should."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.commands.desk import BROKEN
from bot.platforms.directory import Directories
from bot.platforms.discord.adapter import DiscordPlatform
from bot.platforms.discord.settings import DiscordSettings
from tests.newsroom import Newsroom, newsroom
from tests.platforms.discord.stage import QUICK
from tests.servers.discord import FakeDiscord, Interaction, turned_to
from tests.servers.discord_bot import described
from tests.servers.wire import Json

SAMPLES: dict[str, Any] = {
    "topic": "zte", "first": "zte", "second": "huawei", "what": "#1", "story": "#1", "feed": "1", "query": "zte",
    "url": "https://ledger.example/feed", "source": "https://ledger.example/feed", "number": 1, "draft": 1,
    "name": "zte", "article": 1, "command": "latest",
}  # fmt: skip
MODAL, MESSAGE = 9, 4
PATIENT = replace(QUICK, suggesting=timedelta(seconds=10), responding=timedelta(seconds=10))
"""What is asked here is whether there are answers, not how soon."""


@asynccontextmanager
async def at_work(folder: Path) -> AsyncIterator[tuple[Newsroom, FakeDiscord]]:
    """Start a bot with all its commands on the fake, with a story in the archive and a topic that is watched."""
    async with AsyncExitStack() as stack:
        room = await stack.enter_async_context(newsroom(folder))
        await room.open_outlets("Ledger")
        room.publish("Ledger", "ZTE wins 14 network contracts in East Island", "ZTE now counts 14 network contracts.")
        await room.tick()
        fake = await stack.enter_async_context(FakeDiscord(spec=described(), overall=(1000, 1.0), ack_s=10.0))
        stack.enter_context(turned_to(fake))
        platforms: dict[str, object] = {}
        desk = replace(room.desk, directory=Directories(platforms))
        platform = platforms["discord"] = DiscordPlatform(DiscordSettings(token="fake-token"), desk, pace=PATIENT)
        stack.push_async_callback(platform.close)
        await platform.start()
        await fake.synced()
        await (await fake.interact("news subscribe", {"topic": "zte"})).final()
        yield room, fake


def commands_of(node: Json, before: str = "") -> list[tuple[str, list[Json]]]:
    """List the paths under a registered command, with their options."""
    path = f"{before} {node['name']}".strip()
    inner = [option for option in node.get("options", []) if option["type"] in (1, 2)]
    return [found for option in inner for found in commands_of(option, path)] or [(path, node.get("options", []))]


def sample(option: Json) -> Any:
    """Choose a value for an option: the first of its choices, or what its name asks for."""
    choices = option.get("choices")
    return choices[0]["value"] if choices else SAMPLES[option["name"]]


def buttons_of(message: Json) -> list[Json]:
    return [button for row in message["components"] for button in row["components"]]


async def answered(asked: Interaction) -> str:
    """Wait for what a person sees: the text of a message, or a form."""
    callback = await asked.response(15)
    if callback["type"] == MODAL:
        return repr(callback["data"])
    return repr(await asked.final(15))


async def test_every_command_is_answered_with_what_it_needs_and_without(tmp_path: Path) -> None:
    async with at_work(tmp_path) as (_, fake):
        wrong = []
        for path, options in commands_of(fake.commands[""][0]):
            needed = {o["name"]: sample(o) for o in options if o.get("required")}
            given = {o["name"]: sample(o) for o in options if o["name"] in SAMPLES}
            for arguments in [needed, given] if given != needed else [needed]:
                told = await answered(await fake.interact(path, arguments))
                wrong += [f"{path} {arguments}"] if BROKEN in told or len(told) < 40 else []
        assert wrong == []
        assert [call for call in fake.calls if call.status >= 400] == []


async def test_every_suggestion_comes_and_none_is_empty_where_there_is_something(tmp_path: Path) -> None:
    async with at_work(tmp_path) as (_, fake):
        empty = []
        for path, options in commands_of(fake.commands[""][0]):
            for option in (o for o in options if o.get("autocomplete")):
                asked = await fake.interact(path, {option["name"]: ""}, focused=option["name"])
                empty += [] if await asked.choices(15) else [f"{path} {option['name']}"]
        # Nobody made a topic, a label or a tag, or muted and follows anything here.
        assert {path.removeprefix("news ") for path in empty} <= NOTHING_YET


NOTHING_YET = {
    "feed list tag", "feed export tag", "feed held feed", "unmute story", "unfollow what", "topic remove name",
    "topic edit name",
}  # fmt: skip


async def test_every_button_of_an_answer_does_what_it_says(tmp_path: Path) -> None:
    async with at_work(tmp_path) as (_, fake):
        registered = dict(commands_of(fake.commands[""][0]))
        pressed: list[str] = []
        for path in ("story", "feed list", "topic list", "topic show", "latest", "status", "subscriptions"):
            arguments = {o["name"]: sample(o) for o in registered[f"news {path}"] if o.get("required")}
            message = await (await fake.interact(f"news {path}", arguments)).final(15)
            for button in [b for b in buttons_of(message) if b.get("custom_id")]:
                told = await answered(await fake.press(message, button["custom_id"]))
                assert BROKEN not in told, (path, button["label"])
                pressed.append(path)
        assert set(pressed) >= {"story", "topic show", "status", "subscriptions"}


async def test_every_form_that_a_command_opens_takes_what_is_typed(tmp_path: Path) -> None:
    async with at_work(tmp_path) as (room, fake):
        opened = await fake.interact("news settings")
        sent = await fake.submit(opened, {"zone": "Mars/Olympus", "quiet": "22-7"})
        assert "There is no time zone" in repr(await sent.final())
        [correct] = buttons_of(await sent.final())
        again = await fake.press(await sent.final(), correct["custom_id"])
        assert "22-7" in repr(await again.modal())
        mended = await fake.submit(again, {"zone": "Asia/Tokyo", "quiet": "22-7"})
        assert "are changed" in repr(await mended.final())
        place = (await room.store.list_channels("discord"))[0].place
        channel = await room.store.find_channel(place)
        assert channel is not None
        assert channel.zone == "Asia/Tokyo"
