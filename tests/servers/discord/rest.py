"""The door of the fake Discord's REST API: faults, authority, rate limits, checked bodies, then the handler."""

from __future__ import annotations

import json
import re
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from aiohttp import web

from tests.servers.discord.answers import ApiError, answer, limit_headers, too_many
from tests.servers.discord.channels import Answer, Route
from tests.servers.discord.limits import EMPTY_MESSAGE, documented
from tests.servers.discord.spec import DiscordSpec
from tests.servers.discord.world import Call
from tests.servers.wire import Faults, cut, lose

Rate = tuple[int, float]  # so many requests in so many seconds
VIA = {"Via": "1.1 google"}


class Rest:
    """Takes requests; `calls` holds each as it came and as it was answered."""

    def __init__(
        self,
        token: str,
        spec: DiscordSpec | None,
        per_channel: Rate,
        overall: Rate,
        routes: Sequence[Route],
        changed: Callable[[], Awaitable[None]],
    ) -> None:
        self._changed = changed
        self.calls: list[Call] = []
        self.faults = Faults()
        self._token, self._spec = token, spec
        self._per_channel, self._overall = per_channel, overall
        self._routes = [(method, re.compile(pattern), handler) for method, pattern, handler in routes]
        self._hits: dict[str, deque[float]] = defaultdict(deque)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        call = Call(
            at=time.monotonic(),
            method=request.method,
            path="/" + request.match_info["path"],
            body=await _body(request),
            headers=dict(request.headers),
            query=dict(request.query),
            files=await _files(request),
        )
        self.calls.append(call)
        await self._changed()
        fault = await self.faults.take(f"{call.method} {call.path}")
        if fault.drop == "before":
            return cut(request)
        if fault.drop == "late":
            self.faults.land_late(lambda: self._carry_out(call))
            return cut(request)
        if fault.status:
            if fault.drop == "after":
                await self._carry_out(call)
            call.status = fault.status
            return answer(fault.status, fault.body, fault.headers)
        status, body, headers = await self._carry_out(call)
        if fault.drop:
            await self._changed()
            return await lose(request, fault.drop)
        call.status, call.answer = status, body
        return answer(status, body, headers)

    async def _carry_out(self, call: Call) -> tuple[int, Any, dict[str, str]]:
        headers = dict(VIA)
        try:
            self._authenticate(call)
            headers |= self._rate_limit(call)
            self._check(call)
            status, body = await self._handle(call)
        except ApiError as error:
            return error.status, error.body, headers | error.headers
        return status, body, headers

    def _authenticate(self, call: Call) -> None:
        if re.match(r"/(interactions|webhooks)/", call.path):
            return  # the token in the path is the authority
        if not call.headers.get("User-Agent", "").startswith("DiscordBot ("):
            raise ApiError(403, 0, "error code: 1010")
        if call.headers.get("Authorization") != f"Bot {self._token}":
            raise ApiError(401, 0, "401: Unauthorized")

    def _rate_limit(self, call: Call) -> dict[str, str]:
        if call.path.startswith("/interactions/"):
            return {}
        self._spend("global", *self._overall)
        match = re.match(r"/channels/(\d+)/messages$", call.path)
        if not (match and call.method == "POST"):
            return {}
        remaining, reset = self._spend(match[1], *self._per_channel)
        return limit_headers(self._per_channel[0], remaining, reset)

    def _spend(self, bucket: str, limit: int, window: float) -> tuple[int, float]:
        hits, now = self._hits[bucket], time.monotonic()
        if hits and now - hits[0] >= window:
            hits.clear()
        hits.append(now)
        reset = hits[0] + window - now
        if len(hits) > limit:
            hits.pop()
            body, headers = too_many(reset, "global" if bucket == "global" else "user")
            headers |= {} if bucket == "global" else limit_headers(limit, 0, reset)
            raise ApiError(429, 0, "", headers=headers, body=body)
        return limit - len(hits), reset

    def _check(self, call: Call) -> None:
        problems = documented(call.method, call.path, call.body)
        if self._spec:
            problems = self._spec.errors(call.method, call.path, call.body) + problems
            call.unknown = self._spec.unknown(call.method, call.path, call.body)
        if EMPTY_MESSAGE in problems:
            raise ApiError(400, 50006, "Cannot send an empty message")
        if problems:
            raise ApiError(400, 50035, "Invalid Form Body", problems)

    async def _handle(self, call: Call) -> Answer:
        for method, pattern, handler in self._routes:
            match = pattern.fullmatch(call.path)
            if match and method == call.method:
                return await handler(call, *match.groups())
        raise ApiError(404, 0, "404: Not Found")


async def _files(request: web.Request) -> dict[str, bytes]:
    """The files that came with a body, by name."""
    if request.content_type != "multipart/form-data":
        return {}
    parts = (await request.post()).values()
    return {part.filename: part.file.read() for part in parts if isinstance(part, web.FileField)}


async def _body(request: web.Request) -> Any:
    if request.content_type == "multipart/form-data":
        return json.loads(str((await request.post())["payload_json"]))
    text = await request.text()
    return json.loads(text) if text else None
