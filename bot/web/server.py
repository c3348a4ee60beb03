"""The bot's one web server: the address it listens on, and the parts that add their pages to it.

A part is anything with `add_to(app)`: /healthz, the pages, whatever else the operator's tools ask for.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Protocol

from aiohttp import web

from bot.domain.errors import ConfigError
from bot.domain.settings_faults import split_bind

# What is no HTTP at all is answered with 400; whoever probes an open port must not fill the log with it.
_UNHEARD = logging.getLogger(f"{__name__}.unheard")
_UNHEARD.setLevel(logging.CRITICAL)


class Part(Protocol):
    """Some pages of the server."""

    def add_to(self, app: web.Application) -> None:
        """Add routes, and whatever they need, to the application before it starts."""


class WebServer:
    """Serves its parts on a bound address."""

    def __init__(self, bind: str, parts: Sequence[Part]) -> None:
        self._host, self._port = read_bind(bind)
        self._parts = parts
        self._runner: web.AppRunner | None = None

    async def start(self) -> str:
        """Listen; returns the address. Raises ConfigError naming the remedy where the port is taken."""
        app = web.Application()
        for part in self._parts:
            part.add_to(app)
        runner = web.AppRunner(app, access_log=None, logger=_UNHEARD, shutdown_timeout=0.5)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._port).start()
        except OSError as error:
            await runner.cleanup()
            taken = f"cannot listen on {self._host}:{self._port} ({error.strerror})"
            raise ConfigError([f"web.bind: {taken}; set another, or empty for none"]) from error
        self._runner = runner
        return f"http://{write_host(self._host)}:{runner.addresses[0][1]}"

    async def close(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()


def write_host(host: str) -> str:
    """Write a host as a URL does; what stands for every address of the machine is reached at its own."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - told, not bound
    return f"[{reached}]" if ":" in reached else reached


def read_bind(bind: str) -> tuple[str, int]:
    """Read host:port; raises ConfigError with an example."""
    meant = split_bind(bind)
    if meant is None:
        raise ConfigError([f"web.bind: {bind!r} is not host:port, such as 127.0.0.1:8420"])
    return meant
