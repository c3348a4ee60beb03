"""Pages of articles are read as their sites wish, within limits, and whatever they hold ends as a text or a reason."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

pytest.importorskip("trafilatura", reason="the extra topicwire[pages] is not installed")

from bot.domain.settings import FetchSettings, PagesSettings
from bot.feeds.page_text import MAX_HTML, extract_text
from bot.feeds.pages import WebPages
from tests.servers.feeds import FeedServer

HTML = "text/html; charset=utf-8"
SENTENCE = (
    "Ministers of six countries agreed on Monday to keep the parts of one maker out of the core of their networks. "
)
QUICK = PagesSettings(host_pause=timedelta(0), timeout=timedelta(seconds=10))


def article(*paragraphs: str, title: str = "Ministers agree") -> str:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title></head><body><nav><a href=/>Home</a> "
        f"<a href=/s>Sport</a></nav><main><article><h1>{title}</h1>{body}</article></main>"
        "<footer>All rights reserved</footer></body></html>"
    )


LONG = (SENTENCE * 3, "The decision takes effect in March. " * 6, "Makers have ninety days to object. " * 6)


@asynccontextmanager
async def open_pages(server: FeedServer, settings: PagesSettings = QUICK) -> AsyncIterator[WebPages]:
    pages = WebPages(settings, FetchSettings(allow=(server.address,)))
    try:
        yield pages
    finally:
        await pages.close()


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with FeedServer() as server:
        server.page("/robots.txt", status=404)
        yield server


async def test_the_articles_text_comes_without_menus_and_markup(server: FeedServer) -> None:
    server.page("/a", body=article(*LONG), content_type=HTML)
    async with open_pages(server) as pages:
        page = await pages.read_page(server.url("/a"))
    assert page.problem == ""
    assert "keep the parts of one maker out" in page.text
    assert "ninety days" in page.text
    assert not {"Home", "Sport", "All rights reserved", "<p>"} & set(page.text.split("\n"))


@pytest.mark.parametrize(
    "robots, is_read",
    [
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /private/", True),
        ("User-agent: *\nDisallow: /\nAllow: /a", True),
        ("User-agent: topicwire\nDisallow: /a", False),
        ("User-agent: other\nDisallow: /", True),
        ("User-agent: *\nDisallow: /*?print", True),
        ("\x00\xff not a robots file \n" * 50, True),
    ],
)
async def test_what_a_site_asks_of_robots_is_obeyed(server: FeedServer, robots: str, is_read: bool) -> None:
    server.page("/robots.txt", body=robots, content_type="text/plain")
    server.page("/a", body=article(*LONG), content_type=HTML)
    async with open_pages(server) as pages:
        page = await pages.read_page(server.url("/a"))
    assert bool(page.text) is is_read
    assert [call.path for call in server.calls].count("/a") == is_read


@pytest.mark.parametrize("status, is_read", [(404, True), (410, True), (403, True), (500, False), (503, False)])
async def test_a_site_that_cannot_say_what_it_asks_is_left_alone(
    server: FeedServer, status: int, is_read: bool
) -> None:
    server.page("/robots.txt", status=status)
    server.page("/a", body=article(*LONG), content_type=HTML)
    async with open_pages(server) as pages:
        assert bool((await pages.read_page(server.url("/a"))).text) is is_read


async def test_robots_are_asked_once_for_all_pages_of_a_site(server: FeedServer) -> None:
    for name in "abc":
        server.page(f"/{name}", body=article(*LONG), content_type=HTML)
    async with open_pages(server) as pages:
        for name in "abc":
            assert (await pages.read_page(server.url(f"/{name}"))).text
    assert [call.path for call in server.calls].count("/robots.txt") == 1


async def test_a_redirect_is_asked_about_where_it_leads(server: FeedServer) -> None:
    async with FeedServer() as other:
        other.page("/robots.txt", body="User-agent: *\nDisallow: /", content_type="text/plain")
        other.page("/a", body=article(*LONG), content_type=HTML)
        server.page("/short", redirect=other.url("/a"))
        pages = WebPages(QUICK, FetchSettings(allow=(server.address, other.address)))
        page = await pages.read_page(server.url("/short"))
        await pages.close()
        assert "robots.txt" in page.problem
        assert "/a" not in [call.path for call in other.calls]


async def test_an_address_in_the_house_is_not_reached() -> None:
    async with FeedServer() as server:
        server.page("/a", body=article(*LONG), content_type=HTML)
        pages = WebPages(QUICK, FetchSettings())
        page = await pages.read_page(server.url("/a"))
        await pages.close()
        assert page.problem
        assert not server.calls


@pytest.mark.parametrize(
    "body, content_type, problem",
    [
        (b"%PDF-1.7", "application/pdf", "no web page"),
        (b"", HTML, "no article"),
        (article("Too short."), HTML, ""),
        ("<p>" + "x" * 3_000_000, HTML, "larger than"),
        ("\x00\x01\x02" * 1_000, HTML, "no article"),
    ],
)
async def test_what_is_no_article_says_so(
    server: FeedServer, body: bytes | str, content_type: str, problem: str
) -> None:
    server.page("/a", body=body, content_type=content_type)
    async with open_pages(server) as pages:
        page = await pages.read_page(server.url("/a"))
    assert problem in page.problem
    assert bool(page.text) is (problem == "")


async def test_a_page_that_takes_too_long_is_given_up_and_the_next_one_is_read(server: FeedServer) -> None:
    bomb = "<article>" + "<b><i><u>x" * 90_000 + "</article>"
    server.page("/bomb", body=bomb, content_type=HTML)
    server.page("/a", body=article(*LONG), content_type=HTML)
    settings = PagesSettings(host_pause=timedelta(0), parse_timeout=timedelta(seconds=0.3))
    async with open_pages(server, settings) as pages:
        assert (await pages.read_page(server.url("/bomb"))).problem
    async with open_pages(server) as pages:
        assert (await pages.read_page(server.url("/a"))).text


async def test_a_slow_page_ends_at_its_time(server: FeedServer) -> None:
    server.page("/a", body=article(*LONG), content_type=HTML).delay = timedelta(seconds=30)
    settings = PagesSettings(host_pause=timedelta(0), timeout=timedelta(milliseconds=300))
    async with open_pages(server, settings) as pages:
        assert (await pages.read_page(server.url("/a"))).problem


@pytest.mark.parametrize(
    "paragraph",
    [
        "六国部长周一同意将一家制造商的零部件排除在核心网络之外。该决定将于三月生效。",
        "اتفق وزراء ست دول يوم الاثنين على استبعاد أجزاء شركة واحدة من نواة شبكاتهم.",
        "Министры шести стран договорились в понедельник не допускать детали одного производителя.",
    ],
)
def test_text_of_any_script_is_found(paragraph: str) -> None:
    html = article(*(paragraph * 4,) * 4)
    assert paragraph[:20] in extract_text(html.encode(), "https://outlet.example/a")


def test_only_the_beginning_of_a_huge_page_is_read() -> None:
    html = article(*LONG) + "<p>Never seen.</p>" * (MAX_HTML // 10)
    assert "ninety days" in extract_text(html.encode(), "https://outlet.example/a")
