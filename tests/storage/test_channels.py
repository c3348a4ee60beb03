"""Channels and subscriptions."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import time

import pytest

from bot.domain.errors import ChannelNotFoundError, NotFoundError
from bot.domain.habits import QuietHours, ThreadHabit
from bot.domain.models import Channel, ChannelId, Filters, Mode, Place, Sensitivity, TopicId
from bot.domain.records import Watching
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
    how = Watching(mode=mode, sensitivity=sensitivity, min_outlets=min_outlets)
    change = await store.save_subscription(channel, TopicId(topic_id), how, actor="ann", now=NOW)
    return change.before is None


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


async def test_nobody_subscribes_to_what_is_not_there_or_not_theirs(store: SqlStore) -> None:
    await store.save_topic(topic("secret", owner=THERE), actor="bob", now=NOW)
    channel = await add_channel(store, "general", HERE)
    for topic_id in ("secret@there", "nonsense"):
        with pytest.raises(NotFoundError, match=topic_id):
            await subscribe(store, channel.id, topic_id)
    with pytest.raises(ChannelNotFoundError):
        await subscribe(store, ChannelId(99), "zte")


EVERYTHING = Watching(
    mode=Mode.BOTH,
    sensitivity=Sensitivity.STRICT,
    min_outlets=3,
    filters=Filters(
        languages=("nl", "de"), outlets_in=("Courant",), outlets_out=("Gazette",), words_out=("voetbal",), min_origins=2
    ),
    mention="1234",
)


async def test_everything_that_can_be_chosen_of_a_subscription_is_kept(store: SqlStore) -> None:
    channel = await add_channel(store, "general")
    await store.save_subscription(channel.id, TopicId("zte"), EVERYTHING, actor="ann", now=NOW)
    [line] = await store.list_subscriptions(channel.id)
    [(_, kept)] = await store.list_live_subscriptions()
    for held in (line, kept):
        assert (held.filters, held.mention, held.min_outlets) == (EVERYTHING.filters, "1234", 3)
    assert (line.chosen, kept.sensitivity) == (Sensitivity.STRICT, Sensitivity.STRICT)


async def test_a_change_knows_what_was_before(store: SqlStore) -> None:
    channel, other = await add_channel(store, "general"), await add_channel(store, "other")
    first = await store.save_subscription(channel.id, TopicId("zte"), EVERYTHING, actor="ann", now=NOW)
    changed = await store.save_subscription(channel.id, TopicId("zte"), actor="ann", now=NOW)
    ended = await store.delete_subscription(channel.id, TopicId("zte"), actor="ann", now=NOW)
    assert ended is not None
    assert [c.before for c in (first, changed, ended)] == [None, EVERYTHING, Watching()]
    for change in (first, changed, ended):
        assert await store.find_change(channel.id, change.number) == change
        assert await store.find_change(other.id, change.number) is None
    assert await store.find_change(channel.id, 99) is None


async def test_the_settings_of_a_channel_are_kept_and_only_its_own(store: SqlStore) -> None:
    channel, other = await add_channel(store, "general"), await add_channel(store, "other")
    wished = replace(
        channel,
        language="nl",
        zone="Europe/Amsterdam",
        quiet=QuietHours(since=time(22), until=time(7, 30)),
        max_per_hour=4,
        threads=ThreadHabit.EDIT,
        is_published=True,
    )
    await store.save_channel(wished, actor="ann", now=NOW)
    assert await store.find_channel(channel.place) == wished
    assert await store.find_channel(other.place) == other
    await store.save_channel(channel, actor="ann", now=NOW)
    assert await store.find_channel(channel.place) == channel
    with pytest.raises(ChannelNotFoundError):
        await store.save_channel(replace(channel, id=ChannelId(99)), actor="ann", now=NOW)


async def test_a_workspace_has_one_ops_channel(store: SqlStore) -> None:
    one, two = await add_channel(store, "one"), await add_channel(store, "two")
    elsewhere = await add_channel(store, "three", THERE)
    for channel in (one, elsewhere, two):
        await store.save_channel(replace(channel, is_ops=True), actor="ann", now=NOW)
    found = [await store.find_channel(c.place) for c in (one, two, elsewhere)]
    assert [c is not None and c.is_ops for c in found] == [False, True, True]
