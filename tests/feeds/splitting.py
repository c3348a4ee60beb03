"""Comparing what is read of a document's parts with what is read of the whole."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from bot.domain.feeds import Entry
from bot.feeds.document import Source
from bot.feeds.fields import Fields
from bot.feeds.mend import mend
from bot.feeds.parse import parse_document, run_feedparser
from bot.feeds.split import Split, UnsplitError, split
from bot.feeds.unseen import Memory
from tests.feeds.fetching import LIMITS

FEW = 60


def cut_text(text: str) -> tuple[bytes, Split | str]:
    """Mend a document as it is before it is parsed and split it; instead of parts the reason why not."""
    data = mend(text).encode("utf-8", "replace")
    try:
        return data, split(data)
    except UnsplitError as doubt:
        return data, str(doubt)


def find_differences(whole: Fields, parts: Split, *, thorough: bool = True) -> list[str]:
    """Name the items that feedparser reads otherwise where it is given only some of them."""
    if len(whole["entries"]) != len(parts.spans):
        return [f"{len(parts.spans)} items were found, feedparser finds {len(whole['entries'])}"]
    different: list[str] = []
    for wanted in _choices(len(parts.spans), thorough=thorough):
        read = run_feedparser(parts.only(wanted))["entries"]
        expected = [whole["entries"][number] for number in sorted(wanted)]
        if read != expected:
            different.append(f"items {sorted(wanted)[:5]} of {len(parts.spans)}")
    return different


def _choices(count: int, *, thorough: bool) -> Iterator[set[int]]:
    """Choose all items, the first, the last, a half of them, and (thorough) each alone."""
    if not count:
        return
    half = random.Random(count).sample(range(count), (count + 1) // 2)
    yield from ({0}, {count - 1}, set(half))
    if thorough and count <= FEW:
        yield from ({number} for number in range(count))


def read_without(source: Source, number: int) -> tuple[Entry, ...]:
    """Read a document as if one of its items, by its place among those that were read, were the only new one."""
    whole = parse_document(source, LIMITS)
    memory = Memory.read(whole.seen)
    digest = list(memory.items)[number]
    rest = replace(memory, items={key: mark for key, mark in memory.items.items() if key != digest})
    return parse_document(replace(source, seen=rest.pack()), LIMITS).entries
