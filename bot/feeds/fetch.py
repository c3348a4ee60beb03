"""Fetches feeds over HTTP and reads them: the Fetcher that the pipeline and `check` use.

its host's lane -> slot -> conditional GET -> hash of the body -> worker -> Reading. Whatever the web sends ends as a
Reading.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import blake2b

import aiohttp

from bot import __version__
from bot.domain.feed_lists import FeedList
from bot.domain.feeds import Outcome, Validators
from bot.domain.finds import Discovery, Page
from bot.domain.models import WorkspaceId
from bot.domain.records import DeclaredFeed, FeedRequest, Reading
from bot.domain.settings import FetchSettings
from bot.domain.troubles import Trouble
from bot.domain.urls import shown_host
from bot.feeds.discover import FoundLinks, discover
from bot.feeds.document import Document, Limits, Source
from bot.feeds.download import NOTHING, Download, RefusedError, download, open_session
from bot.feeds.lanes import HostLanes
from bot.feeds.newest import has_many
from bot.feeds.reasons import explain_failure
from bot.feeds.troubles import classify_document, classify_failure
from bot.feeds.workers import Workers
from bot.ports.measures import FETCH_SECONDS, PARSE_SECONDS, timed

log = logging.getLogger(__name__)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class HttpFetcher:
    """Reads feeds from the web and documents at hand; implements `ports.Fetcher`."""

    def __init__(
        self,
        settings: FetchSettings,
        *,
        clock: Callable[[], datetime] = _utc_now,
        declared: Iterable[DeclaredFeed] = (),
    ) -> None:
        self._settings = settings
        # By workspace as well: what another one adds under the same address is fetched without them.
        self._secrets: Mapping[tuple[WorkspaceId | None, str], Mapping[str, str]] = {
            (feed.workspace, feed.url): dict(feed.secrets) for feed in declared if feed.workspace is not None
        }
        self._clock = clock
        self._slots = asyncio.Semaphore(max(settings.concurrency, 1))
        self._lanes = HostLanes(settings.per_host, settings.host_pause)
        self._session: aiohttp.ClientSession | None = None
        self._workers = Workers(
            settings.workers,
            Limits(max_bytes=settings.max_bytes, max_entries=settings.max_entries, timeout=settings.parse_timeout),
        )

    async def read(self, request: FeedRequest) -> Reading:
        """Fetch one feed and read its entries; every failure is a FAILED reading with the validators as they were."""
        known = request.validators
        async with self._lanes.turn(request.url, self._slots):
            try:
                with timed(FETCH_SECONDS):
                    answer = await self._download(request)
            except RefusedError as refused:
                return replace(_failed(refused.reason, refused.trouble, known), retry_after=refused.retry_after)
            except Exception as error:  # noqa: BLE001 - what the web provokes is this feed's failure, never the poll's
                return _failed(self._explain(request, error), classify_failure(error), known)
        if answer.body is None:
            if not (known.etag or known.last_modified):
                # Taken at its word, such a server would keep a feed empty and in good health for ever.
                reason = "the server says that nothing has changed (304), but was not asked that"
                return _failed(reason, Trouble.STATUS, known)
            return _told(Reading(outcome=Outcome.NOT_MODIFIED, validators=_renewed(known, answer)), answer)
        validators = Validators(
            etag=answer.etag, last_modified=answer.last_modified, body_hash=_digest(answer.body), items=known.items
        )
        if validators.body_hash == known.body_hash:
            # Where none were kept of this body, such as of one that breaks off, none are taken now.
            kept = validators if known.etag or known.last_modified else known
            return _told(Reading(outcome=Outcome.UNCHANGED, validators=kept), answer)
        source = Source(
            body=answer.body,
            content_type=answer.content_type,
            url=request.url,
            language=request.language,
            seen=known.items,
        )
        if request.take_newest is not None and not known.items and has_many(answer.body):
            source = await self._hand_out_newest(source, request.take_newest)
        return _told(await self._parse(source, validators, known), answer)

    async def read_document(self, body: bytes, *, url: str, content_type: str = "") -> Reading:
        """Read the entries of a document at hand; `url` is the base for relative links."""
        if len(body) > self._settings.max_bytes:
            too_large = f"it is larger than {self._settings.max_bytes:,} bytes (fetch.max_bytes)"
            return _failed(too_large, Trouble.TOO_LARGE, Validators())
        source = Source(body=body, content_type=content_type, url=url)
        return await self._parse(source, Validators(body_hash=_digest(body)), Validators())

    async def fetch_page(self, url: str) -> Page:
        """Fetch a document as it is, through the same guard and within the same limits."""
        request = FeedRequest(url=url)
        async with self._slots:
            try:
                answer = await self._download(request)
            except RefusedError as refused:
                return Page(url=url, problem=refused.reason, trouble=refused.trouble)
            except Exception as error:  # noqa: BLE001 - as in `read`: what the web provokes is an answer, no failure of ours
                return Page(url=url, problem=self._explain(request, error), trouble=classify_failure(error))
        return Page(url=answer.url, body=answer.body or b"", content_type=answer.content_type)

    async def read_list(self, body: bytes, content_type: str = "") -> FeedList:
        """Read the feeds of an OPML document, in a worker; raises InputError where it is none or holds none."""
        return await self._workers.read_list(body, self._settings.allow, content_type)

    async def find_links(self, page: Page) -> FoundLinks:
        """Find what a page links as feeds, in a worker."""
        return await self._workers.find_links(page)

    async def discover(self, url: str) -> Discovery:
        """Find the feeds of a site; its candidates together may take as long as one fetch."""
        return await discover(self, url, seconds=self._settings.timeout.total_seconds())

    async def close(self) -> None:
        """Close connections and end the workers, also in the middle of a document."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()
        await self._workers.close()

    def _download(self, request: FeedRequest) -> Awaitable[Download]:
        self._workers.start()
        if self._session is None:
            self._session = open_session(self._settings, make_user_agent(self._settings.contact))
        return download(
            self._session,
            request.url,
            request.validators,
            max_bytes=self._settings.max_bytes,
            clock=self._clock,
            seconds=self._settings.timeout.total_seconds(),
            secrets=self._secrets.get((request.scope, request.url), NOTHING),
        )

    async def _hand_out_newest(self, source: Source, take: Callable[[Reading], Awaitable[None]]) -> Source:
        """Read the newest items of a document first; return what is left to read of it."""
        document = await self._workers.parse_newest(source)
        if document is None:
            return source
        await take(replace(_read(document, Validators()), remaining=len(source.body)))
        return replace(source, seen=document.seen)

    async def _parse(self, source: Source, validators: Validators, known: Validators) -> Reading:
        with timed(PARSE_SECONDS):
            document = await self._workers.parse(source)
        if document.problem:
            return _failed(document.problem, classify_document(document.problem), known)
        if document.is_cut_off:
            # Asked with these, the server would say that nothing has changed since: the rest would never come.
            validators = replace(validators, etag=None, last_modified=None)
        return _read(document, validators)

    def _explain(self, request: FeedRequest, error: Exception) -> str:
        reason = explain_failure(error, self._settings.timeout)
        if reason is None:
            log.warning("%s: unexpected %s", shown_host(request.url), type(error).__name__, exc_info=error)
            return f"fetching it failed unexpectedly ({type(error).__name__})"
        return reason


def make_user_agent(contact: str) -> str:
    """Name the program and whom to write to; only what may stand in a header."""
    shown = "".join(c for c in contact if c.isascii() and c.isprintable() and c not in "()").strip()
    return f"Topicwire/{__version__} (+{shown})" if shown else f"Topicwire/{__version__} (news feed reader)"


def _digest(body: bytes) -> bytes:
    return blake2b(body, digest_size=16).digest()


def _renewed(known: Validators, answer: Download) -> Validators:
    """A 304 may bring newer validators; what it leaves out still holds (RFC 9110 section 15.4.5)."""
    etag, last_modified = answer.etag or known.etag, answer.last_modified or known.last_modified
    if (etag, last_modified) == (known.etag, known.last_modified):
        return known
    return replace(known, etag=etag, last_modified=last_modified)


def _told(reading: Reading, answer: Download) -> Reading:
    """Add what the answer says beside its document."""
    if answer.fresh_for is None and answer.moved_to is None:
        return reading
    return replace(reading, fresh_for=answer.fresh_for, moved_to=answer.moved_to)


def _read(document: Document, validators: Validators) -> Reading:
    return Reading(
        outcome=Outcome.NEW,
        entries=document.entries,
        keys=document.keys,
        title=document.title,
        language=document.language,
        skipped=document.skipped,
        left_out=document.left_out,
        validators=replace(validators, items=document.seen),
        asked=document.asked,
        is_cut_off=document.is_cut_off,
    )


def _failed(reason: str, trouble: Trouble, known: Validators) -> Reading:
    """The old validators stay: what could not be read must come again, not be answered with 304."""
    return Reading(outcome=Outcome.FAILED, reason=reason, trouble=trouble, validators=known)
