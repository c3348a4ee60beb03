"""Fetching over real sockets: what comes, what has not changed, and every way in which it goes wrong."""

from __future__ import annotations

import asyncio
import gzip
import socket
import time
import zlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import aiohttp
import brotli  # type: ignore[import-untyped]
import pytest
import pytest_asyncio
from backports import zstd

from bot import __version__
from bot.domain.feeds import Outcome, Validators
from bot.domain.records import FeedRequest, Reading
from bot.domain.settings import FetchSettings
from bot.feeds.caching import parse_retry_after
from bot.feeds.fetch import HttpFetcher
from tests.feeds.fetching import NOW, open_fetcher, rss
from tests.servers.feeds import FeedServer

BODY = rss("<title>Talks resume</title><link>https://outlet.example/1</link>").encode()


# One server and one fetcher serve all tests here: each fetcher starts a process of its own.
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def running_server() -> AsyncIterator[FeedServer]:
    async with FeedServer() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def fetcher(running_server: FeedServer) -> AsyncIterator[HttpFetcher]:
    settings = FetchSettings(
        allow=(running_server.address,), timeout=timedelta(seconds=20), max_bytes=1_000_000, contact="a@b.example"
    )
    async with open_fetcher(settings) as opened:
        yield opened


@pytest.fixture
def server(running_server: FeedServer) -> FeedServer:
    running_server.pages.clear()
    running_server.calls.clear()
    return running_server


async def _read(server: FeedServer, fetcher: HttpFetcher, validators: Validators | None = None) -> Reading:
    return await fetcher.read(FeedRequest(url=server.url("/feed"), validators=validators or Validators()))


async def test_a_feed_is_read_with_its_validators(server: FeedServer, fetcher: HttpFetcher) -> None:
    server.page("/feed", BODY).last_modified_at = NOW
    reading = await _read(server, fetcher)
    assert reading.outcome is Outcome.NEW
    assert [entry.title for entry in reading.entries] == ["Talks resume"]
    assert reading.title == "Outlet"
    assert reading.validators.etag
    assert reading.validators.last_modified == "Mon, 02 Mar 2026 12:00:00 GMT"
    assert reading.validators.body_hash is not None


async def test_what_a_server_calls_unchanged_is_not_read_again(server: FeedServer, fetcher: HttpFetcher) -> None:
    server.page("/feed", BODY).last_modified_at = NOW
    first = await _read(server, fetcher)
    second = await _read(server, fetcher, first.validators)
    assert second.outcome is Outcome.NOT_MODIFIED
    assert second.validators == first.validators
    assert [poll.status for poll in server.polls("/feed")] == [200, 304]


async def test_a_document_that_breaks_off_is_asked_for_again_as_a_whole(
    server: FeedServer, fetcher: HttpFetcher
) -> None:
    whole = rss("<title>One</title><link>/1</link>", "<title>Two</title><guid>2</guid><link>/2</link>")
    server.page("/feed", whole[:-40])
    cut = await _read(server, fetcher)
    assert (cut.outcome, cut.is_cut_off, [entry.title for entry in cut.entries]) == (Outcome.NEW, True, ["One"])
    again = await _read(server, fetcher, cut.validators)
    assert (again.outcome, again.validators) == (Outcome.UNCHANGED, cut.validators)
    server.page("/feed", whole)
    reading = await _read(server, fetcher, again.validators)
    assert (server.calls[-1].status, reading.is_cut_off, len(reading.entries)) == (200, False, 2)


async def test_the_same_body_without_validators_is_unchanged(server: FeedServer, fetcher: HttpFetcher) -> None:
    server.page("/feed", BODY).has_etag = False
    first = await _read(server, fetcher)
    second = await _read(server, fetcher, first.validators)
    assert second.outcome is Outcome.UNCHANGED
    assert second.entries == ()
    assert second.validators == first.validators


async def test_a_failure_keeps_the_old_validators_so_that_nothing_is_missed(
    server: FeedServer, fetcher: HttpFetcher
) -> None:
    known = Validators(etag='"old"', body_hash=b"old", items=b"old")
    server.page("/feed", "<html><title>Wait</title></html>")
    reading = await _read(server, fetcher, known)
    assert reading.outcome is Outcome.FAILED
    assert reading.validators == known


async def test_the_request_names_us_and_what_we_understand(server: FeedServer, fetcher: HttpFetcher) -> None:
    server.page("/feed", BODY)
    await _read(server, fetcher)
    headers = server.polls("/feed")[0].headers
    assert headers["User-Agent"] == f"Topicwire/{__version__} (+a@b.example)"
    assert {"gzip", "br", "zstd"} <= {name.strip() for name in headers["Accept-Encoding"].split(",")}
    assert "application/atom+xml" in headers["Accept"]
    assert "Cookie" not in headers


@pytest.mark.parametrize(
    "encoding, packed",
    [
        ("gzip", gzip.compress(BODY)),
        ("deflate", zlib.compress(BODY)),
        ("br", brotli.compress(BODY)),
        ("zstd", zstd.compress(BODY)),
    ],
)
async def test_a_compressed_answer_is_read(
    server: FeedServer, fetcher: HttpFetcher, encoding: str, packed: bytes
) -> None:
    server.page("/feed", packed, headers={"Content-Encoding": encoding})
    assert (await _read(server, fetcher)).entries


async def test_a_feed_that_is_a_packed_file_is_read(server: FeedServer, fetcher: HttpFetcher) -> None:
    server.page("/feed", gzip.compress(BODY), content_type="application/octet-stream")
    assert (await _read(server, fetcher)).entries


@pytest.mark.parametrize("content_type", ["text/html", "image/png", "", "application/rss+xml; charset=nonsense"])
async def test_a_feed_under_a_wrong_label_is_read(server: FeedServer, fetcher: HttpFetcher, content_type: str) -> None:
    server.page("/feed", BODY, content_type=content_type)
    assert (await _read(server, fetcher)).entries


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_followed(server: FeedServer, fetcher: HttpFetcher, status: int) -> None:
    server.page("/feed", redirect="sub/next?x=1#part", status=status)
    server.page("/sub/next", BODY)
    assert (await _read(server, fetcher)).entries


@pytest.mark.parametrize("hops, outcome", [(5, Outcome.NEW), (6, Outcome.FAILED)])
async def test_five_redirects_are_followed_and_no_more(
    server: FeedServer, fetcher: HttpFetcher, hops: int, outcome: Outcome
) -> None:
    server.page("/feed", redirect="/1")
    for hop in range(1, hops):
        server.page(f"/{hop}", redirect=f"/{hop + 1}")
    server.page(f"/{hops}", BODY)
    reading = await _read(server, fetcher)
    assert reading.outcome is outcome
    assert outcome is Outcome.NEW or "more than 5 times" in reading.reason


@pytest.mark.parametrize(
    "status, words",
    [
        (401, "login"),
        (403, "refuses us"),
        (404, "nothing at this address"),
        (410, "gone for good"),
        (429, "too often"),
        (418, "418"),
        (204, "204"),
        (300, "300"),
        (500, "500 Internal Server Error"),
        (503, "503 Service Unavailable"),
        (599, "599"),
    ],
)
async def test_a_status_is_told_in_words(server: FeedServer, fetcher: HttpFetcher, status: int, words: str) -> None:
    server.page("/feed", status=status)
    reading = await _read(server, fetcher)
    assert reading.outcome is Outcome.FAILED
    assert words in reading.reason


async def test_a_bot_check_is_told_as_one(server: FeedServer, fetcher: HttpFetcher) -> None:
    server.page("/feed", status=403, headers={"cf-mitigated": "challenge"})
    assert "bot check" in (await _read(server, fetcher)).reason


async def test_the_wait_that_a_server_asks_for_is_handed_on(server: FeedServer, fetcher: HttpFetcher) -> None:
    server.page("/feed", status=429, headers={"Retry-After": "120"})
    assert (await _read(server, fetcher)).retry_after == timedelta(minutes=2)
    server.page("/feed", status=503, headers={"Retry-After": "Mon, 02 Mar 2026 13:00:00 GMT"})
    assert (await _read(server, fetcher)).retry_after == timedelta(hours=1)


@pytest.mark.parametrize(
    "value, expected",
    [(None, None), ("", None), ("soon", None), ("-5", None), ("0", timedelta()), (" 30 ", timedelta(seconds=30)),
     ("9" * 50, timedelta(days=7)), ("Mon, 02 Mar 2026 11:00:00 GMT", timedelta()), ("Mon, 99 Mar 2026", None),
     ("Fri, 02 Mar 2096 11:00:00 -0000", timedelta(days=7)), ("1.5", None), ("٣", None)],
)  # fmt: skip
async def test_a_retry_after_header_is_read(value: str | None, expected: timedelta | None) -> None:
    assert parse_retry_after(value, datetime(2026, 3, 2, 12, 0, tzinfo=UTC)) == expected


async def test_a_body_over_the_limit_is_given_up_before_it_has_all_come(
    server: FeedServer, fetcher: HttpFetcher
) -> None:
    server.page("/feed", b"A" * 1_000_001)
    assert "larger than 1,000,000 bytes" in (await _read(server, fetcher)).reason
    server.page("/feed", gzip.compress(b"A" * 50_000_000), headers={"Content-Encoding": "gzip"})
    assert "larger than 1,000,000 bytes" in (await _read(server, fetcher)).reason
    server.page("/feed", zstd.compress(b"A" * 50_000_000), headers={"Content-Encoding": "zstd"})
    assert "larger than 1,000,000 bytes" in (await _read(server, fetcher)).reason


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
async def test_a_false_claim_of_compression_is_named(server: FeedServer, fetcher: HttpFetcher, encoding: str) -> None:
    server.page("/feed", BODY, headers={"Content-Encoding": encoding})
    assert "not compressed in the way" in (await _read(server, fetcher)).reason


async def test_headers_that_are_too_large_are_refused(server: FeedServer, fetcher: HttpFetcher) -> None:
    server.page("/feed", BODY, headers={"X-Large": "a" * 200_000})
    assert "headers are too large" in (await _read(server, fetcher)).reason


async def test_an_answer_that_breaks_off_is_a_failure(server: FeedServer, fetcher: HttpFetcher) -> None:
    server.page("/feed", BODY).drop = "midway"
    assert (await _read(server, fetcher)).outcome is Outcome.FAILED
    server.page("/feed", BODY).drop = "before"
    reading = await _read(server, fetcher)
    assert "closed the connection" in reading.reason or "broke" in reading.reason


async def test_an_answer_that_drips_is_given_up_when_the_whole_time_is_up() -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while not reader.at_eof():
            writer.write(b"A")
            await asyncio.sleep(0.02)
        writer.close()
        await asyncio.gather(writer.wait_closed(), return_exceptions=True)

    listener = await asyncio.start_server(drip, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    settings = FetchSettings(allow=(f"127.0.0.1:{port}",), timeout=timedelta(seconds=0.3))
    async with open_fetcher(settings) as fetcher:
        began = time.perf_counter()
        reading = await fetcher.read(FeedRequest(url=f"http://127.0.0.1:{port}/feed"))
    listener.close()
    await listener.wait_closed()
    assert "no complete answer within 0.3 seconds" in reading.reason
    assert time.perf_counter() - began < 2


async def test_what_is_no_http_is_told_so() -> None:
    async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(b"220 mail.example ready\r\n\r\n")
        writer.close()
        await writer.wait_closed()

    listener = await asyncio.start_server(babble, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    async with open_fetcher(FetchSettings(allow=(f"127.0.0.1:{port}",))) as fetcher:
        plain = await fetcher.read(FeedRequest(url=f"http://127.0.0.1:{port}/feed"))
        secure = await fetcher.read(FeedRequest(url=f"https://127.0.0.1:{port}/feed"))
    listener.close()
    await listener.wait_closed()
    assert "no proper HTTP" in plain.reason
    assert "TLS" in secure.reason


async def test_nobody_listening_and_nobody_known_are_told_apart() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with open_fetcher(FetchSettings(allow=(f"127.0.0.1:{port}",))) as fetcher:
        refused = await fetcher.read(FeedRequest(url=f"http://127.0.0.1:{port}/feed"))
        unknown = await fetcher.read(FeedRequest(url="http://nobody.invalid/feed"))
        label = await fetcher.read(FeedRequest(url=f"http://{'a' * 64}.invalid/feed"))
    assert "refused" in refused.reason
    assert "DNS" in unknown.reason
    assert "DNS" in label.reason or "cannot be used" in label.reason


async def test_no_reason_holds_credentials_or_a_query(server: FeedServer, fetcher: HttpFetcher) -> None:
    for url in (
        f"http://reader:secret@{server.address}/none?token=secret",
        "http://reader:secret@10.0.0.1/?token=secret",
    ):
        reading = await fetcher.read(FeedRequest(url=url))
        assert reading.outcome is Outcome.FAILED
        assert "secret" not in reading.reason


async def test_credentials_in_an_address_are_sent_and_not_carried_to_another_host(
    server: FeedServer, fetcher: HttpFetcher
) -> None:
    async with FeedServer("127.0.0.2") as other:
        other.page("/feed", BODY)
        server.page("/feed", redirect=other.url("/feed"))
        async with open_fetcher(FetchSettings(allow=(server.address, other.address))) as both:
            reading = await both.read(FeedRequest(url=f"http://reader:secret@{server.address}/feed"))
        assert reading.entries
        assert "Authorization" in server.polls("/feed")[0].headers
        assert "Authorization" not in other.polls("/feed")[0].headers


async def test_proxies_of_the_environment_are_not_used(
    server: FeedServer, fetcher: HttpFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    server.page("/feed", BODY)
    assert (await _read(server, fetcher)).entries


async def test_no_more_feeds_are_fetched_at_once_than_set(server: FeedServer) -> None:
    server.page("/feed", BODY).delay = timedelta(seconds=0.1)
    async with open_fetcher(FetchSettings(allow=(server.address,), concurrency=2)) as fetcher:
        await asyncio.gather(*(_read(server, fetcher) for _ in range(6)))
    times = sorted(poll.at for poll in server.polls("/feed"))
    assert times[2] - times[0] > 0.09
    assert times[4] - times[2] > 0.09


async def test_documents_at_hand_are_read_without_a_request() -> None:
    async with open_fetcher(FetchSettings(max_bytes=10_000)) as fetcher:
        read = await fetcher.read_document(BODY, url="https://outlet.example/feed")
        broken = await fetcher.read_document(b"<html></html>", url="")
        large = await fetcher.read_document(b"A" * 10_001, url="")
    assert read.outcome is Outcome.NEW
    assert read.entries
    assert "web page" in broken.reason
    assert "larger than 10,000 bytes" in large.reason


async def test_many_feeds_are_read_at_once(server: FeedServer, fetcher: HttpFetcher) -> None:
    for number in range(40):
        server.page(f"/{number}", rss(f"<title>Story {number}</title>"))
    readings = await asyncio.gather(*(fetcher.read(FeedRequest(url=server.url(f"/{n}"))) for n in range(40)))
    assert [reading.entries[0].title for reading in readings] == [f"Story {number}" for number in range(40)]


async def test_closing_leaves_no_connection_and_no_session_open(server: FeedServer) -> None:
    fetcher = HttpFetcher(FetchSettings(allow=(server.address,)))
    await fetcher.close()
    server.page("/feed", BODY)
    async with open_fetcher(FetchSettings(allow=(server.address,))) as opened:
        await _read(server, opened)
        session = opened._session
        connector = session.connector if session else None
        assert connector is not None
        assert connector.force_close
    assert isinstance(session, aiohttp.ClientSession)
    assert session.closed


async def test_only_the_items_that_were_not_read_before_come(server: FeedServer, fetcher: HttpFetcher) -> None:
    items = ["<title>Talks resume</title><guid>1</guid>", "<title>Talks end</title><guid>2</guid>"]
    server.page("/feed", rss(items[0]))
    first = await _read(server, fetcher)
    server.page("/feed", rss(items[1], items[0]))
    second = await _read(server, fetcher, first.validators)
    assert [entry.title for entry in second.entries] == ["Talks end"]
    assert len(second.keys) == 1
    again = await _read(server, fetcher, replace(second.validators, etag=None))
    assert (again.outcome, again.validators.items) == (Outcome.UNCHANGED, second.validators.items)
    not_modified = await _read(server, fetcher, second.validators)
    assert (not_modified.outcome, not_modified.validators) == (Outcome.NOT_MODIFIED, second.validators)
