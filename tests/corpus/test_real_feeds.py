"""Every real feed at hand is read without an exception, and no worse than feedparser alone reads it."""

from __future__ import annotations

import asyncio
import io
import re
import warnings
from collections.abc import Callable
from pathlib import Path

import feedparser
import pytest

from bot.domain.models import Outcome
from bot.domain.records import Reading
from bot.domain.settings import FetchSettings
from bot.domain.urls import is_web_url
from tests.feeds.fetching import open_fetcher
from tests.shared_data import SHARED, needs_shared

FOLDER = SHARED / "data" / "feeds" / "real"
TAG = re.compile(r"</(?:p|div|b|i|a|span|strong|em|li|td)\s*>|<br\s*/?>|&(?:nbsp|amp|quot|#\d+);", re.IGNORECASE)
HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

pytestmark = needs_shared


async def _read_all() -> dict[str, Reading]:
    files = sorted(FOLDER.iterdir())
    async with open_fetcher(FetchSettings(workers=2)) as fetcher:
        readings = await asyncio.gather(
            *(fetcher.read_document(path.read_bytes(), url=f"https://feeds.example/{path.name}") for path in files)
        )
    return dict(zip((path.name for path in files), readings, strict=True))


async def test_every_real_feed_is_read(record_property: Callable[[str, object], None]) -> None:
    readings = await _read_all()
    failed = {name: reading.reason for name, reading in readings.items() if reading.outcome is Outcome.FAILED}
    entries = [entry for reading in readings.values() for entry in reading.entries]
    for name, count in {
        "feeds": len(readings),
        "entries": len(entries),
        "without link": sum(entry.link is None for entry in entries),
        "without date": sum(entry.published_at is None for entry in entries),
        "without language": sum(entry.language is None for entry in entries),
    }.items():
        record_property(name, count)
        print(f"{name}: {count:,}")

    # Two of the files are web pages; they must be told for what they are.
    assert all("HTML" in name and "web page" in reason for name, reason in failed.items()), failed
    assert len(failed) <= 2
    assert all(entry.title for entry in entries)
    assert all(entry.link is None or is_web_url(entry.link) for entry in entries)
    assert not [e.title for e in entries if HARMFUL.search(e.title + e.text) or TAG.search(e.title)]
    marked = [entry for entry in entries if TAG.search(entry.text)]
    assert len(marked) <= 10, "text about markup is rare; more of it is markup left over"


@pytest.mark.slow
async def test_fewer_entries_lack_a_date_than_with_feedparser_alone() -> None:
    readings = await _read_all()
    ours = theirs = 0
    for name, reading in readings.items():
        known = _plain_dates(FOLDER / name)
        if len(known) == len(reading.entries):
            ours += sum(entry.published_at is None for entry in reading.entries)
            theirs += known.count(False)
    print(f"without date: {ours:,}, with feedparser alone {theirs:,}")
    assert ours < theirs


def _plain_dates(path: Path) -> list[bool]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = feedparser.parse(io.BytesIO(path.read_bytes()))
    return [
        any(dict.get(entry, f"{name}_parsed") for name in ("published", "updated", "created"))
        for entry in found.entries
    ]
