"""What workspaces taught their topics, and what of the matches counts there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.models import StoryId, TopicId
from bot.domain.tunings import NewTuning, TunedScore, Tuning, TuningKind, TuningState
from bot.storage.store import SqlStore
from tests.storage.making import HERE, NOW, THERE, add_feed, bring, gather_story

MASK = NewTuning(workspace=HERE, kind=TuningKind.MASK, rule="Huawei Cup", topic_id=TopicId("huawei"))
HUAWEI = TopicId("huawei")


async def offer(store: SqlStore, new: NewTuning = MASK) -> Tuning:
    [tuning] = await store.offer_tunings([new], actor="ann", now=NOW)
    return tuning


async def story(store: SqlStore, *names: str) -> StoryId:
    feed = await add_feed(store, "wire")
    return await gather_story(store, await bring(store, feed, *(names or ("a",))), at=NOW)


async def test_what_is_offered_is_not_in_force(store: SqlStore) -> None:
    tuning = await offer(store)
    assert (tuning.state, tuning.rule, tuning.actor, tuning.at) == (TuningState.OFFERED, "Huawei Cup", "ann", NOW)
    assert await store.list_tunings(HERE) == []
    assert await offer(store) == tuning, "the same offer has one number"


async def test_a_tuning_comes_into_force_with_who_and_when_and_is_undone(store: SqlStore) -> None:
    tuning, later = await offer(store), NOW + timedelta(hours=1)
    assert await store.set_tuning(tuning, TuningState.ON, actor="bob", now=later)
    assert not await store.set_tuning(tuning, TuningState.ON, actor="eve", now=later)
    [on] = await store.list_tunings(HERE)
    assert on == replace(tuning, state=TuningState.ON, actor="bob", at=later)
    assert await store.list_all_tunings(TuningKind.MASK) == [on]
    assert await store.set_tuning(on, TuningState.OFF, actor="ann", now=later)
    assert await store.list_tunings(HERE) == []
    assert (await offer(store)).id == tuning.id


async def test_a_tuning_is_its_workspaces_alone(store: SqlStore) -> None:
    tuning = await offer(store)
    await store.set_tuning(tuning, TuningState.ON, actor="ann", now=NOW)
    assert await store.list_tunings(THERE) == []
    assert await store.find_tuning(THERE, tuning.id) is None
    found = await store.find_tuning(HERE, tuning.id)
    assert found is not None
    assert found.state is TuningState.ON
    assert (await offer(store, replace(MASK, workspace=THERE))).id != tuning.id


async def test_a_change_has_the_topic_judged_anew(store: SqlStore) -> None:
    tuning = await offer(store)
    assert await store.list_rematches() == []
    await store.set_tuning(tuning, TuningState.ON, actor="ann", now=NOW)
    [asked] = await store.list_rematches()
    assert (asked.topic_id, asked.is_overlay) == (HUAWEI, True)


async def test_offers_that_nobody_took_go(store: SqlStore) -> None:
    old, kept = await offer(store), await offer(store, replace(MASK, rule="Huawei Open"))
    await store.set_tuning(kept, TuningState.ON, actor="ann", now=NOW)
    late = NOW + timedelta(days=31)
    await store.offer_tunings([replace(MASK, rule="Huawei Gala")], actor="ann", now=late)
    assert await store.find_tuning(HERE, old.id) is None
    assert await store.find_tuning(HERE, kept.id) is not None


async def test_wishes_are_counted_by_person_and_workspace(store: SqlStore) -> None:
    number = await story(store)
    wishes = [await store.add_tuning_wish(number, HERE, actor=who, now=NOW) for who in ("ann", "bob", "ann")]
    assert wishes == [1, 2, 2]
    assert await store.add_tuning_wish(number, THERE, actor="ann", now=NOW) == 1


async def test_a_match_that_was_tuned_out_counts_elsewhere_only(store: SqlStore) -> None:
    number = await story(store)
    [match] = await store.list_story_matches(number)
    low = TunedScore(article_id=match.article_id, workspace=HERE, score=0.1)
    await store.replace_tuned(HUAWEI, [match.article_id], [low])
    assert await store.latest(HERE, HUAWEI, 5) == []
    assert await store.latest(HERE, None, 5) == []
    [line] = await store.latest(THERE, HUAWEI, 5)
    assert (line.id, line.topics) == (number, (HUAWEI,))
    assert [m.tuned for m in await store.list_story_matches(number)] == [((HERE, 0.1),)]
    assert [m.tuned for m in await store.list_matches([match.article_id])] == [((HERE, 0.1),)]
    await store.replace_tuned(HUAWEI, [match.article_id], [])
    assert len(await store.latest(HERE, HUAWEI, 5)) == 1


async def test_a_story_with_one_article_that_counts_still_is_on_the_topic(store: SqlStore) -> None:
    number = await story(store, "a", "b")
    first, _ = await store.list_story_matches(number)
    await store.replace_tuned(HUAWEI, [first.article_id], [
        TunedScore(article_id=first.article_id, workspace=HERE, score=0.0)
    ])  # fmt: skip
    assert [line.id for line in await store.latest(HERE, HUAWEI, 5)] == [number]


async def test_hits_of_late_are_counted_as_the_viewer_sees_them(store: SqlStore) -> None:
    number = await story(store, "a", "b")
    first, _ = await store.list_story_matches(number)
    low = TunedScore(article_id=first.article_id, workspace=HERE, score=0.0)
    await store.replace_tuned(HUAWEI, [first.article_id], [low])
    [topic] = [t for t in await store.list_topics(HERE) if t.id == HUAWEI]
    for viewer, now, expected in (
        (HERE, NOW, (1, 1)),
        (THERE, NOW, (2, 2)),
        (THERE, NOW + timedelta(days=8), (0, 2)),
        (THERE, NOW + timedelta(days=31), (0, 0)),
    ):
        history = await store.get_topic_history(viewer, HUAWEI, topic.sensitivity, now)
        assert (history.hits_week, history.hits_month) == expected
