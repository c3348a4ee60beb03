"""One request and its answer: what is certain of a request that failed, and nothing of its address in any error."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
from yarl import URL

from bot import __version__
from bot.domain.cards import Picture
from bot.domain.errors import RetryLaterError, UnknownOutcomeError

MAX_ANSWER = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back; `body` is empty where it was no JSON object."""

    status: int
    headers: Mapping[str, str]
    text: str
    body: Mapping[str, Any]


class Wire:
    """Sends requests, each on a connection of its own; proxies of the environment do not count."""

    def __init__(self, patience: timedelta) -> None:
        self._patience = aiohttp.ClientTimeout(
            total=patience.total_seconds(), sock_connect=patience.total_seconds() / 2
        )
        self._session: aiohttp.ClientSession | None = None

    async def send(
        self,
        method: str,
        address: URL,
        payload: Mapping[str, Any] | None,
        *,
        where: str,
        picture: Picture | None = None,
    ) -> Answer:
        """Send JSON (None: no body) and return the answer, whatever its status; redirects are not followed.

        With a picture it is a form, as Discord takes files: https://docs.discord.com/developers/reference#uploading-files

        Raises RetryLaterError where nothing can have arrived, UnknownOutcomeError where the answer was lost.
        """
        try:
            body = {"json": payload} if picture is None else {"data": _make_form(payload, picture)}
            async with self._open().request(method, address, allow_redirects=False, **body) as response:
                text = (await _read(response)).decode("utf-8", "replace")
                return Answer(status=response.status, headers=response.headers, text=text, body=_read_object(text))
        # What the library says may hold the address, so only the kind of trouble is told.
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise RetryLaterError(f"{where} cannot be reached ({type(error).__name__})") from None
        except (aiohttp.ClientError, OSError) as error:
            raise UnknownOutcomeError(f"the answer of {where} was lost ({type(error).__name__})") from None

    async def close(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(force_close=True, limit=0),
                timeout=self._patience,
                trust_env=False,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": f"Topicwire/{__version__}"},
            )
        return self._session


def _make_form(payload: Mapping[str, Any] | None, picture: Picture) -> aiohttp.FormData:
    form = aiohttp.FormData()
    form.add_field("payload_json", json.dumps(payload), content_type="application/json")
    form.add_field("files[0]", picture.content, filename=picture.name, content_type="image/png")
    return form


async def _read(response: aiohttp.ClientResponse) -> bytes:
    """Read the beginning of an answer; nothing that matters stands later."""
    body = b""
    async for part in response.content.iter_chunked(MAX_ANSWER):
        body += part
        if len(body) >= MAX_ANSWER:
            break
    return body[:MAX_ANSWER]


def _read_object(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
