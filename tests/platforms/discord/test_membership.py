"""Servers and channels that end and come back: what is watched ends with them, and begins again where it should."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.models import Channel, Place, TopicId, WorkspaceId
from bot.platforms.discord.adapter import NAME
from bot.platforms.discord.pace import Pace
from bot.storage.store import SqlStore, open_store
from tests.platforms.discord.stage import QUICK, Stage, on_stage
from tests.prepared import lay_database
from tests.servers.discord import objects as make
from tests.storage.making import NOW, topic

ZTE = TopicId("zte")
SOON = 20.0  # only a test that fails waits so long


@asynccontextmanager
async def watching(
    tmp_path: Path, pace: Pace = QUICK, **options: Any
) -> AsyncIterator[tuple[Stage, SqlStore, Channel]]:
    """Start a bot whose one channel watches a topic."""
    lay_database(tmp_path / "topicwire.db")
    store = await open_store(tmp_path / "topicwire.db", exclusive=True)
    try:
        await store.reconcile_topics([topic("zte")])
        async with on_stage(store=store, pace=pace, **options) as stage:
            assert stage.platform._connection is not None
            await stage.platform._connection.client.wait_until_ready()
            yield stage, store, await _watch(store, stage, stage.fake.channel_id())
    finally:
        await store.close()


async def _watch(store: SqlStore, stage: Stage, where: str) -> Channel:
    workspace = WorkspaceId(f"{NAME}:{stage.fake.world.guild_id}")
    channel = await store.add_channel(Place(platform=NAME, workspace=workspace, channel=where))
    await store.save_subscription(channel.id, ZTE, actor="ann", now=NOW)
    return channel


async def _until(look: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(SOON):
        while not await look():  # noqa: ASYNC110 - the store tells nobody of its changes
            await asyncio.sleep(0.01)


async def _until_watched(store: SqlStore, channel: Channel, *, is_watched: bool) -> None:
    async def look() -> bool:
        return bool(await store.list_subscriptions(channel.id)) is is_watched

    await _until(look)


async def test_a_deleted_channel_or_thread_goes_with_all_that_was_kept_for_it(tmp_path: Path) -> None:
    async with watching(tmp_path) as (stage, store, channel):
        message = await stage.platform.post(stage.outgoing())
        await stage.platform.post(stage.outgoing(8, reply_to=message, thread="Developments"))
        thread = await _watch(store, stage, message)
        await stage.fake.delete_thread(message)

        async def is_thread_gone() -> bool:
            return await store.list_channels(NAME) == [channel]

        await _until(is_thread_gone)
        assert await store.find_channel(thread.place) is None
        await stage.fake.delete_channel(channel.place.channel)

        async def is_gone() -> bool:
            return await store.list_channels(NAME) == []

        await _until(is_gone)


async def test_a_server_that_removes_the_bot_is_left_and_goes_on_when_it_takes_it_back(tmp_path: Path) -> None:
    async with watching(tmp_path) as (stage, store, channel):
        await stage.fake.remove_bot()
        await _until_watched(store, channel, is_watched=False)
        await stage.fake.invite_bot()
        await _until_watched(store, channel, is_watched=True)
        assert await store.list_channels(NAME) == [channel]


async def test_a_server_that_removed_the_bot_while_it_did_not_run_is_left_at_the_next_start(tmp_path: Path) -> None:
    async with watching(tmp_path) as (stage, store, channel):
        await stage.platform.close()
        await stage.fake.remove_bot(is_told=False)
        await stage.platform.start()
        await _until_watched(store, channel, is_watched=False)


async def test_a_server_that_is_down_keeps_what_it_watches(tmp_path: Path) -> None:
    async with watching(tmp_path) as (stage, store, channel):
        await stage.fake.go_down()
        await stage.fake.come_up()
        await _looked_over(stage)
        assert await store.list_subscriptions(channel.id)


async def test_a_channel_that_was_given_up_goes_on_once_the_bot_may_write_there_again(tmp_path: Path) -> None:
    async with watching(tmp_path) as (stage, store, channel):
        await stage.fake.deny(channel.place.channel, make.EMBED)
        await store.stop_channel(channel, reason="no permission", now=NOW)
        await stage.fake.deny(channel.place.channel, make.SEND)
        await _looked_over(stage)
        assert await store.list_subscriptions(channel.id) == []
        await stage.fake.deny(channel.place.channel, 0)
        await _until_watched(store, channel, is_watched=True)
        told = await store.claim_due_deliveries(stage.clock.now, timedelta(minutes=2), 9)
        assert [delivery.alert.reason.splitlines()[:2] for delivery in told] == [["Alerts go on here", "zte"]]


async def test_a_role_that_gives_the_permissions_back_is_heard_too(tmp_path: Path) -> None:
    async with watching(tmp_path) as (stage, store, channel):
        role = stage.fake.world.roles[stage.fake.world.guild_id]
        await store.stop_channel(channel, reason="no permission", now=NOW)
        guild_id = stage.fake.world.guild_id
        changed = role | {"permissions": str(make.BOT)}
        await stage.fake.gateway_side.dispatch("GUILD_ROLE_UPDATE", {"guild_id": guild_id, "role": changed})
        await _until_watched(store, channel, is_watched=True)


async def _away(stage: Stage, change: Callable[[], Awaitable[object]]) -> None:
    """Let something change while the bot does not run."""
    await stage.platform.close()
    await change()
    await stage.platform.start()


async def _in_a_lost_session(stage: Stage, change: Callable[[], Awaitable[object]]) -> None:
    """Let something change while the bot is away from the gateway for so long that its session is gone."""
    stage.fake.gateway_side.forget_sessions()
    await change()
    await stage.fake.cut(1006)


Absence = Callable[[Stage, Callable[[], Awaitable[object]]], Awaitable[None]]
ABSENCES = pytest.mark.parametrize("absent", [_away, _in_a_lost_session])


@ABSENCES
async def test_a_channel_or_thread_that_was_deleted_meanwhile_goes(absent: Absence, tmp_path: Path) -> None:
    async with watching(tmp_path) as (stage, store, channel):
        kept, gone = [await stage.fake.add_thread(channel.place.channel, name) for name in ("kept", "gone")]
        there = await _watch(store, stage, kept)
        await _watch(store, stage, gone)
        await stage.fake.world.archive(kept)  # archived threads are not listed by the gateway

        async def change() -> None:
            await stage.fake.delete_thread(gone)
            await stage.fake.delete_channel(channel.place.channel)

        await absent(stage, change)

        async def is_gone() -> bool:
            return await store.list_channels(NAME) == [there]

        await _until(is_gone)
        assert await store.list_subscriptions(there.id)


@ABSENCES
async def test_rights_that_were_taken_meanwhile_are_told_once_and_once_back_all_goes_on(
    absent: Absence, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    async with watching(tmp_path) as (stage, store, channel):
        ops = await store.add_channel(replace(channel.place, channel=await stage.fake.add_channel("health")))
        await store.save_channel(replace(ops, is_ops=True), actor="ann", now=NOW)
        await absent(stage, lambda: stage.fake.deny(channel.place.channel, make.SEND))
        await _until_watched(store, channel, is_watched=False)
        await absent(stage, lambda: asyncio.sleep(0))
        await _looked_over(stage)
        problems = [r for r in caplog.records if r.getMessage() == "problem"]
        assert len(problems) == 1
        told = await store.claim_due_deliveries(stage.clock.now, timedelta(minutes=2), 9)
        assert [(d.channel.id, d.alert.reason.splitlines()[1]) for d in told] == [
            (
                ops.id,
                "The bot lacks Send Messages in #news (Test guild) on Discord. Give it that in the channel's settings.",
            )
        ]
        await absent(stage, lambda: stage.fake.deny(channel.place.channel, 0))
        await _until_watched(store, channel, is_watched=True)


async def test_a_server_that_a_shards_new_session_names_no_more_is_left(tmp_path: Path) -> None:
    async with watching(tmp_path, is_sharded=True, shards=2) as (stage, store, channel):
        gateway = stage.fake.gateway_side
        await _in_a_lost_session(stage, stage.fake.go_down)
        await gateway.until(lambda: gateway.identified == 4, SOON)
        await _looked_over(stage)
        assert await store.list_subscriptions(channel.id)
        await _in_a_lost_session(stage, lambda: stage.fake.remove_bot(is_told=False))
        await _until_watched(store, channel, is_watched=False)


async def test_rights_that_are_taken_are_told_at_once_and_those_given_back_in_the_same_moment_are_not(
    tmp_path: Path,
) -> None:
    slow = replace(QUICK, settling=timedelta(milliseconds=400))
    async with watching(tmp_path, slow) as (stage, store, channel):
        await stage.fake.deny(channel.place.channel, make.VIEW)

        async def is_seen() -> bool:
            return bool(await stage.platform.find_hindrance(channel.place))

        await _until(is_seen)
        await stage.fake.deny(channel.place.channel, 0)
        await _looked_over(stage)
        assert await store.list_subscriptions(channel.id)
        assert await store.next_delivery_due_at() is None
        await stage.fake.deny(channel.place.channel, make.VIEW)
        await _until_watched(store, channel, is_watched=False)


async def test_a_server_that_is_down_at_the_start_keeps_everything_until_it_is_up(tmp_path: Path) -> None:
    async with watching(tmp_path) as (stage, store, channel):
        other = await _watch(store, stage, await stage.fake.add_channel("other"))

        async def change() -> None:
            await stage.fake.delete_channel(channel.place.channel)
            await stage.fake.go_down()

        await _away(stage, change)
        stage.platform._membership.look_over(int(stage.fake.world.guild_id))
        await _looked_over(stage)
        assert await store.list_channels(NAME) == [channel, other]
        assert await store.list_subscriptions(other.id)
        await stage.fake.come_up()

        async def is_gone() -> bool:
            return await store.list_channels(NAME) == [other]

        await _until(is_gone)


async def test_a_channel_that_cannot_be_asked_for_keeps_everything(tmp_path: Path) -> None:
    async with watching(tmp_path) as (stage, store, _):
        thread = await _watch(store, stage, await stage.fake.add_thread(stage.fake.channel_id(), "archived"))
        await stage.fake.world.archive(thread.place.channel)
        for status in (404, 500, 500, 500, 500, 500):  # a proxy's 404 is no word of Discord's
            stage.fake.fail("GET", f"/channels/{thread.place.channel}$", status=status)
        await _away(stage, lambda: asyncio.sleep(0))
        await _looked_over(stage)
        assert await store.list_subscriptions(thread.id)


async def test_direct_messages_are_no_server_that_could_have_removed_the_bot(tmp_path: Path) -> None:
    async with watching(tmp_path) as (stage, store, channel):
        place = Place(platform=NAME, workspace=WorkspaceId("discord:dm:5"), channel="7")
        direct = await store.add_channel(place, is_direct=True)
        await store.save_subscription(direct.id, ZTE, actor="ann", now=NOW)
        await _away(stage, lambda: stage.fake.remove_bot(is_told=False))
        await _until_watched(store, channel, is_watched=False)
        assert await store.list_subscriptions(direct.id)


async def test_whoever_subscribes_where_the_bot_may_not_write_is_told_so(tmp_path: Path) -> None:
    async with watching(tmp_path) as (stage, _, channel):
        assert await stage.platform.find_hindrance(channel.place) == ""
        await stage.fake.deny(channel.place.channel, make.SEND | make.HISTORY)
        await _looked_over(stage)
        hindrance = await stage.platform.find_hindrance(channel.place)
        assert hindrance.startswith("The bot lacks Send Messages and Read Message History in #news (Test guild)")
        await stage.platform.close()
        assert await stage.platform.find_hindrance(channel.place) == ""


async def _looked_over(stage: Stage) -> None:
    """Wait until whatever the gateway told so far has been followed: a step of our own comes after all others."""
    connection = stage.platform._connection
    assert connection is not None
    await connection.client.wait_until_ready()
    await asyncio.sleep(stage.platform._pace.settling.total_seconds() * 1.5)
    done = asyncio.Event()

    async def last(_: object) -> None:
        done.set()

    stage.platform._membership._steps.put_nowait(last)
    await asyncio.wait_for(done.wait(), SOON)
