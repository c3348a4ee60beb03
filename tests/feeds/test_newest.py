"""Of a long document that was never read, the newest items come first, and the rest makes the whole."""

from __future__ import annotations

import random

import pytest

from bot.domain.records import FeedRequest, Reading
from bot.domain.settings import FetchSettings
from bot.feeds.document import Source
from bot.feeds.newest import MOST, WORTHWHILE
from bot.feeds.parse import parse_document, parse_newest
from tests.feeds.fetching import LIMITS, open_fetcher, rss
from tests.servers.feeds import FeedServer

COUNT = 20
NUMBERS = random.Random(4).sample(range(COUNT), COUNT)


def item(number: int, date: str = "Mon, 02 Mar 2026 10:{:02d}:00 +0000") -> str:
    """Write an item, the newer the higher its number."""
    address = f"https://outlet.example/{number}"
    return f"<title>{number}</title><link>{address}</link><pubDate>{date.format(number)}</pubDate>"


def source(*items: str) -> Source:
    """Make a document."""
    return Source(body=rss(*items).encode(), url="https://outlet.example/feed.xml")


def titles(entries: object) -> list[int]:
    """List the titles as numbers."""
    assert isinstance(entries, tuple)
    return [int(entry.title) for entry in entries]


@pytest.mark.parametrize("order", [range(COUNT), range(COUNT)[::-1], NUMBERS])
def test_the_newest_items_are_read_wherever_they_stand(order: list[int]) -> None:
    document = parse_newest(source(*map(item, order)), LIMITS)
    assert document is not None
    assert titles(document.entries) == [number for number in order if number >= COUNT - MOST]


def test_without_dates_the_first_items_are_taken_for_the_newest() -> None:
    document = parse_newest(source(*(item(number, "some day") for number in NUMBERS)), LIMITS)
    assert document is not None
    assert titles(document.entries) == NUMBERS[:MOST]


def test_the_rest_makes_the_whole() -> None:
    told = source(*map(item, NUMBERS))
    first, whole = parse_newest(told, LIMITS), parse_document(told, LIMITS)
    assert first is not None
    rest = parse_document(Source(body=told.body, url=told.url, seen=first.seen), LIMITS)
    assert rest.skipped == MOST
    assert set(first.entries) | set(rest.entries) == set(whole.entries)
    assert set(first.keys) | set(rest.keys) == set(whole.keys)
    assert len(first.entries) + len(rest.entries) == COUNT
    assert (rest.title, rest.language, len(rest.seen)) == (whole.title, whole.language, len(whole.seen))


@pytest.mark.parametrize(
    "body",
    [
        rss(*map(item, range(WORTHWHILE))).encode(),
        rss(*map(item, NUMBERS)).encode() + b"<",
        rss(*map(item, NUMBERS)).replace("</title>", "</title><zz:x/>").encode(),
        b"\xff" * 1_000,
        b"",
    ],
)
def test_what_is_short_or_broken_is_read_at_once(body: bytes) -> None:
    assert parse_newest(Source(body=body), LIMITS) is None


async def test_the_fetcher_hands_them_out_before_the_rest() -> None:
    taken: list[Reading] = []

    async def take(reading: Reading) -> None:
        taken.append(reading)

    async with FeedServer() as server, open_fetcher(FetchSettings(allow=(server.address,), workers=1)) as fetcher:
        server.page("/feed", rss(*map(item, NUMBERS)).encode())
        request = FeedRequest(url=server.url("/feed"), take_newest=take)
        rest = await fetcher.read(request)
        whole = await fetcher.read(FeedRequest(url=request.url))
        again = await fetcher.read(FeedRequest(url=request.url, validators=rest.validators, take_newest=take))
    assert [(len(reading.entries), reading.remaining > 1_000) for reading in taken] == [(MOST, True)]
    assert (len(rest.entries), rest.skipped) == (COUNT - MOST, MOST)
    assert titles(whole.entries) == NUMBERS
    assert again.entries == ()
