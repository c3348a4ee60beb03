"""Hosts have their own lanes: none gets more than its share, and none waits for another."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import pairwise

from bot.domain.records import FeedRequest
from bot.domain.settings import FetchSettings
from bot.feeds.lanes import MOST_IDLE, HostLanes
from tests.feeds.fetching import open_fetcher, rss
from tests.servers.feeds import FeedServer

NO_PAUSE = timedelta()
SLOTS = 8
BODY = rss("<title>One</title><guid>1</guid>")


def slots() -> asyncio.Semaphore:
    return asyncio.Semaphore(SLOTS)


async def test_a_host_is_asked_no_more_at_once_than_its_share() -> None:
    async with FeedServer() as server, FeedServer("127.0.0.2") as other:
        for one in (server, other):
            one.page("/feed", BODY).delay = timedelta(seconds=0.2)
        settings = FetchSettings(allow=(server.address, other.address), per_host=2, host_pause=NO_PAUSE)
        async with open_fetcher(settings) as fetcher:
            asks = [fetcher.read(FeedRequest(url=one.url("/feed"))) for _ in range(6) for one in (server, other)]
            await asyncio.gather(*asks)
        for one in (server, other):
            begins = sorted(poll.at for poll in one.polls("/feed"))
            assert len(begins) == 6
            assert all(later - earlier > 0.19 for earlier, later in zip(begins, begins[2:], strict=False))


async def test_a_host_that_takes_long_holds_up_no_other() -> None:
    async with FeedServer() as slow, FeedServer("127.0.0.2") as quick:
        slow.page("/feed", BODY).delay = timedelta(seconds=29)  # a fetch may take 30
        quick.page("/feed", BODY)
        settings = FetchSettings(allow=(slow.address, quick.address), per_host=2, concurrency=4, host_pause=NO_PAUSE)
        async with open_fetcher(settings) as fetcher:
            waiting = [asyncio.create_task(fetcher.read(FeedRequest(url=slow.url("/feed")))) for _ in range(20)]
            await asyncio.sleep(0)
            await asyncio.gather(*(fetcher.read(FeedRequest(url=quick.url("/feed"))) for _ in range(10)))
            assert not any(task.done() for task in waiting)
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)


async def test_requests_at_one_host_begin_a_pause_apart() -> None:
    lanes, begins = HostLanes(8, timedelta(seconds=0.05)), []

    async def ask() -> None:
        async with lanes.turn("https://outlet.example/feed", slots()):
            begins.append(asyncio.get_running_loop().time())

    began = asyncio.get_running_loop().time()
    await asyncio.gather(*(ask() for _ in range(5)))
    assert all(at - began > 0.05 * number - 0.01 for number, at in enumerate(begins))


async def test_they_do_so_also_when_slots_come_free_all_at_once() -> None:
    lanes, begins, shared = HostLanes(8, timedelta(seconds=0.02)), [], slots()

    async def ask() -> None:
        async with lanes.turn("https://outlet.example/feed", shared):
            begins.append(asyncio.get_running_loop().time())

    for _ in range(SLOTS):
        await shared.acquire()
    asking = asyncio.gather(*(ask() for _ in range(4)))
    await asyncio.sleep(0.09)
    for _ in range(SLOTS):
        shared.release()
    await asking
    assert all(later - earlier >= 0.02 for earlier, later in pairwise(begins))


async def test_a_request_that_is_given_up_gives_its_place_back() -> None:
    lanes = HostLanes(1, NO_PAUSE)
    async with lanes.turn("https://outlet.example/1", slots()):
        waiting = asyncio.create_task(lanes.turn("https://outlet.example/2", slots()).__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    async with asyncio.timeout(1), lanes.turn("https://outlet.example/3", slots()):
        pass


async def test_hosts_without_a_request_are_forgotten() -> None:
    lanes = HostLanes(1, NO_PAUSE)
    for number in range(MOST_IDLE * 2):
        async with lanes.turn(f"https://host{number}.example/", slots()):
            pass
    assert len(lanes._lanes) <= MOST_IDLE + 1
