"""The health page: `/healthz` says that the bot lives and whether it is ready."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web

from bot.domain.errors import ConfigError


class HealthServer:
    """Serves `/healthz` on a bound address: 200 while every loop lives, 503 with the names of those that do not."""

    def __init__(self, bind: str, stalled: Callable[[], list[str]]) -> None:
        self._host, self._port = read_bind(bind)
        self._stalled = stalled
        self._runner: web.AppRunner | None = None

    async def start(self) -> str:
        """Listen; returns the address. Raises ConfigError naming the remedy where the port is taken."""
        app = web.Application()
        app.router.add_get("/healthz", self._healthz)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._port).start()
        except OSError as error:
            await runner.cleanup()
            taken = f"cannot listen on {self._host}:{self._port} ({error.strerror})"
            raise ConfigError([f"web.bind: {taken}; set another, or empty for none"]) from error
        self._runner = runner
        host, port = runner.addresses[0][:2]
        return f"http://{f'[{host}]' if ':' in host else host}:{port}"

    async def close(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _healthz(self, _: web.Request) -> web.Response:
        stalled = self._stalled()
        return web.json_response(
            {"status": "stalled" if stalled else "ok", "stalled": stalled}, status=503 if stalled else 200
        )


def read_bind(bind: str) -> tuple[str, int]:
    """Read host:port; raises ConfigError with an example."""
    host, _, port = bind.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise ConfigError([f"web.bind: {bind!r} is not host:port, such as 127.0.0.1:8420"])
    return host.strip("[]"), int(port)
