"""What is due is shared out between hosts."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.feed_lists import FeedList
from bot.domain.feeds import Feed, Outcome
from bot.domain.finds import Discovery, Page
from bot.domain.models import FeedId
from bot.domain.records import DeclaredFeed, FeedRequest, Reading
from bot.domain.settings import FetchSettings
from bot.domain.urls import shown_host
from bot.pipeline.bells import Bells
from bot.pipeline.poll import Poller
from bot.pipeline.shares import AHEAD, FURTHEST, HostShares
from bot.storage.store import open_store

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MILLISECOND, HOUR = timedelta(milliseconds=1), timedelta(hours=1)


def feed(number: int, host: str) -> Feed:
    return Feed(
        id=FeedId(number), url=f"https://{host}.example/{number}", title="", language=None, interval=HOUR,
        next_check_at=NOW,
    )  # fmt: skip


def test_ten_thousand_feeds_of_one_host_are_spread_at_the_rate_that_it_answers_at() -> None:
    shares = HostShares(per_host=4, pause=timedelta())
    first = feed(0, "busy")
    shares.split([first], NOW)
    shares.end(first, 40 * MILLISECOND)
    taken, later = shares.split([feed(n, "busy") for n in range(10_000)], NOW)
    assert len(taken) == 4 * AHEAD
    turns = [at for _, at in later]
    assert turns == sorted(turns)
    assert turns[-1] - NOW == pytest.approx(10 * MILLISECOND * len(later), rel=0.01)


def test_a_host_that_takes_half_a_minute_is_queued_and_no_other() -> None:
    shares = HostShares(per_host=4, pause=timedelta())
    slow = [feed(n, "slow") for n in range(100)]
    taken, _ = shares.split(slow, NOW)
    for one in taken:
        shares.end(one, timedelta(seconds=30))
    taken, later = shares.split([*slow, *(feed(n, f"host{n}") for n in range(500))], NOW)
    assert Counter(shown_host(one.url) for one in taken)["slow.example"] == 4 * AHEAD
    assert len(taken) == 500 + 4 * AHEAD
    assert max(at for _, at in later) - NOW > timedelta(minutes=10)


@given(
    st.lists(st.integers(0, 5), max_size=300),
    st.integers(1, 5),
    st.timedeltas(timedelta(), timedelta(seconds=5)),
    st.lists(st.timedeltas(timedelta(), timedelta(seconds=60)), max_size=30),
)
def test_no_host_has_more_than_its_share_and_none_is_forgotten(
    hosts: list[int], per_host: int, pause: timedelta, took: list[timedelta]
) -> None:
    shares = HostShares(per_host=per_host, pause=pause)
    active: list[Feed] = []
    waiting, now = [feed(n, f"h{host}") for n, host in enumerate(hosts)], NOW
    for length in [*took, timedelta()]:
        taken, later = shares.split(waiting, now)
        assert {one.id for one in taken} | {number for number, _ in later} == {one.id for one in waiting}
        assert all(now < at <= now + FURTHEST for _, at in later)
        active += taken
        assert all(count <= per_host * AHEAD for count in Counter(shown_host(one.url) for one in active).values())
        left = {number for number, _ in later}
        waiting = [one for one in waiting if one.id in left]
        if active:
            shares.end(active.pop(), length)


@dataclass
class SlowFetcher:
    """A host that takes long beside many that answer at once."""

    busy: Counter[str] = field(default_factory=Counter)
    most: Counter[str] = field(default_factory=Counter)
    done: int = 0
    all_quick_ones: asyncio.Event = field(default_factory=asyncio.Event)

    async def read(self, request: FeedRequest) -> Reading:
        host = shown_host(request.url)
        self.busy[host] += 1
        self.most[host] = max(self.most[host], self.busy[host])
        try:
            await asyncio.sleep(30 if host == "slow.example" else 0)
        finally:
            self.busy[host] -= 1
        self.done += 1
        if self.done == 60:
            self.all_quick_ones.set()
        return Reading(outcome=Outcome.NOT_MODIFIED)

    async def read_document(self, body: bytes, *, url: str, content_type: str = "") -> Reading:
        raise AssertionError(url)

    async def fetch_page(self, url: str) -> Page:
        raise AssertionError(url)

    async def read_list(self, body: bytes, content_type: str = "") -> FeedList:
        raise AssertionError(content_type)

    async def discover(self, url: str) -> Discovery:
        raise AssertionError(url)

    async def close(self) -> None:
        """Nothing is open."""


async def test_the_loop_polls_everything_else_while_a_host_takes_half_a_minute(tmp_path: Path) -> None:
    store, fetcher, bells = await open_store(tmp_path / "t.db", exclusive=True), SlowFetcher(), Bells()
    settings = FetchSettings(concurrency=10, per_host=2, host_pause=timedelta())
    urls = [f"https://slow.example/{n}" for n in range(60)] + [f"https://host{n}.example/" for n in range(60)]
    declared = [DeclaredFeed(url=url, title=url, language="en", interval=HOUR) for url in urls]
    now = datetime.now(UTC)
    await store.reconcile_feeds(declared, now)
    poller = Poller(store=store, fetcher=fetcher, settings=settings, bells=bells, clock=lambda: datetime.now(UTC))
    running = asyncio.create_task(poller.run())
    try:
        async with asyncio.timeout(20):
            await fetcher.all_quick_ones.wait()
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert fetcher.most["slow.example"] <= 2 * AHEAD
    await store.close()
