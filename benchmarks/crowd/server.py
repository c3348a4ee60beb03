"""Serves small feeds at many loopback addresses and notes how each of them was asked.

One line of JSON for what was asked since the last line, each time a line comes in.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from dataclasses import asdict, dataclass
from time import monotonic

BACKLOG = 512
_ITEM = (
    "<item><title>Item %d of feed %s</title><link>http://outlet.example/%s/%d</link>"
    "<guid isPermaLink='false'>%s-%d</guid><pubDate>Mon, 01 Jun 2026 10:0%d:00 GMT</pubDate>"
    "<description>Something happened somewhere, and someone said so.</description></item>"
)
_ITEMS = 3


@dataclass(slots=True, kw_only=True)
class Asked:
    """How one host was asked: requests, the most at one time, and the shortest time between two beginnings."""

    requests: int = 0
    most_at_once: int = 0
    least_gap_ms: float = float("inf")


def write_answer(path: str) -> bytes:
    """Write the answer with the small feed that stands at a path."""
    name = path.strip("/")
    items = "".join(_ITEM % (n, name, name, n, name, n, n) for n in range(_ITEMS))
    text = f"<rss version='2.0'><channel><title>Feed {name}</title><link>http://outlet.example/{name}</link>{items}"
    body = f"{text}</channel></rss>".encode()
    head = f'HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: "{name}"\r\nContent-Length: {len(body)}\r\n'
    return f"{head}Connection: close\r\n\r\n".encode() + body


_UNCHANGED = b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"


class Host:
    """One address; `seconds` is how long each of its answers takes."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.asked = Asked()
        self._now = 0
        self._last = float("-inf")

    def begin(self) -> None:
        """Note a request."""
        now = monotonic()
        self.asked.requests += 1
        self.asked.least_gap_ms = min(self.asked.least_gap_ms, (now - self._last) * 1000)
        self._last = now
        self._now += 1
        self.asked.most_at_once = max(self.asked.most_at_once, self._now)

    def end(self) -> None:
        """Note that it is over."""
        self._now -= 1


class _Connection(asyncio.Protocol):
    """One request, one answer."""

    def __init__(self, hosts: dict[str, Host]) -> None:
        self._hosts = hosts
        self._asked = b""
        self._host: Host | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._asked += data
        if b"\r\n\r\n" not in self._asked:
            return
        self._host = self._hosts[self._transport.get_extra_info("sockname")[0]]
        self._host.begin()
        path = self._asked.split(b" ", 2)[1].decode("ascii")
        answer = _UNCHANGED if b"if-none-match" in self._asked.lower() else write_answer(path)
        asyncio.get_running_loop().call_later(self._host.seconds, self._send, answer)

    def _send(self, answer: bytes) -> None:
        self._transport.write(answer)
        self._transport.close()

    def connection_lost(self, _error: Exception | None) -> None:
        if self._host is not None:
            self._host.end()


async def _serve(hosts: dict[str, Host], port: int) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(hosts), list(hosts), port, backlog=BACKLOG)
    async with server:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while await asyncio.to_thread(sys.stdin.readline):
            sys.stdout.write(json.dumps({name: asdict(host.asked) for name, host in hosts.items()}) + "\n")
            sys.stdout.flush()


def main() -> None:
    """Serve until standard input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("--hosts", type=int, required=True)
    parser.add_argument("--answer", type=float, default=0.02, help="seconds that an answer takes (0.02)")
    parser.add_argument("--slow", type=float, default=0.0, help="seconds that the first host's answers take; 0: as all")
    asked = parser.parse_args()
    hosts = {address_of(number): Host(asked.answer) for number in range(asked.hosts)}
    if asked.slow:
        hosts[address_of(0)].seconds = asked.slow
    asyncio.run(_serve(hosts, asked.port))


def address_of(number: int) -> str:
    """Return the loopback address of the host with that number."""
    return f"127.3.{number // 250}.{number % 250 + 1}"


if __name__ == "__main__":
    main()
