"""Where people are reached in private on each platform."""

from __future__ import annotations

from typing import Any, cast

import pytest

from bot.domain.errors import PlatformError
from bot.domain.models import Place, WorkspaceId
from bot.platforms.console.adapter import PLACE, ConsolePlatform
from bot.platforms.directory import Directories
from bot.ports import Platform
from tests.platforms.discord import stage as discord
from tests.platforms.slack import stage as slack
from tests.servers.slack.world import HUMAN


def _asked_on(platform: str, workspace: str = "w") -> Place:
    return Place(platform=platform, workspace=WorkspaceId(workspace), channel="c")


async def test_a_direct_message_on_discord_is_one_place_with_the_sight_of_where_it_was_asked() -> None:
    async with discord.on_stage() as stage:
        directory = Directories({"discord": stage.platform})
        reader = stage.fake.world.plain.id
        direct = await directory.direct(reader, _asked_on("discord"))
        assert direct.workspace == "w"
        assert direct.channel in stage.fake.world.directs
        assert await directory.direct(reader, _asked_on("discord")) == direct
        await stage.platform.post(stage.outgoing(place=direct))
        asked_there = _asked_on("discord", f"discord:dm:{reader}")
        assert await directory.direct(reader, asked_there) == asked_there
        with pytest.raises(PlatformError, match="no direct message"):
            await directory.direct("1", _asked_on("discord"))


async def test_a_direct_message_on_slack_is_opened() -> None:
    async with slack.on_stage() as stage:
        directory = Directories({"slack": stage.platform})
        asked = slack.outgoing().place
        direct = await directory.direct(HUMAN, asked)
        assert direct == Place(platform="slack", workspace=asked.workspace, channel=f"D{HUMAN[1:]}")
        assert await stage.platform.post(slack.outgoing(channel=direct.channel))
        with pytest.raises(PlatformError):
            await directory.direct("U0NOBODY", asked)


async def test_the_terminal_is_its_own_and_a_webhook_has_none() -> None:
    console = ConsolePlatform(cast(Any, None), on_exit=lambda: None)
    directory = Directories({"console": console, "webhook": cast(Platform, object())})
    assert await directory.direct("operator", _asked_on("console")) == PLACE
    for platform in ("webhook", "unknown"):
        with pytest.raises(PlatformError, match="no direct messages"):
            await directory.direct("u1", _asked_on(platform))
