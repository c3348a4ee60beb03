"""The door of the fake Slack's Web API: faults, tokens, scopes, rate limits, then the method."""

from __future__ import annotations

import json
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from aiohttp import web

from tests.servers.slack.api import Method
from tests.servers.slack.world import Call, SlackError
from tests.servers.wire import Faults, Json, cut, lose

Rate = tuple[int, float]  # so many messages in so many seconds
_ENCODED = ("blocks", "attachments", "files", "metadata", "view")  # may come as JSON within a form


class Door:
    """Takes requests; `calls` holds each as it came and as it was answered."""

    def __init__(
        self,
        methods: Mapping[str, Method],
        bot_token: str,
        app_token: str,
        scopes: Sequence[str],
        needed: Callable[[str, Json], str],
        per_channel: Rate,
        burst: int,
        changed: Callable[[], Awaitable[None]],
    ) -> None:
        self._changed = changed
        self.calls: list[Call] = []
        self.faults = Faults()
        self._methods, self._bot_token, self._app_token = methods, bot_token, app_token
        self._needed, self._revoked = needed, False
        self._scopes, self._per_channel, self._burst = scopes, per_channel, burst
        self._hits: dict[str, deque[float]] = defaultdict(deque)

    def revoke(self) -> None:
        """Take the bot token back, as an uninstall does."""
        self._revoked = True

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        body = await _body(request)
        name = request.match_info["method"]
        call = Call(at=time.monotonic(), method=name, body=body, headers=dict(request.headers))
        self.calls.append(call)
        await self._changed()
        fault = await self.faults.take(name)
        if fault.drop == "before":
            return cut(request)
        if fault.drop == "late":
            self.faults.land_late(lambda: self._carry_out_late(call))
            return cut(request)
        if fault.body:
            if fault.drop == "after":
                self._carry_out(call)
            call.status, call.answer = fault.status, fault.body
            return web.json_response(fault.body, status=fault.status, headers=fault.headers)
        wait = self._rate_limit(call)
        if wait:
            call.status, call.answer = 429, {"ok": False, "error": "ratelimited"}
            return web.json_response(call.answer, status=429, headers={"Retry-After": str(wait)})
        answer = self._carry_out(call)
        if fault.drop:
            await self._changed()
            return await lose(request, fault.drop)
        call.status, call.answer = 200, answer
        return web.json_response(answer, headers={"X-OAuth-Scopes": ",".join(self._scopes)})

    async def _carry_out_late(self, call: Call) -> None:
        self._carry_out(call)
        await self._changed()

    def _carry_out(self, call: Call) -> Json:
        token = call.headers.get("Authorization", "").removeprefix("Bearer ") or call.body.get("token")
        wanted = self._app_token if call.method == "apps.connections.open" else self._bot_token
        method, scope = self._methods.get(call.method), self._needed(call.method, call.body)
        try:
            if self._revoked and wanted == self._bot_token:
                raise SlackError("token_revoked")
            if token != wanted:
                raise SlackError("invalid_auth")
            if method is None:
                raise SlackError("unknown_method", req_method=call.method)
            if scope and scope not in self._scopes:
                raise SlackError("missing_scope", needed=scope, provided=",".join(self._scopes))
            return {"ok": True, **method(call.body)}
        except SlackError as error:
            return error.body

    def _rate_limit(self, call: Call) -> int:
        """Return the seconds to wait, 0 for none: `burst` messages more than the rate are let through."""
        if call.method != "chat.postMessage":
            return 0
        count, window = self._per_channel
        hits, now = self._hits[call.body.get("channel", "")], time.monotonic()
        span = window * (self._burst + 1) / count
        while hits and now - hits[0] >= span:
            hits.popleft()
        if len(hits) > self._burst:
            return max(1, round(hits[0] + span - now))
        hits.append(now)
        return 0


async def _body(request: web.Request) -> Json:
    if request.content_type == "application/json":
        given: Json = await request.json()
    else:
        given = {**request.query, **await request.post()}
    return {k: _decoded(v) if k in _ENCODED else v for k, v in given.items()}


def _decoded(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) and value else value
