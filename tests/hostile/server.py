"""A server on loopback whose every path misbehaves in its own way, written on bare sockets.

    async with HostileServer() as server:
        reading = await fetcher.read(FeedRequest(url=server.url("/endless")))

What each path does is in `tests.hostile.tricks`; `/good` is a feed that is served well.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Self

from tests.hostile.specimens import item, rss

FEED = rss(item("Harbour é 港口", "https://news.example/1")).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request that has come, and the means to answer it badly."""

    path: str
    query: str
    address: str
    writer: asyncio.StreamWriter

    async def send(self, *pieces: bytes | str) -> None:
        """Send pieces as they are."""
        for piece in pieces:
            self.writer.write(piece.encode("latin-1") if isinstance(piece, str) else piece)
            await self.writer.drain()

    async def answer(self, status: str, *headers: str, body: bytes = b"") -> None:
        """Send a whole answer; what it says of its length is up to the headers."""
        head = "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status}", *headers, "Connection: close"))
        await self.send(head, "\r\n", body)

    async def feed(self, *headers: str, body: bytes = FEED) -> None:
        """Answer with a feed."""
        await self.answer("200 OK", "Content-Type: application/rss+xml", *headers, body=body)

    async def redirect(self, target: str, *headers: str) -> None:
        """Send elsewhere."""
        await self.answer("302 Found", f"Location: {target}", "Content-Length: 0", *headers)


Play = Callable[[Exchange], Awaitable[None]]


class HostileServer:
    """Answers each path with the trick of that name; counts what was asked."""

    def __init__(self, plays: dict[str, Play], *, tls: ssl.SSLContext | None = None, hosts: int = 1) -> None:
        self._hosts = [f"127.0.0.{number}" for number in range(1, hosts + 1)]
        self._plays = {"/good": _serve_well, **plays}
        self._tls = tls
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self.asked: list[str] = []
        self.addresses: list[str] = []

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._meet, self._hosts, 0, ssl=self._tls)
        self.addresses = [f"{name[0]}:{name[1]}" for name in (sock.getsockname() for sock in self._server.sockets)]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def address(self) -> str:
        """The first host:port that the server listens on."""
        return self.addresses[0]

    def url(self, path: str, host: int = 0) -> str:
        """Return the address of a path at one of the hosts, counted around."""
        return f"http{'s' if self._tls else ''}://{self.addresses[host % len(self.addresses)]}{path}"

    def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._play(reader, writer)
            writer.close()
            await writer.wait_closed()
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, IndexError):
            # The client has had enough, or spoke no HTTP.
            writer.transport.abort()
        finally:
            if not writer.transport.is_closing():
                writer.transport.abort()

    async def _play(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.read(3)
        if request != b"GET":
            writer.write(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
            return
        asked = (await reader.readuntil(b"\r\n\r\n")).split(b" ", 2)[1].decode("latin-1")
        path, _, query = asked.partition("?")
        self.asked.append(path)
        play = self._plays.get(path, _find_nothing)
        await play(Exchange(path=path, query=query, address=self.address, writer=writer))


async def _serve_well(to: Exchange) -> None:
    await to.feed(f"Content-Length: {len(FEED)}")


async def _find_nothing(to: Exchange) -> None:
    await to.answer("404 Not Found", "Content-Length: 0")
