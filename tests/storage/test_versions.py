"""What an article says later is kept beside what it said first, and is never news."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.feeds import Feed, Outcome
from bot.domain.models import EVERYONE, ArticleId, WorkspaceId
from bot.domain.records import Wording
from bot.storage.store import SqlStore
from bot.storage.versions import MOST_VERSIONS
from tests.storage.making import HOUR, MINUTE, NOW, add_feed, arrival, bring, poll_of


async def _say(store: SqlStore, feed: Feed, article: ArticleId, title: str, text: str, at: datetime) -> int:
    met = ((arrival("a").keys, article),)
    wording = Wording(article_id=article, title=title, text=text)
    poll = poll_of(feed, at=at, outcome=Outcome.UNCHANGED)
    return await store.save_poll(replace(poll, known=met, wordings=(wording,)))


async def test_another_text_is_a_version_and_no_new_article(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    [article] = await bring(store, feed, "a")
    assert await _say(store, feed, article, "Title a", "More is known.", NOW + HOUR) == 0
    assert await _say(store, feed, article, "Title a (2)", "More is known.", NOW + 2 * HOUR) == 0
    versions = await store.list_versions(EVERYONE, [article])
    assert [(v.title, v.text, v.at, v.feed_id) for v in versions] == [
        ("Title a", "More is known.", NOW + HOUR, feed.id),
        ("Title a (2)", "More is known.", NOW + 2 * HOUR, feed.id),
    ]
    waiting = await store.list_ungathered(10)
    assert [(a.id, a.title, a.text) for a in waiting] == [(article, "Title a", "")]


async def test_the_same_words_again_are_no_version(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    [article] = await bring(store, feed, "a")
    await _say(store, feed, article, "Title a", "", NOW + MINUTE)
    assert await store.list_versions(EVERYONE, [article]) == []
    for minutes in (2, 3, 4):
        await _say(store, feed, article, "Title a", "Corrected.", NOW + minutes * MINUTE)
    assert [version.at for version in await store.list_versions(EVERYONE, [article])] == [NOW + 2 * MINUTE]


async def test_of_an_article_that_always_changes_the_newest_versions_are_kept(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    [article] = await bring(store, feed, "a")
    for number in range(MOST_VERSIONS + 5):
        await _say(store, feed, article, "Title a", f"Read {number} times", NOW + number * MINUTE)
    kept = await store.list_versions(EVERYONE, [article])
    assert [version.text for version in kept] == [f"Read {n} times" for n in range(5, MOST_VERSIONS + 5)]


async def test_an_article_that_is_gone_has_no_versions(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    await bring(store, feed, "a")
    await _say(store, feed, ArticleId(999), "Title", "x", NOW)
    assert await store.list_versions(EVERYONE, [ArticleId(999)]) == []


async def test_what_a_private_feed_says_later_is_shown_to_who_reads_it_alone(store: SqlStore) -> None:
    shared, own = await add_feed(store, "wire"), await add_feed(store, "own", WorkspaceId("a"))
    [article] = await bring(store, shared, "a")
    await _say(store, shared, article, "Title a", "For all.", NOW + HOUR)
    await _say(store, own, article, "Title a", "For some.", NOW + 2 * HOUR)
    seen = {who: [v.text for v in await store.list_versions(WorkspaceId(who), [article])] for who in "ab"}
    assert seen == {"a": ["For all.", "For some."], "b": ["For all."]}
