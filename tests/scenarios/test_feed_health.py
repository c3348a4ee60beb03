"""What ops channels hear of feeds: each trouble once, its end once, an outage as one message."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.feeds import Outcome
from bot.domain.models import EVERYONE, WorkspaceId
from bot.domain.troubles import Trouble, remedy
from tests.commands.stage import shown
from tests.newsroom import INTERVAL, Newsroom, newsroom

MINUTES, HOURS = timedelta(minutes=10), timedelta(hours=1)
MANY = [f"Outlet {n}" for n in range(12)]


def ops_titles(room: Newsroom, workspace: str = "test") -> list[str]:
    return [m.card.title for m in room.platform.shown if m.place.channel == "ops" and m.place.workspace == workspace]


async def wait(room: Newsroom, hours: float) -> None:
    """Let hours pass, with polls and deliveries as they come due."""
    end = room.clock() + timedelta(hours=hours)
    while room.clock() < end:
        due = await room.store.next_feed_due_at() or end
        soon = room.clock() + (MINUTES if await room.store.list_feed_news() else HOURS)
        room.clock.now = max(room.clock() + MINUTES, min(due, soon, end))
        await room.poller.poll_due()
        await room.deliverer.deliver_due()


async def test_a_feed_that_turns_bad_is_told_once_with_what_to_do_and_its_recovery_once(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger", "Wire", "Post")
        await room.open_ops()
        room.fetcher.fail[room.outlets["Ledger"]] = "there is nothing at this address (404)"
        room.fetcher.trouble = Trouble.MISSING
        await wait(room, 12)
        assert ops_titles(room) == ["Ledger is in trouble"]
        told = shown(room.platform.shown[0].card)
        assert "there is nothing at this address (404). Look for the feed's new address" in told
        room.fetcher.fail.clear()
        await wait(room, 12)
        assert ops_titles(room) == ["Ledger is in trouble", "Ledger is read again"]
        await wait(room, 12)
        assert len(ops_titles(room)) == 2


async def test_a_blip_is_not_told(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        await room.open_ops()
        room.fetcher.fail[room.outlets["Ledger"]] = "the host does not answer"
        await wait(room, 0.5)
        assert room.fetcher.asked
        room.fetcher.fail.clear()
        await wait(room, 3)
        assert ops_titles(room) == []


async def test_a_feed_that_is_gone_is_told_at_once_and_asked_once_a_day_for_ever(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        await room.open_ops()
        room.fetcher.fail[room.outlets["Ledger"]] = "the feed is gone for good (410)"
        room.fetcher.trouble = Trouble.GONE
        await wait(room, 1)
        assert ops_titles(room) == ["Ledger has ended"]
        before = len(room.fetcher.asked)
        await wait(room, 24 * 5)
        assert 4 <= len(room.fetcher.asked) - before <= 6
        assert ops_titles(room) == ["Ledger has ended"]


async def test_an_outage_is_one_message_and_so_is_its_end(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets(*MANY)
        await room.open_ops()
        for url in room.outlets.values():
            room.fetcher.fail[url] = "the network that the host is in cannot be reached"
        room.fetcher.trouble = Trouble.UNREACHABLE
        await wait(room, 10)
        assert ops_titles(room) == ["12 of 12 feeds cannot be read"]
        room.fetcher.fail.clear()
        # The back-off stands at hours by now; the first feed that answers wakes the others.
        await wait(room, 9)
        assert len(ops_titles(room)) == 2, ops_titles(room)
        assert ops_titles(room)[1] == "Feeds: 12 read again"
        await wait(room, 9)
        assert len(ops_titles(room)) == 2


async def test_who_does_not_use_a_feed_hears_nothing_of_it(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        await room.open_ops()
        await room.open_ops(WorkspaceId("theirs"))
        theirs = "https://theirs.example/feed"
        await room.store.add_feed(
            url=theirs, title="Theirs", language="en", interval=INTERVAL, workspace=WorkspaceId("theirs"),
            actor="t", now=room.clock(),
        )  # fmt: skip
        await room.tick()
        room.fetcher.fail[theirs] = "the server refuses us (403)"
        await wait(room, 5)
        assert ops_titles(room) == []
        assert ops_titles(room, "theirs") == ["Theirs is in trouble"]
        room.fetcher.fail[room.outlets["Ledger"]] = "the server refuses us (403)"
        await wait(room, 5)
        assert ops_titles(room) == ["Ledger is in trouble"]
        assert ops_titles(room, "theirs") == ["Theirs is in trouble", "Ledger is in trouble"]


async def test_a_crash_between_deciding_and_telling_loses_and_repeats_nothing(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        await room.open_ops()
        room.fetcher.fail[room.outlets["Ledger"]] = "the host does not answer"
        while not await room.store.list_feed_news():
            await room.tick(timedelta(minutes=10))
        clock, fetcher, platform = room.clock, room.fetcher, room.platform
        assert ops_titles(room) == []
    async with newsroom(tmp_path, clock=clock, fetcher=fetcher, platform=platform) as room:
        await wait(room, 3)
        assert ops_titles(room) == ["Ledger is in trouble"]


async def test_health_counts_how_polls_ended_and_says_what_to_do(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        room.publish("Ledger", "Harbour opens")
        await wait(room, 1)
        room.fetcher.fail[room.outlets["Ledger"]] = "its host name is unknown (DNS)"
        room.fetcher.trouble = Trouble.NO_HOST
        await wait(room, 1)
        (feed,) = await room.store.list_feeds(EVERYONE)
        assert dict(feed.polls)[Outcome.NEW] == 1
        assert dict(feed.polls)[Outcome.FAILED] == feed.failures > 0
        answer = await room.ask(f"feed health {feed.id}")
        told = shown(answer.card)  # type: ignore[union-attr]
        assert "Check the address for a typing error" in told
        assert "1 new" in told
        assert "in trouble" in shown((await room.ask("feed health")).card)  # type: ignore[union-attr]


@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_trouble_has_a_remedy(trouble: Trouble) -> None:
    assert remedy(trouble).endswith(".")
