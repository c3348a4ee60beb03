"""Channels that end with all that was kept for them, and what begins again where the bot may write again."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.models import Channel, Filters, Mode, Place, SubscriptionId, TopicId
from bot.domain.records import Watching
from bot.storage.store import SqlStore
from tests.storage.making import HERE, HOUR, NOW, THERE, add_channel, claim, send, topic
from tests.storage.test_deliveries import post, tell

HUAWEI, ZTE = TopicId("huawei"), TopicId("zte")
CHOSEN = Watching(mode=Mode.BOTH, min_outlets=3, filters=Filters(languages=("nl",), min_origins=2), mention="77")
USUAL = Watching()
BACK = "Back\n{topics}"


async def watch(store: SqlStore, channel: Channel, topic: TopicId, how: Watching = USUAL) -> None:
    await store.save_subscription(channel.id, topic, how, actor="ann", now=NOW)


async def watched(store: SqlStore, channel: Channel) -> list[TopicId]:
    return [line.topic_id for line in await store.list_subscriptions(channel.id)]


async def test_the_channels_of_a_platform_are_listed(store: SqlStore) -> None:
    one, two = await add_channel(store, "one"), await add_channel(store, "two", THERE)
    other = await store.add_channel(Place(platform="elsewhere", workspace=HERE, channel="one"))
    assert await store.list_channels(one.place.platform) == [one, two]
    assert await store.list_channels("elsewhere") == [other]


async def test_a_deleted_channel_takes_along_all_that_was_kept_for_it(store: SqlStore) -> None:
    gone, kept = await add_channel(store, "gone"), await add_channel(store, "kept")
    for channel in (gone, kept):
        await watch(store, channel, HUAWEI)
    await tell(store, "a", post(gone), post(kept))
    for delivery in await claim(store):
        await send(store, delivery, str(delivery.channel.id), at=NOW)
    await tell(store, "b", post(gone), post(kept))
    assert await store.delete_channel(gone.place)
    assert not await store.delete_channel(gone.place)
    assert await store.find_channel(gone.place) is None
    assert [delivery.channel for delivery in await claim(store)] == [kept]
    assert [channel for channel, _ in await store.list_live_subscriptions()] == [kept]
    assert await watched(store, kept) == [HUAWEI]


async def test_what_was_stopped_begins_again_as_it_was_and_the_channel_is_told(store: SqlStore) -> None:
    channel, other = await add_channel(store, "general"), await add_channel(store, "other")
    await watch(store, channel, ZTE, CHOSEN)
    await watch(store, channel, HUAWEI)
    await watch(store, other, ZTE)
    before = [replace(line, id=SubscriptionId(0)) for line in await store.list_subscriptions(channel.id)]
    for one in (channel, other):
        await store.stop_channel(one, reason="no permission", now=NOW)
    assert sorted(await store.resume_channel(channel.place, now=NOW + HOUR, notice=BACK)) == [HUAWEI, ZTE]
    assert [replace(line, id=SubscriptionId(0)) for line in await store.list_subscriptions(channel.id)] == before
    assert await watched(store, other) == []
    [notice] = await claim(store, NOW + HOUR)
    assert (notice.channel.id, notice.alert.reason) == (channel.id, "Back\nhuawei, zte")
    assert await store.resume_channel(channel.place, now=NOW + HOUR, notice=BACK) == []


async def test_what_people_changed_since_and_topics_that_are_gone_stay_as_they_are(store: SqlStore) -> None:
    channel = await add_channel(store, "general")
    await store.reconcile_topics([topic("huawei"), topic("zte"), topic("chips")])
    for one in (HUAWEI, ZTE, TopicId("chips")):
        await watch(store, channel, one)
    await store.delete_subscription(channel.id, HUAWEI, actor="ann", now=NOW)
    await store.stop_channel(channel, reason="gone", now=NOW)
    await watch(store, channel, ZTE, CHOSEN)
    await store.reconcile_topics([topic("huawei"), topic("zte")])
    assert await store.resume_channel(channel.place, now=NOW, notice=BACK) == []
    assert await watched(store, channel) == [ZTE]
    unknown = Place(platform="test", workspace=HERE, channel="unknown")
    assert await store.resume_channel(unknown, now=NOW, notice=BACK) == []
