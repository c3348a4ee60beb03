"""The timeline command: a topic's days that mattered, and how a story came about."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.commands.answers import Reply
from bot.domain.models import WorkspaceId
from bot.domain.records import DeclaredFeed
from tests.newsroom import INTERVAL, Newsroom, newsroom

REVIEW = "Norland opens review of Huawei equipment"
BAN = "Norland bans Huawei from its 5G networks"
TEXT = "Norland will exclude Huawei from its 5G networks, minister Per Aasgaard said. Operators have until 2029."
MASTS = "Norland's ban on Huawei covers 1,900 5G masts"


async def _told(room: Newsroom, line: str, **more: str) -> list[str]:
    answer = await room.ask(line, **more)  # type: ignore[arg-type]
    assert isinstance(answer, Reply)
    card = answer.card
    return [card.title, *("".join(span.text for span in one) for part in card.sections for one in part.lines)]


async def _publish(room: Newsroom) -> None:
    await room.open_outlets("Ledger", "Wire")
    await room.subscribe("huawei")
    room.publish("Ledger", REVIEW, "The review of Huawei lasts a week.")
    await room.tick()
    await room.tick(timedelta(days=9))
    room.publish("Ledger", BAN, TEXT)
    await room.tick()
    room.publish("Wire", MASTS, TEXT)
    await room.tick()


async def test_a_storys_timeline_tells_what_came_before_how_it_began_and_what_was_new(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await _publish(room)
        assert await _told(room, "timeline #2") == [
            f"Timeline: {BAN}",
            f"2026-03-01 Ledger: {REVIEW} · #1",
            f"2026-03-10 Ledger: {BAN} · 2 outlets · #2",
            f"2026-03-10 new: 1,900 5G masts · Wire: {MASTS} · #2",
        ]


async def test_a_topics_timeline_has_a_line_a_day(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await _publish(room)
        room.publish("Wire", "Huawei opens a shop in Velmark", "A shop of Huawei opened.")
        await room.tick()
        assert await _told(room, "timeline huawei") == [
            "Timeline: Huawei",
            f"2026-03-01 Ledger: {REVIEW} · #1",
            f"2026-03-10 Ledger: {BAN} · 2 outlets · +1 more · #2",
        ]


async def test_of_many_days_those_that_mattered_are_chosen(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await _publish(room)
        for number in range(14):
            room.publish("Wire", f"Huawei appeals in town number {number}x{number}", "The order of 10 March stands.")
            await room.tick(timedelta(days=4))
        told = await _told(room, "timeline huawei")
        assert len(told) == 13
        assert any(BAN in one for one in told)


async def test_an_empty_topic_says_so_and_an_unknown_thing_is_named(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        assert await _told(room, "timeline zte") == ["Timeline: ZTE", "Nothing found."]
        assert "There is no story #99 here" in " ".join(await _told(room, "timeline #99"))
        assert "There is no topic “nonsense”" in " ".join(await _told(room, "timeline nonsense"))


async def test_a_timeline_shows_only_what_its_asker_may_see(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await _publish(room)
        mine = WorkspaceId("theirs")
        secret = "https://secret.example/feed"
        feed = DeclaredFeed(url=secret, title="Secret", language="en", interval=INTERVAL, workspace=mine)
        shared = [
            DeclaredFeed(url=url, title=name, language="en", interval=INTERVAL) for name, url in room.outlets.items()
        ]
        await room.store.reconcile_feeds([*shared, feed], room.clock())
        room.outlets["Secret"] = secret
        await room.tick(timedelta(days=3))
        room.publish("Secret", "Huawei plans that nobody knows", "Huawei plans are told to one workspace.")
        await room.tick()
        assert "nobody knows" not in " ".join(await _told(room, "timeline huawei"))
        assert "nobody knows" in " ".join(await _told(room, "timeline huawei", workspace=mine))
