"""Every hostile document becomes its entries or a reason in words, and smuggles nothing in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.domain.settings import FetchSettings
from bot.domain.urls import is_web_url
from bot.feeds.document import Document, Limits, Source
from bot.feeds.parse import parse_document
from tests.hostile.collection import list_documents, list_heavy_documents
from tests.hostile.entities import CANARY
from tests.hostile.specimens import Specimen
from tests.servers.feeds import FeedServer

SETTINGS = FetchSettings()
LIMITS = Limits(max_bytes=SETTINGS.max_bytes, max_entries=SETTINGS.max_entries, timeout=SETTINGS.parse_timeout)
HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff"
    "\U000e0000-\U000e007f]|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])"  # between emoji a joiner stays
)


def _read(specimen: Specimen) -> Document:
    source = Source(body=specimen.make(), content_type=specimen.content_type, url="https://feeds.example/x")
    return parse_document(source, LIMITS)


@pytest.mark.parametrize("specimen", list_documents(), ids=str)
def test_a_hostile_document_becomes_what_it_says_or_a_reason(specimen: Specimen) -> None:
    document = _read(specimen)
    assert document.problem == specimen.reason
    assert len(document.entries) == specimen.entries
    assert tuple(entry.title for entry in document.entries)[: len(specimen.titles)] == specimen.titles
    _assert_harmless(document, specimen)


def _assert_harmless(document: Document, specimen: Specimen) -> None:
    said = [document.title, *(text for entry in document.entries for text in (entry.title, entry.text))]
    links = [link for entry in document.entries for link in (entry.link, entry.image_url) if link is not None]
    assert not [text for text in said if HARMFUL.search(text)]
    assert all(is_web_url(link) and HARMFUL.search(link) is None and " " not in link for link in links)
    assert not [word for word in specimen.words for text in (*said, *links) if word in text]


async def test_no_document_reads_a_file_or_asks_a_server(tmp_path: Path) -> None:
    canary = tmp_path / "canary.txt"
    canary.write_text(CANARY, encoding="ascii")
    async with FeedServer() as server:
        server.page("/x", CANARY)
        for specimen in list_documents(canary.as_uri(), server.url("/x")):
            if specimen.name.startswith("external"):
                _assert_harmless(_read(specimen), specimen)
    assert server.calls == []


def test_names_are_unique_and_reasons_are_sentences() -> None:
    specimens = [*list_documents(), *list_heavy_documents()]
    assert len({specimen.name for specimen in specimens}) == len(specimens) >= 200
    assert all(re.match(r"it(s| is| unpacks| holds) |one of its ", s.reason) for s in specimens if s.reason)
