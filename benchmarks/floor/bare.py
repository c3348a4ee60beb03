"""Bare download, bare reading, one insert: aiohttp as the program uses it, lxml for titles and links, one transaction.

No guard, no limits, no cleaning, no dates, no search, no stories: what the program takes beyond this is what it does.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import aiohttp
from lxml import etree

from benchmarks.processes import Meter, read_own_peak
from benchmarks.rounds import Brief, FloorLap, Ready, Round
from benchmarks.turns import hear_brief, hear_rounds, tell

CONCURRENCY = 50
TABLE = "CREATE TABLE items (url TEXT, id TEXT, title TEXT, link TEXT, text TEXT, PRIMARY KEY (url, id)) WITHOUT ROWID"
INSERT = "INSERT OR IGNORE INTO items VALUES (?, ?, ?, ?, ?)"
_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"

Row = tuple[str, str, str, str, str]


@dataclass(slots=True, kw_only=True)
class Known:
    """What the last answer of a feed said of itself."""

    headers: dict[str, str]
    body_hash: bytes


class Floor:
    """Downloads, reads and inserts whole rounds."""

    def __init__(self, urls: tuple[str, ...], session: aiohttp.ClientSession, database: sqlite3.Connection) -> None:
        self._urls = urls
        self._session = session
        self._database = database
        self._known: dict[str, Known] = {}
        self._slots = asyncio.Semaphore(CONCURRENCY)
        self._meter = Meter()

    async def run(self, round_: Round) -> FloorLap:
        """Take in every feed once."""
        before = self._database.total_changes
        with self._meter.measure():
            found = await asyncio.gather(*(self._take(url) for url in self._urls), return_exceptions=True)
            # A feed that answers badly brings nothing; whatever else went wrong shows in the count.
            rows = [row for some in found if not isinstance(some, BaseException) for row in some]
            with self._database:
                self._database.executemany(INSERT, rows)
        articles = self._database.total_changes - before
        return FloorLap(round=round_.name, spent=self._meter.spent, entries=len(rows), articles=articles)

    async def _take(self, url: str) -> list[Row]:
        known = self._known.get(url)
        async with self._slots, self._session.get(url, headers=known.headers if known else {}) as response:
            if response.status == 304:
                return []
            response.raise_for_status()
            body = await response.read()
        body_hash = blake2b(body, digest_size=16).digest()
        if known is not None and known.body_hash == body_hash:
            return []
        asked = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}
        headers = {ask: response.headers[said] for ask, said in asked.items() if said in response.headers}
        self._known[url] = Known(headers=headers, body_hash=body_hash)
        return read_items(url, body)


def read_items(url: str, body: bytes) -> list[Row]:
    """Read id, title, link and text of every RSS item or Atom entry."""
    root = etree.fromstring(body)
    if root.tag == f"{_ATOM}feed":
        return [_read_entry(url, entry) for entry in root.iter(f"{_ATOM}entry")]
    return [_read_item(url, item) for item in root.iter("item")]


def _read_item(url: str, item: etree._Element) -> Row:
    text = item.findtext(_CONTENT) or item.findtext("description") or ""
    return url, item.findtext("guid") or "", item.findtext("title") or "", item.findtext("link") or "", text


def _read_entry(url: str, entry: etree._Element) -> Row:
    link = entry.find(f"{_ATOM}link")
    text = entry.findtext(f"{_ATOM}content") or entry.findtext(f"{_ATOM}summary") or ""
    address = "" if link is None else link.get("href", "")
    return url, entry.findtext(f"{_ATOM}id") or "", entry.findtext(f"{_ATOM}title") or "", address, text


@asynccontextmanager
async def open_floor(brief: Brief) -> AsyncIterator[Floor]:
    """Open a floor on a fresh database in the brief's folder."""
    connector = aiohttp.TCPConnector(force_close=True, limit=0)
    with closing(sqlite3.connect(Path(brief.folder) / "floor.db")) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute(TABLE)
        async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session:
            yield Floor(brief.urls, session, database)


async def _work(began: float) -> None:
    async with open_floor(hear_brief()) as floor:
        tell(Ready(seconds=time.perf_counter() - began, peak_bytes=read_own_peak()))
        async for round_ in hear_rounds():
            tell(await floor.run(round_))


def main() -> None:
    """Take turns with the conductor until it has no more."""
    asyncio.run(_work(time.perf_counter()))
