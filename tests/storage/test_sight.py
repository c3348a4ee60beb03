"""Who sees what: every read that takes a viewer obeys the one rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.models import EVERYONE, Sensitivity, TopicId, WorkspaceId
from bot.storage.store import SqlStore
from tests.storage.making import (
    HERE,
    HOUR,
    MINUTE,
    NOW,
    THERE,
    add_feed,
    arrival,
    bring,
    gather_story,
    ids,
    poll_of,
    topic,
)

ZTE = TopicId("zte")


async def shown(store: SqlStore, viewer: WorkspaceId, topic_id: TopicId | None = None) -> list[int]:
    return [line.id for line in await store.latest(viewer, topic_id, 10)]


async def test_an_article_is_seen_where_one_of_its_feeds_is_used(store: SqlStore) -> None:
    mine, everyones = await add_feed(store, "mine", HERE), await add_feed(store, "all", EVERYONE)
    [a] = await bring(store, mine, "a")
    [b] = await bring(store, everyones, "b")
    story = await gather_story(store, [a, b])
    assert ids(await store.list_visible_articles(HERE, story)) == [a, b]
    assert ids(await store.list_visible_articles(THERE, story)) == [b]
    assert await store.list_users([a, b]) == {a: {HERE}, b: {EVERYONE}}


async def test_an_article_is_no_longer_seen_once_its_feed_is_not_used(store: SqlStore) -> None:
    mine = await add_feed(store, "mine", HERE)
    story = await gather_story(store, await bring(store, mine, "a"))
    assert await shown(store, HERE) == [story]
    await store.delete_feed_use(HERE, mine.id, actor="t", now=NOW)
    assert await shown(store, HERE) == []
    assert await store.list_visible_articles(HERE, story) == []


async def test_a_scope_hides_an_article_from_all_others_who_use_its_feed(store: SqlStore) -> None:
    feed = await add_feed(store, "mine", HERE)
    await add_feed(store, "mine", THERE)
    async with store.database.write() as db:
        await db.exec_driver_sql("UPDATE feeds SET scope = 'here'")
    private = replace(feed, scope=HERE)
    await store.save_poll(poll_of(private, replace(arrival("a"), title="Huawei talks")))
    [article] = await store.list_ungathered(1)
    assert article.scope == HERE
    assert await store.find_known(private, [arrival("a").keys]) == {arrival("a").keys: article.id}
    assert await store.list_users([article.id]) == {article.id: {HERE}}
    story = await gather_story(store, [article.id])
    assert (await shown(store, HERE), await shown(store, THERE)) == ([story], [])
    assert len(await store.search(HERE, [["huawei"]], 5)) == 1
    assert await store.search(THERE, [["huawei"]], 5) == []


async def test_the_same_address_stays_two_articles_in_public_and_in_private(store: SqlStore) -> None:
    private, public = await add_feed(store, "mine", HERE), await add_feed(store, "all")
    async with store.database.write() as db:
        await db.exec_driver_sql(f"UPDATE feeds SET scope = 'here' WHERE id = {private.id}")  # noqa: S608
    assert await store.save_poll(poll_of(private, arrival("a"))) == 1
    assert await store.save_poll(poll_of(public, arrival("a"))) == 1


async def test_a_story_line_is_made_of_what_the_viewer_sees(store: SqlStore) -> None:
    mine, everyones = await add_feed(store, "mine", HERE), await add_feed(store, "all")
    await store.save_topic(topic("chips", owner=HERE), actor="ann", now=NOW)
    [a] = await bring(store, mine, "a", outlet="Secret Daily")
    [b] = await bring(store, everyones, "b", at=NOW + MINUTE)
    story = await gather_story(store, [a], topics=[("chips@here", 1.0), ("huawei", 0.9)])
    await gather_story(store, [b], story=story, topics=[("zte", 0.7), ("chips@here", 1.0)], at=NOW + MINUTE)
    [line] = await store.latest(HERE, None, 5)
    assert (line.headline, line.first.title, line.outlets) == ("Headline", "Title a", 2)
    assert line.topics == ("chips@here", "huawei", "zte")
    [line] = await store.latest(THERE, None, 5)
    assert (line.headline, line.first.title, line.outlets) == ("Title b", "Title b", 1)
    assert line.topics == ("zte",)
    assert await shown(store, THERE, TopicId("chips@here")) == []
    assert await shown(store, THERE, TopicId("huawei")) == []
    assert await shown(store, HERE, TopicId("chips@here")) == [story]


@pytest.mark.parametrize(
    "sensitivity, score, is_shown",
    [
        (Sensitivity.NORMAL, 0.6, True),
        (Sensitivity.NORMAL, 0.59, False),
        (Sensitivity.STRICT, 0.89, False),
        (Sensitivity.WIDE, 0.3, True),
    ],
)
async def test_latest_holds_each_topic_to_its_own_threshold(
    store: SqlStore, sensitivity: Sensitivity, score: float, is_shown: bool
) -> None:
    await store.reconcile_topics([topic("zte", sensitivity=sensitivity)])
    story = await gather_story(store, await bring(store, await add_feed(store, "wire"), "a"), topics=[("zte", score)])
    expected = [story] if is_shown else []
    assert await shown(store, HERE, ZTE) == await shown(store, HERE) == expected
    assert list((await store.get_story(story)).topics) == [ZTE for _ in expected]


async def test_the_story_updated_last_comes_first(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    a, b, c, d = await bring(store, feed, *"abcd")
    stories = [
        await gather_story(store, [x], at=NOW + n * MINUTE, topics=[("zte", 0.9)]) for n, x in enumerate((a, b, c))
    ]
    await gather_story(store, [d], story=stories[0], at=NOW + HOUR, topics=[("zte", 0.9)])
    assert await shown(store, HERE, ZTE) == await shown(store, HERE) == [stories[0], stories[2], stories[1]]
    assert [line.id for line in await store.latest(HERE, ZTE, 2)] == [stories[0], stories[2]]


async def test_what_came_before_is_of_the_topics_and_latest_first(store: SqlStore) -> None:
    feed, hidden = await add_feed(store, "wire"), await add_feed(store, "hidden", THERE)
    a, b, c = await bring(store, feed, *"abc")
    [h] = await bring(store, hidden, "h")
    first = await gather_story(store, [a], at=NOW, topics=[("zte", 0.9), ("huawei", 0.9)])
    second = await gather_story(store, [b], at=NOW + MINUTE, topics=[("huawei", 0.9)])
    await gather_story(store, [c], at=NOW + HOUR, topics=[("zte", 0.9)])
    unseen = await gather_story(store, [h], at=NOW + MINUTE, topics=[("zte", 0.9)])

    async def before(*names: str, limit: int = 5, viewer: WorkspaceId = HERE) -> list[int]:
        topics = [TopicId(name) for name in names]
        found = await store.list_topic_stories(viewer, topics, before=NOW + HOUR, limit=limit)
        return [line.id for line in found]

    assert await before("zte", "huawei", "zte") == [second, first]
    assert await before("zte") == [first]
    assert await before("zte", "huawei", limit=1) == [second]
    assert await before() == []
    assert set(await before("zte", viewer=THERE)) == {unseen, first}
