"""Fetches feeds over HTTP and reads them: the Fetcher that the pipeline and `check` use.

slot -> conditional GET -> hash of the body -> worker -> Reading. Whatever the web sends ends as a Reading.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import blake2b

import aiohttp

from bot import __version__
from bot.domain.models import Outcome, Validators
from bot.domain.records import FeedRequest, Reading
from bot.domain.settings import FetchSettings
from bot.domain.urls import shown_host
from bot.feeds.document import Document, Limits, Source
from bot.feeds.download import Download, RefusedError, download, open_session
from bot.feeds.reasons import explain_failure
from bot.feeds.workers import Workers

log = logging.getLogger(__name__)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class HttpFetcher:
    """Reads feeds from the web and documents at hand; implements `ports.Fetcher`."""

    def __init__(self, settings: FetchSettings, *, clock: Callable[[], datetime] = _utc_now) -> None:
        self._settings = settings
        self._clock = clock
        self._slots = asyncio.Semaphore(max(settings.concurrency, 1))
        self._session: aiohttp.ClientSession | None = None
        self._workers = Workers(
            settings.workers,
            Limits(max_bytes=settings.max_bytes, max_entries=settings.max_entries, timeout=settings.parse_timeout),
        )

    async def read(self, request: FeedRequest) -> Reading:
        """Fetch one feed and read its entries; every failure is a FAILED reading with the validators as they were."""
        known = request.validators
        async with self._slots:
            try:
                answer = await self._download(request)
            except RefusedError as refused:
                return _failed(refused.reason, known, refused)
            except Exception as error:  # noqa: BLE001 - what the web provokes is this feed's failure, never the poll's
                return _failed(self._explain(request, error), known)
        if answer.body is None:
            return Reading(outcome=Outcome.NOT_MODIFIED, validators=_renewed(known, answer))
        validators = Validators(
            etag=answer.etag, last_modified=answer.last_modified, body_hash=_digest(answer.body), items=known.items
        )
        if validators.body_hash == known.body_hash:
            return Reading(outcome=Outcome.UNCHANGED, validators=validators)
        source = Source(
            body=answer.body,
            content_type=answer.content_type,
            url=request.url,
            language=request.language,
            seen=known.items,
        )
        return await self._parse(source, validators, known)

    async def read_document(self, body: bytes, *, url: str, content_type: str = "") -> Reading:
        """Read the entries of a document at hand; `url` is the base for relative links."""
        if len(body) > self._settings.max_bytes:
            return _failed(f"it is larger than {self._settings.max_bytes:,} bytes (fetch.max_bytes)", Validators())
        source = Source(body=body, content_type=content_type, url=url)
        return await self._parse(source, Validators(body_hash=_digest(body)), Validators())

    async def close(self) -> None:
        """Close connections and end the workers, also in the middle of a document."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()
        await self._workers.close()

    async def _download(self, request: FeedRequest) -> Download:
        self._workers.start()
        if self._session is None:
            self._session = open_session(self._settings, _user_agent(self._settings.contact))
        async with asyncio.timeout(self._settings.timeout.total_seconds()):
            return await download(
                self._session,
                request.url,
                request.validators,
                max_bytes=self._settings.max_bytes,
                clock=self._clock,
            )

    async def _parse(self, source: Source, validators: Validators, known: Validators) -> Reading:
        document = await self._workers.parse(source)
        return _failed(document.problem, known) if document.problem else _read(document, validators)

    def _explain(self, request: FeedRequest, error: Exception) -> str:
        reason = explain_failure(error, self._settings.timeout)
        if reason is None:
            log.warning("%s: unexpected %s", shown_host(request.url), type(error).__name__, exc_info=error)
            return f"fetching it failed unexpectedly ({type(error).__name__})"
        return reason


def _user_agent(contact: str) -> str:
    """Name the program and whom to write to; only what may stand in a header."""
    shown = "".join(c for c in contact if c.isascii() and c.isprintable() and c not in "()").strip()
    return f"Topicwire/{__version__} (+{shown})" if shown else f"Topicwire/{__version__} (news feed reader)"


def _digest(body: bytes) -> bytes:
    return blake2b(body, digest_size=16).digest()


def _renewed(known: Validators, answer: Download) -> Validators:
    """A 304 may bring newer validators; what it leaves out still holds (RFC 9110 section 15.4.5)."""
    return replace(known, etag=answer.etag or known.etag, last_modified=answer.last_modified or known.last_modified)


def _read(document: Document, validators: Validators) -> Reading:
    return Reading(
        outcome=Outcome.NEW,
        entries=document.entries,
        keys=document.keys,
        title=document.title,
        language=document.language,
        validators=replace(validators, items=document.seen),
    )


def _failed(reason: str, known: Validators, refused: RefusedError | None = None) -> Reading:
    """The old validators stay: what could not be read must come again, not be answered with 304."""
    return Reading(
        outcome=Outcome.FAILED,
        reason=reason,
        validators=known,
        retry_after=refused.retry_after if refused else None,
    )
