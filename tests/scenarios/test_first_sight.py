"""The first sight of a long feed: its newest entries are kept before the rest is read, and all of it is silent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.domain.feeds import Outcome
from bot.domain.records import DeclaredFeed, FeedRequest, Reading
from tests.newsroom import INTERVAL, WORKSPACE, ScriptedFetcher, newsroom

URL = "https://the-wire.example/feed"


class InTwoParts(ScriptedFetcher):
    """Hands out the newest entry before the rest; while it `breaks_off`, nothing comes after that."""

    breaks_off = True

    async def read(self, request: FeedRequest) -> Reading:
        """Return the feed's entries but for what was handed out."""
        reading = await super().read(request)
        if request.take_newest is None or reading.outcome is not Outcome.NEW:
            return reading
        await request.take_newest(replace(reading, entries=reading.entries[:1], keys=reading.keys[:1]))
        if self.breaks_off:
            raise ConnectionAbortedError
        return replace(reading, entries=reading.entries[1:], keys=reading.keys[1:], skipped=1)


async def test_a_first_sight_in_two_parts_is_silent_also_where_it_broke_off_between_them(tmp_path: Path) -> None:
    fetcher = InTwoParts()
    async with newsroom(tmp_path, fetcher=fetcher) as room:
        room.outlets["The Wire"] = URL
        for number in range(3):
            room.publish("The Wire", f"Norland bans Huawei from port {number}")
        await room.subscribe("huawei")
        feed = DeclaredFeed(url=URL, title="The Wire", language="en", interval=INTERVAL)
        await room.store.reconcile_feeds([feed], room.clock())
        await room.tick()
        assert "port 2" in repr(await room.ask("search norland"))
        assert "port 1" not in repr(await room.ask("search norland"))
        [line] = await room.store.list_feeds(WORKSPACE)
        assert (line.outcome, line.last_success_at) == (None, None)

        fetcher.breaks_off = False
        await room.tick()
        found = repr(await room.ask("search norland"))
        assert all(f"port {number}" in found for number in range(3))
        [line] = await room.store.list_feeds(WORKSPACE)
        assert (line.outcome, line.articles) == (Outcome.NEW, 3)
        assert room.platform.shown == []

        room.publish("The Wire", "Norland lifts its ban on Huawei")
        await room.tick()
        assert len(room.platform.shown) == 1
