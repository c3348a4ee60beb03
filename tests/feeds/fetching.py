"""A fetcher for tests, closed whatever happens, and short ways to read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from bot.domain.settings import FetchSettings
from bot.feeds.document import Document, Limits, Source
from bot.feeds.fetch import HttpFetcher
from bot.feeds.parse import parse_document

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LIMITS = Limits(max_bytes=10_000_000, max_entries=2_000, timeout=timedelta(seconds=10))


@asynccontextmanager
async def open_fetcher(settings: FetchSettings) -> AsyncIterator[HttpFetcher]:
    """Yield a fetcher whose clock stands still, and close it."""
    fetcher = HttpFetcher(settings, clock=lambda: NOW)
    try:
        yield fetcher
    finally:
        await fetcher.close()


def read(body: bytes | str, *, url: str = "https://outlet.example/feed.xml", content_type: str = "") -> Document:
    """Read a document in this process."""
    raw = body.encode() if isinstance(body, str) else body
    return parse_document(Source(body=raw, url=url, content_type=content_type), LIMITS)


def rss(*items: str, head: str = "<link>https://outlet.example/</link>") -> str:
    """Wrap items into an RSS 2.0 document with the usual name spaces."""
    spaces = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    body = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0"?><rss version="2.0" {spaces}><channel><title>Outlet</title>{head}{body}</channel></rss>'
    )
