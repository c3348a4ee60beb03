"""Who uses which feeds: quota, tags, imports and their trace in the audit log."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.domain.errors import QuotaError
from bot.domain.feed_lists import ListedFeed
from bot.domain.models import EVERYONE, Place
from bot.storage.store import SqlStore, open_store
from tests.storage.making import HERE, HOUR, MINUTE, NOW, THERE, add_feed, declared
from tests.storage.test_migrate import ask


def listed(*names: str, tags: tuple[str, ...] = ()) -> list[ListedFeed]:
    return [ListedFeed(url=f"https://{name}.example/rss", title=name.title(), tags=tags) for name in names]


async def add(store: SqlStore, name: str, **more: Any) -> Any:
    asked: dict[str, Any] = {"title": name, "language": None, "interval": HOUR, "workspace": HERE, "actor": "ann"}
    return await store.add_feed(url=f"https://{name}.example/rss", now=NOW, **(asked | more))


async def take(store: SqlStore, feeds: list[ListedFeed], **more: Any) -> Any:
    asked: dict[str, Any] = {"interval": HOUR, "workspace": HERE, "actor": "ann", "now": NOW}
    return await store.import_feeds(feeds, **(asked | more))


def audit(path: Path) -> list[tuple[str, str, str, str]]:
    return ask(path, "SELECT actor, workspace, action, subject FROM audit_log ORDER BY id")


async def test_who_added_and_removed_a_feed_is_written_down(store: SqlStore, path: Path) -> None:
    feed = await add(store, "wire")
    await add(store, "wire")
    assert await store.delete_feed_use(HERE, feed.id, actor="bob", now=NOW)
    assert not await store.delete_feed_use(HERE, feed.id, actor="bob", now=NOW)
    number = str(feed.id)
    assert audit(path) == [("ann", "here", "feed.add", number), ("bob", "here", "feed.remove", number)]


async def test_an_import_writes_down_what_was_new(store: SqlStore, path: Path) -> None:
    await add(store, "wire", actor="bob")
    await take(store, listed("wire", "post"))
    assert [row[:3] for row in audit(path)] == [("bob", "here", "feed.add"), ("ann", "here", "feed.add")]


async def test_the_quota_counts_a_workspaces_own_feeds(store: SqlStore) -> None:
    await store.reconcile_feeds([declared("https://shared.example/rss")], NOW)
    await add_feed(store, "theirs", THERE)
    await add(store, "a", most=2)
    await add(store, "b", most=2)
    with pytest.raises(QuotaError, match=r"reads 2 feeds, and at most 2 .*feeds\.per_workspace.*Remove one"):
        await add(store, "c", most=2)
    assert len(await store.list_feeds(HERE)) == 3
    assert (await add(store, "a", most=2)).title == "a", "a feed that is there is no further one"


async def test_a_refused_feed_leaves_nothing(store: SqlStore, path: Path) -> None:
    with pytest.raises(QuotaError):
        await add(store, "wire", most=0)
    assert ask(path, "SELECT count(*) FROM feeds") == [(0,)]
    assert audit(path) == []


async def test_many_at_once_do_not_pass_the_quota(store: SqlStore, path: Path) -> None:
    other = await open_store(path, exclusive=False)
    adding = [add(each, f"f{n}{m}", most=5) for m, each in enumerate((store, other)) for n in range(10)]
    results = await asyncio.gather(*adding, return_exceptions=True)
    await other.close()
    assert sum(isinstance(result, QuotaError) for result in results) == 15
    assert len(await store.list_feeds(HERE)) == 5


async def test_an_import_fills_the_quota_and_names_the_rest(store: SqlStore) -> None:
    await add(store, "a")
    imported = await take(store, listed("b", "a", "c", "d"), most=3)
    assert [feed.title for feed in imported.added] == ["B", "C"]
    assert [feed.title for feed in imported.known] == ["A"]
    assert [feed.title for feed in imported.left_out] == ["D"]


async def test_an_imported_feed_is_due_now_and_silent_at_first(store: SqlStore) -> None:
    await take(store, listed("wire", tags=("News",)))
    (feed,) = await store.claim_due_feeds(NOW, MINUTE, 10)
    assert (feed.url, feed.title, feed.first_polled_at) == ("https://wire.example/rss", "Wire", None)
    assert await store.list_feeds(THERE) == []


@pytest.mark.parametrize("url", ["http://wire.example/rss", "https://www.wire.example/rss/"])
async def test_a_spelling_of_a_feed_that_is_seen_is_not_added(store: SqlStore, url: str) -> None:
    await store.reconcile_feeds([declared("https://wire.example/rss")], NOW)
    imported = await take(store, [ListedFeed(url=url)])
    assert (len(imported.added), len(imported.known)) == (0, 1)


async def test_an_import_tags_own_feeds_that_have_no_tags(store: SqlStore) -> None:
    await store.reconcile_feeds([declared("https://shared.example/rss")], NOW)
    bare, named = await add(store, "bare"), await add(store, "named", tags=("Mine",))
    await take(store, listed("bare", "named", "shared", tags=("News",)))
    assert await store.list_feed_tags(HERE) == {bare.id: ("News",), named.id: ("Mine",)}


async def test_tags_belong_to_the_use_and_end_with_it(store: SqlStore) -> None:
    feed = await add(store, "wire", tags=("Asia", "Chips"))
    await add_feed(store, "wire", THERE)
    assert await store.list_feed_tags(HERE) == {feed.id: ("Asia", "Chips")}
    assert await store.list_feed_tags(THERE) == {}
    await add(store, "wire", tags=("Europe",))
    assert await store.list_feed_tags(HERE) == {feed.id: ("Europe",)}
    await store.delete_feed_use(HERE, feed.id, actor="ann", now=NOW)
    await add(store, "wire")
    assert await store.list_feed_tags(HERE) == {}


async def test_the_uses_tell_addresses_and_whose_they_are(store: SqlStore) -> None:
    await store.reconcile_feeds([declared("https://shared.example/rss", "Shared")], NOW)
    await add(store, "mine", tags=("T",))
    await add_feed(store, "theirs", THERE)
    uses = await store.list_feed_uses(HERE)
    assert [(use.url, use.tags, use.is_own) for use in uses] == [
        ("https://mine.example/rss", ("T",), True),
        ("https://shared.example/rss", (), False),
    ]
    assert [use.is_own for use in await store.list_feed_uses(EVERYONE)] == [True]


async def test_the_workspaces_are_those_that_have_a_channel_or_a_feed(store: SqlStore) -> None:
    await store.reconcile_feeds([declared("https://shared.example/rss")], NOW)
    await add(store, "mine")
    await store.add_channel(Place(platform="test", workspace=THERE, channel="c"))
    assert await store.list_workspaces() == [HERE, THERE]
