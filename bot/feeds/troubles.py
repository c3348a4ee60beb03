"""Which kind of trouble a failure is: by status, by what the connection raised, by what the document turned out as."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from http import HTTPStatus

import aiohttp

from bot.domain.troubles import Trouble
from bot.feeds.guard import BlockedAddressError
from bot.feeds.reasons import walk_causes

_BY_STATUS = {
    401: Trouble.LOGIN,
    402: Trouble.LOGIN,
    403: Trouble.REFUSED,
    404: Trouble.MISSING,
    407: Trouble.LOGIN,
    410: Trouble.GONE,
    429: Trouble.TOO_OFTEN,
}
# The beginnings of what `parse`, `decode` and `workers` say of documents; the tests hold the two together.
_BY_WORDS = (
    ("it is a web page", Trouble.PAGE),
    ("it is empty", Trouble.EMPTY),
    ("it is larger than", Trouble.TOO_LARGE),
    ("it unpacks to more", Trouble.TOO_LARGE),
    ("reading it", Trouble.HEAVY),
    ("one of its tags has more", Trouble.BROKEN),
    ("its tags are nested", Trouble.BROKEN),
    ("it holds more than", Trouble.BROKEN),
    ("its XML", Trouble.BROKEN),
    ("it is JSON, but broken", Trouble.BROKEN),
    ("it is a JSON Feed without", Trouble.BROKEN),
    ("the reader is closing", Trouble.CUT),
)
# Titles of pages that stand before a site until a browser has shown itself to be one.
_CHALLENGES = ("just a moment", "attention required", "ddos-guard", "are you a robot", "un momento")


def classify_status(status: int, headers: Mapping[str, str]) -> Trouble:
    """Tell what an HTTP status other than success means for a feed."""
    if "challenge" in headers.get("cf-mitigated", ""):
        return Trouble.CHALLENGE
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    return Trouble.SERVER if status >= HTTPStatus.INTERNAL_SERVER_ERROR else Trouble.STATUS


def classify_failure(error: Exception) -> Trouble:
    """Tell what an error of the connection means for a feed."""
    if any(isinstance(cause, BlockedAddressError) for cause in walk_causes(error)):
        return Trouble.GUARD
    if isinstance(error, TimeoutError):
        return Trouble.TOO_SLOW
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError):
        return Trouble.TLS
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return Trouble.DNS if error.os_error.errno == socket.EAI_AGAIN else Trouble.NO_HOST
    if isinstance(error, aiohttp.InvalidURL | aiohttp.NonHttpUrlClientError):
        return Trouble.ADDRESS
    if isinstance(error, aiohttp.ClientPayloadError | aiohttp.ServerDisconnectedError | aiohttp.ClientResponseError):
        return Trouble.CUT
    if isinstance(error, OSError):
        return Trouble.UNREACHABLE
    return Trouble.CUT if isinstance(error, aiohttp.ClientError) else Trouble.UNKNOWN


def classify_document(problem: str) -> Trouble:
    """Tell what a document that could not be read means for its feed; `problem` is its problem in words."""
    if problem.startswith("it is a web page") and any(title in problem.lower() for title in _CHALLENGES):
        return Trouble.CHALLENGE
    return next((trouble for words, trouble in _BY_WORDS if problem.startswith(words)), Trouble.NO_FEED)
