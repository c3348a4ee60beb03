"""Redirects over real sockets: which of them move a feed."""

from __future__ import annotations

import pytest

from bot.domain.feeds import Outcome
from bot.domain.records import FeedRequest
from bot.domain.settings import FetchSettings
from bot.feeds.download import is_same_site
from tests.feeds.fetching import open_fetcher, rss
from tests.servers.feeds import FeedServer

CHAINS = {
    "/a": [301],
    "/b": [308, 301],
    "/c": [302],
    "/d": [301, 302],
    "/e": [307, 301],
    "/f": [],
}


async def test_the_permanent_redirects_at_the_beginning_move_a_feed() -> None:
    async with FeedServer() as server:
        server.page("/end", rss("<title>One</title><guid>1</guid>"))
        for start, statuses in CHAINS.items():
            stops = [start, *(f"{start}{n}" for n in range(1, len(statuses))), "/end"]
            for n, status in enumerate(statuses):
                server.page(stops[n], redirect=stops[n + 1]).status = status
            if not statuses:
                server.page(start, rss("<title>One</title><guid>1</guid>"))
        async with open_fetcher(FetchSettings(allow=(server.address,))) as fetcher:
            readings = {path: await fetcher.read(FeedRequest(url=server.url(path))) for path in CHAINS}
        assert {reading.outcome for reading in readings.values()} == {Outcome.NEW}
        moved = {path: (reading.moved_to or "").removeprefix(server.url("")) for path, reading in readings.items()}
        assert moved == {"/a": "/end", "/b": "/end", "/c": "", "/d": "/d1", "/e": "", "/f": ""}


@pytest.mark.parametrize(
    "first, second, same",
    [
        ("https://a.example/1", "https://a.example/2", True),
        ("https://a.example/1", "https://A.example:443/2", True),
        ("http://a.example/", "https://a.example/", True),
        ("https://a.example/", "http://a.example/", False),
        ("http://a.example:8080/", "https://a.example/", False),
        ("https://a.example/", "https://a.example:8443/", False),
        ("https://a.example/", "https://b.a.example/", False),
        ("https://a.example/", "https://a.example.evil.example/", False),
    ],
)
def test_what_is_meant_for_one_host_is_sent_to_no_other(first: str, second: str, same: bool) -> None:
    assert is_same_site(first, second) == same
