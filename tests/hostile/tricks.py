"""What a server may do to whoever asks it for a feed, and what must be said of it.

Each trick is a function that answers one request; `TRICKS` names its path and the reason that a person reads.
"""

from __future__ import annotations

import asyncio
import gzip
import itertools
import socket
import struct
import zlib
from dataclasses import dataclass
from functools import cache

import brotli  # type: ignore[import-untyped]
from backports import zstd

from tests.hostile.server import FEED, Exchange, Play

MAX_BYTES = 1_000_000
SECONDS = 5
TOO_LARGE = "it is larger than 1,000,000 bytes (fetch.max_bytes)"
TOO_SLOW = f"no complete answer within {SECONDS} seconds (fetch.timeout)"
NO_HTTP = "the answer is no proper HTTP"
LONG_HEADERS = "its headers are too large"
BROKEN_OFF = "the answer broke off before it was complete"
NOT_PACKED = "the answer is not compressed in the way that it says"
NO_ANSWER = "the server closed the connection without an answer"
MANY_REDIRECTS = "it redirects more than 5 times"
NO_WEB = "it redirects to an address that is not http:// or https://"
UNASKED = "the server says that nothing has changed (304), but was not asked that"
NOTHING_HERE = "there is nothing at this address (404)"
PAGE = 'it is a web page, not a feed (its title: "Cookies?")'
UNUSABLE = "it redirects to an address that cannot be used"
_BLOCK = b"A" * 65_536
_PACE = 0.01
"""Seconds between the pieces of what never ends: some fifty megabits a second, as from a quick server far away."""
_HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
_START = FEED.partition(b"<item>")[0]


@dataclass(frozen=True, slots=True)
class Trick:
    """A path, what it does, and what comes of it: the reason, or the feed's entry where there is none."""

    path: str
    play: Play
    reason: str = ""

    def __str__(self) -> str:
        return self.path


async def endless(to: Exchange) -> None:
    await to.feed(body=_START)
    while True:
        await to.send(_BLOCK)
        await asyncio.sleep(_PACE)


async def endless_items(to: Exchange) -> None:
    await to.feed(body=_START)
    for number in itertools.count():
        await to.send(f"<item><title>S{number}</title></item>" * 500)


async def drip(to: Exchange) -> None:
    await to.feed(body=b"")
    for byte in FEED:
        await to.send(bytes([byte]))
        await asyncio.sleep(0.5)


async def drip_headers(to: Exchange) -> None:
    await to.send("HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        await to.send("a")
        await asyncio.sleep(0.2)


async def stall(to: Exchange) -> None:
    await to.feed(body=FEED[:100])
    await asyncio.sleep(3_600)


async def say_nothing(to: Exchange) -> None:
    await asyncio.sleep(3_600)


async def leave(to: Exchange) -> None:
    """Close without a word."""


async def reset(to: Exchange) -> None:
    await to.feed("Content-Length: 5000", body=FEED[:50])
    raw = to.writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    to.writer.transport.abort()


def bomb(encoding: str) -> Play:
    """Send hundreds of megabytes in few bytes."""

    async def play(to: Exchange) -> None:
        packed = await asyncio.to_thread(_pack_bomb, encoding)
        await to.feed(f"Content-Encoding: {encoding}", body=packed)

    return play


@cache
def _pack_bomb(encoding: str) -> bytes:
    if encoding == "br":
        return bytes(brotli.compress(b"A" * 100_000_000, quality=1))
    if encoding == "zstd":
        return zstd.compress(b"A" * 100_000_000)
    packer = zlib.compressobj(9, zlib.DEFLATED, 31 if encoding == "gzip" else 15)
    # A block that ends in a full flush can be repeated: half a gigabyte is made of one megabyte.
    block = b"A" * 1_000_000
    start = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return start + (packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)) * 500


async def packed_twice(to: Exchange) -> None:
    await to.feed("Content-Encoding: gzip", body=gzip.compress(gzip.compress(FEED, mtime=0), mtime=0))


def feed(*headers: str, body: bytes = FEED) -> Play:
    """Send a feed with headers that lie."""
    return lambda to: to.feed(*headers, body=body)


def status(line: str, *headers: str, body: bytes = b"") -> Play:
    """Send a status."""
    return lambda to: to.answer(line, "Content-Type: text/html", *headers, body=body)


def raw(*pieces: bytes | str) -> Play:
    """Send bytes as they are."""
    return lambda to: to.send(*pieces)


def redirect(target: str, *headers: str) -> Play:
    """Send elsewhere."""
    return lambda to: to.redirect(target, *headers)


async def redirect_on(to: Exchange) -> None:
    await to.redirect(f"{to.path}?{int(to.query or 0) + 1}")


async def redirect_growing(to: Exchange) -> None:
    await to.redirect(f"{to.path}?{to.query}{'a' * 10_000}")


async def chunks_without_end(to: Exchange) -> None:
    await to.send(_HEAD, "Transfer-Encoding: chunked\r\n\r\n")
    while True:
        await to.send("10000\r\n", _BLOCK, "\r\n")


async def tiny_chunks(to: Exchange) -> None:
    await to.send(_HEAD, "Transfer-Encoding: chunked\r\n\r\n")
    while True:
        await to.send(f"10\r\n{'A' * 16}\r\n" * 5_000)
        await asyncio.sleep(_PACE)


async def extension_without_end(to: Exchange) -> None:
    await to.send(_HEAD, "Transfer-Encoding: chunked\r\n\r\n5;")
    while True:
        await to.send(_BLOCK)
        await asyncio.sleep(_PACE)


async def trailers_without_end(to: Exchange) -> None:
    await to.send(_HEAD, f"Transfer-Encoding: chunked\r\n\r\n{len(FEED):x}\r\n", FEED, "\r\n0\r\n")
    await asyncio.sleep(0.2)
    while True:
        await to.send("X-Trailer: a\r\n" * 100)
        await asyncio.sleep(_PACE)


async def interim_without_end(to: Exchange) -> None:
    while True:
        await to.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 100)
        await asyncio.sleep(_PACE)


async def header_without_end(to: Exchange) -> None:
    await to.send("HTTP/1.1 200 OK\r\nX-Long: ")
    while True:
        await to.send(_BLOCK)
        await asyncio.sleep(_PACE)


async def headers_without_end(to: Exchange) -> None:
    await to.send("HTTP/1.1 200 OK\r\n")
    for number in itertools.count():
        await to.send(f"X-{number}: a\r\n" * 100)


_ENCODINGS = ("gzip", "deflate", "br", "zstd")
_SWITCHING = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"
_CHUNKED = "Transfer-Encoding: chunked\r\n\r\n"

TRICKS = (
    Trick("/endless", endless, TOO_LARGE),
    Trick("/endless-items", endless_items, TOO_LARGE),
    Trick("/drip", drip, TOO_SLOW),
    Trick("/drip-headers", drip_headers, TOO_SLOW),
    Trick("/stall", stall, TOO_SLOW),
    Trick("/silent", say_nothing, TOO_SLOW),
    Trick("/leave", leave, NO_ANSWER),
    Trick("/reset", reset, BROKEN_OFF),
    *(Trick(f"/bomb-{encoding}", bomb(encoding), TOO_LARGE) for encoding in _ENCODINGS),
    Trick("/packed-twice", packed_twice),
    *(Trick(f"/lie-{name}", feed(f"Content-Encoding: {name}"), NOT_PACKED) for name in _ENCODINGS),
    Trick("/encoding-unknown", feed("Content-Encoding: x-lzma")),
    Trick("/encoding-long-list", feed(f"Content-Encoding: {', '.join(['gzip'] * 500)}")),
    Trick("/length-too-long", feed("Content-Length: 99999"), BROKEN_OFF),
    Trick("/length-too-short", feed("Content-Length: 50"), NO_HTTP),
    Trick("/length-negative", feed("Content-Length: -1"), NO_HTTP),
    Trick("/length-words", feed("Content-Length: many"), NO_HTTP),
    Trick("/length-huge", feed(f"Content-Length: {'9' * 15}"), TOO_LARGE),
    Trick("/length-beyond-numbers", feed(f"Content-Length: {'9' * 30}"), NO_HTTP),
    Trick("/length-twice", feed("Content-Length: 5", f"Content-Length: {len(FEED)}"), NO_HTTP),
    Trick("/length-and-chunks", raw(_HEAD, "Content-Length: 5\r\n", _CHUNKED, "0\r\n\r\n"), NO_HTTP),
    Trick("/chunks-without-end", chunks_without_end, TOO_LARGE),
    Trick("/chunks-tiny", tiny_chunks, TOO_LARGE),
    Trick("/chunk-size-words", raw(_HEAD, _CHUNKED, "zz\r\nAA\r\n"), NO_HTTP),
    Trick("/chunk-size-huge", raw(_HEAD, _CHUNKED, "FFFFFFFFFFFFFFFFFF\r\nAA\r\n"), NO_HTTP),
    Trick("/chunk-size-negative", raw(_HEAD, _CHUNKED, "-5\r\nAA\r\n"), NO_HTTP),
    Trick("/chunk-extension", extension_without_end, TOO_SLOW),
    Trick("/trailers", trailers_without_end, BROKEN_OFF),
    Trick("/interim-without-end", interim_without_end, TOO_SLOW),
    Trick("/interim-switching", raw(_SWITCHING), "the server answers 101 Switching Protocols instead of a feed"),
    Trick("/header-without-end", header_without_end, LONG_HEADERS),
    Trick("/headers-without-end", headers_without_end, LONG_HEADERS),
    Trick("/header-long", feed(f"X-Big: {'a' * 200_000}"), LONG_HEADERS),
    Trick("/header-nul", feed("X-Nul: a\0b"), NO_HTTP),
    Trick("/header-no-colon", feed("nonsense"), NO_HTTP),
    Trick("/header-bytes", raw(b"HTTP/1.1 200 OK\r\nX: \xff\xfe\xe9\r\nETag: \xff\r\n\r\n", FEED)),
    Trick("/header-folded", raw("HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n", FEED)),
    Trick("/header-cookies", feed(*(f"Set-Cookie: c{n}={'a' * 300}; Domain=." for n in range(100)))),
    Trick("/status-long", status("200 " + "O" * 60_000), LONG_HEADERS),
    Trick("/status-words", raw("HTTP/1.1 fine OK\r\n\r\n", FEED), NO_HTTP),
    Trick("/status-4-digits", raw("HTTP/1.1 2000 OK\r\n\r\n", FEED), NO_HTTP),
    Trick("/status-999", status("999 Denied"), "the server answers 999 instead of a feed"),
    Trick("/http-09", raw(FEED), NO_HTTP),
    Trick("/http-2", raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), NO_HTTP),
    Trick("/ssh", raw("SSH-2.0-OpenSSH_9.2\r\n"), NO_HTTP),
    Trick("/tls-alert", raw(b"\x15\x03\x01\x00\x02\x02\x28"), NO_HTTP),
    Trick("/redirect-loop", redirect("/redirect-loop"), MANY_REDIRECTS),
    Trick("/redirect-on", redirect_on, MANY_REDIRECTS),
    Trick("/redirect-growing", redirect_growing, LONG_HEADERS),
    Trick("/redirect-file", redirect("file:///etc/passwd"), NO_WEB),
    Trick("/redirect-script", redirect("javascript:alert(1)"), NO_WEB),
    Trick("/redirect-data", redirect("data:text/xml,<rss/>"), NO_WEB),
    Trick("/redirect-broken", redirect("http://["), UNUSABLE),
    Trick("/redirect-nowhere", redirect(""), MANY_REDIRECTS),
    Trick("/redirect-without-target", status("302 Found"), "the server answers 302 Found instead of a feed"),
    Trick("/redirect-long", redirect("/" + "a" * 100_000), LONG_HEADERS),
    Trick("/redirect-relative", redirect("good")),
    Trick("/redirect-cookies", redirect("/redirect-cookies", "Set-Cookie: seen=1"), MANY_REDIRECTS),
    Trick(
        "/redirect-metadata",
        redirect("http://169.254.169.254/latest/meta-data/"),
        "it may not be fetched: 169.254.169.254 is a cloud's metadata service; to fetch from it anyway add "
        '"169.254.169.254:80" to fetch.allow',
    ),
    Trick("/status-204", status("204 No Content"), "the server answers 204 No Content instead of a feed"),
    Trick("/status-206", status("206 Partial Content"), "the server answers 206 Partial Content instead of a feed"),
    Trick("/status-304-unasked", status("304 Not Modified"), UNASKED),
    Trick("/status-401", status("401 Unauthorized"), "it asks for a login (401)"),
    Trick("/status-402", status("402 Payment Required"), "it asks for payment (402)"),
    Trick(
        "/status-403",
        status("403 Forbidden"),
        "the server refuses us (403); it may block bots, or ask for a login",
    ),
    Trick("/status-404", status("404 Not Found"), NOTHING_HERE),
    Trick("/status-410", status("410 Gone"), "the feed is gone for good (410)"),
    Trick("/status-429", status("429 Too Many Requests", "Retry-After: 99999999999"), "we ask too often (429)"),
    Trick("/status-500", status("500 Oops"), "the server has a problem (500 Internal Server Error)"),
    Trick("/status-503", status("503 Busy", "Retry-After: soon"), "the server has a problem (503 Service Unavailable)"),
    Trick("/page", status("200 OK", body=b"<!DOCTYPE html><title>Cookies?</title>"), PAGE),
    Trick("/empty", status("200 OK", "Content-Length: 0"), "it is empty"),
    Trick("/label-page", feed("Content-Type: text/html")),
    Trick("/label-picture", feed("Content-Type: image/png")),
    Trick("/label-charset", feed("Content-Type: text/xml; charset=iso-8859-1")),
    Trick("/label-codec", feed("Content-Type: text/xml; charset=zlib_codec")),
    Trick("/label-long", feed(f"Content-Type: text/xml; charset={'x' * 20_000}")),
    Trick("/two-marks", feed(body=b"\xef\xbb\xbf\xff\xfe" + FEED)),
    Trick("/etag-long", feed(f"ETag: {'a' * 20_000}")),
    Trick("/dates-odd", feed("Last-Modified: yesterday", "Date: 0", "Expires: -1", "Cache-Control: max-age=-9e9")),
)  # fmt: skip
