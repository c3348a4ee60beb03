"""Holds the stopwatch and the tally to what passes the doors."""

from __future__ import annotations

import asyncio

import pytest

from benchmarks.rounds import Stage
from benchmarks.watching import Stopwatch, Watched
from bot.domain.feeds import Entry, Outcome
from bot.domain.records import FeedRequest, Reading


def test_calls_that_overlap_count_their_seconds_once() -> None:
    moments = iter((0.0, 5.0, 20.0, 23.0))
    watch = Stopwatch(lambda: next(moments))
    with watch.under_way("read"), watch.under_way("read"):
        pass
    with watch.under_way("read"):
        pass
    assert watch.stages() == {"read": Stage(calls=3, seconds=8.0)}


def test_the_longest_stage_comes_first() -> None:
    moments = iter((0.0, 1.0, 1.0, 9.0))
    watch = Stopwatch(lambda: next(moments))
    for name in ("short", "long"):
        with watch.under_way(name):
            pass
    assert list(watch.stages()) == ["long", "short"]


class _Fetcher:
    async def read(self, request: FeedRequest) -> Reading:
        if not request.url:
            raise LookupError("no address")
        entry = Entry(guid="g", link=None, title="t", text="")
        return Reading(outcome=Outcome.NEW, entries=(entry, entry))


async def test_a_watched_call_gives_what_it_gave_and_is_counted() -> None:
    watched = Watched(_Fetcher())
    readings = await asyncio.gather(*(watched.read(FeedRequest(url="http://feed.invalid/")) for _ in range(3)))
    assert [len(reading.entries) for reading in readings] == [2, 2, 2]
    assert watched.tally.counts().entries == 6
    assert watched.tally.watch.stages()["read"].calls == 3


async def test_a_watched_call_that_fails_still_fails_and_ends() -> None:
    watched = Watched(_Fetcher())
    with pytest.raises(LookupError):
        await watched.read(FeedRequest(url=""))
    assert watched.tally.watch.stages()["read"].calls == 1
