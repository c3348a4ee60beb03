"""Workspaces that are joined to one, and parted again: what moves, what is copied, what stays."""

from __future__ import annotations

from sqlalchemy import select

from bot.domain.models import Channel, Clause, Place, Topic, TopicId, WorkspaceId
from bot.domain.tunings import NewTuning, TuningKind, TuningState
from bot.storage.communities import OWNING
from bot.storage.schema import metadata
from bot.storage.store import SqlStore
from tests.storage.making import NOW, add_feed

GUILD, TEAM = WorkspaceId("discord:1"), WorkspaceId("slack:T1")
JOINED = {TEAM: GUILD}


async def _channel(store: SqlStore, workspace: WorkspaceId, name: str, *, is_direct: bool = False) -> Channel:
    place = Place(platform=workspace.partition(":")[0], workspace=workspace, channel=name)
    return await store.add_channel(place, is_direct=is_direct)


async def _own_topic(store: SqlStore, name: str, owner: WorkspaceId) -> TopicId:
    ident = TopicId(f"{name}@{owner}")
    topic = Topic(id=ident, name=name, title=name, clauses=(Clause(query=name, score=1.0),), owner=owner)
    await store.save_topic(topic, actor="ann", now=NOW)
    return ident


async def _watch(store: SqlStore, channel: Channel, topic: str) -> None:
    await store.save_subscription(channel.id, TopicId(topic), actor="ann", now=NOW)


async def _watched(store: SqlStore, channel: Channel) -> list[str]:
    return [line.topic_name for line in await store.list_subscriptions(channel.id)]


async def _names(store: SqlStore, viewer: WorkspaceId) -> list[str]:
    return [topic.name for topic in await store.list_topics(viewer) if topic.owner is not None]


async def test_joining_moves_everything_and_keeps_what_channels_watch(store: SqlStore) -> None:
    here, there = await _channel(store, GUILD, "1"), await _channel(store, TEAM, "C1")
    await _watch(store, here, await _own_topic(store, "chips", GUILD))
    await _watch(store, there, await _own_topic(store, "ferries", TEAM))
    for workspace in (GUILD, TEAM):
        await add_feed(store, "shared", workspace)
    await add_feed(store, "mine", TEAM)
    assert await store.join_workspaces(JOINED, NOW) == ["slack:T1 joined discord:1"]
    assert await store.join_workspaces(JOINED, NOW) == []
    assert await _names(store, GUILD) == ["chips", "ferries"]
    assert await _names(store, TEAM) == []
    assert len(await store.list_feeds(GUILD)) == 2
    assert [c.place.channel for c in await store.list_workspace_channels(GUILD)] == ["1", "C1"]
    assert (await _watched(store, here), await _watched(store, there)) == (["chips"], ["ferries"])


async def test_two_topics_of_one_name_are_told_apart(store: SqlStore) -> None:
    for workspace in (GUILD, TEAM):
        await _own_topic(store, "chips", workspace)
    there = await _channel(store, TEAM, "C1")
    await _watch(store, there, f"chips@{TEAM}")
    await store.join_workspaces(JOINED, NOW)
    assert await _names(store, GUILD) == ["chips", "chips-2"]
    assert await _watched(store, there) == ["chips-2"]


async def test_parting_gives_channels_back_with_copies_of_what_they_rely_on(store: SqlStore) -> None:
    here, there = await _channel(store, GUILD, "1"), await _channel(store, TEAM, "C1")
    await store.join_workspaces(JOINED, NOW)
    topic = await _own_topic(store, "chips", GUILD)
    joined = [await store.find_channel(c.place) for c in await store.list_workspace_channels(GUILD)]
    for channel in filter(None, joined):
        await _watch(store, channel, topic)
        await _watch(store, channel, "huawei")
    await add_feed(store, "shared", GUILD)
    offer = NewTuning(workspace=GUILD, kind=TuningKind.MASK, rule="Huawei Cup", topic_id=TopicId("huawei"))
    [tuning] = await store.offer_tunings([offer], actor="ann", now=NOW)
    await store.set_tuning(tuning, TuningState.ON, actor="ann", now=NOW)
    [told] = await store.join_workspaces({}, NOW)
    assert told == "slack:T1 parted from discord:1, with copies of its topics, feeds and tunings"
    assert [c.place for c in await store.list_workspace_channels(TEAM)] == [there.place]
    assert [c.place for c in await store.list_workspace_channels(GUILD)] == [here.place]
    for workspace, channel in ((GUILD, here), (TEAM, there)):
        assert await _names(store, workspace) == ["chips"]
        assert await _watched(store, channel) == ["chips", "huawei"]
        assert len(await store.list_feeds(workspace)) == 1
        assert [t.rule for t in await store.list_tunings(workspace)] == ["Huawei Cup"]
    mine, copy = [[t.id for t in await store.list_topics(w) if t.owner is not None] for w in (GUILD, TEAM)]
    assert mine != copy
    assert await store.join_workspaces({}, NOW) == []


async def test_joined_again_both_copies_are_there(store: SqlStore) -> None:
    there = await _channel(store, TEAM, "C1")
    await _watch(store, there, await _own_topic(store, "chips", TEAM))
    for homes in (JOINED, {}, JOINED, {}):
        await store.join_workspaces(homes, NOW)
    assert (await _watched(store, there))[0].startswith("chips")
    assert len(await _names(store, TEAM)) == 2


async def test_channels_of_one_person_are_told_apart(store: SqlStore) -> None:
    room, alone = await _channel(store, GUILD, "1"), await _channel(store, GUILD, "2", is_direct=True)
    assert await store.list_workspace_channels(GUILD, with_direct=False) == [room]
    assert await store.list_workspace_channels(GUILD) == [room, alone]


async def test_no_table_that_belongs_to_a_workspace_is_left_out(store: SqlStore) -> None:
    names = {column.name for table in metadata.sorted_tables for column in table.c}
    assert names & {"workspace_id", "team", "guild", "viewer", "tenant"} == set()
    await _channel(store, TEAM, "C1")
    await _own_topic(store, "chips", TEAM)
    await store.join_workspaces(JOINED, NOW)
    async with store.database.read() as db:
        for table in metadata.sorted_tables:
            for name in (name for name in OWNING if name in table.c):
                assert (await db.execute(select(table).where(table.c[name] == TEAM))).first() is None, table.name
