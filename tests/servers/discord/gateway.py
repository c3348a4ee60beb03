"""The gateway of the fake Discord: HELLO, IDENTIFY, heartbeats, dispatches, RESUME with replay, and disturbances."""

from __future__ import annotations

import contextlib
import json
import time
import zlib
from collections import deque
from collections.abc import Callable
from typing import Any, Literal

from aiohttp import WSMsgType, web

from tests.servers.wire import Json, Watched

Disturbance = int | Literal["reconnect", "invalidate", "mute"]
Event = tuple[str, Json]

DECODE_ERROR, FATAL_TOKEN, INVALID_SEQ, RATE_LIMITED, TIMED_OUT, BAD_INTENTS = 4002, 4004, 4007, 4008, 4009, 4014
RESET = 1006
GUILD_MESSAGES = 1 << 9
COMMANDS_PER_MINUTE = 120
MAX_PAYLOAD = 4096  # bytes that a client may send at once


class Session:
    """A client's session: it outlives its connections, so that RESUME can replay."""

    def __init__(self, ident: str, intents: int) -> None:
        self.id, self.intents, self.seq = ident, intents, 0
        self.sent: deque[Json] = deque(maxlen=1000)
        self.link: Link | None = None
        self.is_home = True  # whether its shard is the guild's

    async def dispatch(self, event: str, data: Json) -> None:
        """Send an event, or keep it for the resume."""
        self.seq += 1
        packet = {"op": 0, "t": event, "s": self.seq, "d": data}
        self.sent.append(packet)
        if self.link:
            await self.link.send(packet)


class Link:
    """One websocket, with the compression that the client asked for (zlib-stream or none; zstd is not offered)."""

    def __init__(self, ws: web.WebSocketResponse, request: web.Request) -> None:
        self.ws, self.request = ws, request
        self.session: Session | None = None
        self.mute = self.cut = False
        self._zlib = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None

    async def send(self, packet: Json) -> None:
        text = json.dumps(packet)
        with contextlib.suppress(ConnectionError, RuntimeError):
            if self._zlib:
                await self.ws.send_bytes(self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH))
            else:
                await self.ws.send_str(text)

    def reset(self) -> None:
        if self.request.transport:
            self.request.transport.abort()


class Gateway(Watched):
    """Every session and connection of the bot; `log` holds what it sent, heartbeats included."""

    def __init__(
        self, token: str, allowed_intents: int, heartbeat_ms: int, first_events: Callable[[str, int, int], list[Event]]
    ) -> None:
        super().__init__()
        self.token, self.allowed_intents, self.heartbeat_ms = token, allowed_intents, heartbeat_ms
        self.sessions: dict[str, Session] = {}
        self.links: set[Link] = set()
        self.log: list[Json] = []
        self.identified = 0
        self.resumed = 0
        self._first_events = first_events  # READY and GUILD_CREATE for a session id and its shard

    async def dispatch(self, event: str, data: Json) -> None:
        """Send an event to every session that asked for its kind."""
        for session in list(self.sessions.values()):
            is_asked = not event.startswith("MESSAGE_") or session.intents & GUILD_MESSAGES
            if is_asked and session.is_home:
                await session.dispatch(event, data)

    async def cut(self, how: Disturbance) -> None:
        """Disturb every live connection: a close code, 1006 (reset), or a word ("mute" never answers again)."""
        for link in list(self.links):
            link.cut = True
            if how in ("invalidate", INVALID_SEQ, TIMED_OUT):
                self._forget(link)
            if how == RESET:
                link.reset()
            elif how == "mute":
                link.mute = True
            elif how == "reconnect":
                await link.send({"op": 7, "d": None})
            elif how == "invalidate":
                await link.send({"op": 9, "d": False})
            else:
                await link.ws.close(code=int(how))

    def forget_sessions(self) -> None:
        """Forget every session, so that none is resumed: what happens from now on is told to new ones only."""
        self.sessions.clear()

    async def close(self) -> None:
        for link in list(self.links):
            await link.ws.close(code=1001)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Hold one connection until it ends."""
        ws = web.WebSocketResponse(timeout=0.5)
        await ws.prepare(request)
        link = Link(ws, request)
        self.links.add(link)
        received: deque[float] = deque(maxlen=COMMANDS_PER_MINUTE + 1)
        try:
            await link.send({"op": 10, "d": {"heartbeat_interval": self.heartbeat_ms}})
            async for frame in ws:
                if frame.type is WSMsgType.TEXT and not link.mute:
                    await self._frame(link, frame.data, received)
        finally:
            self._ended(link)
        return ws

    async def _frame(self, link: Link, text: str, received: deque[float]) -> None:
        if len(text.encode()) > MAX_PAYLOAD:
            await link.ws.close(code=DECODE_ERROR)
            return
        packet = json.loads(text)
        self.log.append(packet)
        received.append(time.monotonic())
        if len(received) > COMMANDS_PER_MINUTE and received[-1] - received[0] < 60:
            await link.ws.close(code=RATE_LIMITED)
            return
        await self._take(link, packet["op"], packet.get("d"))
        await self.changed()

    def _ended(self, link: Link) -> None:
        self.links.discard(link)
        if link.session and link.session.link is link:
            link.session.link = None
            if link.ws.close_code in (1000, 1001) and not link.cut:  # a clean close by the client ends the session
                self._forget(link)

    def _forget(self, link: Link) -> None:
        if link.session:
            self.sessions.pop(link.session.id, None)

    async def _take(self, link: Link, op: int, data: Any) -> None:
        if op == 1:
            await link.send({"op": 11})
        elif op in (2, 6) and data["token"] != self.token:
            await link.ws.close(code=FATAL_TOKEN)
        elif op == 2:
            await self._identify(link, data)
        elif op == 6:
            await self._resume(link, data)

    async def _identify(self, link: Link, data: Json) -> None:
        if data["intents"] & ~self.allowed_intents:
            await link.ws.close(code=BAD_INTENTS)
            return
        shard, shards = data.get("shard") or (0, 1)
        self.identified += 1
        session = link.session = Session(f"session{self.identified}", data["intents"])
        session.link = link
        self.sessions[session.id] = session
        events = self._first_events(session.id, shard, shards)
        session.is_home = shards == 1 or bool(events[0][1]["guilds"])
        for event, payload in events:
            await session.dispatch(event, payload)

    async def _resume(self, link: Link, data: Json) -> None:
        session = self.sessions.get(data["session_id"])
        if session is None:
            await link.send({"op": 9, "d": False})
        elif data["seq"] is None or data["seq"] > session.seq:
            await link.ws.close(code=INVALID_SEQ)
        else:
            self.resumed += 1
            link.session = session
            seen = data["seq"]
            while missed := next((p for p in session.sent if p["s"] > seen), None):  # more may come while these go
                await link.send(missed)
                seen = missed["s"]
            session.link = link
            await session.dispatch("RESUMED", {})
