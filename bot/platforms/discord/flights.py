"""What became of a request on the wire: only that tells whether a failed call may have been carried out.

discord.py repeats a request after 500, 502 and 504, waits after 429, and says of a lost connection no more than that.
So each call has a Flight, which follows every request made for it. A request that Discord would carry out twice is made
`once`: the library's repeat is stopped before it leaves.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta

import aiohttp

_REFUSED = range(300, 500)
LOOK = "GET"  # looking changes nothing, so it is not followed


class RepeatedError(aiohttp.ClientError):
    """The library would repeat a request that may have been carried out."""


@dataclass(slots=True)
class Flight:
    """The requests of one call: `is_waiting` while one has left and nothing came back."""

    is_waiting: bool = False
    has_landed: bool = False
    retry_after: timedelta | None = None
    may_land: bool = True

    @property
    def is_unsure(self) -> bool:
        """Tell whether a request may have been carried out: it left, and no answer refused it."""
        return self.is_waiting or self.has_landed

    def check(self) -> None:
        """Raise RepeatedError where no request may leave any more."""
        if not self.may_land or (_once.get() and self.is_waiting):
            raise RepeatedError("the answer was lost, and a repeat could make a second message")

    def leave(self) -> None:
        """Note that a request goes out."""
        self.is_waiting = True

    def answer(self, status: int) -> None:
        """Note an answer's status; after 5xx the request may have been carried out behind the proxy that said it."""
        self.is_waiting = False
        if status not in _REFUSED:
            self.has_landed = True
            self.may_land = not _once.get()


_current: ContextVar[Flight | None] = ContextVar("flight", default=None)
_once: ContextVar[bool] = ContextVar("once", default=False)


@contextmanager
def following() -> Iterator[Flight]:
    """Follow the requests that are made inside."""
    flight = Flight()
    token = _current.set(flight)
    try:
        yield flight
    finally:
        _current.reset(token)


@contextmanager
def once() -> Iterator[None]:
    """Let what is made inside reach Discord once at most: repeats after a refusal go on, any other is stopped."""
    token = _once.set(True)
    try:
        yield
    finally:
        _once.reset(token)
        if flight := _current.get():
            flight.may_land = True


def make_trace() -> aiohttp.TraceConfig:
    """Make what the HTTP client reports to: the flight of the task that sends."""
    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(_on_start)
    trace.on_request_headers_sent.append(_on_headers_sent)
    trace.on_request_end.append(_on_request_end)
    return trace


async def _on_start(session: aiohttp.ClientSession, ctx: object, begun: aiohttp.TraceRequestStartParams) -> None:
    if (flight := _current.get()) and begun.method != LOOK:
        flight.check()


async def _on_headers_sent(
    session: aiohttp.ClientSession, ctx: object, sent: aiohttp.TraceRequestHeadersSentParams
) -> None:
    if (flight := _current.get()) and sent.method != LOOK:
        flight.leave()


async def _on_request_end(session: aiohttp.ClientSession, ctx: object, end: aiohttp.TraceRequestEndParams) -> None:
    if flight := _current.get():
        flight.retry_after = _read_seconds(end.response.headers.get("Retry-After"))
        if end.method != LOOK:
            flight.answer(end.response.status)


def _read_seconds(text: str | None) -> timedelta | None:
    try:
        return timedelta(seconds=float(text)) if text else None
    except (ValueError, OverflowError):
        return None
