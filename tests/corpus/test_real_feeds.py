"""Every real feed at hand is read without an exception, and no worse than feedparser alone reads it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

import pytest

from benchmarks.corpus import examine, render
from bot.domain.feeds import Outcome
from bot.domain.records import Reading
from bot.domain.settings import FetchSettings
from bot.domain.urls import is_web_url
from tests.feeds.fetching import open_fetcher
from tests.shared_data import SHARED, needs_shared

BROKEN = "its XML is broken: none of its items can be read"
FOLDER = SHARED / "data" / "feeds" / "real"
TAG = re.compile(r"</(?:p|div|b|i|a|span|strong|em|li|td)\s*>|<br\s*/?>|&(?:nbsp|amp|quot|#\d+);", re.IGNORECASE)
HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
    "|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])"  # between emoji a joiner stays
)

pytestmark = needs_shared


async def _read_all() -> dict[str, Reading]:
    files = sorted(FOLDER.iterdir())
    async with open_fetcher(FetchSettings(workers=2)) as fetcher:
        readings = await asyncio.gather(
            *(fetcher.read_document(path.read_bytes(), url=f"https://feeds.example/{path.name}") for path in files)
        )
    return dict(zip((path.name for path in files), readings, strict=True))


@pytest.mark.slow
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

    # Two of the files are web pages and one is no XML; they must be told for what they are.
    pages = [reason for name, reason in failed.items() if "HTML" in name]
    assert all("web page" in reason for reason in pages)
    assert len(pages) == 2
    assert [reason for reason in failed.values() if reason not in pages] in ([], [BROKEN])
    assert all(entry.title for entry in entries)
    assert all(entry.link is None or is_web_url(entry.link) for entry in entries)
    assert not [e.title for e in entries if HARMFUL.search(e.title + e.text) or TAG.search(e.title)]
    marked = [entry for entry in entries if TAG.search(entry.text)]
    assert len(marked) <= 10, "text about markup is rare; more of it is markup left over"


@pytest.mark.slow
def test_no_link_is_wrong_and_fewer_dates_are_missing_than_with_feedparser_alone() -> None:
    found = examine(FOLDER)
    print(render(found))
    assert found.raised == []
    assert found.judged > 8_000
    assert found.wrong == []
    assert found.without_date < found.without_date_alone
