"""Changed versions wait until they are judged, beside the wording before them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.changes import JudgedChanges, NewChange
from bot.domain.feeds import Feed, Outcome
from bot.domain.models import ArticleId
from bot.domain.records import Gathering, NewStory, Placement, StoryRef, Wording
from bot.storage.store import SqlStore
from bot.storage.versions import MOST_VERSIONS
from tests.storage.making import HOUR, MINUTE, NOW, add_feed, arrival, bring, poll_of


async def _say(store: SqlStore, feed: Feed, article: ArticleId, title: str, at: datetime) -> None:
    wording = Wording(article_id=article, title=title, text="")
    poll = poll_of(feed, at=at, outcome=Outcome.UNCHANGED)
    await store.save_poll(replace(poll, known=((arrival("a").keys, article),), wordings=(wording,)))


async def _gather(store: SqlStore, article: ArticleId) -> None:
    story = NewStory(headline="Title a", scope=None, first_seen_at=NOW)
    placed = Placement(article_id=article, story=StoryRef(new=0))
    await store.save_gathering(
        Gathering(
            at=NOW, articles=(article,), matches=(), new_stories=(story,), placements=(placed,), states=(), alerts=()
        )
    )


async def test_a_version_of_a_gathered_article_waits_with_what_was_said_before(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    [article] = await bring(store, feed, "a")
    await _say(store, feed, article, "Title b", NOW + HOUR)
    assert await store.list_changed(10) == []
    await _gather(store, article)
    await _say(store, feed, article, "Title c", NOW + 2 * HOUR)
    waiting = await store.list_changed(10)
    assert [(w.before.title if w.before else None, w.after.title) for w in waiting] == [
        ("Title a", "Title b"),
        ("Title b", "Title c"),
    ]


async def test_what_is_judged_waits_no_more_and_keeps_what_changed(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    [article] = await bring(store, feed, "a")
    await _gather(store, article)
    await _say(store, feed, article, "Title b", NOW + HOUR)
    [waiting] = await store.list_changed(10)
    change = NewChange(
        article_id=article, story_id=waiting.story_id, reason="changed: headline", before="Title a", after="Title b"
    )
    await store.save_changes(JudgedChanges(judged=((article, waiting.digest),), changes=(change,)), NOW + HOUR)
    [development] = (await store.get_story(waiting.story_id)).developments
    assert development.reason == "changed: headline"
    assert await store.list_changes([development.id]) == {development.id: ("Title a", "Title b")}
    assert await store.list_changed(10) == []
    await _say(store, feed, article, "Title b", NOW + 2 * HOUR)
    assert await store.list_changed(10) == []
    await _say(store, feed, article, "Title c", NOW + 3 * HOUR)
    [again] = await store.list_changed(10)
    assert again.told == 1


async def test_what_another_feed_says_of_an_article_is_no_change_of_it(store: SqlStore) -> None:
    first, second = await add_feed(store, "wire"), await add_feed(store, "mirror")
    [article] = await bring(store, first, "a")
    await _gather(store, article)
    await bring(store, second, "a")
    await _say(store, second, article, "Title of the mirror", NOW + HOUR)
    assert [waiting.before for waiting in await store.list_changed(10)] == [None]
    await _say(store, second, article, "Title of the mirror, changed", NOW + 2 * HOUR)
    assert [w.before.title if w.before else None for w in await store.list_changed(10)] == [None, "Title of the mirror"]


async def test_a_version_that_was_forgotten_meanwhile_can_still_be_judged(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    [article] = await bring(store, feed, "a")
    await _gather(store, article)
    for number in range(MOST_VERSIONS + 3):
        await _say(store, feed, article, f"Title {number}", NOW + number * MINUTE)
    waiting = await store.list_changed(10)
    assert len(waiting) == MOST_VERSIONS + 3
    await store.save_changes(JudgedChanges(judged=tuple((w.after.id, w.digest) for w in waiting)), NOW + HOUR)
    assert await store.list_changed(10) == []
