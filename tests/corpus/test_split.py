"""Reading only what is new gives, entry by entry, what reading the whole gives: real feeds, and feedparser's own."""

from __future__ import annotations

import tarfile
from collections import Counter
from collections.abc import Callable, Iterable

import pytest

from bot.feeds.decode import decode
from bot.feeds.document import Source
from bot.feeds.mojibake import repair_mojibake
from bot.feeds.parse import parse_document, run_feedparser
from bot.feeds.split import Split
from bot.feeds.unseen import Memory
from tests.feeds.fetching import LIMITS
from tests.feeds.splitting import cut_text, find_differences, read_without
from tests.shared_data import SHARED, needs_shared

REAL = SHARED / "data" / "feeds" / "real"
EXPECTED = SHARED / "data" / "expect" / "feedparser.tar.gz"
LARGE = 400_000

pytestmark = [needs_shared, pytest.mark.slow]


def _compare(documents: Iterable[tuple[str, bytes]], *, thorough: bool) -> tuple[Counter[str], list[str]]:
    """Count the ways that documents take, and name those of which a part is read otherwise than within the whole."""
    ways: Counter[str] = Counter()
    different: list[str] = []
    for name, body in documents:
        data, parts = cut_text(repair_mojibake(decode(body)))
        try:
            whole = run_feedparser(data)
        except (ValueError, OverflowError, AttributeError, AssertionError) as error:
            ways[f"feedparser raises {type(error).__name__}"] += 1
            continue
        ways["split" if isinstance(parts, Split) else parts] += 1
        if isinstance(parts, Split):
            found = find_differences(whole, parts, thorough=thorough)
            different += [f"{name}: {each}" for each in found]
    return ways, different


def test_items_of_real_feeds_are_read_as_within_the_whole(record_property: Callable[[str, object], None]) -> None:
    files = sorted(path for path in REAL.iterdir() if path.stat().st_size < LARGE)
    ways, different = _compare(((path.name, path.read_bytes()) for path in files), thorough=False)
    record_property("ways", dict(ways))
    print(dict(ways))
    assert different == []
    assert ways["split"] > 0.85 * len(files)


def test_items_of_feedparsers_own_feeds_are_read_as_within_the_whole() -> None:
    with tarfile.open(EXPECTED) as archive:
        files = [member for member in archive.getmembers() if member.name.endswith(".xml")]
        read = ((member.name, opened.read()) for member in files if (opened := archive.extractfile(member)))
        ways, different = _compare(read, thorough=True)
    print(dict(ways))
    assert different == []
    assert ways["split"] > 1_000


@pytest.mark.parametrize("start", range(0, 180, 30))
def test_new_items_of_real_feeds_become_the_entries_of_the_whole(start: int) -> None:
    compared = 0
    for path in sorted(REAL.iterdir())[start : start + 30]:
        source = Source(body=path.read_bytes(), url=f"https://feeds.example/{path.name}")
        whole = parse_document(source, LIMITS)
        items = Memory.read(whole.seen).items
        if len(source.body) < LARGE and 0 < len(items) == len(whole.entries):
            for number in {0, len(items) // 2, len(items) - 1}:
                assert read_without(source, number) == whole.entries[number : number + 1], path.name
                compared += 1
    assert compared > 30
