"""A server that plays both kinds of webhook, with limits and faults, and a platform that posts to it."""

from __future__ import annotations

import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from aiohttp import web

from bot.domain.cards import Card
from bot.domain.records import Outgoing
from bot.domain.settings import DestinationSettings
from bot.platforms.discord.payload import render_payload as render_for_discord
from bot.platforms.slack.payload import render_payload as render_for_slack
from bot.platforms.webhook.adapter import WebhookPlatform
from bot.platforms.webhook.declared import place_of
from tests.servers.wire import Fault, Faults, Json, LoopbackServer, lose

DISCORD_PATH = "/api/webhooks/123/sEcReT-tOkEn"
SLACK_PATH = "/services/T1/B1/sEcReT-tOkEn"
RENDERERS = {"discord": render_for_discord, "slack": render_for_slack}
NO_GAPS = {"discord": timedelta(0), "slack": timedelta(0)}


class WebhookServer(LoopbackServer):
    """Keeps what is posted: Discord's messages by id, Slack's in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.discord: dict[str, Json] = {}
        self.slack: list[Json] = []
        self.files: dict[str, bytes] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.faults = Faults()
        self._ids = itertools.count(900)

    def routes(self, app: web.Application) -> None:
        """Answer as Discord's and Slack's webhooks do."""
        app.router.add_post(DISCORD_PATH, self._post_to_discord)
        app.router.add_get(DISCORD_PATH, self._show)
        app.router.add_patch(f"{DISCORD_PATH}/messages/{{id}}", self._edit_on_discord)
        app.router.add_post(SLACK_PATH, self._post_to_slack)

    def destination(self, kind: Any, name: str = "", path: str = "", **more: Any) -> DestinationSettings:
        """Make the settings of a destination on this server."""
        path = path or {"discord": DISCORD_PATH, "slack": SLACK_PATH}[kind]
        url = f"http://{self.address}{path}"
        return DestinationSettings(name=name or kind, kind=kind, url=url, topics=("huawei",), **more)

    async def _show(self, request: web.Request) -> web.Response:
        fault = await self._take(request)
        return _refuse(fault) if fault.status else web.json_response({"id": "123", "name": "Topicwire"})

    async def _post_to_discord(self, request: web.Request) -> web.Response:
        fault = await self._take(request)
        if fault.status:
            return _refuse(fault)
        number = str(next(self._ids))
        self.discord[number] = await self._read(request)
        if fault.drop:
            return await lose(request, fault.drop)
        return web.json_response({"id": number}, headers=fault.headers)

    async def _read(self, request: web.Request) -> Json:
        """Read a message; what comes with it as files is kept, and only what is named in it may be shown."""
        if not request.content_type.startswith("multipart/"):
            return await request.json()  # type: ignore[no-any-return]
        sent = await request.post()
        file = sent["files[0]"]
        assert isinstance(file, web.FileField)
        self.files[file.filename] = file.file.read()
        return json.loads(cast("bytes", sent["payload_json"]))  # type: ignore[no-any-return]

    async def _edit_on_discord(self, request: web.Request) -> web.Response:
        fault = await self._take(request)
        if fault.status:
            return _refuse(fault)
        number = request.match_info["id"]
        if number not in self.discord:
            return web.json_response({"message": "Unknown Message", "code": 10008}, status=404)
        self.discord[number] = await request.json()
        return web.json_response({"id": number})

    async def _post_to_slack(self, request: web.Request) -> web.Response:
        fault = await self._take(request)
        if fault.status:
            return _refuse(fault)
        self.slack.append(await request.json())
        return await lose(request, fault.drop) if fault.drop else web.Response(text="ok")

    async def _take(self, request: web.Request) -> Fault:
        self.requests.append((f"{request.method} {request.path}", dict(request.query)))
        return await self.faults.take(f"{request.method} {request.path}")


def _refuse(fault: Fault) -> web.Response:
    if isinstance(fault.body, dict):
        return web.json_response(fault.body, status=fault.status, headers=fault.headers)
    return web.Response(text=fault.body or "", status=fault.status, headers=fault.headers)


@dataclass
class Stage:
    """A platform and the server it posts to."""

    server: WebhookServer
    platform: WebhookPlatform


@asynccontextmanager
async def on_stage(**more: Any) -> AsyncIterator[Stage]:
    """Run the server and a platform with a destination of each kind."""
    async with WebhookServer() as server:
        destinations = (server.destination("discord"), server.destination("slack"))
        platform = WebhookPlatform(destinations, RENDERERS, **({"gaps": NO_GAPS} | more))
        try:
            yield Stage(server, platform)
        finally:
            await platform.close()


def outgoing(
    to: str, title: str = "Chip ban widens", *, delivery: int = 7, card: Card | None = None, **more: Any
) -> Outgoing:
    """Make a message for a destination."""
    card = card or Card(title=title, text=f"{title} – text", link="https://news.example/1")
    return Outgoing(key=str(delivery), place=place_of(to), card=card, **more)


def since() -> datetime:
    """Say when an earlier try began."""
    return datetime.fromisoformat("2026-03-01T12:00:00+00:00")
