"""What the test servers share: a server on 127.0.0.1, waiting for a change, faults to inject, cutting a connection."""

from __future__ import annotations

import asyncio
import re
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Self, TypeVar

from aiohttp import web

Json = dict[str, Any]
Drop = Literal["", "before", "after", "hold", "late"]
T = TypeVar("T")


class Watched:
    """Something whose changes a test waits for."""

    def __init__(self) -> None:
        self._changed = asyncio.Condition()

    async def until(self, look: Callable[[], T], within: float = 5.0) -> T:
        """Wait until `look` returns something true and return it; TimeoutError after `within` seconds."""
        found: list[T] = []

        def seen() -> bool:
            found[:] = [look()]
            return bool(found[0])

        async with asyncio.timeout(within), self._changed:
            await self._changed.wait_for(seen)
        return found[0]

    async def changed(self) -> None:
        """Wake whoever waits."""
        async with self._changed:
            self._changed.notify_all()


class LoopbackServer(Watched, ABC):
    """An aiohttp server on a free port of loopback; `async with` starts and stops it."""

    port = 0

    def __init__(self, host: str = "127.0.0.1") -> None:
        super().__init__()
        self.host = host
        self._runner: web.AppRunner | None = None
        self._listener: asyncio.Server | None = None

    @abstractmethod
    def routes(self, app: web.Application) -> None:
        """Add what the server answers."""

    async def close_links(self) -> None:
        """Close connections that would outlive the server."""

    async def start(self, port: int = 0) -> Self:
        """Listen; a `port` other than 0 brings a stopped server back to where its clients look for it."""
        app = web.Application(client_max_size=30 << 20)
        self.routes(app)
        self._runner = web.AppRunner(app, shutdown_timeout=0.5)
        await self._runner.setup()
        answering = self._runner.server
        assert answering
        self._listener = await asyncio.get_running_loop().create_server(answering, self.host, port)
        self.port = self._listener.sockets[0].getsockname()[1]
        return self

    async def stop(self) -> None:
        """Stop listening and close every connection."""
        await self.close_links()
        if self._listener and self._runner:
            # asyncio loses a connection that it accepts in the very round in which the server closes: stop accepting
            # first, and let what was accepted become a connection that the clean-up closes.
            for sock in self._listener.sockets:
                asyncio.get_running_loop().remove_reader(sock)
            for _ in range(3):
                await asyncio.sleep(0)
            self._listener.close()
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def address(self) -> str:
        """The host:port that the server listens on."""
        return f"{self.host}:{self.port}"


@dataclass(slots=True, kw_only=True)
class Fault:
    """How the next `times` requests whose «METHOD path» matches go wrong (delay in seconds)."""

    pattern: str = ""
    times: int = 1
    status: int = 0
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drop: Drop = ""
    """"before": not carried out; "after": it is, and the answer is lost, or with a status says otherwise; "hold": it
    never comes; "late": it is carried out a while after the connection was cut."""


async def lose(request: web.Request, drop: Drop) -> web.Response:
    """Lose the answer of what was carried out: at once, or by never giving it while the connection stays open."""
    if drop == "hold":
        await asyncio.Event().wait()
    return cut(request)


class Faults(list[Fault]):
    """The faults that are yet to come, in the order in which they were asked for.

    `weather` may make up one for a request that none of them is for. `late` holds what is carried out `late_s` later.
    """

    late_s = 0.5

    weather: Callable[[str], Fault | None] | None = None

    def __init__(self) -> None:
        super().__init__()
        self.late: set[asyncio.Task[object]] = set()

    def land_late(self, carry_out: Callable[[], Awaitable[object]]) -> None:
        """Carry a request out a while after its connection was cut."""

        async def land() -> object:
            await asyncio.sleep(self.late_s)
            return await carry_out()

        task = asyncio.create_task(land())
        self.late.add(task)
        task.add_done_callback(self.late.discard)

    async def take(self, request: str) -> Fault:
        """Return the fault for a request, after its delay; one that does nothing where there is none."""
        fault = next((f for f in self if f.times and re.search(f.pattern, request)), None)
        if fault is None and self.weather is not None:
            fault = self.weather(request)
        if fault is None:
            return Fault()
        fault.times -= 1
        await asyncio.sleep(fault.delay)
        return fault


def cut(request: web.Request) -> web.Response:
    """Reset the connection instead of answering."""
    if request.transport:
        request.transport.abort()
    return web.Response()
