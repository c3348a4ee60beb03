"""`/healthz`: whether the bot lives (every loop runs) and is ready (a first round of its work has begun)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiohttp import web

from bot.web.keys import Access

NO_STORE = {"Cache-Control": "no-store"}
"""What is true of one moment must not be kept by a proxy."""


class HealthPart:
    """Answers `/healthz`: 503 where a loop is down, and for `?ready` also while something is not ready.

    A watcher that restarts asks for life; one that upgrades step by step asks for readiness. Everyone gets an answer
    (load balancers have no login), in one word; the operator also gets the names of what is down.
    """

    def __init__(
        self, access: Access, stalled: Callable[[], Sequence[str]], unready: Callable[[], Sequence[str]] = tuple
    ) -> None:
        self._access, self._stalled, self._unready = access, stalled, unready

    def add_to(self, app: web.Application) -> None:
        """Add the route."""
        app.router.add_get("/healthz", self._healthz)

    async def _healthz(self, request: web.Request) -> web.Response:
        stalled, unready = list(self._stalled()), list(self._unready())
        status = "stalled" if stalled else "starting" if unready else "ok"
        failed = bool(stalled) or ("ready" in request.query and bool(unready))
        named = {"stalled": stalled, "unready": unready} if self._access.is_operator(request) else {}
        answer = {"status": status, **named}
        return web.json_response(answer, status=503 if failed else 200, headers=NO_STORE)
