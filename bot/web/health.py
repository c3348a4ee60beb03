"""`/healthz` says that the bot lives and whether it is ready."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web


class HealthPart:
    """Answers `/healthz`: 200 while every loop lives, 503 with the names of those that do not."""

    def __init__(self, stalled: Callable[[], list[str]]) -> None:
        self._stalled = stalled

    def add_to(self, app: web.Application) -> None:
        """Add the route."""
        app.router.add_get("/healthz", self._healthz)

    async def _healthz(self, _: web.Request) -> web.Response:
        stalled = self._stalled()
        return web.json_response(
            {"status": "stalled" if stalled else "ok", "stalled": stalled}, status=503 if stalled else 200
        )
