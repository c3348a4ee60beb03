"""The doors: what the pipeline and the commands ask of the rooms that do input and output."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.domain.feed_lists import FeedList
from bot.domain.finds import Discovery, Page
from bot.domain.models import Place
from bot.domain.records import FeedRequest, Outgoing, Reading
from bot.ports.stores import Store

__all__ = ["Directory", "Fetcher", "Platform", "Store", "Summarizer"]


class Fetcher(Protocol):
    """Fetches and reads feeds; never raises for what the web sends: that is a FAILED reading."""

    async def read(self, request: FeedRequest) -> Reading:
        """Fetch one feed and read its entries."""

    async def read_document(self, body: bytes, *, url: str, content_type: str = "") -> Reading:
        """Read the entries of a document at hand; `url` is the base for relative links."""

    async def fetch_page(self, url: str) -> Page:
        """Fetch a document as it is, within the same guard and limits."""

    async def read_list(self, body: bytes, content_type: str = "") -> FeedList:
        """Read the feeds of an OPML document; raises InputError where it is none or holds none."""

    async def discover(self, url: str) -> Discovery:
        """Find the feeds of a site, or the one feed that is there; a request budget and a deadline hold."""

    async def close(self) -> None:
        """Close connections and end the workers."""


class Summarizer(Protocol):
    """Makes a short summary of an article."""

    async def summarize(self, title: str, text: str, *, terms: Sequence[str]) -> str:
        """Return two or three sentences in the article's language, "" where there is nothing to say."""


class Platform(Protocol):
    """A chat platform: where cards are shown and where people ask."""

    @property
    def name(self) -> str:
        """The platform's name in places, settings and logs."""

    async def start(self) -> None:
        """Connect and begin to answer commands; raises PlatformError with the remedy where that can never work."""

    async def post(self, outgoing: Outgoing) -> str:
        """Post a message (a reply where `reply_to` is set) and return the platform's id of it.

        Raises RetryLaterError, UnknownOutcomeError, MessageGoneError (the message replied to),
        PlatformRefusedError, MessageRefusedError or PermanentError.
        """

    async def edit(self, outgoing: Outgoing, message_id: str) -> None:
        """Show the card in a message posted earlier; raises as `post`, MessageGoneError where it is no longer there."""

    def link_to(self, place: Place, message_id: str) -> str | None:
        """Return the address at which people find a message; None where the platform has none or it is not known."""

    async def close(self) -> None:
        """Stop answering and disconnect."""


class Directory(Protocol):
    """Where people are reached in private, and whether a place is reached at all."""

    async def direct(self, actor: str, place: Place) -> Place:
        """Return the place of a person's direct messages, with the sight of where they ask; raises PlatformError."""

    async def find_hindrance(self, place: Place) -> str:
        """Say what keeps the bot from telling a place anything, with the remedy; "" where nothing is known to."""
