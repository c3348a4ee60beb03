"""The sample server: history first, then one item after another, fresh each run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import aiohttp
import feedparser
import pytest

from bot.sample.affair import load_affair
from bot.sample.server import STEP, SampleServer

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class SetClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


async def read(server: SampleServer) -> dict[str, str]:
    """Return guid -> title over all feeds."""
    found: dict[str, str] = {}
    async with aiohttp.ClientSession() as session:
        for feed in server.feeds:
            async with session.get(feed.url) as answer:
                body = await answer.read()
            found |= {entry.id: entry.title for entry in feedparser.parse(body).entries}
    return found


async def test_a_first_look_shows_the_history_and_later_ones_one_item_more_at_a_time() -> None:
    affair, clock = load_affair(), SetClock()
    server = SampleServer(clock)
    await server.start()
    try:
        first = await read(server)
        assert sorted(first.values()) == sorted(r.title for r in affair.history)
        out = len(affair.history)
        for step, report in enumerate(affair.live, 1):
            clock.now = NOON + step * STEP
            out += report.replaces is None
            assert len(await read(server)) == out
    finally:
        await server.close()


async def test_nothing_live_is_in_a_feeds_first_answer_however_late_it_comes() -> None:
    affair, clock = load_affair(), SetClock()
    server = SampleServer(clock)
    await server.start()
    try:
        async with aiohttp.ClientSession() as session, session.get(server.feeds[0].url):
            pass
        clock.now += timedelta(hours=1)
        late = await read(server)
        in_time = {r.title for r in affair.live if r.outlet == affair.outlets[0].key}
        assert set(late.values()) - {r.title for r in affair.history} == in_time
    finally:
        await server.close()


async def test_two_runs_share_no_guid() -> None:
    guids: list[set[str]] = []
    for _ in range(2):
        server = SampleServer(SetClock())
        await server.start()
        guids.append(set(await read(server)))
        await server.close()
    assert not guids[0] & guids[1]


async def test_an_unchanged_feed_is_not_sent_again() -> None:
    server = SampleServer(SetClock())
    await server.start()
    try:
        async with aiohttp.ClientSession() as session:
            async with session.get(server.feeds[0].url):
                pass
            async with session.get(server.feeds[0].url) as first:
                etag = first.headers["ETag"]
            async with session.get(server.feeds[0].url, headers={"If-None-Match": etag}) as second:
                assert second.status == 304
    finally:
        await server.close()


@pytest.mark.parametrize("language", ["en", "nl", "de", "zh"])
def test_the_affair_is_told_in_four_languages(language: str) -> None:
    affair = load_affair()
    outlets = {o.key for o in affair.outlets if o.language == language}
    assert any(r.outlet in outlets for r in affair.live)
    assert any(r.outlet in outlets for r in affair.history)


def test_the_week_has_120_items_from_ten_outlets_copies_among_them() -> None:
    affair = load_affair()
    reports = [r for r in (*affair.history, *affair.live) if r.replaces is None]
    assert len(reports) == 120
    assert {r.outlet for r in reports} == {o.key for o in affair.outlets}
    assert len(reports) - len({r.text for r in reports}) == 24
    assert all(r.age <= timedelta(days=7) for r in affair.history if r.age is not None)


async def test_a_retraction_stands_where_the_report_stood() -> None:
    affair, clock = load_affair(), SetClock()
    server = SampleServer(clock)
    await server.start()
    try:
        await read(server)
        step, retraction = next((n, r) for n, r in enumerate(affair.live, 1) if r.replaces)
        clock.now = NOON + (step - 1) * STEP
        before = {title: guid for guid, title in (await read(server)).items()}
        clock.now = NOON + step * STEP
        after = {title: guid for guid, title in (await read(server)).items()}
        assert retraction.replaces in before
        assert retraction.replaces not in after
        assert after[retraction.title] == before[retraction.replaces]
    finally:
        await server.close()
