"""Identities and the poll transaction."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.errors import StorageError
from bot.domain.feeds import EntryKeys, Feed, NewArticle, Outcome
from bot.domain.models import EVERYONE
from bot.storage.store import SqlStore, open_store
from tests.storage.making import HOUR, MINUTE, NOW, add_feed, arrival, bring, ids, poll_of

NOTHING = EntryKeys(guid=None, url=None, title_day=None)


def keyed(guid: str | None, url: str | None, title_day: str | None = None) -> NewArticle:
    """Make an arrival with these identities."""
    return replace(arrival("x"), keys=EntryKeys(guid=guid, url=url, title_day=title_day))


async def test_new_articles_wait_for_gather_in_the_order_of_their_dates(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    newest_first = [arrival("b", at=NOW - MINUTE), arrival("a", at=NOW - HOUR), arrival("undated")]
    assert await store.save_poll(poll_of(feed, *newest_first)) == 3
    waiting = await store.list_ungathered(10)
    assert [article.title for article in waiting] == ["Title a", "Title b", "Title undated"]
    assert waiting[2].published_at == waiting[2].seen_at == NOW
    assert waiting[0].feeds == (feed.id,)
    assert waiting[0].link == "https://news.example/a?from=rss"
    assert await store.list_ungathered(1) == waiting[:1]


async def test_what_a_poll_saved_is_known_at_the_next(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    [a] = await bring(store, feed, "a")
    assert await store.save_poll(poll_of(feed, arrival("a"))) == 0
    assert await store.find_known(feed, [arrival("a").keys, arrival("b").keys]) == {arrival("a").keys: a}


async def test_a_guid_holds_within_its_feed_and_an_address_across_feeds(store: SqlStore) -> None:
    feed, other = await add_feed(store, "wire"), await add_feed(store, "other")
    await store.save_poll(poll_of(feed, keyed("g", "https://news.example/1")))
    moved = EntryKeys(guid="g", url="https://news.example/2", title_day=None)
    same_url = EntryKeys(guid="else", url="https://news.example/1", title_day=None)
    assert set(await store.find_known(feed, [moved, same_url])) == {moved, same_url}
    assert set(await store.find_known(other, [moved, same_url])) == {same_url}


async def test_title_and_day_decide_only_where_guid_and_link_are_missing(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    await store.save_poll(poll_of(feed, keyed(None, None, "day")))
    bare = EntryKeys(guid=None, url=None, title_day="day")
    linked = EntryKeys(guid=None, url="https://news.example/9", title_day="day")
    assert set(await store.find_known(feed, [bare, linked, NOTHING])) == {bare}


async def test_an_entry_without_any_identity_is_kept(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    assert await store.save_poll(poll_of(feed, replace(arrival("x"), keys=NOTHING))) == 1


async def test_repeats_within_one_document_are_one_article(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    repeats = [
        keyed("g", "https://news.example/1"),
        keyed("g", "https://news.example/2"),
        keyed("h", "https://news.example/1"),
    ]
    assert await store.save_poll(poll_of(feed, *repeats)) == 1
    assert len(await store.find_known(feed, [repeat.keys for repeat in repeats])) == 3


async def test_a_repeat_of_a_repeat_of_a_known_entry_is_no_new_article(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    await store.save_poll(poll_of(feed, keyed("g", "https://news.example/1")))
    chain = [keyed(None, "https://news.example/1"), keyed("h", "https://news.example/1")]
    assert await store.save_poll(poll_of(feed, *chain)) == 0
    assert len(await store.list_ungathered(10)) == 1


async def test_known_entries_are_remembered_under_their_new_keys(store: SqlStore) -> None:
    feed, other = await add_feed(store, "wire"), await add_feed(store, "other")
    [a] = await bring(store, feed, "a")
    elsewhere = EntryKeys(guid="theirs", url=None, title_day=None)
    await store.save_poll(replace(poll_of(other), known=((elsewhere, a), (NOTHING, a))))
    assert await store.find_known(other, [elsewhere]) == {elsewhere: a}
    assert (await store.get_articles([a]))[0].feeds == (feed.id, other.id)


async def test_a_known_article_that_is_gone_meanwhile_does_not_spoil_the_poll(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    [a] = await bring(store, feed, "a")
    gone = type(a)(999)
    assert await store.save_poll(replace(poll_of(feed, arrival("b")), known=((arrival("c").keys, gone),))) == 1


async def test_a_poll_of_a_feed_that_does_not_exist_takes_nothing(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    assert await store.save_poll(replace(poll_of(feed, arrival("a")), feed_id=type(feed.id)(99))) == 0
    assert await store.list_ungathered(10) == []


async def test_feeds_that_bring_one_address_at_the_same_time_make_one_article(store: SqlStore, path: Path) -> None:
    other = await open_store(path, exclusive=False)
    feeds = [await add_feed(store, f"feed{n}") for n in range(12)]
    entries = [arrival(f"same{n}") for n in range(30)]
    polls = [(store, other)[n % 2].save_poll(poll_of(feed, *entries)) for n, feed in enumerate(feeds)]
    new = await asyncio.gather(*polls)
    await other.close()
    assert sum(new) == 30
    kept = await store.list_ungathered(100)
    assert len(kept) == 30
    assert all(article.feeds == tuple(feed.id for feed in feeds) for article in kept)


async def test_polls_that_end_together_share_a_commit_and_keep_their_own_results(store: SqlStore) -> None:
    feeds = [await add_feed(store, f"feed{n}") for n in range(30)]
    polls = [poll_of(feed, *(arrival(f"{feed.id}-{n}") for n in range(feed.id % 4))) for feed in feeds]
    polls[3] = replace(polls[3], outcome=Outcome.FAILED, articles=(), reason="HTTP 500")
    new = await asyncio.gather(*(store.save_poll(poll) for poll in polls))
    assert new == [len(poll.articles) for poll in polls]
    lines = {line.id: line for line in await store.list_feeds(EVERYONE)}
    assert [lines[poll.feed_id].articles for poll in polls] == new
    assert [line.problem for line in lines.values() if line.outcome is Outcome.FAILED] == ["HTTP 500"]
    assert [lines[poll.feed_id].last_success_at for poll in polls].count(None) == 1


async def test_feeds_that_ask_together_are_answered_each_for_itself(store: SqlStore) -> None:
    feeds = [await add_feed(store, f"feed{n}") for n in range(20)]
    for feed in feeds:
        await store.save_poll(poll_of(feed, keyed("g", f"https://news.example/{feed.id}")))
    keys = [EntryKeys(guid="g", url=None, title_day=None), EntryKeys(guid="else", url=None, title_day=None)]
    found = await asyncio.gather(*(store.find_known(feed, keys) for feed in feeds))
    assert all(set(each) == {keys[0]} for each in found)
    assert len({each[keys[0]] for each in found}) == len(feeds)


async def test_who_stops_waiting_for_an_answer_spoils_it_for_nobody(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    [a] = await bring(store, feed, "a")
    asking = [asyncio.create_task(store.find_known(feed, [arrival("a").keys])) for _ in range(6)]
    await asyncio.sleep(0)
    for task in asking[::2]:
        task.cancel()
    answers = await asyncio.gather(*asking, return_exceptions=True)
    assert answers[1::2] == [{arrival("a").keys: a}] * 3
    assert all(isinstance(answer, asyncio.CancelledError) for answer in answers[::2])


async def test_items_are_remembered_with_the_articles_made_of_them_or_not_at_all(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    poll = poll_of(feed, arrival("bad", title="a lone \ud800 surrogate"))
    with pytest.raises(StorageError):
        await store.save_poll(replace(poll, validators=replace(poll.validators, items=b"seen")))
    [after] = await store.claim_due_feeds(NOW, MINUTE, 1)
    assert after.validators.items == b""


async def test_a_poll_that_cannot_be_written_does_not_spoil_those_beside_it(store: SqlStore) -> None:
    feeds = [await add_feed(store, f"feed{n}") for n in range(6)]
    polls = [poll_of(feed, arrival(str(feed.id))) for feed in feeds]
    polls[2] = poll_of(feeds[2], arrival("bad", title="a lone \ud800 surrogate"))
    ended = await asyncio.gather(*(store.save_poll(poll) for poll in polls), return_exceptions=True)
    assert [result for n, result in enumerate(ended) if n != 2] == [1] * 5
    assert isinstance(ended[2], StorageError)
    assert len(await store.list_ungathered(10)) == 5


async def test_a_document_longer_than_a_statement_takes_is_saved_and_known(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    entries = [arrival(str(n)) for n in range(2500)]
    assert await store.save_poll(poll_of(feed, *entries)) == 2500
    known = await store.find_known(feed, [entry.keys for entry in entries])
    assert len(set(known.values())) == 2500
    assert len(await store.get_articles(list(known.values()))) == 2500


async def test_articles_come_in_the_order_asked_and_those_gone_are_left_out(store: SqlStore) -> None:
    a, b = await bring(store, await add_feed(store, "wire"), "a", "b")
    assert ids(await store.get_articles([b, type(a)(99), a])) == [b, a]


some_key = st.none() | st.sampled_from("abcd")
some_arrivals = st.lists(
    st.builds(
        lambda guid, url, day: keyed(
            guid, url and f"https://news.example/{url}", None if guid or url else day or "none"
        ),
        some_key,
        some_key,
        some_key,
    ),
    max_size=8,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from([0, 1]), some_arrivals), min_size=1, max_size=4))
async def test_a_poll_made_twice_changes_nothing(store: SqlStore, polls: list[tuple[int, list[NewArticle]]]) -> None:
    async with store.database.write() as db:
        for table in ("articles", "sightings"):
            await db.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608
    feeds: list[Feed] = [await add_feed(store, name) for name in ("one", "two")]
    for which, entries in polls:
        feed = feeds[which]
        await store.save_poll(poll_of(feed, *entries))
        known = await store.find_known(feed, [entry.keys for entry in entries])
        assert set(known) == {entry.keys for entry in entries}
        assert await store.save_poll(poll_of(feed, *entries)) == 0
        assert await store.find_known(feed, [entry.keys for entry in entries]) == known
    kept = await store.list_ungathered(1000)
    urls = [article.url for article in kept if article.url is not None]
    assert len(urls) == len(set(urls))
