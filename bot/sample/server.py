"""The sample feed server: the week's outlets as RSS feeds on loopback; the history first, then an item every few
seconds."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from hashlib import blake2b
from xml.sax.saxutils import escape

from aiohttp import web

from bot.domain.records import DeclaredFeed
from bot.sample.affair import Outlet, Report, load_affair

POLL_EVERY = timedelta(seconds=2)
STEP = timedelta(seconds=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    report: Report
    number: int
    published_at: datetime


class SampleServer:
    """Serves the affair on a free loopback port. Guids and links are fresh each run, dates relative to its start."""

    def __init__(self, clock: Callable[[], datetime], *, step: timedelta = STEP) -> None:
        self._clock = clock
        self._step = step
        self._affair = load_affair()
        self._run = secrets.token_hex(4)
        self._begun_at: datetime | None = None
        self._greeted: set[str] = set()
        self._runner: web.AppRunner | None = None
        self._port = 0

    @property
    def address(self) -> str:
        """The host:port that fetching must be allowed to reach."""
        return f"127.0.0.1:{self._port}"

    @property
    def feeds(self) -> list[DeclaredFeed]:
        """The outlets' feeds, polled every two seconds."""
        return [
            DeclaredFeed(
                url=f"http://{self.address}/{outlet.key}.xml",
                title=f"{outlet.title} (sample)",
                language=outlet.language,
                interval=POLL_EVERY,
            )
            for outlet in self._affair.outlets
        ]

    async def start(self) -> None:
        """Listen on a free port of 127.0.0.1."""
        app = web.Application()
        app.router.add_get("/{name}.xml", self._feed)
        app.router.add_get("/{run}/{number}", self._article)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._port = self._runner.addresses[0][1]

    async def close(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    def _items(self, outlet: str, now: datetime) -> list[_Item]:
        """Return an outlet's items that are out by now, newest first, each as it reads by now."""
        begun = self._begun_at or now
        items = [
            _Item(report=report, number=number, published_at=begun - (report.age or timedelta()))
            for number, report in enumerate(self._affair.history)
            if report.outlet == outlet
        ]
        steps = enumerate(self._affair.live, 1) if outlet in self._greeted else ()
        for step, report in steps:
            out_at = begun + step * self._step
            if report.outlet != outlet or out_at > now:
                continue
            if report.replaces is None:
                items.append(_Item(report=report, number=len(self._affair.history) + step, published_at=out_at))
            else:
                items = [replace(i, report=report) if i.report.title == report.replaces else i for i in items]
        return sorted(items, key=lambda item: item.published_at, reverse=True)

    async def _feed(self, request: web.Request) -> web.Response:
        outlet = next((o for o in self._affair.outlets if o.key == request.match_info["name"]), None)
        if outlet is None:
            raise web.HTTPNotFound
        now = self._clock()
        self._begun_at = self._begun_at or now
        body = self._render(outlet, self._items(outlet.key, now)).encode()
        # Only history on the first request: a feed's first sight is silent, and what is live must not be lost in it.
        self._greeted.add(outlet.key)
        etag = blake2b(body, digest_size=8).hexdigest()
        if request.headers.get("If-None-Match", "").strip('"') == etag:
            return web.Response(status=304, headers={"ETag": f'"{etag}"'})
        headers = {"ETag": f'"{etag}"', "Content-Type": "application/rss+xml; charset=utf-8"}
        return web.Response(body=body, headers=headers)

    async def _article(self, request: web.Request) -> web.Response:
        """Show an item as plain text, so that a link in an alert leads somewhere while the sample runs."""
        number = request.match_info["number"]
        now = self._clock()
        for outlet in self._affair.outlets:
            for item in self._items(outlet.key, now):
                if str(item.number) == number:
                    return web.Response(text=f"{item.report.title}\n{outlet.title}\n\n{item.report.text}\n")
        raise web.HTTPNotFound

    def _render(self, outlet: Outlet, items: list[_Item]) -> str:
        rows = [self._render_item(item) for item in items]
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>'
            f"<title>{escape(outlet.title)} (sample)</title><link>http://{self.address}/</link>"
            f"<description>Invented news</description><language>{outlet.language}</language>"
            f"{''.join(rows)}</channel></rss>\n"
        )

    def _render_item(self, item: _Item) -> str:
        link = f"http://{self.address}/{self._run}/{item.number}"
        return (
            f"<item><title>{escape(item.report.title)}</title><link>{link}</link>"
            f'<guid isPermaLink="false">{self._run}-{item.number}</guid>'
            f"<pubDate>{format_datetime(item.published_at)}</pubDate>"
            f"<description>{escape(item.report.text)}</description></item>"
        )
