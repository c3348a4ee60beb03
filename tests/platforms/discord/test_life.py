"""Starting, staying and stopping: a wrong account is told at once, everything else is outlived."""

from __future__ import annotations

import asyncio
import logging
import socket
from dataclasses import replace
from datetime import timedelta

import pytest
import yarl
from discord.gateway import DiscordWebSocket

from bot.domain.errors import PlatformError, RetryLaterError
from tests.platforms.discord.stage import QUICK, Clock, Script, Stage, make_platform, on_stage
from tests.servers.discord import FakeDiscord, turned_to
from tests.servers.discord.gateway import Disturbance


async def still_answers(stage: Stage) -> bool:
    asked = await stage.fake.interact("news shout")
    return bool((await asked.final())["embeds"])


async def test_a_wrong_token_is_an_error_with_its_remedy() -> None:
    async with FakeDiscord() as fake:
        with turned_to(fake):
            platform = make_platform(Script(), Clock(), [], token="wrong")
            with pytest.raises(PlatformError, match=r"refuses the bot's token.*TOPICWIRE_DISCORD_TOKEN") as refused:
                await platform.start()
            assert "wrong" not in str(refused.value)
            await platform.close()


async def test_refused_intents_are_an_error_with_their_remedy() -> None:
    async with FakeDiscord(allowed_intents=0) as fake:
        with turned_to(fake):
            platform = make_platform(Script(), Clock(), [])
            with pytest.raises(PlatformError, match="guilds intent alone"):
                await platform.start()
            await platform.close()


async def test_a_missing_token_is_an_error() -> None:
    with pytest.raises(PlatformError, match="Set TOPICWIRE_DISCORD_TOKEN"):
        await make_platform(Script(), Clock(), [], token="").start()


async def test_only_the_guilds_intent_is_asked_for() -> None:
    async with on_stage() as stage:
        assert [p["d"]["intents"] for p in stage.fake.gateway_side.log if p["op"] == 2] == [1]


async def test_discord_out_of_reach_at_start_is_told_once_and_tried_until_it_answers() -> None:
    async with FakeDiscord() as fake:
        port = fake.port
        await fake.stop()
        with turned_to(fake):
            problems: list[str] = []
            script, clock = Script(), Clock()
            platform = make_platform(script, clock, problems)
            stage = Stage(fake, platform, script, clock, problems)
            await platform.start()
            with pytest.raises(RetryLaterError, match="cannot be reached"):
                await platform.post(stage.outgoing())
            await asyncio.sleep(QUICK.longest_pause.total_seconds() * 2)  # several tries fail meanwhile
            assert len(problems) == 1
            await fake.start(port)
            await fake.synced()
            assert await still_answers(stage)
            assert await platform.post(stage.outgoing()) in fake.messages
            await platform.close()


async def test_a_gateway_out_of_reach_does_not_stop_posts_and_is_tried_until_it_answers() -> None:
    async with FakeDiscord() as fake:
        with turned_to(fake), socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{nobody.getsockname()[1]}")
            script, clock, problems = Script(), Clock(), list[str]()
            platform = make_platform(script, clock, problems)
            stage = Stage(fake, platform, script, clock, problems)
            await platform.start()
            await platform.post(stage.outgoing())
            assert len(fake.posts()) == 1
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(fake.gateway)
            await fake.ready()
            await fake.synced()
            assert await still_answers(stage)
            assert all("cannot be reached" in problem for problem in problems)
            await platform.close()


@pytest.mark.parametrize("how", [4000, 4009, 1000, 1006, "reconnect", "invalidate"])
async def test_a_gateway_that_breaks_is_joined_again(how: Disturbance, caplog: pytest.LogCaptureFixture) -> None:
    async with on_stage() as stage:
        gateway = stage.fake.gateway_side
        joined = gateway.identified + gateway.resumed
        await stage.fake.cut(how)
        await gateway.until(lambda: gateway.identified + gateway.resumed > joined, 15)
        assert await still_answers(stage)
        assert [record.exc_info for record in caplog.records if record.exc_info] == []


async def test_a_gateway_that_falls_silent_is_joined_again() -> None:
    async with on_stage(pace=replace(QUICK, heartbeat=timedelta(seconds=1)), heartbeat_ms=250) as stage:
        await stage.fake.cut("mute")
        gateway = stage.fake.gateway_side
        await gateway.until(lambda: gateway.resumed, 15)
        assert await still_answers(stage)


async def test_a_token_that_is_revoked_later_is_told_and_a_new_connection_is_tried() -> None:
    async with on_stage() as stage:
        identified = stage.fake.gateway_side.identified
        await stage.fake.cut(4004)
        await stage.fake.gateway_side.until(lambda: stage.fake.gateway_side.identified > identified, 10)
        assert await still_answers(stage)
        assert len(stage.problems) == 1
        assert "refuses the bot's token" in stage.problems[0]


async def test_commands_that_discord_does_not_take_now_are_registered_later() -> None:
    async with FakeDiscord() as fake:
        with turned_to(fake):
            fake.fail("PUT", "/commands", status=503)
            problems: list[str] = []
            platform = make_platform(Script(), Clock(), problems)
            await platform.start()
            await fake.synced()
            assert "did not take the commands" in problems[0]
            await platform.close()


async def test_servers_are_parted_over_as_many_connections_as_discord_advises() -> None:
    async with on_stage(is_sharded=True, shards=2) as stage:
        await stage.fake.gateway_side.until(lambda: stage.fake.gateway_side.identified == 2, 15)
        identified = [p["d"]["shard"] for p in stage.fake.gateway_side.log if p["op"] == 2]
        assert sorted(identified) == [[0, 2], [1, 2]]
        assert await still_answers(stage)
        assert await stage.platform.post(stage.outgoing()) in stage.fake.messages
        await stage.fake.cut(4000)
        await stage.fake.gateway_side.until(lambda: stage.fake.gateway_side.resumed == 2, 15)
        assert await still_answers(stage)


async def test_a_shard_that_is_joining_again_does_not_hold_up_the_end() -> None:
    pace = replace(QUICK, between_logins=timedelta(minutes=1))
    # The library forgets the half-joined connection, whose thread would send a heartbeat into another test.
    async with on_stage(pace=pace, is_sharded=True, heartbeat_ms=3_600_000) as stage:
        gateway = stage.fake.gateway_side
        before = set(gateway.links)
        await stage.fake.cut("invalidate")
        async with asyncio.timeout(15):
            while not gateway.links - before:  # noqa: ASYNC110 - a new link says nothing before it identifies
                await asyncio.sleep(0.01)
        await asyncio.wait_for(stage.platform.close(), 10)


@pytest.mark.parametrize("shards", [False, True])
async def test_a_start_that_never_connected_can_be_closed(shards: bool) -> None:
    async with FakeDiscord() as fake:
        await fake.stop()
        with turned_to(fake):
            platform = make_platform(Script(), Clock(), [], shards=shards)
            await platform.start()
            await platform.close()


@pytest.mark.parametrize("shards", [False, True])
async def test_closing_works_at_any_time(shards: bool) -> None:
    async with FakeDiscord() as fake:
        with turned_to(fake):
            never_started = make_platform(Script(), Clock(), [], shards=shards)
            await never_started.close()
            twice = make_platform(Script(), Clock(), [], shards=shards)
            await twice.start()
            await twice.close()
            await twice.close()
            assert twice.name == "discord"


async def test_an_outage_is_one_line_of_log(caplog: pytest.LogCaptureFixture) -> None:
    async with on_stage() as stage:
        port = stage.fake.port
        await stage.fake.stop()
        gateway = stage.fake.gateway_side
        joined = gateway.identified + gateway.resumed
        await asyncio.sleep(0.1)
        await stage.fake.start(port)
        await gateway.until(lambda: gateway.identified + gateway.resumed > joined, 15)
        records = [r for r in caplog.records if r.name == "discord.client" and r.levelno >= logging.WARNING]
        assert [r.exc_info for r in records] == [None] * len(records)
        assert "fake-token" not in caplog.text
