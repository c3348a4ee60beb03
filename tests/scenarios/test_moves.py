"""Feeds that move: the address is changed after several polls, told once, and nothing is lost or repeated."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.domain.models import EVERYONE, WorkspaceId
from bot.domain.moves import MOVES
from bot.domain.records import DeclaredFeed
from tests.commands.stage import shown
from tests.newsroom import INTERVAL, WORKSPACE, Newsroom, newsroom

NEW = "https://new.example/feed?key=secret"
HERS = WorkspaceId("hers")


async def hosts(room: Newsroom, viewer: WorkspaceId = EVERYONE) -> list[str]:
    return [line.host for line in await room.store.list_feeds(viewer)]


async def move(room: Newsroom, outlet: str, *, to: str = NEW, polls: int = MOVES) -> str:
    """Let an outlet's feed be sent on for so many polls; returns its old address."""
    old = room.outlets[outlet]
    room.fetcher.moved[old] = to
    room.fetcher.entries.setdefault(to, room.fetcher.entries.get(old, []))
    for _ in range(polls):
        await room.tick()
    return old


async def test_a_declared_feed_moves_once_sure_is_told_once_and_stays_after_a_restart(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        await room.open_ops()
        await room.subscribe("huawei")
        room.publish("Ledger", "Norland bans Huawei")
        old = await move(room, "Ledger", polls=MOVES - 1)
        assert await hosts(room) == ["ledger.example"]
        await room.tick()
        assert await hosts(room) == ["new.example"]
        room.fetcher.moved.clear()
        room.fetcher.fail[old] = "its host name is unknown (DNS)"
        declared = DeclaredFeed(url=old, title="Ledger", language="en", interval=INTERVAL)
        await room.store.reconcile_feeds([declared], room.clock())
        room.outlets["Ledger"] = NEW
        room.publish("Ledger", "Huawei opens a chip factory near Oldtown harbour")
        for _ in range(8):
            await room.tick()
        assert await hosts(room) == ["new.example"]
        assert [m.card.title for m in room.platform.shown if m.place.channel == "news"] == [
            "Norland bans Huawei",
            "Huawei opens a chip factory near Oldtown harbour",
        ]
        told = [m.card for m in room.platform.shown if m.place.channel == "ops"]
        assert [card.title for card in told] == ["Ledger has moved"]
        assert "https://new.example/feed for good" in shown(told[0])
        assert "secret" not in shown(told[0])


async def test_a_file_that_names_the_new_address_is_the_same_feed(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        room.publish("Ledger", "Norland bans Huawei")
        await move(room, "Ledger")
        (before,) = await room.store.list_feeds(EVERYONE)
        declared = DeclaredFeed(url=NEW, title="Ledger", language="en", interval=INTERVAL)
        await room.store.reconcile_feeds([declared], room.clock())
        (after,) = await room.store.list_feeds(EVERYONE)
        assert (after.id, after.articles, after.is_declared) == (before.id, 1, True)
        await room.store.reconcile_feeds([], room.clock())
        assert await hosts(room) == []


async def test_a_feed_that_moves_to_one_that_is_there_becomes_it(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        for url, who in ((NEW, HERS), ("https://other.example/feed", WORKSPACE)):
            await room.store.add_feed(
                url=url, title=url[8:11], language="en", interval=INTERVAL, workspace=who, actor="t", now=room.clock()
            )
        room.outlets["Other"] = "https://other.example/feed"
        room.publish("Other", "Only the other brought this", link="https://new.example/77", guid="same")
        await room.tick()
        assert sorted(await hosts(room, WORKSPACE)) == ["ledger.example", "other.example"]
        await move(room, "Other")
        assert sorted(await hosts(room, WORKSPACE)) == ["ledger.example", "new.example"]
        assert sorted(await hosts(room, HERS)) == ["ledger.example", "new.example"]
        assert "Only the other brought this" in repr(await room.ask("search brought"))
        await room.tick(timedelta(hours=1))
        assert (await room.store.status(WORKSPACE)).articles == 1


async def test_a_declared_feed_that_moves_to_one_that_was_added_keeps_its_place_in_the_file(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        await room.store.add_feed(
            url=NEW, title="Hers", language="en", interval=INTERVAL, workspace=HERS, actor="t", now=room.clock()
        )
        await room.tick()
        old = await move(room, "Ledger")
        assert await hosts(room) == ["new.example"]
        declared = DeclaredFeed(url=old, title="Ledger", language="en", interval=INTERVAL)
        await room.store.reconcile_feeds([declared], room.clock())
        assert await hosts(room) == ["new.example"]


async def test_two_feeds_of_the_file_that_lead_to_one_are_left_alone(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger", "Wire")
        room.fetcher.entries[room.outlets["Wire"]] = []
        await move(room, "Ledger", to=room.outlets["Wire"], polls=2 * MOVES)
        assert sorted(await hosts(room)) == ["ledger.example", "wire.example"]
