"""What went wrong, in words that a person understands: the thing and, where there is one, the remedy.

No reason ever holds an address's path, query or userinfo.
"""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator, Mapping
from datetime import timedelta
from http import HTTPStatus

import aiohttp
from aiohttp.http_exceptions import ContentEncodingError

from bot.feeds.guard import BlockedAddressError

_STATUS = {
    401: "it asks for a login (401)",
    402: "it asks for payment (402)",
    403: "the server refuses us (403); it may block bots, or ask for a login",
    404: "there is nothing at this address (404)",
    410: "the feed is gone for good (410)",
    429: "we ask too often (429)",
}
_NETWORK = {
    errno.ECONNREFUSED: "the connection is refused: nothing answers at this host and port",
    errno.EHOSTUNREACH: "the host cannot be reached",
    errno.ENETUNREACH: "the network that the host is in cannot be reached",
    errno.ECONNRESET: "the server broke the connection off",
    errno.ETIMEDOUT: "the host does not answer",
}


def explain_status(status: int, headers: Mapping[str, str]) -> str:
    """Say in words what an HTTP status other than success means for a feed."""
    if "challenge" in headers.get("cf-mitigated", ""):
        return f"a bot check stands before it (Cloudflare challenge, {status})"
    known = _STATUS.get(status)
    if known is not None:
        return known
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = ""
    named = f"{status} {phrase}".strip()
    if 500 <= status <= 599:
        return f"the server has a problem ({named})"
    return f"the server answers {named} instead of a feed"


def explain_failure(error: Exception, timeout: timedelta) -> str | None:
    """Say in words why a fetch failed, or None for an error that no fetch should meet."""
    for cause in walk_causes(error):
        if isinstance(cause, BlockedAddressError):
            return f"it may not be fetched: {cause}"
    if isinstance(error, TimeoutError):
        return f"no complete answer within {timeout.total_seconds():g} seconds (fetch.timeout)"
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError):
        return _explain_tls(error)
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return _explain_dns(error)
    if isinstance(error, aiohttp.ClientPayloadError):
        return _explain_body(error)
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return "the server closed the connection without an answer"
    if isinstance(error, aiohttp.InvalidURL | aiohttp.NonHttpUrlClientError):
        return "its address cannot be used; it must be http:// or https:// with a host name"
    if isinstance(error, aiohttp.ClientResponseError):
        # aiohttp tells too long headers from broken ones in its message alone.
        is_too_large = error.message.startswith(("Got more than", "Too many headers"))
        return "its headers are too large" if is_too_large else "the answer is no proper HTTP"
    if isinstance(error, OSError):
        return _NETWORK.get(error.errno or 0, f"the connection failed ({_system_words(error)})")
    if isinstance(error, aiohttp.ClientError):
        return f"the request failed ({type(error).__name__})"
    return None


def walk_causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error, what caused it, and what the HTTP client keeps inside it."""
    seen: BaseException | None = error
    for _ in range(8):
        if seen is None:
            return
        yield seen
        seen = getattr(seen, "os_error", None) or seen.__cause__


def _explain_dns(error: aiohttp.ClientConnectorDNSError) -> str:
    if error.os_error.errno == socket.EAI_AGAIN:
        return "its host name cannot be looked up at the moment (DNS)"
    return "its host name is unknown (DNS)"


def _explain_body(error: aiohttp.ClientPayloadError) -> str:
    if any(isinstance(cause, ContentEncodingError) for cause in walk_causes(error)):
        return "the answer is not compressed in the way that it says"
    return "the answer broke off before it was complete"


def _explain_tls(error: Exception) -> str:
    certificate = getattr(error, "certificate_error", error)
    message = getattr(certificate, "verify_message", "")
    if message:
        return f"its TLS certificate is not valid: {message}"
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return "its TLS certificate is not valid for this host"
    return "a secure connection (TLS) could not be made"


def _system_words(error: OSError) -> str:
    return error.strerror if error.strerror and error.errno else type(error).__name__
