"""The archive, to try topics on."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.feeds import Feed, NewArticle
from bot.domain.models import ArticleId
from bot.domain.tunings import Change
from bot.storage.store import SqlStore
from tests.storage.making import HERE, HOUR, NOW, THERE, add_feed, arrival, gather_story, ids, poll_of, topic

SINCE = NOW - timedelta(days=30)


async def keep(store: SqlStore, feed: Feed, *arrivals: NewArticle, ago: timedelta = HOUR) -> list[ArticleId]:
    at = NOW - ago
    await store.save_poll(poll_of(feed, *arrivals, at=at))
    waiting = ids(await store.list_ungathered(100))
    await gather_story(store, waiting, at=at, topics=())
    return waiting


async def test_articles_come_in_slices_newest_first(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    kept = await keep(store, feed, *(arrival(name) for name in "abcde"))
    newest = kept[::-1]
    first = await store.list_archive(HERE, None, since=SINCE, limit=2)
    assert ids(first) == newest[:2]
    assert ids(await store.list_archive(HERE, None, since=SINCE, below=first[-1].id, limit=9)) == newest[2:]


async def test_only_what_can_be_hit_is_listed(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    chips, both, _ = await keep(
        store, feed, arrival("a", title="Chips rise"), arrival("b", title="Asml and chips"), arrival("c", title="Fish")
    )
    assert ids(await store.list_archive(HERE, [[["chip*"]]], since=SINCE, limit=9)) == [both, chips]
    assert ids(await store.list_archive(HERE, [[["chips"], ["asml", "tsmc"]]], since=SINCE, limit=9)) == [both]
    assert len(await store.list_archive(HERE, [[["asml"]], [["fish"]]], since=SINCE, limit=9)) == 2
    assert await store.list_archive(HERE, [[[""]]], since=SINCE, limit=9) == []
    assert ids(await store.list_archive(HERE, [[["chips"]]], since=SINCE, below=both, limit=9)) == [chips]


async def test_what_is_older_or_waits_or_is_anothers_is_not_listed(store: SqlStore) -> None:
    feed, private = await add_feed(store, "wire"), await add_feed(store, "inner", THERE)
    old = await keep(store, feed, arrival("a"), ago=timedelta(days=31))
    dated = await keep(store, feed, arrival("b", at=NOW - timedelta(days=40)))
    theirs = await keep(store, private, arrival("c"))
    fresh = await keep(store, feed, arrival("d"))
    await store.save_poll(poll_of(feed, arrival("e")))
    assert ids(await store.list_archive(HERE, None, since=SINCE, limit=9)) == fresh
    assert ids(await store.list_archive(THERE, None, since=SINCE, limit=9)) == [*fresh, *theirs]
    everything = [*fresh, *theirs, *dated, *old]
    assert ids(await store.list_archive(None, None, limit=9)) == everything
    assert len(await store.list_archive(None, [[["title"]]], limit=9)) == 4


async def test_fellows_are_of_the_same_stories_and_within_sight(store: SqlStore) -> None:
    feed, private = await add_feed(store, "wire"), await add_feed(store, "inner", THERE)
    first = await keep(store, feed, arrival("a"), arrival("b"), arrival("c"))
    other = await keep(store, feed, arrival("d"), arrival("e"))
    await keep(store, private, arrival("f"), arrival("g"))
    assert ids(await store.list_fellows(HERE, first[:1], since=SINCE, limit=9)) == first[:0:-1]
    assert ids(await store.list_fellows(HERE, [first[0], other[1]], since=SINCE, limit=2)) == [other[0], first[2]]
    assert await store.list_fellows(HERE, [*first, *other], since=SINCE, limit=9) == []
    hidden = ids(await store.list_archive(THERE, None, since=SINCE, limit=2))
    assert await store.list_fellows(HERE, hidden[:1], since=SINCE, limit=9) == []
    assert ids(await store.list_fellows(THERE, hidden[:1], since=SINCE, limit=9)) == hidden[1:]
    assert await store.list_fellows(HERE, first, since=NOW, limit=9) == []


async def test_the_archive_is_measured_as_the_viewer_sees_it(store: SqlStore) -> None:
    feed, private = await add_feed(store, "wire"), await add_feed(store, "inner", THERE)
    empty = await store.measure_archive(HERE, SINCE)
    assert (empty.articles, empty.oldest_at) == (0, None)
    await keep(store, feed, arrival("a", at=NOW - timedelta(days=9)), arrival("b"))
    await keep(store, private, arrival("c", at=NOW - timedelta(days=20)))
    here, there = await store.measure_archive(HERE, SINCE), await store.measure_archive(THERE, SINCE)
    assert (here.articles, here.oldest_at) == (2, NOW - timedelta(days=9))
    assert (there.articles, there.oldest_at) == (3, NOW - timedelta(days=20))


async def test_words_are_found_by_a_part_and_counted(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    await keep(
        store,
        feed,
        arrival("a", title="Arbeitsmarkt"),
        arrival("b", title="Markt 华为手机"),
        arrival("c", title="Märkte"),
    )
    await keep(store, feed, arrival("d", title="Markt", text="Ren Zhengfei, ren"))
    assert await store.list_words_like(["markt"], 9) == [("markt", 2), ("arbeitsmarkt", 1), ("markte", 1)]
    assert await store.list_words_like(["markt", "rkte"], 1) == [("markt", 2)]
    assert await store.list_words_like([], 9) == []
    counts = await store.count_words(["markt", "ren zhengfei", "zhengfei ren", "华为 为手", "nothing"])
    assert counts == {"markt": 2, "ren zhengfei": 1, "zhengfei ren": 1, "华为 为手": 1}
    assert await store.count_languages() == {"en": 4}


async def test_a_topics_past_is_told(store: SqlStore) -> None:
    own, later = topic("chips", owner=HERE), NOW + HOUR
    await store.save_topic(own, actor="ann", now=NOW)
    history = await store.get_topic_history(HERE, own.id, own.sensitivity, NOW)
    assert (history.made, history.changed) == (Change(actor="ann", at=NOW), None)
    await store.save_topic(own, actor="bob", now=later)
    history = await store.get_topic_history(HERE, own.id, own.sensitivity, NOW)
    assert (history.made, history.changed) == (Change(actor="ann", at=NOW), Change(actor="bob", at=later))
    assert (await store.get_topic_history(THERE, own.id, own.sensitivity, NOW)).made is None
