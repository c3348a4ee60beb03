"""The outbox: what becomes of a delivery from claim to close."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.domain.alerts import Action, DeliveryStatus, PostState
from bot.domain.models import Channel, StoryId
from bot.domain.records import Told as ToldRecord
from bot.storage.store import SETTLE_AFTER, SqlStore, open_store
from tests.storage.making import (
    HOUR,
    LEASE,
    MINUTE,
    NOW,
    Told,
    add_channel,
    add_feed,
    bring,
    claim,
    gather_story,
    send,
    spot,
)

LATER = NOW + LEASE


async def tell(
    store: SqlStore, name: str, *told: Told, story: StoryId | None = None, develops: bool = False
) -> StoryId:
    """Gather a new article into a story, and tell channels of it; replies are of that article."""
    [article] = await bring(store, await add_feed(store, "wire"), name)
    named = [Told(channel=t.channel, action=t.action, article=article if develops else None) for t in told]
    return await gather_story(store, [article], *named, story=story, developments=[article] if develops else [])


def post(channel: Channel) -> Told:
    return Told(channel=channel)


def edit(channel: Channel) -> Told:
    return Told(channel=channel, action=Action.EDIT)


def reply(channel: Channel) -> Told:
    return Told(channel=channel, action=Action.REPLY)


async def test_a_sent_post_becomes_the_living_message(store: SqlStore) -> None:
    channel = await add_channel(store, "general")
    story = await tell(store, "a", post(channel))
    [delivery] = await claim(store)
    assert (delivery.channel, delivery.status, delivery.attempts) == (channel, DeliveryStatus.PENDING, 0)
    assert (delivery.alert.story_id, delivery.alert.created_at) == (story, NOW)
    assert await store.find_post(story, channel.id) is None
    await send(store, delivery, "m1")
    living = await store.find_post(story, channel.id)
    assert living is not None
    assert (living.message_id, living.shown_hash, living.state) == ("m1", "hash of m1", PostState.LIVE)
    assert await claim(store, LATER) == []
    assert await store.next_delivery_due_at() is None


async def test_a_channel_is_told_a_story_once(store: SqlStore) -> None:
    channel = await add_channel(store, "general")
    story = await tell(store, "a", post(channel), post(channel))
    await tell(store, "b", post(channel), story=story)
    [delivery] = await claim(store)
    await send(store, delivery, "m1")
    await tell(store, "c", post(channel), story=story)
    assert await claim(store, LATER) == []
    assert await store.list_told([story, StoryId(99)]) == [ToldRecord(story_id=story, channel_id=channel.id)]


async def test_a_story_whose_post_failed_may_be_posted_again(store: SqlStore) -> None:
    channel = await add_channel(store, "general")
    story = await tell(store, "a", post(channel))
    [delivery] = await claim(store)
    await store.record_failed(delivery.id, reason="no permission", now=NOW)
    assert await store.list_told([story]) == []
    await tell(store, "b", post(channel), story=story)
    assert [spot(d) for d in await claim(store, LATER)] == [(channel.id, Action.POST)]


async def test_edits_and_replies_wait_for_their_post_and_keep_order(store: SqlStore) -> None:
    channel = await add_channel(store, "general")
    story = await tell(store, "a", post(channel))
    await tell(store, "b", reply(channel), edit(channel), story=story, develops=True)
    seen = []
    for n in range(3):
        [delivery] = await claim(store, NOW + n * MINUTE)
        assert await claim(store, NOW + n * MINUTE) == []
        seen.append(delivery.action)
        await send(store, delivery, f"m{n}")
    assert seen == [Action.POST, Action.REPLY, Action.EDIT]
    living = await store.find_post(story, channel.id)
    assert living is not None
    assert (living.message_id, living.shown_hash) == ("m0", "hash of m2")


async def test_a_reply_names_its_development(store: SqlStore) -> None:
    channel = await add_channel(store, "general")
    story = await tell(store, "a", post(channel))
    await send(store, (await claim(store))[0], "m1")
    await tell(store, "b", reply(channel), reply(channel), story=story, develops=True)
    [delivery] = await claim(store)
    assert delivery.alert.development_id == (await store.get_story(story)).developments[0].id
    await send(store, delivery, "m2")
    assert await claim(store, LATER) == []


@pytest.mark.parametrize("action", [Action.EDIT, Action.REPLY])
async def test_where_nothing_was_posted_nothing_is_edited_or_replied_to(store: SqlStore, action: Action) -> None:
    channel = await add_channel(store, "general")
    await tell(store, "a", Told(channel=channel, action=action))
    assert await claim(store) == []


async def test_edits_coalesce_while_one_waits(store: SqlStore) -> None:
    channel = await add_channel(store, "general")
    story = await tell(store, "a", post(channel))
    await send(store, (await claim(store))[0], "m1")
    for name in "bcd":
        await tell(store, name, edit(channel), story=story)
    [delivery] = await claim(store)
    await send(store, delivery, "m1")
    assert await claim(store, LATER) == []


async def test_an_edit_that_is_under_way_does_not_swallow_the_next(store: SqlStore) -> None:
    channel = await add_channel(store, "general")
    story = await tell(store, "a", post(channel))
    await send(store, (await claim(store))[0], "m1")
    await tell(store, "b", edit(channel), story=story)
    [under_way] = await claim(store)
    await tell(store, "c", edit(channel), story=story)
    await send(store, under_way, "m1")
    assert [d.action for d in await claim(store)] == [Action.EDIT]


async def test_a_failed_post_drops_what_waits_for_it_in_its_channel(store: SqlStore) -> None:
    one, two = await add_channel(store, "one"), await add_channel(store, "two")
    story = await tell(store, "a", post(one), post(two))
    await tell(store, "b", reply(one), edit(one), reply(two), story=story, develops=True)
    other = await tell(store, "c", post(one))
    first = {d.channel.id: d for d in await claim(store)}
    await store.record_failed(first[one.id].id, reason="channel gone", now=NOW)
    await send(store, first[two.id], "m1")
    after = {d.channel.id: d for d in await claim(store)}
    assert after[one.id].alert.story_id == other
    assert after[two.id].action is Action.REPLY
    status = await store.status(one.place.workspace)
    assert (status.deliveries_pending, status.deliveries_failed) == (2, 1)


async def test_a_post_that_is_gone_mutes_its_story(store: SqlStore) -> None:
    channel = await add_channel(store, "general")
    story = await tell(store, "a", post(channel))
    await send(store, (await claim(store))[0], "m1")
    await tell(store, "b", edit(channel), reply(channel), story=story, develops=True)
    [edited] = await claim(store)
    await store.mark_post_gone(story, channel.id)
    await store.record_skipped(edited.id, reason="gone", now=NOW)
    await tell(store, "c", edit(channel), reply(channel), post(channel), story=story, develops=True)
    assert await claim(store, LATER) == []
    living = await store.find_post(story, channel.id)
    assert living is not None
    assert living.state is PostState.GONE


async def test_a_refused_send_comes_back_at_its_time_and_holds_its_channel(store: SqlStore) -> None:
    channel, other = await add_channel(store, "general"), await add_channel(store, "other")
    await tell(store, "a", post(channel))
    await tell(store, "b", post(channel), post(other))
    first, _ = await claim(store)
    await store.mark_sending([first.id], NOW)
    await store.record_retry(first.id, next_attempt_at=NOW + HOUR, reason="429", is_unsure=False)
    assert await claim(store, NOW) == []
    again = next(d for d in await claim(store, NOW + HOUR) if d.channel == channel)
    assert (again.id, again.status, again.attempts, again.first_tried_at) == (first.id, DeliveryStatus.PENDING, 1, None)


async def test_a_lost_answer_stays_unsure_until_it_is_settled(store: SqlStore) -> None:
    await tell(store, "a", post(await add_channel(store, "general")))
    [delivery] = await claim(store)
    await store.mark_sending([delivery.id], NOW)
    await store.record_retry(delivery.id, next_attempt_at=NOW + MINUTE, reason="timeout", is_unsure=True)
    [again] = await claim(store, NOW + MINUTE)
    assert (again.status, again.first_tried_at) == (DeliveryStatus.SENDING, NOW)
    await store.mark_sending([again.id], NOW + MINUTE)
    await store.record_retry(again.id, next_attempt_at=NOW + HOUR, reason="429", is_unsure=False)
    [third] = await claim(store, NOW + HOUR)
    assert (third.status, third.first_tried_at, third.attempts) == (DeliveryStatus.SENDING, NOW, 2)


async def test_a_closed_delivery_does_not_leave(store: SqlStore) -> None:
    await tell(store, "a", post(await add_channel(store, "general")))
    [delivery] = await claim(store)
    await store.record_skipped(delivery.id, reason="nothing to show", now=NOW)
    assert await store.mark_sending([delivery.id], NOW) == set()


async def test_a_lease_holds_until_it_ends(store: SqlStore) -> None:
    await tell(store, "a", post(await add_channel(store, "general")))
    [delivery] = await claim(store)
    assert await claim(store, LATER - MINUTE) == []
    assert await store.next_delivery_due_at() == LATER
    [again] = await claim(store, LATER)
    assert (again.id, again.status) == (delivery.id, DeliveryStatus.PENDING)


async def test_released_leases_leave_what_is_being_sent_unsure(store: SqlStore) -> None:
    one, two = await add_channel(store, "one"), await add_channel(store, "two")
    await tell(store, "a", post(one), post(two))
    first, second = await claim(store)
    await store.mark_sending([second.id], NOW)
    await store.release_leases()
    again = await claim(store, NOW)
    assert [(d.id, d.status, d.first_tried_at) for d in again] == [
        (second.id, DeliveryStatus.SENDING, NOW),
        (first.id, DeliveryStatus.PENDING, None),
    ]


async def test_a_new_run_takes_over_at_once_what_was_not_being_sent(store: SqlStore) -> None:
    one, two = await add_channel(store, "one"), await add_channel(store, "two")
    await tell(store, "a", post(one), post(two))
    first, second = await claim(store)
    await store.mark_sending([second.id], NOW)
    await store.take_over(NOW)
    assert [d.id for d in await claim(store, NOW)] == [first.id]
    assert [d.id for d in await claim(store, NOW + SETTLE_AFTER)] == [second.id]


async def test_what_is_unsure_waits_a_moment_also_where_the_clock_went_back(store: SqlStore) -> None:
    one, two = await add_channel(store, "one"), await add_channel(store, "two")
    await tell(store, "a", post(one), post(two))
    first, second = await claim(store)
    for delivery, is_unsure in ((first, False), (second, True)):
        await store.mark_sending([delivery.id], NOW)
        await store.record_retry(delivery.id, next_attempt_at=NOW + HOUR, reason="", is_unsure=is_unsure)
    await store.bring_forward(NOW)
    assert [d.id for d in await claim(store, NOW)] == [first.id]
    assert [d.id for d in await claim(store, NOW + SETTLE_AFTER)] == [second.id]


async def test_the_limit_of_a_claim_holds(store: SqlStore) -> None:
    channels = [await add_channel(store, str(n)) for n in range(5)]
    await tell(store, "a", *(post(channel) for channel in channels))
    assert len(await claim(store, limit=3)) == 3
    assert len(await claim(store, limit=3)) == 2


async def test_many_claims_hand_out_no_delivery_twice_and_keep_each_channels_order(store: SqlStore, path: Path) -> None:
    channels = [await add_channel(store, str(n)) for n in range(10)]
    stories = [await tell(store, f"a{n}", *(post(channel) for channel in channels)) for n in range(6)]
    other = await open_store(path, exclusive=False)
    sent: dict[int, list[StoryId | None]] = {channel.id: [] for channel in channels}

    async def work(mine: SqlStore) -> None:
        idle = 0
        while idle < 5:
            claimed = await mine.claim_due_deliveries(NOW, LEASE, 3)
            idle = 0 if claimed else idle + 1
            for delivery in claimed:
                await send(mine, delivery, f"m{delivery.id}")
                sent[delivery.channel.id].append(delivery.alert.story_id)

    async with asyncio.TaskGroup() as tasks:
        for n in range(6):
            tasks.create_task(work((store, other)[n % 2]))
    await other.close()
    assert all(told == stories for told in sent.values())
