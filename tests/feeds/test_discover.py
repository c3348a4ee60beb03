"""Finding a site's feeds, over real sockets."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.domain.settings import FetchSettings
from bot.feeds.discover import MOST_LINKS, MOST_REQUESTS, find_links, guess_links
from bot.feeds.fetch import HttpFetcher
from tests.feeds.fetching import open_fetcher
from tests.servers.feeds import FeedServer

PAGE = "https://outlet.example/news/today?x=1"


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with FeedServer() as running:
        yield running


@pytest.fixture
async def fetcher(server: FeedServer) -> AsyncIterator[HttpFetcher]:
    async with open_fetcher(FetchSettings(allow=(server.address,), timeout=timedelta(seconds=5))) as opened:
        yield opened


def page(head: str = "", body: str = "") -> str:
    return f"<!doctype html><html><head><title>Outlet</title>{head}</head><body>{body}</body></html>"


def link(href: str, kind: str = "application/rss+xml", more: str = "") -> str:
    return f'<link rel="alternate" type="{kind}" href="{href}" {more}>'


def put(server: FeedServer, path: str, *titles: str, form: str = "rss") -> None:
    feed = server.feed(path, form, title=f"Feed {path}")  # type: ignore[arg-type]
    feed.link = f"https://outlet.example{path}"
    for title in titles or ("One",):
        feed.add(title=title)


def put_page(server: FeedServer, path: str, html: str) -> None:
    server.page(path, html, content_type="text/html; charset=utf-8")


def urls(found: list[str], server: FeedServer) -> list[str]:
    return [url.removeprefix(server.url("")) for url in found]


@pytest.mark.parametrize(
    "html, found",
    [
        (page(link("/rss")), ["https://outlet.example/rss"]),
        (page(link("rss.xml")), ["https://outlet.example/news/rss.xml"]),
        (page(link("//cdn.example/rss")), ["https://cdn.example/rss"]),
        (page('<base href="https://base.example/a/">' + link("rss")), ["https://base.example/a/rss"]),
        (page('<base href="/b/">' + link("rss")), ["https://outlet.example/b/rss"]),
        (page(link("/a.json", "application/feed+json")), ["https://outlet.example/a.json"]),
        (page(link("/feed.json", "application/json")), ["https://outlet.example/feed.json"]),
        (page(link("/wp-json/posts/1", "application/json")), []),
        (page(link("/oembed", "application/json+oembed")), []),
        (page('<LINK REL="Alternate Home" TYPE="APPLICATION/ATOM+XML; x=1" HREF=/atom>'), ["https://outlet.example/atom"]),
        (page('<link rel="feed" href="/f">'), ["https://outlet.example/f"]),
        (page('<link rel="alternate" hreflang="nl" href="/nl">'), []),
        (page('<link rel="alternate stylesheet" type="text/xml" href="/s">'), []),
        (page(f"<!-- {link('/old')} -->" + link("/new")), ["https://outlet.example/new"]),
        (page(f"<script>var x = '{link('/old')}'</script>" + link("/new")), ["https://outlet.example/new"]),
        (page(link("javascript:alert(1)") + link("https://[::1/") + link("data:text/xml,x") + link("")), []),
        (page(link("/a#top") + link("https://OUTLET.example/a")), ["https://outlet.example/a"]),
        (page(link("/comments/feed") + link("/feed")), ["https://outlet.example/feed", "https://outlet.example/comments/feed"]),
        (page(link("/a?x=1&amp;y=2")), ["https://outlet.example/a?x=1&y=2"]),
        ('<link rel=alternate type="application/rss+xml" href="/a>b">', ["https://outlet.example/a>b"]),
        ('<link rel="alternate" type="application/rss+xml" href="/unclosed', []),
        ("", []),
    ],
)  # fmt: skip
def test_links_are_read_as_pages_write_them(html: str, found: list[str]) -> None:
    links, _ = find_links(html, PAGE)
    assert [each.url for each in links] == found


def test_anchors_that_look_like_feeds_are_a_second_choice() -> None:
    body = '<a href="/rss">RSS</a> <a href="/newsfeeding">x</a> <a href="/about.xml">x</a> <a href="/feed/world">x</a>'
    links, anchors = find_links(page(body=body), PAGE)
    assert not links
    assert [each.url.removeprefix("https://outlet.example") for each in anchors] == [
        "/rss",
        "/about.xml",
        "/feed/world",
    ]


def test_the_usual_addresses_stand_below_the_pages_folder_and_at_the_root() -> None:
    guessed = [each.url for each in guess_links("https://outlet.example/blog/?x=1")]
    assert guessed[:4] == [
        "https://outlet.example/blog/feed",
        "https://outlet.example/blog/rss",
        "https://outlet.example/blog/feed.xml",
        "https://outlet.example/feed",
    ]
    assert next(each.url for each in guess_links("https://outlet.example/index.html")) == "https://outlet.example/feed"


@pytest.mark.parametrize(
    "unit",
    ["<link ", '<link "', "<link '\" ", "<!--", "<script", "<b><a><p>", '<a href="/rss">', link("/f"), "<base href='"],
)
def test_no_page_takes_long_or_asks_for_much(unit: str) -> None:
    html = unit * (2_000_000 // len(unit))
    began = time.process_time()
    links, anchors = find_links(html, PAGE)
    assert time.process_time() - began < 2
    assert len(links) <= MOST_LINKS
    assert len(anchors) <= 4


async def test_an_address_that_is_a_feed_is_found_with_one_request(server: FeedServer, fetcher: HttpFetcher) -> None:
    put(server, "/feed.xml", "One", "Two")
    found = await fetcher.discover(server.url("/feed.xml"))
    assert [feed.url for feed in found.feeds] == [server.url("/feed.xml")]
    assert len(found.feeds[0].reading.entries) == 2
    assert found.requests == len(server.calls) == 1


async def test_a_sites_feeds_are_found_by_its_links_and_read(server: FeedServer, fetcher: HttpFetcher) -> None:
    links = link("/a.xml") + link("/b.atom", "application/atom+xml", 'title="B"') + link("/gone.xml")
    put_page(server, "/", page(links))
    put(server, "/a.xml")
    put(server, "/b.atom", form="atom")
    found = await fetcher.discover(server.url("/"))
    assert urls([feed.url for feed in found.feeds], server) == ["/a.xml", "/b.atom"]
    assert [feed.title for feed in found.feeds] == ["Feed /a.xml", "Feed /b.atom"]


async def test_a_page_that_moved_is_the_base_of_its_links(server: FeedServer, fetcher: HttpFetcher) -> None:
    server.page("/", redirect="/nl/home")
    put_page(server, "/nl/home", page(link("rss.xml")))
    put(server, "/nl/rss.xml")
    found = await fetcher.discover(server.url("/"))
    assert urls([feed.url for feed in found.feeds], server) == ["/nl/rss.xml"]


async def test_without_links_the_anchors_and_then_the_usual_addresses_are_tried(
    server: FeedServer, fetcher: HttpFetcher
) -> None:
    put_page(server, "/", page(body='<a href="/our/feed/">RSS</a>'))
    put(server, "/our/feed/")
    put(server, "/atom.xml", form="atom")
    found = await fetcher.discover(server.url("/"))
    assert urls([feed.url for feed in found.feeds], server) == ["/our/feed/"]
    put_page(server, "/", page())
    found = await fetcher.discover(server.url("/"))
    assert urls([feed.url for feed in found.feeds], server) == ["/atom.xml"]


async def test_twins_are_one(server: FeedServer, fetcher: HttpFetcher) -> None:
    put_page(server, "/", page(link("/a.xml") + link("/a.atom", "application/atom+xml")))
    for path, form in (("/a.xml", "rss"), ("/a.atom", "atom")):
        feed = server.feed(path, form)  # type: ignore[arg-type]
        feed.add(title="One", link="https://outlet.example/1")
    found = await fetcher.discover(server.url("/"))
    assert urls([feed.url for feed in found.feeds], server) == ["/a.xml"]


async def test_where_there_is_none_the_reason_says_what_was_tried(server: FeedServer, fetcher: HttpFetcher) -> None:
    put_page(server, "/", page())
    found = await fetcher.discover(server.url("/"))
    assert not found.feeds
    assert "no feed was found for it: none is linked there, nor at 10 usual addresses" in found.problem
    assert found.requests == len(server.calls) <= MOST_REQUESTS


async def test_a_page_of_a_thousand_links_costs_few_requests(server: FeedServer, fetcher: HttpFetcher) -> None:
    links = "".join(link(f"/{n}.xml") for n in range(1_000))
    put_page(server, "/", page(links, "".join(f'<a href="/feed/{n}">x</a>' for n in range(1_000))))
    found = await fetcher.discover(server.url("/"))
    assert not found.feeds
    assert found.requests == len(server.calls) <= MOST_REQUESTS


async def test_candidates_that_hang_hold_nothing_up(server: FeedServer) -> None:
    slow = [f"/slow{n}.xml" for n in range(MOST_LINKS - 1)]
    put_page(server, "/", page(link("/a.xml") + "".join(map(link, slow))))
    put(server, "/a.xml")
    for path in slow:
        put(server, path)
        server.pages[path].delay = timedelta(seconds=20)
    settings = FetchSettings(allow=(server.address,), timeout=timedelta(seconds=3))
    async with open_fetcher(settings) as fetcher:
        await fetcher.read_document(b"<rss/>", url="")  # the worker is up before the time counts
        began = time.monotonic()
        found = await fetcher.discover(server.url("/"))
    assert time.monotonic() - began < 5, "they wait for their turns, but not beyond the deadline"
    assert urls([feed.url for feed in found.feeds], server) == ["/a.xml"]


async def test_links_to_private_addresses_are_not_followed(fetcher: HttpFetcher, server: FeedServer) -> None:
    async with FeedServer("127.0.0.2") as inner:
        put(inner, "/feed.xml")
        put_page(server, "/", page(link(inner.url("/feed.xml"))))
        server.page("/feed", redirect=inner.url("/feed.xml"))
        found = await fetcher.discover(server.url("/"))
        assert not found.feeds
        assert inner.calls == []


async def test_a_site_that_refuses_its_pages_may_let_its_feeds_through(
    fetcher: HttpFetcher, server: FeedServer
) -> None:
    server.page("/", status=403)
    assert "403" in (await fetcher.discover(server.url("/"))).problem
    put(server, "/feed.xml")
    found = await fetcher.discover(server.url("/"))
    assert urls([feed.url for feed in found.feeds], server) == ["/feed.xml"]
    assert found.requests <= MOST_REQUESTS


async def test_a_page_that_does_not_come_says_why(fetcher: HttpFetcher, server: FeedServer) -> None:
    assert "404" in (await fetcher.discover(server.url("/none"))).problem
    assert "private address" in (await fetcher.discover("http://10.0.0.1/")).problem
    page_found = await fetcher.fetch_page("http://10.0.0.1/?key=1")
    assert "private address" in page_found.problem
    assert "key" not in page_found.problem
