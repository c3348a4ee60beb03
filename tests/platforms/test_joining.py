"""What the bot says where it was just invited."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.alerts import Delivery
from bot.storage.store import SqlStore, open_store
from tests.platforms.discord import stage as discord
from tests.platforms.slack import stage as slack
from tests.prepared import lay_database
from tests.servers.discord import objects as make
from tests.servers.slack.world import BOT_USER, HUMAN


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    """Open a store in a temporary file."""
    lay_database(tmp_path / "topicwire.db")
    opened = await open_store(tmp_path / "topicwire.db", exclusive=True)
    yield opened
    await opened.close()


async def _told(store: SqlStore, within: float = 5.0) -> list[Delivery]:
    """Wait for what is told."""
    async with asyncio.timeout(within):
        while True:
            if found := await _claim(store):
                return found
            await asyncio.sleep(0.02)


async def _claim(store: SqlStore) -> list[Delivery]:
    return await store.claim_due_deliveries(datetime.now(UTC) + timedelta(days=9999), timedelta(hours=1), 10)


async def test_a_server_that_invites_the_bot_is_told_what_to_do_next(store: SqlStore) -> None:
    async with discord.on_stage(store=store) as stage:
        world = stage.fake.world
        ident, quiet, open_to_all = world.new_id(), world.new_id(), world.new_id()
        everyone = make.role(ident, "@everyone", make.BOT)  # no administrator: overwrites count
        closed = make.channel(quiet, ident, 0, "rules")
        closed["permission_overwrites"] = [{"id": ident, "type": 0, "allow": "0", "deny": str(make.ALL_PERMISSIONS)}]
        channels = [closed, make.channel(open_to_all, ident, 1, "news")]
        guild = make.guild(ident, world.manager.user, make.member(world.bot), channels, [everyone])
        joined = {name: value for name, value in guild.items() if name != "unavailable"}
        assert stage.platform._connection is not None
        await stage.platform._connection.client.wait_until_ready()  # what comes before is taken for an old server
        await stage.fake.gateway_side.dispatch("GUILD_CREATE", joined)
        [notice] = await _told(store)
        assert (notice.channel.place.workspace, notice.channel.place.channel) == (f"discord:{ident}", open_to_all)
        assert "/news subscribe" in notice.alert.reason


async def test_the_first_channel_that_invites_the_bot_on_slack_is_told(store: SqlStore) -> None:
    async with slack.on_stage(store=store) as stage:
        for user, channel in ((HUMAN, "C0OTHER"), (BOT_USER, slack.CHANNEL)):
            await _join(stage, user, channel)
        [notice] = await _told(store)
        assert notice.channel.place.channel == slack.CHANNEL
        await _join(stage, BOT_USER, "C0LATER")
        async with asyncio.timeout(5):  # the store tells nobody of its changes
            while await store.find_channel(replace(notice.channel.place, channel="C0LATER")) is None:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        assert await _claim(store) == []


async def _join(stage: slack.Stage, user: str, channel: str) -> None:
    event = {"type": "member_joined_channel", "user": user, "channel": channel, "team": "T0FAKE"}
    await (await stage.fake.event(event)).acked()
