"""The site over a newsroom, asked over a real socket as a browser would."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import aiohttp
from yarl import URL

from bot.domain.models import StoryId, WorkspaceId
from bot.domain.settings import WebSettings
from bot.web.console import Console
from bot.web.keys import Access, Addresses, Keys
from bot.web.server import WebServer
from bot.web.site import Site
from tests.newsroom import WORKSPACE, Newsroom


def basic(login: str) -> str:
    """Write a login as browsers send it."""
    return f"Basic {base64.b64encode(login.encode()).decode()}"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    text: str
    headers: Mapping[str, str]


@dataclass
class Visitor:
    """Somebody who looks at the pages."""

    address: str
    addresses: Addresses
    session: aiohttp.ClientSession

    def story(self, number: int, workspace: WorkspaceId = WORKSPACE) -> str:
        return f"{self.addresses.workspace(workspace)}/story/{StoryId(number)}"

    def here(self, workspace: WorkspaceId = WORKSPACE) -> str:
        return self.addresses.workspace(workspace)

    async def get(self, path: str, **headers: str) -> Answer:
        """Open a page; the path is sent as it stands."""
        asked = URL(f"{self.address}{path}", encoded=True)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.session.get(asked, headers=named, allow_redirects=False) as answer:
            return Answer(answer.status, await answer.text(), answer.headers)

    async def post(self, path: str, data: Mapping[str, str], **headers: str) -> Answer:
        """Send a form; without an Origin header it is one from elsewhere."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.session.post(
            f"{self.address}{path}", data=data, headers=named, allow_redirects=False
        ) as answer:
            return Answer(answer.status, await answer.text(), answer.headers)


@asynccontextmanager
async def visit(
    room: Newsroom, settings: WebSettings | None = None, *, console: Console | None = None, base: str = ""
) -> AsyncIterator[Visitor]:
    """Serve the pages of a newsroom; its cards link to them where `base` or a public address is set."""
    settings = settings or WebSettings()
    keys = await Keys.open(room.store)
    addresses = Addresses(keys, base or settings.public_url)
    desk = replace(room.desk, reader=replace(room.reader, find_pages=addresses.stories))
    site = Site(desk=desk, keys=keys, addresses=addresses, access=Access(settings), stalled=list, console=console)
    server = WebServer("127.0.0.1:0", [site])
    address = await server.start()
    try:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
            yield Visitor(address, addresses, session)
    finally:
        await server.close()
