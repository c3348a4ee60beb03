"""The archive matched anew: what is asked for, and what is replaced."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.models import TopicId
from bot.storage.store import SqlStore
from tests.storage.making import HERE, NOW, add_feed, bring, gather_story, match, topic

OWN = topic("chips", owner=HERE)


async def test_a_saved_topic_is_to_be_matched_with_the_archive(store: SqlStore) -> None:
    await store.save_topic(OWN, actor="ann", now=NOW)
    [asked] = await store.list_rematches()
    assert (asked.topic_id, asked.is_overlay, asked.asked_at) == (OWN.id, False, NOW)
    await store.finish_rematch(asked)
    assert await store.list_rematches() == []


async def test_what_is_asked_again_meanwhile_is_not_finished(store: SqlStore) -> None:
    await store.save_topic(OWN, actor="ann", now=NOW)
    [first] = await store.list_rematches()
    await store.save_topic(OWN, actor="ann", now=NOW)
    await store.finish_rematch(first)
    [second] = await store.list_rematches()
    assert second.id != first.id


async def test_a_removed_topic_is_not_to_be_matched(store: SqlStore) -> None:
    await store.save_topic(OWN, actor="ann", now=NOW)
    await store.delete_topic(OWN.id, actor="ann", now=NOW)
    assert await store.list_rematches() == []


async def test_matches_and_the_scores_of_stories_are_replaced(store: SqlStore) -> None:
    await store.save_topic(OWN, actor="ann", now=NOW)
    feed = await add_feed(store, "wire")
    a, b, c = await bring(store, feed, "a", "b", "c")
    one = await gather_story(store, [a, b], topics=[(OWN.id, 0.9)])
    two = await gather_story(store, [c], topics=[("zte", 0.9)])
    assert await store.list_matched(OWN.id) == [b, a]
    await store.replace_matches(OWN.id, [a, b, c], [match(b, OWN.id, 0.7), match(c, OWN.id, 0.8)])
    assert await store.list_matched(OWN.id) == [c, b]
    best = await store.list_best_scores([one, two])
    assert best == {one: {OWN.id: 0.7}, two: {"zte": 0.9, OWN.id: 0.8}}
    assert {line.id for line in await store.latest(HERE, OWN.id, 5)} == {one, two}
    await store.replace_matches(OWN.id, [b], [])
    assert await store.list_best_scores([one]) == {one: {}}
    assert [line.id for line in await store.latest(HERE, OWN.id, 5)] == [two]


async def test_what_workspaces_score_otherwise_is_replaced_too(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    [a] = await bring(store, feed, "a")
    story = await gather_story(store, [a])
    tuned = replace(match(a, "huawei", 0.9), tuned=((HERE, 0.2),))
    await store.replace_matches(TopicId("huawei"), [a], [tuned])
    assert await store.list_story_matches(story) == [tuned]
    await store.replace_matches(TopicId("huawei"), [a], [replace(tuned, tuned=())])
    assert [m.tuned for m in await store.list_story_matches(story)] == [()]


@pytest.mark.parametrize("gone", [TopicId("gone"), OWN.id])
async def test_a_topic_that_is_gone_is_passed_over(store: SqlStore, gone: TopicId) -> None:
    feed = await add_feed(store, "wire")
    [a] = await bring(store, feed, "a")
    await gather_story(store, [a])
    await store.replace_matches(gone, [a], [match(a, gone)])
    assert await store.list_matched(gone) == []
