"""Plans, due rows and what digests are made from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.domain.alerts import AlertKind
from bot.domain.digests import Catchup, DigestPlan, NewDigest
from bot.domain.models import TopicId, WorkspaceId
from bot.storage.store import SqlStore
from tests.storage.making import (
    HERE,
    HOUR,
    LEASE,
    MINUTE,
    NOW,
    THERE,
    add_channel,
    add_feed,
    bring,
    claim,
    gather_story,
    poll_of,
)

PLAN = DigestPlan(at=time(8), weekdays=(0, 4), topics=(TopicId("zte"),), length=7, is_silent=True)
HUAWEI = TopicId("huawei")
DAY = date(2026, 11, 23)


async def due_plan(store: SqlStore) -> NewDigest:
    """Set a plan, let its time come, and claim it."""
    channel = await add_channel(store, "news")
    await store.save_digest_plan(channel.id, PLAN, actor="t", now=NOW)
    (new,) = await store.claim_due_digests(NOW, LEASE, 10)
    assert new.due_at is None
    assert not await store.save_digest(NewDigest(claimed=new, next_at=NOW + HOUR), NOW)
    assert await store.claim_due_digests(NOW, LEASE, 10) == []
    assert await store.next_digest_due_at(NOW) == NOW + HOUR
    (due,) = await store.claim_due_digests(NOW + HOUR, LEASE, 10)
    assert (due.due_at, due.plan, due.channel) == (NOW + HOUR, PLAN, channel)
    return NewDigest(claimed=due, text="told", day=DAY, until=NOW, next_at=NOW + 24 * HOUR)


async def test_a_day_has_one_digest_whatever_is_claimed_again(store: SqlStore) -> None:
    made = await due_plan(store)
    assert await store.save_digest(made, NOW + HOUR)
    (delivery,) = await claim(store, NOW + HOUR)
    assert (delivery.alert.kind, delivery.alert.reason) == (AlertKind.DIGEST, "told")
    assert await store.find_digest(delivery.channel.id, delivery.alert.id) == "told"
    (again,) = await store.claim_due_digests(NOW + 24 * HOUR, LEASE, 10)
    assert again.told_until == NOW
    assert not await store.save_digest(replace(made, claimed=again), NOW + 24 * HOUR)
    assert len(await claim(store, NOW + 48 * HOUR)) == 1, "the one that was leased"
    assert await store.list_told_places() == [delivery.channel.place], "doctor looks at its rights there"


async def test_a_claim_that_a_kill_left_is_made_again_and_one_that_was_changed_meanwhile_writes_nothing(
    store: SqlStore,
) -> None:
    made = await due_plan(store)
    assert await store.next_digest_due_at(NOW + HOUR) == NOW + HOUR + LEASE
    await store.take_over(NOW + HOUR)
    (due,) = await store.claim_due_digests(NOW + HOUR + MINUTE, LEASE, 10)
    assert due.due_at == NOW + HOUR
    assert not await store.save_digest(made, NOW + HOUR), "its lease is another's"
    await store.save_digest_plan(due.channel.id, replace(PLAN, at=time(9)), actor="t", now=NOW + HOUR)
    assert not await store.save_digest(replace(made, claimed=due), NOW + HOUR)
    assert await claim(store, NOW + HOUR) == []
    assert await store.delete_digest_plan(due.channel.id, actor="t", now=NOW)
    assert not await store.delete_digest_plan(due.channel.id, actor="t", now=NOW)
    assert await store.find_digest_plan(due.channel.id) is None


async def test_a_digest_asked_for_waits_once_and_is_told_once(store: SqlStore) -> None:
    channel = await add_channel(store, "news")
    assert await store.ask_digest(channel.id, NOW)
    assert not await store.ask_digest(channel.id, NOW)
    assert await store.next_digest_due_at(NOW) == NOW
    (asked,) = await store.claim_due_digests(NOW, LEASE, 10)
    assert asked.plan is None
    made = NewDigest(claimed=asked, text="now")
    assert await store.save_digest(made, NOW)
    assert not await store.save_digest(made, NOW)
    assert len(await claim(store)) == 1
    assert await store.next_digest_due_at(NOW) is None
    assert await store.ask_digest(channel.id, NOW + HOUR)


async def test_settings_of_the_channel_and_a_clock_that_went_back_find_the_next_time_anew(store: SqlStore) -> None:
    made = await due_plan(store)
    await store.save_digest(replace(made, until=NOW + HOUR), NOW + HOUR)
    await store.save_channel(replace(made.claimed.channel, zone="Asia/Tokyo"), actor="t", now=NOW + HOUR)
    (due,) = await store.claim_due_digests(NOW + HOUR, LEASE, 10)
    assert due.due_at is None
    await store.save_digest(NewDigest(claimed=due, next_at=NOW + 1000 * HOUR), NOW)
    (due,) = await store.claim_due_digests(NOW + HOUR, LEASE, 10)
    assert due.due_at == NOW + 1000 * HOUR, "nothing is that far away"
    await store.release_leases()
    await store.bring_forward(NOW)
    (due,) = await store.claim_due_digests(NOW, LEASE, 10)
    assert (due.due_at, due.told_until) == (None, NOW)


@pytest.mark.parametrize("viewer, found", [(HERE, 2), (THERE, 1)])
async def test_stories_count_by_when_we_took_them_in_as_far_as_the_viewer_sees_them(
    store: SqlStore, viewer: WorkspaceId, found: int
) -> None:
    shared, own = await add_feed(store, "wire"), await add_feed(store, "own", HERE)
    for feed in (shared, own):
        await store.save_poll(poll_of(feed, at=NOW - 48 * HOUR))
    old = await bring(store, shared, "old", at=NOW - 30 * HOUR)
    await gather_story(store, old, at=NOW - 30 * HOUR)
    for feed, name, score in ((shared, "a", 0.9), (own, "b", 0.9), (shared, "weak", 0.3)):
        await gather_story(store, await bring(store, feed, name, at=NOW - HOUR), at=NOW, topics=[("huawei", score)])
    stories = await store.list_stories_between(viewer, HUAWEI, least=0.6, since=NOW - 24 * HOUR, until=NOW, limit=10)
    assert len(stories) == found
    assert not await store.list_stories_between(viewer, HUAWEI, least=0.6, since=NOW, until=NOW + HOUR, limit=10), (
        "each is in one span"
    )


async def test_hours_without_reading_are_counted(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    begin = NOW - 10 * HOUR
    for at in (begin, begin + 10 * MINUTE, begin + 20 * MINUTE):
        await store.save_poll(poll_of(feed, at=at))
        await store.note_reading(at)
    assert (await store.get_assurance(HERE, begin, NOW)).blind_hours == pytest.approx(10 - 1 / 3)
    await store.save_poll(poll_of(feed, at=NOW - HOUR))
    for minutes in (60, 50, 40, 30, 20, 10, 0):
        await store.note_reading(NOW - minutes * MINUTE)
    sure = await store.get_assurance(HERE, begin, NOW)
    assert (sure.polled, sure.failing, sure.held) == (1, 0, 0)
    assert sure.blind_hours == pytest.approx(9 - 1 / 3)
    await store.save_poll(replace(poll_of(feed, at=NOW), failures=2))
    for minutes in range(0, 130, 10):
        await store.note_reading(NOW + minutes * MINUTE)
    sure = await store.get_assurance(HERE, NOW, NOW + 2 * HOUR)
    assert sure.failing == 1
    assert sure.blind_hours == pytest.approx(2.0)


async def test_a_clock_that_was_ahead_did_not_read_the_future(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    await store.save_poll(poll_of(feed, at=NOW + 100 * HOUR))
    await store.note_reading(NOW + 100 * HOUR)
    await store.save_poll(poll_of(feed, at=NOW))
    await store.note_reading(NOW)
    assert (await store.get_assurance(HERE, NOW, NOW + 90 * HOUR)).blind_hours == pytest.approx(90)


async def test_each_person_catches_up_alone(store: SqlStore) -> None:
    channel = await add_channel(store, "news")
    await store.save_catchup(Catchup(channel_id=channel.id, actor="ann", until=NOW))
    await store.save_catchup(Catchup(channel_id=channel.id, actor="ann", until=NOW + HOUR))
    assert await store.find_catchup(channel.id, "ann") == NOW + HOUR
    assert await store.find_catchup(channel.id, "bob") is None
    await store.bring_forward(NOW + timedelta(minutes=1))
    assert await store.find_catchup(channel.id, "ann") == NOW + timedelta(minutes=1)


async def test_a_digest_ends_with_its_channel_and_comes_back_with_it_unless_somebody_ended_it(store: SqlStore) -> None:
    channel = await add_channel(store, "news")
    await store.save_digest_plan(channel.id, PLAN, actor="t", now=NOW)
    await store.stop_channel(channel, reason="gone", now=NOW)
    assert await store.find_digest_plan(channel.id) is None
    for _ in range(2):
        await store.resume_channel(channel.place, now=NOW, notice="Back")
        assert await store.find_digest_plan(channel.id) == PLAN
    await store.delete_digest_plan(channel.id, actor="t", now=NOW)
    await store.stop_channel(channel, reason="gone", now=NOW)
    await store.resume_channel(channel.place, now=NOW, notice="Back")
    assert await store.find_digest_plan(channel.id) is None
