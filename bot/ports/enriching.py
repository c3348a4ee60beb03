"""What enrich asks for beyond the feeds: pages, a machine, and the rows that keep what they gave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.models import Article, ArticleId
from bot.domain.pages import MachineText, PageText


class PageReader(Protocol):
    """Reads the pages of articles; never raises for what the web sends."""

    async def read_page(self, url: str) -> PageText:
        """Fetch a page and return its article's text, or why there is none."""

    async def close(self) -> None:
        """Close connections and end the worker."""


class Writer(Protocol):
    """A machine that writes."""

    async def write(self, title: str, text: str, *, language: str) -> MachineText:
        """Write a headline and a summary in a language; raises WriterError."""

    async def close(self) -> None:
        """Close connections."""


class EnrichStore(Protocol):
    """What was added to articles."""

    async def list_headlines(self, shorter_than: int, since: datetime, limit: int) -> list[Article]:
        """List articles of alerts under way whose page was not tried yet, newest first.

        Those of everyone's feeds, with so little text beyond what their headline may take of it.
        """

    async def list_pages(self, ids: Sequence[ArticleId]) -> dict[ArticleId, PageText]:
        """Return what the pages of articles gave, of those that were tried."""

    async def save_page(self, article_id: ArticleId, page: PageText, now: datetime, *, is_late: bool = False) -> None:
        """Keep what an article's page gave; where it is late, messages that went out without it will be edited."""

    async def find_machine_text(self, digest: bytes) -> MachineText | None:
        """Find what a machine wrote of a source before."""

    async def save_machine_text(self, digest: bytes, text: MachineText, now: datetime) -> None:
        """Keep what a machine wrote."""

    async def claim_machine_call(self, day: date, most: int) -> bool:
        """Count one more request of a day; False, and nothing counted, where the day has had so many."""
