"""Feeds, their uses and leases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.feeds import Outcome, Validators
from bot.domain.models import EVERYONE
from bot.storage.store import SqlStore, open_store
from tests.storage.making import HERE, HOUR, MINUTE, NOW, THERE, add_feed, arrival, declared, poll_of

URL = "https://wire.example/rss"


async def test_declared_feeds_follow_their_file(store: SqlStore) -> None:
    await store.reconcile_feeds([declared(URL, "Old"), declared("https://gone.example/rss", "Gone")], NOW)
    await store.reconcile_feeds([declared(URL, "New", MINUTE), declared("https://b.example/rss", "B")], NOW)
    lines = await store.list_feeds(HERE)
    assert [(line.title, line.host, line.is_declared) for line in lines] == [
        ("B", "b.example", True),
        ("New", "wire.example", True),
    ]
    feeds = await store.claim_due_feeds(NOW, MINUTE, 10)
    assert {feed.url for feed in feeds} == {URL, "https://b.example/rss"}
    assert {feed.interval for feed in feeds} == {HOUR, MINUTE}


async def test_a_shorter_interval_in_the_file_holds_at_once(store: SqlStore) -> None:
    await store.reconcile_feeds([declared(URL)], NOW)
    [feed] = await store.claim_due_feeds(NOW, MINUTE, 10)
    await store.save_poll(poll_of(feed))
    assert await store.next_feed_due_at() == NOW + HOUR
    await store.reconcile_feeds([declared(URL, interval=MINUTE)], NOW)
    assert await store.next_feed_due_at() == NOW + MINUTE


async def test_a_feed_declared_twice_is_one(store: SqlStore) -> None:
    await store.reconcile_feeds([declared(URL, "First"), declared(URL, "Second")], NOW)
    assert [line.title for line in await store.list_feeds(HERE)] == ["First"]


async def test_a_declared_feed_that_a_workspace_uses_stays_for_it_alone(store: SqlStore) -> None:
    await store.reconcile_feeds([declared(URL)], NOW)
    await store.add_feed(url=URL, title="", language=None, interval=MINUTE, workspace=HERE, actor="t", now=NOW)
    await store.reconcile_feeds([], NOW)
    assert [line.is_declared for line in await store.list_feeds(HERE)] == [False]
    assert await store.list_feeds(THERE) == []
    assert len(await store.claim_due_feeds(NOW, MINUTE, 10)) == 1


async def test_one_url_is_one_feed_however_many_use_it(store: SqlStore) -> None:
    first = await add_feed(store, "wire", HERE)
    second = await add_feed(store, "wire", THERE)
    assert first.id == second.id
    assert len(await store.claim_due_feeds(NOW, MINUTE, 10)) == 1


async def test_the_shortest_interval_that_somebody_asked_for_holds(store: SqlStore) -> None:
    await add_feed(store, "wire", HERE)
    asked = {"url": URL, "title": "", "language": None}
    await store.add_feed(**asked, interval=MINUTE, workspace=THERE, actor="t", now=NOW)  # type: ignore[arg-type]
    feed = await store.add_feed(**asked, interval=HOUR, workspace=EVERYONE, actor="t", now=NOW)  # type: ignore[arg-type]
    assert feed.interval == MINUTE


@pytest.mark.parametrize("name", ["1", "https://wire.example/rss", "wire", " WIRE "])
async def test_a_feed_is_found_by_id_url_or_title(store: SqlStore, name: str) -> None:
    await add_feed(store, "wire", HERE)
    found = await store.find_feed(HERE, name)
    assert found is not None
    assert found.title == "Wire"
    assert await store.find_feed(THERE, name) is None


async def test_a_feed_that_nobody_uses_any_more_is_not_polled(store: SqlStore) -> None:
    feed = await add_feed(store, "wire", HERE)
    await add_feed(store, "wire", THERE)
    assert await store.delete_feed_use(HERE, feed.id, actor="t", now=NOW)
    assert not await store.delete_feed_use(HERE, feed.id, actor="t", now=NOW)
    assert await store.next_feed_due_at() == NOW
    assert await store.delete_feed_use(THERE, feed.id, actor="t", now=NOW)
    assert await store.next_feed_due_at() is None
    await store.save_poll(poll_of(feed))
    assert await store.next_feed_due_at() is None


async def test_a_feed_taken_up_again_begins_with_a_first_sight(store: SqlStore) -> None:
    feed = await add_feed(store, "wire", HERE)
    poll = poll_of(feed, arrival("a"))
    await store.save_poll(replace(poll, validators=replace(poll.validators, items=b"seen")))
    await store.delete_feed_use(HERE, feed.id, actor="t", now=NOW)
    again = await add_feed(store, "wire", HERE)
    assert again.id == feed.id
    assert again.first_polled_at is None
    assert again.validators == Validators()
    assert await store.next_feed_due_at() == NOW
    assert [found.validators for found in await store.claim_due_feeds(NOW, MINUTE, 1)] == [Validators()]


async def test_the_most_overdue_feed_is_claimed_first_and_the_limit_holds(store: SqlStore) -> None:
    for hours, name in ((1, "b"), (3, "a"), (2, "c")):
        feed = await add_feed(store, name)
        await store.save_poll(replace(poll_of(feed), next_check_at=NOW - hours * HOUR))
    claimed = await store.claim_due_feeds(NOW, MINUTE, 2)
    assert [feed.title for feed in claimed] == ["A", "C"]


async def test_a_claimed_feed_is_passed_by_until_its_lease_ends(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    assert [f.id for f in await store.claim_due_feeds(NOW, MINUTE, 10)] == [feed.id]
    assert await store.claim_due_feeds(NOW, MINUTE, 10) == []
    assert await store.next_feed_due_at() == NOW + MINUTE
    assert [f.next_check_at for f in await store.claim_due_feeds(NOW + MINUTE, MINUTE, 10)] == [NOW]


async def test_released_feeds_are_due_when_they_were(store: SqlStore) -> None:
    await add_feed(store, "wire")
    await store.claim_due_feeds(NOW, HOUR, 10)
    await store.release_leases()
    assert await store.next_feed_due_at() == NOW


async def test_many_claims_at_once_hand_out_no_feed_twice(store: SqlStore, path: Path) -> None:
    await store.reconcile_feeds([declared(f"https://{n}.example/rss") for n in range(60)], NOW)
    other = await open_store(path, exclusive=False)
    claims = [each.claim_due_feeds(NOW, MINUTE, 7) for each in (store, other) for _ in range(8)]
    claimed = [feed.id for some in await asyncio.gather(*claims) for feed in some]
    await other.close()
    assert len(claimed) == len(set(claimed)) == 60


async def test_a_poll_leaves_the_feeds_whole_state(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    await store.save_poll(poll_of(feed, at=NOW))
    bad = replace(poll_of(feed, at=NOW + HOUR), outcome=Outcome.FAILED, reason="HTTP 500", failures=1)
    await store.save_poll(bad)
    [after] = await store.claim_due_feeds(NOW + timedelta(days=1), MINUTE, 10)
    [line] = await store.list_feeds(HERE)
    assert (line.outcome, line.problem, line.failures, after.failures) == (Outcome.FAILED, "HTTP 500", 1, 1)
    assert (after.first_polled_at, after.last_success_at) == (NOW, NOW)
    assert after.validators == Validators(etag='"1"', last_modified="Mon", body_hash=b"\x00\x01")
    assert after.next_check_at == NOW + 2 * HOUR


async def test_a_quiet_poll_leaves_all_but_when_it_was(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    await store.save_poll(poll_of(feed, at=NOW))
    held = replace(poll_of(feed, at=NOW + MINUTE), outcome=Outcome.HELD, reason="too much at once")
    await store.save_poll(held)
    at = NOW + HOUR
    quiet = replace(held, at=at, outcome=Outcome.NOT_MODIFIED, validators=Validators(), next_check_at=at + HOUR)
    await store.save_poll(replace(quiet, is_quiet=True))
    [line] = await store.list_feeds(HERE)
    assert (line.outcome, line.problem, line.trouble) == (Outcome.NOT_MODIFIED, "", None)
    assert dict(line.polls)[Outcome.NOT_MODIFIED] == 1
    assert await store.claim_due_feeds(at + HOUR - MINUTE, MINUTE, 10) == []
    [after] = await store.claim_due_feeds(at + HOUR, MINUTE, 10)
    assert (after.first_polled_at, after.last_success_at, after.next_check_at) == (NOW, at, at + HOUR)
    assert after.validators == held.validators


@pytest.mark.parametrize(
    "outcome, kept",
    [
        (Outcome.NEW, b"later"),
        (Outcome.UNCHANGED, b"later"),
        (Outcome.NOT_MODIFIED, b"first"),
        (Outcome.FAILED, b"first"),
    ],
)
async def test_the_items_of_the_last_document_that_was_seen_are_kept(
    store: SqlStore, outcome: Outcome, kept: bytes
) -> None:
    feed, other = await add_feed(store, "wire"), await add_feed(store, "other")
    for each, items, how in ((feed, b"first", Outcome.NEW), (other, b"other", Outcome.NEW), (feed, b"later", outcome)):
        poll = poll_of(each, outcome=how)
        await store.save_poll(replace(poll, validators=replace(poll.validators, items=items)))
    claimed = await store.claim_due_feeds(NOW + timedelta(days=1), MINUTE, 10)
    assert {found.id: found.validators.items for found in claimed} == {feed.id: kept, other.id: b"other"}


async def test_a_failed_first_poll_is_no_first_sight(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    await store.save_poll(poll_of(feed, outcome=Outcome.FAILED))
    [after] = await store.claim_due_feeds(NOW + timedelta(days=1), MINUTE, 10)
    assert after.first_polled_at is None


@pytest.mark.parametrize("given, shown", [("Mine", "Mine"), ("", "What it calls itself")])
async def test_only_a_nameless_feed_takes_the_name_it_gives_itself(store: SqlStore, given: str, shown: str) -> None:
    feed = await store.add_feed(url=URL, title=given, language=None, interval=HOUR, workspace=HERE, actor="t", now=NOW)
    await store.save_poll(poll_of(feed, arrival("a")))
    [line] = await store.list_feeds(HERE)
    assert (line.title, line.articles) == (shown, 1)
