"""What became of a request on the wire: only that tells whether a failed call may have been carried out.

discord.py repeats a request after 500, 502 and 504, waits after 429, and says of a lost connection no more than that.
So each call has a Flight, which follows every request made for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta

import aiohttp

_REFUSED = range(300, 500)


@dataclass(slots=True)
class Flight:
    """The requests of one call: `is_waiting` while one has left and nothing came back."""

    is_waiting: bool = False
    has_landed: bool = False
    retry_after: timedelta | None = None

    @property
    def is_unsure(self) -> bool:
        """Tell whether a request may have been carried out: it left, and no answer refused it."""
        return self.is_waiting or self.has_landed

    def leave(self) -> None:
        """Note that a request goes out."""
        self.is_waiting = True

    def answer(self, status: int, retry_after: str | None) -> None:
        """Note an answer's status; after 5xx the request may have been carried out behind the proxy that said it."""
        self.is_waiting = False
        if status not in _REFUSED:
            self.has_landed = True
        self.retry_after = _read_seconds(retry_after)


_current: ContextVar[Flight | None] = ContextVar("flight", default=None)


@contextmanager
def following() -> Iterator[Flight]:
    """Follow the requests that are made inside."""
    flight = Flight()
    token = _current.set(flight)
    try:
        yield flight
    finally:
        _current.reset(token)


def make_trace() -> aiohttp.TraceConfig:
    """Make what the HTTP client reports to: the flight of the task that sends."""
    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(_on_headers_sent)
    trace.on_request_end.append(_on_request_end)
    return trace


async def _on_headers_sent(
    session: aiohttp.ClientSession, ctx: object, _: aiohttp.TraceRequestHeadersSentParams
) -> None:
    if flight := _current.get():
        flight.leave()


async def _on_request_end(session: aiohttp.ClientSession, ctx: object, end: aiohttp.TraceRequestEndParams) -> None:
    if flight := _current.get():
        flight.answer(end.response.status, end.response.headers.get("Retry-After"))


def _read_seconds(text: str | None) -> timedelta | None:
    try:
        return timedelta(seconds=float(text)) if text else None
    except (ValueError, OverflowError):
        return None
