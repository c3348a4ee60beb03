"""A feed server for tests: each path answers as it was told to, conditional requests and faults included.

    async with FeedServer() as server:
        feed = server.feed("/a.xml")
        feed.add(title="Chips held up at the border", text="…", published_at=now)
        ...                                        # poll server.url("/a.xml"), with server.address in fetch.allow
        server.page("/gone.xml", status=410)
        server.page("/old.xml", redirect="/a.xml")
        server.fail("/a.xml", status=503, retry_after=30)
        await server.until(lambda: server.polls("/a.xml"))

Requests are in `server.calls`, each with the status it was answered with (0: the connection was cut).
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Literal

from aiohttp import web

from tests.servers.documents import Feed, Form
from tests.servers.wire import Drop, Fault, Faults, LoopbackServer, cut

Body = bytes | str | Callable[[], bytes]
Instant = datetime | Callable[[], datetime | None] | None


@dataclass(slots=True, kw_only=True)
class Page:
    """What a path answers; change it at any time. `delay` comes before the answer."""

    body: Body = b""
    content_type: str = "application/rss+xml; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    has_etag: bool = True
    last_modified_at: Instant = None
    delay: timedelta = timedelta(0)
    drop: Literal["", "before", "midway"] = ""  # "midway": half the body, then a reset
    redirect: str = ""
    is_gzipped: bool = False

    def content(self) -> bytes:
        """Make the body, unpacked."""
        body = self.body() if callable(self.body) else self.body
        return body.encode() if isinstance(body, str) else body

    def modified_at(self) -> datetime | None:
        """Return when the page last changed, to the second, as HTTP tells it."""
        at = self.last_modified_at() if callable(self.last_modified_at) else self.last_modified_at
        return at.astimezone(UTC).replace(microsecond=0) if at else None


@dataclass(slots=True, kw_only=True)
class Poll:
    """One request as it arrived, and the status of its answer (0: the connection was cut)."""

    at: float
    method: str
    path: str
    headers: Mapping[str, str]
    status: int = 0


class FeedServer(LoopbackServer):
    """A site of programmable pages; the address it listens on can be another one of 127.0.0.0/8."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        super().__init__(host)
        self.pages: dict[str, Page] = {}
        self.calls: list[Poll] = []
        self.faults = Faults()

    def routes(self, app: web.Application) -> None:
        app.router.add_route("*", "/{path:.*}", self._serve)

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://{self.address}{path}"

    def page(
        self,
        path: str,
        body: Body = b"",
        *,
        content_type: str = "application/rss+xml; charset=utf-8",
        status: int = 200,
        headers: dict[str, str] | None = None,
        redirect: str = "",
    ) -> Page:
        """Let a path answer with this; the page that is returned has more switches. A redirect is 301 unless said."""
        status = 301 if redirect and status == 200 else status
        page = Page(body=body, content_type=content_type, status=status, headers=headers or {}, redirect=redirect)
        self.pages[path] = page
        return page

    def feed(self, path: str, form: Form = "rss", *, title: str = "", language: str = "en") -> Feed:
        """Let a path answer with a feed to which items are added; `server.pages[path]` has its switches."""
        feed = Feed(form=form, title=title or f"Feed {path}", language=language)
        page = self.page(path, feed.render, content_type=f"application/{form}+xml; charset=utf-8")
        page.last_modified_at = feed.changed_at
        return feed

    def polls(self, path: str) -> list[Poll]:
        """List the requests for a path so far."""
        return [call for call in self.calls if call.path == path]

    def fail(
        self,
        path: str,
        *,
        times: int = 1,
        status: int = 0,
        retry_after: int | None = None,
        delay: float = 0.0,
        drop: Drop = "",
    ) -> None:
        """Let the next `times` requests for a path go wrong; `delay` is in seconds.

        aiohttp repeats a GET by itself once after a reset: to be noticed, it must be dropped twice.
        """
        headers = {"Retry-After": str(retry_after)} if retry_after is not None else {}
        self.faults.append(
            Fault(pattern=f" {path}$", times=times, status=status, headers=headers, delay=delay, drop=drop)
        )

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        call = Poll(at=time.monotonic(), method=request.method, path=request.path, headers=dict(request.headers))
        self.calls.append(call)
        try:
            response = await self._answer(request)
            call.status = response.status if request.transport and not request.transport.is_closing() else 0
            return response
        finally:
            await self.changed()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        fault = await self.faults.take(f"{request.method} {request.path}")
        if fault.drop:
            return cut(request)
        if fault.status:
            return web.Response(status=fault.status, headers=fault.headers)
        page = self.pages.get(request.path)
        if page is None:
            return web.Response(status=404, text="there is no such page")
        await asyncio.sleep(page.delay.total_seconds())
        if page.drop == "before":
            return cut(request)
        if page.redirect:
            return web.Response(status=page.status, headers={"Location": page.redirect, **page.headers})
        return await self._send(request, page)

    async def _send(self, request: web.Request, page: Page) -> web.StreamResponse:
        body = page.content()
        headers = {"Content-Type": page.content_type, **_validators(page, body)}
        if page.status == 200 and is_unchanged(request.headers, headers):
            del headers["Content-Type"]
            return web.Response(status=304, headers=headers | page.headers)
        if page.is_gzipped:
            body = gzip.compress(body, mtime=0)
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        headers |= page.headers
        if page.drop != "midway":
            return web.Response(status=page.status, body=body, headers=headers)
        response = web.StreamResponse(status=page.status, headers=headers)
        response.content_length = len(body)
        await response.prepare(request)
        await response.write(body[: len(body) // 2])
        cut(request)
        return response


def is_unchanged(asked: Mapping[str, str], validators: Mapping[str, str]) -> bool:
    """Decide a conditional request: If-None-Match comes first and compares weakly (RFC 9110, 13.1 and 13.2)."""
    known = asked.get("If-None-Match")
    etag, modified = validators.get("ETag"), validators.get("Last-Modified")
    if known is not None:
        tags = [tag.strip().removeprefix("W/") for tag in known.split(",")]
        return known.strip() == "*" or bool(etag and etag.removeprefix("W/") in tags)
    since = asked.get("If-Modified-Since")
    if since is None or modified is None:
        return False
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except ValueError:
        return False


def _validators(page: Page, body: bytes) -> dict[str, str]:
    found = {"ETag": f'"{hashlib.sha256(body).hexdigest()[:20]}"'} if page.has_etag else {}
    at = page.modified_at()
    return found | ({"Last-Modified": format_datetime(at, usegmt=True)} if at else {})
