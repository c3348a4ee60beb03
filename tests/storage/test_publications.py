"""Announcements that wait to be handed on: kept once, with their channel, in the order in which they were posted."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.models import Place
from bot.domain.publications import Publication
from bot.storage.store import SqlStore
from tests.storage.making import HERE, HOUR, NOW, add_channel


async def test_a_publication_is_kept_once_and_listed_in_its_order(store: SqlStore) -> None:
    channel = await add_channel(store, "wire")
    for message, due_at in (("2", NOW + HOUR), ("1", NOW), ("2", NOW + 2 * HOUR)):
        await store.save_publication(channel.place, message, due_at=due_at)
    assert await store.list_publications(channel.place.platform) == [
        Publication(channel=channel, message_id="2", due_at=NOW + 2 * HOUR),
        Publication(channel=channel, message_id="1", due_at=NOW),
    ]
    assert await store.list_publications("elsewhere") == []


async def test_a_publication_is_let_go_alone_or_with_its_channel(store: SqlStore) -> None:
    one, two = await add_channel(store, "one"), await add_channel(store, "two")
    for channel in (one, two):
        await store.save_publication(channel.place, "1", due_at=NOW)
    await store.save_publication(Place(platform="test", workspace=HERE, channel="unknown"), "1", due_at=NOW)
    await store.delete_publication(one.id, "1")
    assert [kept.channel for kept in await store.list_publications(one.place.platform)] == [two]
    await store.delete_channel(two.place)
    assert await store.list_publications(one.place.platform) == []


async def test_a_publication_knows_whether_its_channel_still_publishes(store: SqlStore) -> None:
    channel = await add_channel(store, "wire")
    await store.save_publication(channel.place, "1", due_at=NOW)
    for is_published in (True, False):
        await store.save_channel(replace(channel, is_published=is_published), actor="ann", now=NOW)
        (kept,) = await store.list_publications(channel.place.platform)
        assert kept.channel.is_published is is_published
