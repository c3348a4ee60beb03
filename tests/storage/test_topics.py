"""Topics of packs and workspaces."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.errors import NotFoundError, QuotaError
from bot.domain.models import Clause, Sensitivity, TopicId
from bot.storage.store import SqlStore
from tests.storage.making import HERE, NOW, THERE, add_channel, add_feed, bring, gather_story, topic

CHIPS = replace(
    topic("chips", owner=HERE, sensitivity=Sensitivity.STRICT),
    clauses=(Clause(query='chip* AND "trade talks"', score=1.0), Clause(query="芯片", score=0.5)),
)


async def watch(store: SqlStore, topic_id: str) -> None:
    channel = await add_channel(store, "general")
    await store.save_subscription(channel.id, TopicId(topic_id), actor="ann", now=NOW)


async def audit(store: SqlStore) -> list[tuple[str, str, str, str]]:
    async with store.database.read() as db:
        rows = await db.exec_driver_sql("SELECT actor, workspace, action, subject FROM audit_log ORDER BY id")
        return [tuple(row) for row in rows]


async def test_a_workspace_sees_the_packs_topics_and_its_own(store: SqlStore) -> None:
    await store.save_topic(CHIPS, actor="ann", now=NOW)
    assert [t.name for t in await store.list_topics(HERE)] == ["chips", "huawei", "zte"]
    assert [t.name for t in await store.list_topics(THERE)] == ["huawei", "zte"]
    assert (await store.list_all_topics())[0] == CHIPS


async def test_who_changed_a_topic_is_written_down(store: SqlStore) -> None:
    await store.save_topic(CHIPS, actor="ann", now=NOW)
    await store.save_topic(replace(CHIPS, title="Chips!"), actor="bob", now=NOW)
    assert (await store.list_topics(HERE))[0].title == "Chips!"
    await store.delete_topic(CHIPS.id, actor="cy", now=NOW)
    assert await audit(store) == [
        ("ann", "here", "topic.add", "chips@here"),
        ("bob", "here", "topic.change", "chips@here"),
        ("cy", "here", "topic.remove", "chips@here"),
    ]


async def test_a_workspace_makes_no_more_topics_than_it_may_but_changes_those_it_has(store: SqlStore) -> None:
    await store.save_topic(CHIPS, actor="ann", now=NOW, most=1)
    with pytest.raises(
        QuotaError, match=r"has 1 topics of its own, and at most 1 .*topics\.per_workspace.*topic remove"
    ):
        await store.save_topic(topic("fish", owner=HERE), actor="ann", now=NOW, most=1)
    await store.save_topic(topic("fish", owner=THERE), actor="ann", now=NOW, most=1)
    await store.save_topic(replace(CHIPS, title="Chips!"), actor="ann", now=NOW, most=1)
    assert [t.title for t in await store.list_topics(HERE) if t.owner] == ["Chips!"]


async def test_a_topic_that_left_the_packs_goes_with_its_subscriptions(store: SqlStore) -> None:
    await store.save_topic(CHIPS, actor="ann", now=NOW)
    for name in ("huawei", "zte", CHIPS.id):
        await watch(store, name)
    await store.reconcile_topics([replace(topic("zte"), title="ZTE")])
    assert [(t.name, t.title) for t in await store.list_topics(HERE)] == [("chips", "Chips"), ("zte", "ZTE")]
    assert [s.topic_id for _, s in await store.list_live_subscriptions()] == ["zte", CHIPS.id]


async def test_a_topic_that_is_withheld_stays_as_it_is_known_with_its_subscriptions(store: SqlStore) -> None:
    await watch(store, "huawei")
    before = {t.name: t for t in await store.list_topics(HERE)}
    withheld = [replace(topic(name), title="New", clauses=()) for name in ("huawei", "5g-bans")]
    await store.reconcile_topics([topic("zte")], withheld)
    after = {t.name: t for t in await store.list_topics(HERE)}
    assert after["huawei"] == before["huawei"]
    assert (after["5g-bans"].title, after["5g-bans"].clauses) == ("New", ())
    assert [s.topic_id for _, s in await store.list_live_subscriptions()] == ["huawei"]


async def test_where_packs_are_not_whole_nothing_of_the_others_goes(store: SqlStore) -> None:
    await watch(store, "huawei")
    await store.reconcile_topics([topic("zte")], is_whole=False)
    assert [t.name for t in await store.list_topics(HERE)] == ["huawei", "zte"]
    assert [s.topic_id for _, s in await store.list_live_subscriptions()] == ["huawei"]


async def test_the_last_good_texts_of_packs_are_kept(store: SqlStore) -> None:
    await store.keep_pack_texts({"tea.toml": "tea", "chips.toml": "chips"}, NOW)
    await store.keep_pack_texts({"tea.toml": "more tea"}, NOW)
    assert await store.list_pack_texts() == {"tea.toml": "more tea", "chips.toml": "chips"}


async def test_a_pack_that_changed_has_the_archive_matched_anew_with_what_uses_it(store: SqlStore) -> None:
    await store.keep_pack_texts({"tea.toml": "tea"}, NOW)
    assert await store.list_rematches() == []
    await bring(store, await add_feed(store, "wire"), "a")
    for name, query in (("chips", "chip*"), ("crisps", "@us AND crisps")):
        own = replace(CHIPS, id=TopicId(f"{name}@here"), name=name, clauses=(Clause(query=query, score=1.0),))
        await store.save_topic(own, actor="ann", now=NOW)
    for asked in await store.list_rematches():
        await store.finish_rematch(asked)
    await store.keep_pack_texts({"tea.toml": "tea"}, NOW)
    assert await store.list_rematches() == []
    await store.keep_pack_texts({"tea.toml": "more tea"}, NOW)
    assert sorted(asked.topic_id for asked in await store.list_rematches()) == ["crisps@here", "huawei", "zte"]


async def test_a_deleted_topic_goes_with_its_matches_and_stories_stay(store: SqlStore) -> None:
    await store.save_topic(CHIPS, actor="ann", now=NOW)
    articles = await bring(store, await add_feed(store, "wire"), "a")
    story = await gather_story(store, articles, topics=[(CHIPS.id, 1.0), ("zte", 0.7)])
    await store.delete_topic(CHIPS.id, actor="ann", now=NOW)
    assert [m.topic_id for m in await store.list_story_matches(story)] == ["zte"]
    assert (await store.get_story(story)).topics == ("zte",)


async def test_a_packs_topic_is_not_changed_in_the_chat(store: SqlStore) -> None:
    await store.delete_topic(TopicId("zte"), actor="ann", now=NOW)
    with pytest.raises(NotFoundError, match="changed in its file"):
        await store.save_topic(topic("zte"), actor="ann", now=NOW)
    assert [t.name for t in await store.list_topics(HERE)] == ["huawei", "zte"]
    assert await audit(store) == []


@pytest.mark.parametrize("owner_of_id", ["zte", "chips@here"])
async def test_nobody_takes_over_anothers_topic(store: SqlStore, owner_of_id: str) -> None:
    await store.save_topic(CHIPS, actor="ann", now=NOW)
    with pytest.raises(NotFoundError, match="choose another name"):
        await store.save_topic(replace(CHIPS, id=TopicId(owner_of_id), owner=THERE), actor="eve", now=NOW)
