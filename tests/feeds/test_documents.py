"""Golden pairs: each document in tests/data/feeds stands beside the objects that it must become."""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path

import pytest

from bot.feeds.document import Document
from bot.feeds.identity import document_keys
from tests.feeds.fetching import read

FOLDER = Path(__file__).parents[1] / "data" / "feeds"
NAMES = sorted(path.name for path in FOLDER.iterdir() if path.suffix in {".xml", ".json"})


@pytest.mark.parametrize("name", NAMES)
def test_a_document_becomes_exactly_these_entries(name: str) -> None:
    found = read((FOLDER / name).read_bytes())
    expected: Document = importlib.import_module(f"tests.data.feeds.{Path(name).stem}").EXPECTED
    assert found.entries == expected.entries
    assert found.keys == tuple(document_keys(expected.entries, "https://outlet.example/feed.xml"))
    assert replace(found, keys=(), seen=b"") == expected


def test_every_document_has_its_pair() -> None:
    assert len(NAMES) >= 6
    assert {Path(name).stem for name in NAMES} == {path.stem for path in FOLDER.glob("*.py")} - {"__init__"}
