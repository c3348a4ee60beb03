"""The feed server over real sockets: documents, conditional requests, faults."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import aiohttp
import feedparser
import pytest
from multidict import CIMultiDictProxy

from tests.servers.documents import Form
from tests.servers.feeds import FeedServer, is_unchanged

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
Got = tuple[int, CIMultiDictProxy[str], bytes]


async def get(url: str, headers: dict[str, str] | None = None) -> Got:
    async with aiohttp.request("GET", url, headers=headers, allow_redirects=False) as answer:
        return answer.status, answer.headers, await answer.read()


def parse(body: bytes) -> Any:
    return feedparser.parse(BytesIO(body))


@pytest.mark.parametrize("form", ["rss", "atom"])
async def test_a_feed_says_what_was_added_newest_first(form: Form) -> None:
    async with FeedServer() as server:
        feed = server.feed("/a.xml", form, title="Courier", language="nl")
        feed.add(title="Old & <b>", link="https://x.example/1", guid="g1", text="<p>a</p>", published_at=NOON)
        feed.add(title="New", link="https://x.example/2", outlet="The Courier", categories=["5G"])
        status, headers, body = await get(server.url("/a.xml"))
        found = parse(body)
        assert (status, found.bozo, found.feed.title, found.feed.language) == (200, False, "Courier", "nl")
        assert headers["Content-Type"] == f"application/{form}+xml; charset=utf-8"
        assert [e.link for e in found.entries] == ["https://x.example/2", "https://x.example/1"]
        old, new = found.entries[1], found.entries[0]
        assert (old.id, old.title, old.summary) == ("g1", "Old & <b>", "<p>a</p>")
        assert tuple(old.published_parsed[:5]) == (2026, 11, 2, 12, 0)
        assert (new.source.title, new.tags[0].term) == ("The Courier", "5G")


async def test_what_is_left_out_is_not_in_the_document() -> None:
    async with FeedServer() as server:
        feed = server.feed("/a.xml")
        item = feed.add(title="Bare", link="", guid="")
        item.published_at = None
        entry = parse((await get(server.url("/a.xml")))[2]).entries[0]
        assert set(entry) & {"id", "link", "published", "summary"} == set()


async def test_an_etag_is_answered_304_until_the_feed_changes() -> None:
    async with FeedServer() as server:
        feed = server.feed("/a.xml")
        feed.add(title="One", published_at=NOON)
        _, headers, _ = await get(server.url("/a.xml"))
        asked = {"If-None-Match": headers["ETag"], "If-Modified-Since": headers["Last-Modified"]}
        assert headers["Last-Modified"] == "Mon, 02 Nov 2026 12:00:00 GMT"
        status, again, body = await get(server.url("/a.xml"), asked)
        assert (status, body, again["ETag"]) == (304, b"", headers["ETag"])
        feed.add(title="Two", published_at=NOON)
        assert (await get(server.url("/a.xml"), asked))[0] == 200
        assert [call.status for call in server.polls("/a.xml")] == [200, 304, 200]


async def test_a_page_without_an_etag_goes_by_its_date() -> None:
    async with FeedServer() as server:
        page = server.page("/a.xml", b"<rss/>")
        page.has_etag, page.last_modified_at = False, NOON
        _, headers, _ = await get(server.url("/a.xml"))
        assert "ETag" not in headers
        since = {"If-Modified-Since": headers["Last-Modified"]}
        assert (await get(server.url("/a.xml"), since))[0] == 304
        page.last_modified_at = NOON + timedelta(seconds=1)
        assert (await get(server.url("/a.xml"), since))[0] == 200


@pytest.mark.parametrize(
    "asked, expected",
    [
        ({"If-None-Match": '"b"'}, True),
        ({"If-None-Match": 'W/"b"'}, True),
        ({"If-None-Match": '"a", "b"'}, True),
        ({"If-None-Match": "*"}, True),
        ({"If-None-Match": '"a"'}, False),
        ({"If-None-Match": '"a"', "If-Modified-Since": "Mon, 02 Nov 2026 12:00:00 GMT"}, False),
        ({"If-Modified-Since": "Mon, 02 Nov 2026 12:00:01 GMT"}, True),
        ({"If-Modified-Since": "Mon, 02 Nov 2026 11:59:59 GMT"}, False),
        ({"If-Modified-Since": "yesterday"}, False),
        ({}, False),
    ],
)
def test_a_conditional_request_is_decided_as_http_says(asked: dict[str, str], expected: bool) -> None:
    validators = {"ETag": '"b"', "Last-Modified": "Mon, 02 Nov 2026 12:00:00 GMT"}
    assert is_unchanged(asked, validators) == expected


async def test_pages_redirect_vanish_and_pack() -> None:
    async with FeedServer() as server:
        server.page("/old.xml", redirect="/new.xml")
        server.page("/gone.xml", b"gone", status=410, headers={"Retry-After": "7"})
        server.page("/new.xml", "packed", content_type="text/plain").is_gzipped = True
        status, headers, _ = await get(server.url("/old.xml"))
        assert (status, headers["Location"]) == (301, "/new.xml")
        status, headers, body = await get(server.url("/gone.xml"))
        assert (status, headers["Retry-After"], body) == (410, "7", b"gone")
        status, headers, body = await get(server.url("/new.xml"))
        assert (headers["Content-Encoding"], body) == ("gzip", b"packed")
        assert (await get(server.url("/none.xml")))[0] == 404


async def test_requests_fail_as_told_and_only_so_often() -> None:
    async with FeedServer() as server:
        page = server.page("/a.xml", b"x" * 100)
        server.fail("/a.xml", status=503, retry_after=3)
        server.fail("/a.xml", times=2, drop="before")
        status, headers, _ = await get(server.url("/a.xml"))
        assert (status, headers["Retry-After"]) == (503, "3")
        with pytest.raises(aiohttp.ClientError):
            await get(server.url("/a.xml"))
        assert (await get(server.url("/a.xml")))[0] == 200
        page.drop = "midway"
        with pytest.raises(aiohttp.ClientError):
            await get(server.url("/a.xml"))
        assert [call.status for call in server.calls] == [503, 0, 0, 200, 0]


async def test_a_slow_page_keeps_its_client_waiting() -> None:
    async with FeedServer() as server:
        server.page("/a.xml").delay = timedelta(seconds=5)
        with pytest.raises(TimeoutError):
            async with aiohttp.request("GET", server.url("/a.xml"), timeout=aiohttp.ClientTimeout(total=0.1)):
                pytest.fail("there was an answer")
        assert server.polls("/a.xml")[0].headers["Accept-Encoding"]


async def test_a_body_can_be_made_at_each_request_and_the_server_elsewhere_on_loopback() -> None:
    bodies = iter([b"one", b"two"])
    async with FeedServer("127.0.0.2") as server:
        server.page("/a.xml", lambda: next(bodies))
        assert server.url("/a.xml").startswith("http://127.0.0.2:")
        assert [(await get(server.url("/a.xml")))[2] for _ in range(2)] == [b"one", b"two"]
        await server.until(lambda: len(server.polls("/a.xml")) == 2)
