"""The outbox where things wait: holds, roll-ups, given-up channels, and turns between workspaces."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from bot.domain.alerts import Action, AlertKind, Delivery
from bot.domain.models import Channel, DeliveryId, StoryId, TopicId
from bot.domain.records import Told as ToldRecord
from bot.storage.store import SqlStore
from bot.storage.tables import audit_log
from tests.storage.making import HERE, HOUR, LEASE, MINUTE, NOW, THERE, Told, add_channel, claim, send
from tests.storage.test_deliveries import edit, post, reply, tell

LATER = NOW + HOUR


async def hold(store: SqlStore, delivery: Delivery, *, is_all: bool = False) -> None:
    await store.hold_deliveries(delivery, until=LATER, reason="quiet hours", is_all=is_all)


async def posted_and_held(store: SqlStore) -> tuple[Channel, StoryId]:
    """Post one story in a channel and hold the next two."""
    channel = await add_channel(store, "general")
    living = await tell(store, "a", post(channel))
    await send(store, (await claim(store))[0], "m1")
    for name in "bc":
        await tell(store, name, post(channel))
    await hold(store, (await claim(store))[0])
    return channel, living


async def test_what_is_held_comes_back_untried_at_its_time(store: SqlStore) -> None:
    await posted_and_held(store)
    assert await claim(store, NOW + MINUTE) == []
    assert await store.next_delivery_due_at() == LATER
    [first] = await claim(store, LATER)
    assert first.attempts == 0


async def test_a_held_post_lets_edits_and_replies_of_living_messages_pass(store: SqlStore) -> None:
    channel, living = await posted_and_held(store)
    await tell(store, "d", reply(channel), edit(channel), story=living, develops=True)
    for action in (Action.REPLY, Action.EDIT):
        [passing] = await claim(store, NOW + MINUTE)
        assert (passing.action, passing.alert.story_id) == (action, living)
        assert await store.next_delivery_due_at() is not None
        await send(store, passing, "m2")
    assert await claim(store, NOW + MINUTE) == []


async def test_what_waits_for_a_held_post_does_not_pass_it(store: SqlStore) -> None:
    channel = await add_channel(store, "general")
    story = await tell(store, "a", post(channel))
    await hold(store, (await claim(store))[0])
    await tell(store, "b", reply(channel), edit(channel), story=story, develops=True)
    assert await claim(store, NOW + MINUTE) == []
    assert await store.next_delivery_due_at() == LATER


async def test_a_refused_post_lets_nothing_pass(store: SqlStore) -> None:
    channel = await add_channel(store, "general")
    living = await tell(store, "a", post(channel))
    await send(store, (await claim(store))[0], "m1")
    await tell(store, "b", post(channel))
    [refused] = await claim(store)
    await store.mark_sending([refused.id], NOW)
    await store.record_retry(refused.id, next_attempt_at=LATER, reason="429", is_unsure=False)
    await tell(store, "c", edit(channel), story=living)
    assert await claim(store, NOW + MINUTE) == []


async def test_quiet_hours_hold_edits_too(store: SqlStore) -> None:
    channel = await add_channel(store, "general")
    living = await tell(store, "a", post(channel))
    await send(store, (await claim(store))[0], "m1")
    await tell(store, "b", edit(channel), story=living)
    await tell(store, "c", post(channel))
    await hold(store, (await claim(store))[0], is_all=True)
    assert await store.next_delivery_due_at() == LATER
    assert await claim(store, NOW + MINUTE) == []


async def test_waiting_posts_are_listed_with_whether_they_were_held(store: SqlStore) -> None:
    channel, _ = await posted_and_held(store)
    await tell(store, "d", post(channel))
    assert [post.was_held for post in await store.list_waiting(channel.id)] == [True, True, False]


async def test_a_roll_up_takes_the_first_ones_place_and_its_stories_count_as_told(store: SqlStore) -> None:
    channel = await add_channel(store, "general")
    one = await tell(store, "a", post(channel))
    two = await tell(store, "b", post(channel))
    three = await tell(store, "c", post(channel))
    await tell(store, "d", reply(channel), edit(channel), story=two, develops=True)
    [first] = await claim(store)
    second = (await store.list_waiting(channel.id))[1]
    roll_up = await store.fold_deliveries(first.id, [second.delivery_id], NOW)
    assert (roll_up.id, roll_up.alert.kind, roll_up.alert.story_id) == (first.id, AlertKind.ROLL_UP, None)
    assert [line.id for line in await store.list_folded(roll_up)] == [one, two]
    assert await claim(store) == []
    await send(store, roll_up, "m1")
    [after] = await claim(store)
    assert after.alert.story_id == three
    await send(store, after, "m2")
    told = {ToldRecord(story_id=story, channel_id=channel.id) for story in (one, two)}
    assert set(await store.list_told([one, two])) == told
    await tell(store, "e", post(channel), edit(channel), reply(channel), story=two, develops=True)
    assert await claim(store, NOW + LEASE) == []
    assert await store.find_post(two, channel.id) is None


async def test_an_unsure_post_is_not_folded(store: SqlStore) -> None:
    channel = await add_channel(store, "general")
    await tell(store, "a", post(channel))
    await tell(store, "b", post(channel))
    [first] = await claim(store)
    await store.mark_sending([first.id], NOW)
    waiting = await store.list_waiting(channel.id)
    assert [w.delivery_id for w in waiting] == [first.id + 1]
    await hold(store, replace(first, id=DeliveryId(first.id + 1)))
    [again] = await claim(store, NOW + LEASE)
    assert (again.id, again.first_tried_at) == (first.id, NOW)


async def test_posts_of_the_last_hour_are_listed(store: SqlStore) -> None:
    channel = await add_channel(store, "general")
    for n, name in enumerate("abc"):
        await tell(store, name, post(channel))
        await send(store, (await claim(store))[0], name, at=NOW + n * HOUR)
    assert await store.list_posted_since(channel.id, NOW) == [NOW + HOUR, NOW + 2 * HOUR]


async def test_a_channel_that_is_given_up_tells_the_ops_channel_once(store: SqlStore) -> None:
    broken, ops = await add_channel(store, "general"), await add_channel(store, "ops")
    await store.save_channel(replace(ops, is_ops=True), actor="t", now=NOW)
    for topic in ("huawei", "zte"):
        await store.save_subscription(broken.id, TopicId(topic), actor="t", now=NOW)
    await tell(store, "a", post(broken))
    await tell(store, "b", post(broken))
    found = await store.find_ops_channel(broken)
    assert found is not None
    assert found.id == ops.id
    assert await store.find_ops_channel(ops) is None
    for stopped in (2, 0):
        count = await store.stop_channel(broken, reason="gone", now=NOW, ops=found, notice="Gone\nwhy")
        assert count == stopped
    assert await store.list_subscriptions(broken.id) == []
    [notice] = await claim(store)
    assert (notice.channel.id, notice.alert.kind, notice.alert.reason) == (ops.id, AlertKind.NOTICE, "Gone\nwhy")
    status = await store.status(HERE)
    assert (status.deliveries_pending, status.deliveries_failed) == (1, 2)
    async with store.database.read() as db:
        ended = select(audit_log.c.subject).where(audit_log.c.action == "subscription.stop")
        assert sorted((await db.execute(ended)).scalars()) == [f"{broken.id} huawei", f"{broken.id} zte"]


async def test_workspaces_take_turns_and_a_full_one_is_passed_by(store: SqlStore) -> None:
    many = [await add_channel(store, str(n)) for n in range(6)]
    few = [await add_channel(store, str(n), THERE) for n in range(2)]
    await tell(store, "a", *(post(channel) for channel in (*many, *few)))
    claimed = await claim(store, limit=4)
    assert sorted(d.channel.place.workspace for d in claimed) == [HERE, HERE, THERE, THERE]
    assert await store.claim_due_deliveries(NOW, LEASE, 9, full={HERE}) == []
    assert await store.next_delivery_due_at(full={HERE}) == NOW + LEASE
    assert len(await claim(store)) == 4


async def test_platforms_are_claimed_apart(store: SqlStore) -> None:
    channel = await add_channel(store, "general")
    await tell(store, "a", Told(channel=channel))
    assert await store.claim_due_deliveries(NOW, LEASE, 9, platform="slack") == []
    assert await store.next_delivery_due_at(platform="slack") is None
    assert len(await store.claim_due_deliveries(NOW, LEASE, 9, platform="console")) == 1
