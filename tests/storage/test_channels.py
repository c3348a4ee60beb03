"""Channels and subscriptions."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.errors import ChannelNotFoundError, NotFoundError
from bot.domain.models import Channel, ChannelId, Mode, Place, Sensitivity, TopicId
from bot.storage.store import SqlStore
from tests.storage.making import HERE, NOW, THERE, add_channel, topic

PLACE = Place(platform="console", workspace=HERE, channel="general")


async def subscribe(
    store: SqlStore,
    channel: ChannelId,
    topic_id: str,
    mode: Mode = Mode.LIVE,
    sensitivity: Sensitivity | None = None,
    min_outlets: int = 1,
) -> bool:
    return await store.add_subscription(
        channel, TopicId(topic_id), mode=mode, sensitivity=sensitivity, min_outlets=min_outlets, actor="ann", now=NOW
    )


async def test_a_place_is_one_channel_however_often_it_is_added(store: SqlStore) -> None:
    assert await store.find_channel(PLACE) is None
    made = await asyncio.gather(*(store.add_channel(PLACE) for _ in range(5)))
    assert set(made) == {Channel(id=ChannelId(1), place=PLACE)}
    assert await store.find_channel(PLACE) == made[0]


async def test_subscribing_again_changes_how(store: SqlStore) -> None:
    channel = await add_channel(store, "general")
    assert await subscribe(store, channel.id, "zte")
    assert await subscribe(store, channel.id, "huawei", Mode.BOTH)
    assert not await subscribe(store, channel.id, "zte", Mode.DIGEST, Sensitivity.WIDE, 3)
    lines = await store.list_subscriptions(channel.id)
    assert [(s.topic_name, s.mode, s.sensitivity, s.min_outlets) for s in lines] == [
        ("huawei", Mode.BOTH, Sensitivity.NORMAL, 1),
        ("zte", Mode.DIGEST, Sensitivity.WIDE, 3),
    ]


async def test_only_what_is_told_as_it_happens_is_live(store: SqlStore) -> None:
    channel, other = await add_channel(store, "general"), await add_channel(store, "other", THERE)
    await subscribe(store, channel.id, "zte", Mode.DIGEST)
    await subscribe(store, channel.id, "huawei", Mode.BOTH, Sensitivity.STRICT)
    await subscribe(store, other.id, "zte", Mode.LIVE)
    live = await store.list_live_subscriptions()
    assert [(c, s.topic_id, s.mode, s.sensitivity) for c, s in live] == [
        (channel, "huawei", Mode.BOTH, Sensitivity.STRICT),
        (other, "zte", Mode.LIVE, None),
    ]


async def test_a_subscription_ends_once(store: SqlStore) -> None:
    channel = await add_channel(store, "general")
    await subscribe(store, channel.id, "zte")
    assert await store.delete_subscription(channel.id, TopicId("zte"), actor="ann", now=NOW)
    assert not await store.delete_subscription(channel.id, TopicId("zte"), actor="ann", now=NOW)
    assert await store.list_subscriptions(channel.id) == []


async def test_a_subscription_that_cannot_be_served_is_stopped(store: SqlStore) -> None:
    channel = await add_channel(store, "general")
    await subscribe(store, channel.id, "zte")
    [line] = await store.list_subscriptions(channel.id)
    await store.stop_subscription(line.id)
    assert await store.list_subscriptions(channel.id) == []


async def test_nobody_subscribes_to_what_is_not_there_or_not_theirs(store: SqlStore) -> None:
    await store.save_topic(topic("secret", owner=THERE), actor="bob", now=NOW)
    channel = await add_channel(store, "general", HERE)
    for topic_id in ("secret@there", "nonsense"):
        with pytest.raises(NotFoundError, match=topic_id):
            await subscribe(store, channel.id, topic_id)
    with pytest.raises(ChannelNotFoundError):
        await subscribe(store, ChannelId(99), "zte")
