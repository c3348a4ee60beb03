"""A feed that is never twice the same: cut off, misescaped, re-encoded, re-addressed; each story stays one article."""

from __future__ import annotations

import html
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from random import Random

import pytest

from bot.domain.feeds import Outcome, Validators
from bot.domain.records import FeedRequest, Reading
from bot.feeds.document import Limits, Source
from bot.feeds.fetch import _read
from bot.feeds.parse import parse_document
from tests.newsroom import ScriptedFetcher, newsroom
from tests.storage.test_migrate import ask

LIMITS = Limits(max_bytes=1_000_000, max_entries=1_000, timeout=timedelta(seconds=10))
ROUNDS = 40
SHOWN = 40
MINUTES = (20, 20, 20, 200, 2_000)


class DocumentFetcher(ScriptedFetcher):
    """Reads the document at hand, remembering what of it was read."""

    body = b""

    async def read(self, request: FeedRequest) -> Reading:
        """Read the document as a worker would."""
        document = parse_document(Source(body=self.body, url=request.url, seen=request.validators.items), LIMITS)
        if document.problem:
            return Reading(outcome=Outcome.FAILED, reason=document.problem, validators=request.validators)
        return _read(document, Validators())


@dataclass
class Outlet:
    """Stories, newest first, and how the outlet writes them down at the moment."""

    random: Random
    stories: list[tuple[int, str, datetime]] = field(default_factory=list)
    count: int = 0
    scheme: str = "http"
    host: str = "wire.example"
    more: str = ""
    guid: str = "link"
    encoding: str = "utf-8"
    escapes: bool = True
    promotes: bool = False

    def add(self, count: int, now: datetime) -> None:
        """Publish new stories."""
        for _ in range(count):
            self.count += 1
            at = now - timedelta(minutes=self.random.randrange(40))
            self.stories.insert(0, (self.count, f"Norland & Huawei: case {self.count} of the R&D court", at))

    def change(self, now: datetime) -> None:
        """Publish something, or change one habit."""
        choice = self.random.choice
        match self.random.randrange(16):
            case 0:
                self.scheme = choice(["http", "https"])
            case 1:
                self.host = choice(["wire.example", "www.wire.example"])
            case 2:
                self.more = choice(["", "&utm_source=rss", "&gbraid=3"])
            case 3:
                self.guid = choice(["link", "number", ""])
            case 4:
                self.encoding = choice(["utf-8", "iso-8859-1", "utf-16"])
            case 5:
                self.escapes = not self.escapes
            case 6:
                self.promotes = not self.promotes
            case _:
                self.add(choice([1, 1, 2, 3]), now)

    def write(self) -> bytes:
        """Write the whole document."""
        items = "".join(self._item(*story) for story in self.stories[:SHOWN])
        root = "<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel><title>Wire</title>"
        document = f"<?xml version='1.0' encoding='{self.encoding}'?>{root}{items}</channel></rss>"
        return document.encode(self.encoding, "xmlcharrefreplace")

    def spoil(self, body: bytes) -> bytes:
        """Break it in one of the ways of the web, or leave it as it is."""
        match self.random.randrange(10):
            case 0:
                return body[: self.random.randrange(len(body) // 3, len(body))]
            case 1:
                return body.replace(b"Text of", b"T\xffxt of", 1)
            case 2:
                return body.replace(b"</rss>", b"<x>&undeclared;</x>")
            case 3:
                return b""
        return body

    def _item(self, number: int, title: str, at: datetime) -> str:
        link = f"{self.scheme}://{self.host}/case/{number}?a=1&b=2{self.more}"
        guid = {"link": link, "number": f"wire&{number}"}.get(self.guid)
        written = [
            ("title", title),
            ("link", link),
            ("pubDate", format_datetime(at)),
            ("description", f"Text of {title} é"),
        ]
        written += [("guid", guid)] if guid else []
        fields = "".join(f"<{name}>{html.escape(text) if self.escapes else text}</{name}>" for name, text in written)
        promoted = "<atom:link href='https://other.example/offer'/>" if self.promotes else ""
        return f"<item>{promoted}{fields}</item>"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
async def test_each_story_of_an_unsteady_feed_is_one_article(tmp_path: Path, seed: int) -> None:
    fetcher, outlet = DocumentFetcher(), Outlet(Random(seed))
    async with newsroom(tmp_path, fetcher=fetcher) as room:
        outlet.add(20, room.clock())
        fetcher.body = outlet.write()
        await room.open_outlets("Wire")
        for _ in range(ROUNDS):
            outlet.change(room.clock())
            fetcher.body = outlet.spoil(outlet.write())
            await room.tick(timedelta(minutes=outlet.random.choice(MINUTES)))
        fetcher.body = outlet.write()
        await room.tick(timedelta(days=1))
        await room.tick(timedelta(days=1))
        titles = [title for (title,) in ask(tmp_path / "newsroom.db", "SELECT title FROM articles")]
        assert Counter(titles) == Counter(title for _, title, _ in outlet.stories)
