"""The documents that cost most: no worker takes more than it may, and the next document is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from bot.domain.settings import FetchSettings
from bot.feeds.document import Document, Limits, Source
from bot.feeds.workers import Workers
from tests.hostile.collection import list_documents, list_heavy_documents
from tests.hostile.measuring import can_measure, watching_children
from tests.hostile.sizes import MANY_TAGS, TOO_LARGE
from tests.hostile.specimens import Specimen, item, rss

SETTINGS = FetchSettings()
LIMITS = Limits(max_bytes=SETTINGS.max_bytes, max_entries=SETTINGS.max_entries, timeout=SETTINGS.parse_timeout)
MEMORY = 300_000_000
GIVEN_UP = (
    "reading it takes too much memory",
    f"reading it took longer than {SETTINGS.parse_timeout.total_seconds():g} seconds (fetch.parse_timeout)",
)
GOOD = Source(body=rss(item("Talks resume")).encode())

pytestmark = pytest.mark.skipif(not can_measure(), reason="this system does not tell what memory a process has had")


async def _read(specimens: Sequence[Specimen]) -> tuple[list[Document], int]:
    """Read documents in one worker after another; returns the largest memory that one of them had."""
    found: list[Document] = []
    workers = Workers(1, LIMITS)
    try:
        async with watching_children() as peak:
            for specimen in specimens:
                source = Source(body=specimen.make(), content_type=specimen.content_type, url="https://feeds.example/x")
                found.append(await workers.parse(source))
            assert [entry.title for entry in (await workers.parse(GOOD)).entries] == ["Talks resume"]
    finally:
        await workers.close()
    return found, peak.memory


async def test_all_that_is_read_within_moments_fits_one_worker(record_property: Callable[[str, object], None]) -> None:
    specimens = list_documents()
    documents, memory = await _read(specimens)
    record_property("worker memory", memory)
    assert memory < 150_000_000
    said = {specimen.name: document.problem for specimen, document in zip(specimens, documents, strict=True)}
    assert said == {specimen.name: specimen.reason for specimen in specimens}


@pytest.mark.parametrize("specimen", list_heavy_documents(), ids=str)
async def test_a_heavy_document_costs_no_more_than_a_worker_may_take(specimen: Specimen) -> None:
    if specimen.reason == TOO_LARGE:
        assert len(specimen.make()) > LIMITS.max_bytes, "it never reaches a worker"
        return
    [document], memory = await _read([specimen])
    print(f"{specimen.name}: {memory / 1e6:.0f} MB, {len(document.entries):,} entries {document.problem}")
    assert memory < MEMORY
    if specimen.entries < 0:
        assert document.entries or document.problem in GIVEN_UP or document.problem == MANY_TAGS
    else:
        assert document.problem == specimen.reason
        assert len(document.entries) == specimen.entries
