"""Mutes and follows."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.alerts import Action
from bot.domain.models import StoryId, WorkspaceId
from bot.domain.records import Told
from bot.storage.store import SqlStore
from tests.storage.making import HERE, HOUR, NOW, THERE, add_channel, add_feed, bring, gather_story
from tests.storage.making import Told as Tell


async def _story(store: SqlStore, *tells: Tell) -> StoryId:
    feed = await add_feed(store, "wire")
    [article] = await bring(store, feed, "a")
    return await gather_story(store, [article], *tells, at=NOW)


async def test_a_story_is_muted_where_it_was_said_until_it_is_unmuted(store: SqlStore) -> None:
    channel, other = await add_channel(store, "general"), await add_channel(store, "other")
    story = await _story(store)
    assert await store.list_mutes([story]) == []
    assert await store.add_mute(story, channel.id, actor="ann", now=NOW)
    assert not await store.add_mute(story, channel.id, actor="ann", now=NOW)
    assert await store.list_mutes([story]) == [Told(story_id=story, channel_id=channel.id)]
    assert not await store.delete_mute(story, other.id, actor="ann", now=NOW)
    assert await store.delete_mute(story, channel.id, actor="ann", now=NOW)
    assert await store.list_mutes([story]) == []


async def test_what_waits_of_a_muted_story_falls_there_alone(store: SqlStore) -> None:
    channel, other = await add_channel(store, "general"), await add_channel(store, "other")
    story = await _story(store, Tell(channel=channel), Tell(channel=other))
    await store.add_mute(story, channel.id, actor="ann", now=NOW)
    claimed = await store.claim_due_deliveries(NOW, HOUR, 10)
    assert [delivery.channel.id for delivery in claimed] == [other.id]


async def test_a_gathering_that_began_before_a_mute_tells_nothing_there(store: SqlStore) -> None:
    channel, other = await add_channel(store, "general"), await add_channel(store, "other")
    feed = await add_feed(store, "wire")
    first, second = await bring(store, feed, "a", "b")
    story = await gather_story(store, [first], at=NOW)
    await store.add_mute(story, channel.id, actor="ann", now=NOW)
    await gather_story(store, [second], Tell(channel=channel), Tell(channel=other), story=story, at=NOW)
    claimed = await store.claim_due_deliveries(NOW, HOUR, 10)
    assert [delivery.channel.id for delivery in claimed] == [other.id]


async def test_wishes_are_counted_by_person(store: SqlStore) -> None:
    channel, other = await add_channel(store, "general"), await add_channel(store, "other")
    story = await _story(store)
    wishes = [await store.add_mute_wish(story, channel, actor=who, now=NOW) for who in ("ann", "bob", "ann")]
    assert wishes == [1, 2, 2]
    assert await store.add_mute_wish(story, other, actor="ann", now=NOW) == 1


async def test_a_follower_gets_the_story_now_and_once(store: SqlStore) -> None:
    direct = await add_channel(store, "direct")
    story = await _story(store)
    assert await store.add_follow(story, direct.id, now=NOW)
    assert not await store.add_follow(story, direct.id, now=NOW)
    assert await store.list_followers([story]) == [(story, direct)]
    claimed = await store.claim_due_deliveries(NOW, HOUR, 10)
    assert [(d.alert.story_id, d.channel, d.action) for d in claimed] == [(story, direct, Action.POST)]
    assert await store.delete_follow(story, direct.id)
    assert not await store.delete_follow(story, direct.id)
    assert await store.list_followers([story]) == []


async def test_following_again_posts_no_second_message_and_ends_a_mute(store: SqlStore) -> None:
    direct = await add_channel(store, "direct")
    story = await _story(store, Tell(channel=direct))
    await store.add_mute(story, direct.id, actor="ann", now=NOW)
    assert await store.add_follow(story, direct.id, now=NOW)
    assert await store.list_mutes([story]) == []
    assert await store.claim_due_deliveries(NOW, HOUR, 10) == []


async def test_a_direct_message_is_found_whatever_workspace_it_stands_for(store: SqlStore) -> None:
    one, two = await add_channel(store, "direct", HERE), await add_channel(store, "direct", THERE)
    asked = replace(one.place, workspace=WorkspaceId("discord:dm:7"))
    assert await store.list_channels_at(asked) == [one, two]
    assert await store.list_channels_at(replace(asked, platform="slack")) == []
