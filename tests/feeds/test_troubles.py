"""Every failure has its kind: of real answers, real sockets and the words for documents."""

from __future__ import annotations

import socket
from datetime import timedelta

import pytest

from bot.domain.records import FeedRequest
from bot.domain.settings import FetchSettings
from bot.domain.troubles import Trouble, remedy
from bot.feeds.troubles import classify_document, classify_status
from tests.feeds.fetching import open_fetcher
from tests.servers.feeds import FeedServer

DEEP = "<rss><channel>" + "<a>" * 5000 + "</a>" * 5000 + "</channel></rss>"
BODIES = {
    "/page": ("<!doctype html><html><title>Home</title></html>", Trouble.PAGE),
    "/challenge": ("<!doctype html><html><title>Just a moment...</title></html>", Trouble.CHALLENGE),
    "/empty": (" ", Trouble.EMPTY),
    "/text": ("nothing of the kind", Trouble.NO_FEED),
    "/sitemap": ("<urlset></urlset>", Trouble.NO_FEED),
    "/json": ("{broken", Trouble.BROKEN),
    "/deep": (DEEP, Trouble.BROKEN),
    "/torn": ("<rss><channel><item><title>Talks resume</titel></item></channel></rss>", Trouble.BROKEN),
    "/flood": ("<" * 500_001, Trouble.BROKEN),
    "/large": ("x" * 600_001, Trouble.TOO_LARGE),
}


@pytest.mark.parametrize(
    "status, headers, trouble",
    [
        (401, {}, Trouble.LOGIN),
        (403, {}, Trouble.REFUSED),
        (403, {"cf-mitigated": "challenge"}, Trouble.CHALLENGE),
        (404, {}, Trouble.MISSING),
        (410, {}, Trouble.GONE),
        (418, {}, Trouble.STATUS),
        (429, {}, Trouble.TOO_OFTEN),
        (503, {}, Trouble.SERVER),
        (522, {}, Trouble.SERVER),
        (999, {}, Trouble.SERVER),
    ],
)
def test_a_status_has_its_kind(status: int, headers: dict[str, str], trouble: Trouble) -> None:
    assert classify_status(status, headers) is trouble


async def test_what_a_server_sends_has_its_kind_and_a_remedy() -> None:
    async with FeedServer() as server:
        for path, (body, _) in BODIES.items():
            server.page(path, body)
        server.page("/round", redirect="/round")
        server.page("/away", redirect="ftp://outlet.example/feed")
        server.page("/slow", "").delay = timedelta(seconds=5)
        wanted = {path: trouble for path, (_, trouble) in BODIES.items()}
        wanted |= {"/round": Trouble.REDIRECTS, "/away": Trouble.REDIRECTS, "/slow": Trouble.TOO_SLOW}
        settings = FetchSettings(allow=(server.address,), max_bytes=600_000, timeout=timedelta(seconds=2))
        async with open_fetcher(settings) as fetcher:
            readings = {path: await fetcher.read(FeedRequest(url=server.url(path))) for path in wanted}
    assert {path: reading.trouble for path, reading in readings.items()} == wanted
    assert all(remedy(trouble) for trouble in wanted.values())


async def test_a_connection_that_fails_has_its_kind() -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        closed = f"127.0.0.1:{unheard.getsockname()[1]}"
        wanted = {
            f"http://{closed}/": Trouble.UNREACHABLE,
            "http://127.0.0.9/feed": Trouble.GUARD,
            "gopher://outlet.example/": Trouble.ADDRESS,
        }
        async with open_fetcher(FetchSettings(allow=(closed,))) as fetcher:
            assert {url: (await fetcher.read(FeedRequest(url=url))).trouble for url in wanted} == wanted


def test_words_that_nobody_knows_are_no_feed() -> None:
    assert classify_document("it is a picture, not a feed") is Trouble.NO_FEED
