"""Reads the pages of articles: politely, within limits, never raising for what the web sends.

its host's lane -> robots.txt -> GET through the guard, each redirect asked about too -> worker -> text
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime

import aiohttp

from bot.domain.feeds import Validators
from bot.domain.pages import PageText
from bot.domain.settings import FetchSettings, PagesSettings
from bot.domain.urls import shown_host
from bot.feeds.download import Check, Download, RefusedError, download, open_session
from bot.feeds.fetch import make_user_agent
from bot.feeds.killable import Fault, KillablePool, WorkerError
from bot.feeds.lanes import HostLanes
from bot.feeds.page_text import extract_text, load
from bot.feeds.reasons import explain_failure
from bot.feeds.robots import Robots, RobotsRefusedError

log = logging.getLogger(__name__)
PER_HOST = 1
_WEB = ("text/html", "application/xhtml+xml")
_PROBLEMS = {
    Fault.SLOW: "reading it took too long (pages.parse_timeout)",
    Fault.MEMORY: "reading it takes too much memory",
    Fault.BROKEN: "reading it broke the reader down",
    Fault.CLOSING: "the reader is closing",
}


def _utc_now() -> datetime:
    return datetime.now(UTC)


class WebPages:
    """Implements `ports.PageReader`."""

    def __init__(
        self, settings: PagesSettings, fetching: FetchSettings, *, clock: Callable[[], datetime] = _utc_now
    ) -> None:
        self._settings, self._fetching, self._clock = settings, fetching, clock
        self._slots = asyncio.Semaphore(max(settings.concurrency, 1))
        self._lanes = HostLanes(PER_HOST, settings.host_pause)
        self._robots = Robots(self._fetch_bytes, clock)
        self._session: aiohttp.ClientSession | None = None
        self._pool = KillablePool(1, load)

    async def read_page(self, url: str) -> PageText:
        """Fetch a page and return its article's text, or why there is none."""
        try:
            async with self._lanes.turn(url, self._slots), asyncio.timeout(self._settings.timeout.total_seconds()):
                page = await self._fetch(url, self._settings.max_bytes, self._robots.check)
            return await self._extract(page)
        except (RefusedError, RobotsRefusedError) as refused:
            # A feed has bounds and remedies of its own.
            return PageText(problem=str(refused).replace("(fetch.max_bytes)", "(pages.max_bytes)"))
        except WorkerError as error:
            return PageText(problem=_PROBLEMS[error.fault])
        except Exception as error:
            reason = explain_failure(error, self._settings.timeout)
            if reason is None:
                log.warning("%s: unexpected %s", shown_host(url), type(error).__name__, exc_info=error)
            return PageText(problem=reason or f"fetching it failed unexpectedly ({type(error).__name__})")

    async def close(self) -> None:
        """Close connections and end the worker."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()
        await self._pool.close()

    async def _extract(self, page: Download) -> PageText:
        kind = page.content_type.partition(";")[0].strip().lower()
        if kind and kind not in _WEB:
            return PageText(problem=f"it is no web page ({kind[:60]})")
        seconds = self._settings.parse_timeout.total_seconds()
        text = await self._pool.run(extract_text, seconds, page.body or b"", page.url)
        return PageText(text=text, problem="" if text else "no article was found in it")

    async def _fetch(self, url: str, max_bytes: int, check: Check | None = None) -> Download:
        if self._session is None:
            self._session = open_session(self._fetching, make_user_agent(self._fetching.contact))
        return await download(self._session, url, Validators(), max_bytes=max_bytes, clock=self._clock, check=check)

    async def _fetch_bytes(self, url: str, max_bytes: int) -> bytes:
        """Fetch a robots.txt; a redirect of it is followed without asking further."""
        async with asyncio.timeout(self._settings.timeout.total_seconds()):
            return (await self._fetch(url, max_bytes)).body or b""
