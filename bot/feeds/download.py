"""One conditional GET: redirects followed by hand, every byte counted, nothing kept from one feed to another."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from http import HTTPStatus
from types import MappingProxyType

import aiohttp
from yarl import URL

from bot.domain.errors import TopicwireError
from bot.domain.feeds import Validators
from bot.domain.settings import FetchSettings
from bot.domain.troubles import Trouble
from bot.domain.urls import is_web_url
from bot.feeds.caching import parse_freshness, parse_retry_after
from bot.feeds.guard import Guard, GuardedResolver
from bot.feeds.reasons import explain_status
from bot.feeds.troubles import classify_status

MAX_REDIRECTS = 5
_PERMANENT = {301, 308}
_REDIRECTS = {301, 302, 303, 307, 308}
_WHOLE = {HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION}
"""203 is what a proxy says that changed something on the way (RFC 9110 section 15.3.4)."""
NOTHING: Mapping[str, str] = MappingProxyType({})
KNOWN_ADDRESSES = 2_048
"""So many addresses are kept as they were read, with what the client works out of them: about 3 MB."""
_CHUNK = 65_536
_MAX_FIELD = 32_768
_MAX_FIELDS = 128
_LONGEST_VALIDATOR = 1_024
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.8, "
    "application/json;q=0.7, */*;q=0.5"
)


Check = Callable[[str], Awaitable[None]]


class RefusedError(TopicwireError):
    """The server's answer is no document; `retry_after` is how long it asks us to wait."""

    def __init__(self, reason: str, trouble: Trouble, *, retry_after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.trouble = trouble
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A document that came, or None as body where it has not changed since the validators were given.

    `moved_to` is where the first redirects led, as far as these were permanent.
    """

    body: bytes | None
    content_type: str
    url: str
    etag: str | None
    last_modified: str | None
    fresh_for: timedelta | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Redirect:
    url: str
    is_permanent: bool


def open_session(settings: FetchSettings, user_agent: str) -> aiohttp.ClientSession:
    """Open a session whose every connection passes the guard; no cookies, no proxies, no kept connections."""
    guard = Guard.of(settings.allow)
    connector = aiohttp.TCPConnector(
        resolver=GuardedResolver(guard),
        socket_factory=guard.make_socket,
        # A thousand TLS hosts kept alive hold several hundred megabytes; a poll asks each of them once.
        force_close=True,
        limit=0,
    )
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        timeout=aiohttp.ClientTimeout(total=None),
        headers={"User-Agent": user_agent, "Accept": _ACCEPT},
        max_line_size=_MAX_FIELD,
        max_field_size=_MAX_FIELD,
        max_headers=_MAX_FIELDS,
    )


async def download(
    session: aiohttp.ClientSession,
    url: str,
    validators: Validators,
    *,
    max_bytes: int,
    clock: Callable[[], datetime],
    seconds: float | None = None,
    secrets: Mapping[str, str] = NOTHING,
    check: Check | None = None,
) -> Download:
    """Fetch a document, following at most five redirects; `secrets` are headers for its own host alone.

    `check` is asked before each address and raises where it may not be fetched. Raises RefusedError for an answer that
    is none, TimeoutError after so many seconds in all, and what aiohttp raises where there was no answer.
    """
    headers, first, moved_to, is_moving = _conditions(validators), url, None, True
    async with asyncio.timeout(seconds):
        for _ in range(MAX_REDIRECTS + 1):
            parsed = _parse_url(url)
            if check is not None:
                await check(url)
            private = secrets if secrets and is_same_site(first, url) else NOTHING
            async with session.get(parsed, headers={**headers, **private}, allow_redirects=False) as response:
                answer = await _read_answer(response, url, max_bytes, clock)
            if isinstance(answer, Download):
                return answer if moved_to is None else replace(answer, moved_to=moved_to)
            url, is_moving = answer.url, is_moving and answer.is_permanent
            moved_to = url if is_moving else moved_to
    raise RefusedError(f"it redirects more than {MAX_REDIRECTS} times", Trouble.REDIRECTS)


def is_same_site(first: str, second: str) -> bool:
    """Tell whether what is meant for one address may be sent to another: same host and port, or from http to https."""
    one, other = URL(first), URL(second)
    if one.host != other.host:
        return False
    is_upgrade = one.scheme == "http" and other.scheme == "https" and one.is_default_port() and other.is_default_port()
    return is_upgrade or (one.scheme == other.scheme and one.port == other.port)


def _conditions(validators: Validators) -> dict[str, str]:
    headers = {}
    if validators.etag:
        headers["If-None-Match"] = validators.etag
    if validators.last_modified:
        headers["If-Modified-Since"] = validators.last_modified
    return headers


@lru_cache(maxsize=KNOWN_ADDRESSES)
def _parse_url(url: str) -> URL:
    try:
        parsed = URL(url) if is_web_url(url) else None
    except ValueError:
        parsed = None
    if parsed is None or not parsed.raw_host:
        raise RefusedError(
            "its address cannot be used; it must be http:// or https:// with a host name", Trouble.ADDRESS
        )
    return parsed


def _next_url(response: aiohttp.ClientResponse) -> str:
    try:
        target = str(response.url.join(URL(response.headers["Location"])))
    except ValueError:
        raise RefusedError("it redirects to an address that cannot be used", Trouble.REDIRECTS) from None
    if not is_web_url(target):
        raise RefusedError("it redirects to an address that is not http:// or https://", Trouble.REDIRECTS)
    return target


async def _read_answer(
    response: aiohttp.ClientResponse, url: str, max_bytes: int, clock: Callable[[], datetime]
) -> Download | _Redirect:
    if response.status == HTTPStatus.NOT_MODIFIED:
        return _download(response, url, None, clock())
    if response.status in _REDIRECTS and "Location" in response.headers:
        return _Redirect(url=_next_url(response), is_permanent=response.status in _PERMANENT)
    if response.status not in _WHOLE:
        raise RefusedError(
            explain_status(response.status, response.headers),
            classify_status(response.status, response.headers),
            retry_after=parse_retry_after(response.headers.get("Retry-After"), clock()),
        )
    try:
        return _download(response, url, await _read_body(response, max_bytes), clock())
    except RefusedError:
        response.close()
        raise


async def _read_body(response: aiohttp.ClientResponse, max_bytes: int) -> bytes:
    """Read the body while counting what comes over the wire and what it unpacks to."""
    too_large = RefusedError(f"it is larger than {max_bytes:,} bytes (fetch.max_bytes)", Trouble.TOO_LARGE)
    if (response.content_length or 0) > max_bytes:
        raise too_large
    chunks: list[bytes] = []
    size = 0
    async for chunk in response.content.iter_chunked(_CHUNK):
        size += len(chunk)
        if size > max_bytes or response.content.total_raw_bytes > max_bytes:
            raise too_large
        chunks.append(chunk)
    return b"".join(chunks)


def _download(response: aiohttp.ClientResponse, url: str, body: bytes | None, now: datetime) -> Download:
    return Download(
        body=body,
        content_type=response.headers.get("Content-Type", "")[:_LONGEST_VALIDATOR],
        url=url,
        etag=_validator(response.headers, "ETag"),
        last_modified=_validator(response.headers, "Last-Modified"),
        fresh_for=parse_freshness(response.headers, now),
    )


def _validator(headers: Mapping[str, str], name: str) -> str | None:
    """Return a header that can be sent back as it came, or None."""
    value = headers.get(name, "")
    return value if value and len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable() else None
