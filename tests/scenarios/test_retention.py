"""Retention: what is too old goes, followed stories stay, and nothing that went comes back as news."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.domain.models import StoryId
from bot.domain.settings import RetentionSettings
from bot.pipeline.clean import LEAST, Cleaner
from bot.storage.cleaning import FORGOTTEN
from tests.newsroom import NOON, WORKSPACE, Newsroom, newsroom
from tests.storage.filling import count

YEAR = timedelta(days=365)
KEPT = RetentionSettings(articles=timedelta(days=100))


def cleaner(room: Newsroom) -> Cleaner:
    return Cleaner(store=room.store, settings=KEPT, clock=room.clock)


async def tell_three(room: Newsroom) -> list[StoryId]:
    """Let three stories be told; returns their ids, oldest first."""
    await room.open_outlets("Wire")
    await room.subscribe("huawei")
    for title in ("Huawei is told to leave the network", "Huawei opens a plant in Ghent"):
        room.publish("Wire", title)
        await room.tick(timedelta(days=4))
    room.publish("Wire", "Huawei sues the minister in Lisbon", published_at=None)
    await room.tick(timedelta(days=4))
    assert len(room.platform.shown) == 3
    return [line.id for line in reversed(await room.store.latest(WORKSPACE, None, 9))]


async def test_old_stories_go_whole_and_followed_ones_stay(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        first, second, undated = await tell_three(room)
        [channel] = [c for c, _ in await room.store.list_live_subscriptions()]
        await room.store.add_follow(second, channel.id, now=room.clock())
        room.clock.move(YEAR)
        seen = await room.store.preview_clean(room.clock() - KEPT.articles)
        assert (seen.stories, seen.articles, seen.alerts) == (2, 2, 2)
        assert len(await room.store.latest(WORKSPACE, None, 9)) == 3, "a preview takes nothing"
        gone = await cleaner(room).clean()
        assert gone == seen
        assert [line.id for line in await room.store.latest(WORKSPACE, None, 9)] == [second]
        assert await room.store.search(WORKSPACE, [["leave"]], 9) == []
        assert len(await room.store.search(WORKSPACE, [["ghent"]], 9)) == 1
        assert {first, undated}.isdisjoint({s.id for s in await room.store.list_stories([first, undated])})
        counted = await room.store.status(WORKSPACE)
    rows = count(tmp_path / "newsroom.db")
    assert (counted.articles, counted.stories) == (rows["articles"], rows["stories"]), "status counts what is left"
    assert (rows["stories"], rows["article_words"], rows["alerts"], rows["articles"]) == (1, 1, 1, 2)
    with closing(sqlite3.connect(tmp_path / "newsroom.db")) as db:
        assert db.execute("SELECT DISTINCT article_id FROM matches").fetchall() == [(2,)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


async def test_what_went_does_not_come_back_as_news_though_its_feed_still_lists_it(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await tell_three(room)
        room.clock.move(YEAR)
        await cleaner(room).clean()
        room.poller.retention = KEPT.articles
        room.publish("Wire", "Huawei returns to Oslo")
        await room.tick()
        assert room.platform.titles()[3:] == ["Huawei returns to Oslo"]


async def test_what_waits_or_is_young_is_never_taken(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Wire")
        await room.subscribe("huawei")
        room.publish("Wire", "Huawei is told to leave the network")
        room.clock.move(timedelta(minutes=20))
        await room.poller.poll_due()
        await room.gatherer.gather_all()
        room.clock.move(LEAST - timedelta(hours=1))
        short = Cleaner(store=room.store, settings=RetentionSettings(articles=timedelta(days=1)), clock=room.clock)
        assert (await short.clean()).stories == 0, "too young, whatever is set"
        room.clock.move(YEAR)
        assert (await cleaner(room).clean()).stories == 0, "its message still waits"
        await room.deliverer.deliver_due()
        room.clock.move(YEAR)
        assert (await cleaner(room).clean()).stories == 1


async def test_a_forgotten_person_stands_nowhere_and_what_they_changed_stays(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Wire")
        await room.ask("subscribe huawei")
        direct = await room.subscribe("zte", channel="dm-u1")
        await room.store.save_channel(replace(direct, language="nl"), actor="u1", now=NOON)
        assert [line.actor for line in await room.store.list_audit(WORKSPACE, NOON, 9)].count("u1") == 2
        assert await room.store.forget_person("u1", ["dm-u1"]) > 2
        actors = {line.actor for line in await room.store.list_audit(None, NOON, 9)}
        assert "u1" not in actors
        assert FORGOTTEN in actors
        assert [c.place.channel for c, _ in await room.store.list_live_subscriptions()] == ["news"]
        assert await room.store.forget_person("u1", ["dm-u1"]) == 0
