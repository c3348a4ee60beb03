"""No address in any form, no redirect and no name server leads the fetcher to what is not public.

Everything runs under the network stop: a guard that let something through would dial into a refusal, which fails the
test, or reach the server that listens on loopback, which counts.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from bot.domain.feeds import Outcome
from bot.domain.records import FeedRequest, Reading
from bot.domain.settings import FetchSettings
from bot.feeds.fetch import HttpFetcher
from tests.feeds.fetching import open_fetcher
from tests.hostile.server import HostileServer
from tests.hostile.tricks import redirect
from tests.hostile.vectors import ANSWERS, PORT, Vector, list_vectors
from tests.network_stop import STOP

REFUSALS = (
    "it may not be fetched: ",
    "its address cannot be used",
    "its host name is unknown",
    "it redirects to an address",
)
PUBLIC = "93.184.216.34"


class Names:
    """A name server of our own: what it answers, look-up by look-up, the last answer for ever."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = list(answers)
        self.asked = 0

    async def __call__(self, host: str, port: int, family: int) -> Sequence[str]:
        self.asked += 1
        return self._answers[min(self.asked, len(self._answers)) - 1]


@asynccontextmanager
async def _standing() -> AsyncIterator[tuple[HostileServer, HttpFetcher]]:
    """Yield a server on loopback that must not be asked, and a fetcher that may ask nobody."""
    async with HostileServer({}) as server, open_fetcher(FetchSettings()) as fetcher:
        yield server, fetcher


def _allowing(server: HostileServer) -> AbstractAsyncContextManager[HttpFetcher]:
    return open_fetcher(FetchSettings(allow=(server.address,)))


def _assert_refused(reading: Reading) -> None:
    assert reading.outcome is Outcome.FAILED
    assert reading.reason.startswith(REFUSALS), reading.reason
    assert "secret" not in reading.reason


@pytest.mark.parametrize("vector", list_vectors(), ids=str)
async def test_no_address_leads_inside(vector: Vector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.feeds.guard._look_up", Names(["127.0.0.1"]))
    async with _standing() as (server, fetcher):
        port = server.address.rpartition(":")[2]
        _assert_refused(await fetcher.read(FeedRequest(url=vector.url.replace(PORT, port))))
    assert server.asked == []


async def test_no_redirect_leads_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.feeds.guard._look_up", Names(["127.0.0.1"]))
    async with HostileServer({}) as inside:
        port = inside.address.rpartition(":")[2]
        vectors = [vector for vector in list_vectors() if vector.url.isprintable() and vector.url]
        plays = {f"/{n}": redirect(_written(vector.url.replace(PORT, port))) for n, vector in enumerate(vectors)}
        async with (
            HostileServer(plays) as outside,
            open_fetcher(FetchSettings(allow=(outside.address,))) as fetcher,
        ):
            for number, vector in enumerate(vectors):
                reading = await fetcher.read(FeedRequest(url=outside.url(f"/{number}")))
                assert reading.outcome is Outcome.FAILED, vector
                # What has no host of its own is relative: it leads back to the server that sent it.
                is_back = reading.reason.startswith(("there is nothing at this address", "it redirects more than 5"))
                assert is_back or reading.reason.startswith(REFUSALS), (vector, reading.reason)
    assert inside.asked == []


def _written(url: str) -> str:
    return url.encode().decode("latin-1")


@pytest.mark.parametrize("name", ANSWERS)
async def test_no_name_leads_inside(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.feeds.guard._look_up", Names(ANSWERS[name]))
    async with _standing() as (server, fetcher):
        url = server.url("/good").replace("127.0.0.1", "harmless.example")
        _assert_refused(await fetcher.read(FeedRequest(url=url)))
    assert server.asked == []


@pytest.mark.parametrize("name", ANSWERS)
async def test_a_name_that_is_public_at_first_leads_inside_neither_then_nor_later(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = Names([PUBLIC], ANSWERS[name])
    monkeypatch.setattr("bot.feeds.guard._look_up", names)
    async with _standing() as (server, fetcher):
        url = server.url("/good").replace("127.0.0.1", "harmless.example")
        with STOP.expecting_attempts() as attempts:
            assert (await fetcher.read(FeedRequest(url=url))).outcome is Outcome.FAILED
        # The one look-up was checked, and its address is the one that was dialled.
        assert names.asked == 1
        assert [PUBLIC in attempt for attempt in attempts] == [True]
        async with open_fetcher(FetchSettings()) as later:  # the first one still remembers the public answer
            _assert_refused(await later.read(FeedRequest(url=url)))
        assert names.asked == 2
    assert server.asked == []


async def test_of_a_name_with_inner_and_public_addresses_only_these_are_dialled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inner = [address for addresses in ANSWERS.values() for address in addresses]
    monkeypatch.setattr("bot.feeds.guard._look_up", Names([*inner, PUBLIC, *inner]))
    async with _standing() as (server, fetcher):
        with STOP.expecting_attempts() as attempts:
            await fetcher.read(FeedRequest(url=server.url("/good").replace("127.0.0.1", "harmless.example")))
    assert [PUBLIC in attempt for attempt in attempts] == [True]
    assert server.asked == []


async def test_what_the_operator_allows_opens_that_host_at_that_port_alone() -> None:
    async with HostileServer({}) as named, HostileServer({}) as other, _allowing(named) as fetcher:
        assert (await fetcher.read(FeedRequest(url=named.url("/good")))).entries
        _assert_refused(await fetcher.read(FeedRequest(url=other.url("/good"))))
        _assert_refused(await fetcher.read(FeedRequest(url=named.url("/good").replace("127.0.0.1", "127.0.0.2"))))
    assert named.asked == ["/good"]
    assert other.asked == []


def test_the_stop_is_in_place_while_all_this_is_tried() -> None:
    assert STOP.is_in_place()
    assert len(list_vectors()) > 100
