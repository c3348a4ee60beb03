"""Feeds that bring everything again, and feeds that were away: what channels see of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.commands.answers import Reply, Right
from bot.domain.feeds import Entry, Outcome
from bot.domain.models import EVERYONE, Place
from bot.domain.urls import canonical_url
from tests.commands.stage import asker_with
from tests.newsroom import WORKSPACE, Newsroom, newsroom

DAY = timedelta(days=1)
PLACES = ["Norland", "East Island", "Sandland", "Westmark", "Highland", "Lakeland", "Fairport", "Greyhaven", "Oldtown"]
TITLES = [f"{place} bans Huawei from network number {n}" for n, place in enumerate(PLACES * 3)]


async def open_with_history(room: Newsroom, *titles: str) -> str:
    """Open one outlet that brought these titles before, and a channel that watches; returns the feed's address."""
    room.outlets["Ledger"] = "https://ledger.example/feed"
    for title in titles:
        room.publish("Ledger", title, published_at=room.clock() - 90 * DAY)
    await room.open_outlets("Ledger")
    await room.subscribe("huawei")
    await room.open_ops()
    return room.outlets["Ledger"]


def again(
    entries: list[Entry], room: Newsroom, *, guid: str = "new", host: str = "", bump: bool = False
) -> list[Entry]:
    """Publish entries again with other guids, on another host, under today's date."""
    return [
        replace(
            entry,
            guid=f"new-{n}",
            link=f"https://{host}/{n}" if host else entry.link,
            published_at=room.clock() if bump else entry.published_at,
        )
        for n, entry in enumerate(entries)
    ]


def seen(room: Newsroom, channel: str) -> list[str]:
    return [message.card.title for message in room.platform.shown if message.place.channel == channel]


@pytest.mark.parametrize("count", [6, 27])
@pytest.mark.parametrize("host, bump", [("", False), ("ledger.new", False), ("", True), ("ledger.new", True)])
async def test_a_feed_that_is_published_again_is_silence(tmp_path: Path, count: int, host: str, bump: bool) -> None:
    async with newsroom(tmp_path) as room:
        url = await open_with_history(room, *TITLES[:count])
        await room.tick()
        room.fetcher.entries[url] = [*again(room.fetcher.entries[url], room, host=host, bump=bump)]
        room.publish("Ledger", "Norland lets Huawei build a harbour crane")
        await room.tick()
        assert seen(room, "news") == ["Norland lets Huawei build a harbour crane"]
        assert seen(room, "ops") == []
        (feed,) = await room.store.list_feeds(EVERYONE)
        assert feed.articles == count + 1
        assert feed.outcome is Outcome.NEW


async def test_old_items_that_resurface_are_held_and_asked_about_once(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        url = await open_with_history(room, "Harbour opens")
        for title in TITLES[:20]:
            room.publish("Ledger", title, published_at=room.clock() - 200 * DAY)
        room.publish("Ledger", "Norland lets Huawei build a harbour crane")
        await room.tick()
        for title in TITLES[20:]:
            room.publish("Ledger", title, published_at=room.clock() - 300 * DAY)
        assert len(room.fetcher.entries[url]) == 29
        for _ in range(3):
            await room.tick()
        assert seen(room, "news") == ["Norland lets Huawei build a harbour crane"]
        assert seen(room, "ops") == ["Ledger: too much at once"]
        assert "20 entries came at once" in repr(room.platform.shown[0].card) + repr(room.platform.shown[1].card)
        assert "Oldtown bans" not in repr(await room.ask("search oldtown"))


@pytest.mark.parametrize("verdict, told", [("Show them", True), ("Drop them", False)])
async def test_the_button_decides_over_what_is_held(tmp_path: Path, verdict: str, told: bool) -> None:
    async with newsroom(tmp_path) as room:
        await open_with_history(room, "Harbour opens")
        for title in TITLES[:20]:
            room.publish("Ledger", title, published_at=room.clock() - 200 * DAY)
        await room.tick()
        (question,) = [message.card for message in room.platform.shown]
        call = next(button.call for button in question.buttons if button.label == verdict)
        assert call is not None
        place = Place(platform="test", workspace=WORKSPACE, channel="ops")
        answer = await room.desk.run(call, replace(asker_with(*Right), place=place))
        assert isinstance(answer, Reply)
        assert answer.card.title.startswith("20 articles of Ledger")
        await room.tick()
        assert bool(seen(room, "news")) == told
        assert (await room.store.status(WORKSPACE)).ungathered == 0
        (feed,) = await room.store.list_feeds(EVERYONE)
        assert feed.held == 0
        assert isinstance(again_answer := await room.desk.run(call, replace(asker_with(*Right), place=place)), Reply)
        assert again_answer.card.title == "Nothing of Ledger is held back"


async def test_after_a_long_downtime_everything_is_caught_up_on(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await open_with_history(room, "Harbour opens")
        for number, title in enumerate(TITLES):
            room.publish("Ledger", title, published_at=room.clock() + number * DAY / 9)
        await room.tick(3 * DAY + timedelta(hours=8))
        (feed,) = await room.store.list_feeds(EVERYONE)
        assert feed.outcome is Outcome.NEW
        assert feed.articles == len(TITLES) + 1
        assert seen(room, "ops") == []
        assert seen(room, "news")


async def test_who_may_not_manage_the_workspace_decides_nothing(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await open_with_history(room, "Harbour opens")
        for title in TITLES[:20]:
            room.publish("Ledger", title, published_at=room.clock() - 200 * DAY)
        await room.tick()
        await room.ask("feed held 1 show", rights=())
        (feed,) = await room.store.list_feeds(EVERYONE)
        assert feed.held == 20


def test_the_scripted_links_are_articles() -> None:
    assert canonical_url("https://ledger.example/3") is not None


async def test_offers_that_trickle_in_under_one_title_are_told_once(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await open_with_history(room)
        for n in range(12):
            text = f"Model {n} is now {n + 5} percent cheaper in our shop, with free delivery until the week ends."
            room.publish("Ledger", "Huawei watch offers this week", text)
            await room.tick()
        told = seen(room, "news")
        assert told[0] == "Huawei watch offers this week"
        assert len(told) == 5, "the sixth under one title is no news any more, nor is any after it"
        found = await room.store.latest(WORKSPACE, None, 20)
        assert max(line.outlets for line in found) == 1
        assert len(found) == 8
