"""Servers and channels that end and come back: what is watched ends with them, and begins again where it should."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from bot.domain.models import Channel, Place, TopicId, WorkspaceId
from bot.platforms.discord.adapter import NAME
from bot.storage.store import SqlStore, open_store
from tests.platforms.discord.stage import Stage, on_stage
from tests.prepared import lay_database
from tests.servers.discord import objects as make
from tests.storage.making import NOW, topic

ZTE = TopicId("zte")


@asynccontextmanager
async def watching(tmp_path: Path) -> AsyncIterator[tuple[Stage, SqlStore, Channel]]:
    """Start a bot whose one channel watches a topic."""
    lay_database(tmp_path / "topicwire.db")
    store = await open_store(tmp_path / "topicwire.db", exclusive=True)
    try:
        await store.reconcile_topics([topic("zte")])
        async with on_stage(store=store) as stage:
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
    async with asyncio.timeout(5):
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
        guild = stage.fake.world.guild_id
        await stage.fake.gateway_side.dispatch("GUILD_DELETE", {"id": guild, "unavailable": True})
        await stage.fake.invite_bot()
        await (await stage.fake.interact("news shout")).final()
        assert await store.list_subscriptions(channel.id)


async def test_a_channel_that_was_given_up_goes_on_once_the_bot_may_write_there_again(tmp_path: Path) -> None:
    async with watching(tmp_path) as (stage, store, channel):
        await stage.fake.deny(channel.place.channel, make.EMBED)
        await store.stop_channel(channel, reason="no permission", now=NOW)
        await stage.fake.deny(channel.place.channel, make.SEND)
        await (await stage.fake.interact("news shout")).final()
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
