"""Socket Mode of the fake Slack: tickets, hello, envelopes out, acknowledgements in, and disturbances."""

from __future__ import annotations

import contextlib
import json
import uuid
from collections.abc import Awaitable, Callable
from typing import Literal

from aiohttp import WSMsgType, web

from tests.servers.slack.world import APP
from tests.servers.wire import Json, Watched

Disturbance = Literal["refresh_requested", "warning", "link_disabled", "close", "abort", "mute"]


class Sockets(Watched):
    """The app's connections; a muted one takes and gives nothing more."""

    def __init__(self, acknowledge: Callable[[Json], Awaitable[None]]) -> None:
        super().__init__()
        self.opened = 0
        self._acknowledge = acknowledge
        self._links: dict[web.WebSocketResponse, web.Request] = {}
        self._muted: set[web.WebSocketResponse] = set()
        self._tickets: set[str] = set()

    def ticket(self) -> str:
        """Allow one connection."""
        ident = uuid.uuid4().hex
        self._tickets.add(ident)
        return ident

    def live(self) -> list[web.WebSocketResponse]:
        """List the connections over which envelopes can go."""
        return [ws for ws in self._links if ws not in self._muted and not ws.closed]

    async def deliver(self, envelope: Json) -> None:
        """Send an envelope to one of the app's connections, never to all, as soon as there is one."""
        links = await self.until(self.live, 10.0)
        await links[-1].send_json(envelope)

    async def cut(self, how: Disturbance) -> None:
        """Disturb every live connection."""
        for ws, request in list(self._links.items()):
            if how == "abort" and request.transport:
                request.transport.abort()
            elif how == "mute":
                self._muted.add(ws)
            elif how == "close":
                await ws.close(code=1001)
            elif how != "abort":
                with contextlib.suppress(ConnectionResetError):  # the client is just going
                    await ws.send_json({"type": "disconnect", "reason": how, "debug_info": {"host": "fake"}})

    async def close(self) -> None:
        for ws in list(self._links):
            await ws.close()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Hold one connection until it ends."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=404)
        self._tickets.discard(ticket)
        ws = web.WebSocketResponse(autoping=False, timeout=0.5)
        await ws.prepare(request)
        self._links[ws] = request
        debug = {"host": "fake", "started": "", "build_number": 1, "approximate_connection_time": 18060}
        hello = {"num_connections": len(self._links), "connection_info": {"app_id": APP}, "debug_info": debug}
        await ws.send_json({"type": "hello", **hello})
        self.opened += 1
        await self.changed()
        try:
            async for frame in ws:
                if ws in self._muted:
                    continue
                if frame.type is WSMsgType.PING:
                    await ws.pong(frame.data)
                elif frame.type is WSMsgType.TEXT:
                    await self._acknowledge(json.loads(frame.data))
        finally:
            self._links.pop(ws, None)
        return ws
