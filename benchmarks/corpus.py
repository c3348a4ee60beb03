"""How a folder of real feeds is read: `python -m benchmarks.corpus FOLDER [--json]`.

Each file is read by Topicwire and by feedparser alone, and the links of both are judged by a third reader of the
documents (`benchmarks.links`). Exits with 1 where anything raised or a link was wrong.
"""

from __future__ import annotations

import argparse
import html
import io
import json
import sys
import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import feedparser

from benchmarks.links import list_links
from bot.domain.feeds import Entry
from bot.feeds.document import Limits, Source
from bot.feeds.parse import parse_document

LIMITS = Limits(max_bytes=50_000_000, max_entries=100_000, timeout=timedelta(minutes=1))
_DATES = ("published_parsed", "updated_parsed", "created_parsed")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongLink:
    """An entry whose link is another than its document says."""

    file: str
    title: str
    link: str | None
    expected: str | None


@dataclass(slots=True, kw_only=True)
class Examined:
    """One file, or the sum of all; counts "alone" are feedparser's, of the same entries.

    Links are judged, and dates compared, where both readers found as many entries as the document holds.
    """

    files: int = 0
    entries: int = 0
    raised: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    without_link: int = 0
    without_language: int = 0
    judged: int = 0
    wrong: list[WrongLink] = field(default_factory=list)
    wrong_alone: int = 0
    dated: int = 0
    without_date: int = 0
    without_date_alone: int = 0

    def add(self, other: Examined) -> None:
        """Add another file's counts."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def examine(folder: Path) -> Examined:
    """Read every file of a folder."""
    total = Examined()
    for path in sorted(folder.iterdir()):
        if path.is_file():
            total.add(examine_file(path))
    return total


def examine_file(path: Path) -> Examined:
    """Read one file with everything that reads it."""
    found = Examined(files=1)
    body, url = path.read_bytes(), f"https://feeds.example/{path.name}"
    try:
        document = parse_document(Source(body=body, url=url), LIMITS)
    except Exception as error:  # noqa: BLE001 - whatever is raised is what this looks for
        found.raised.append(f"{path.name}: {type(error).__name__}: {error}")
        return found
    if document.problem:
        found.refused.append(f"{path.name}: {document.problem}")
        return found
    entries = document.entries
    found.entries = len(entries)
    found.without_link = sum(entry.link is None for entry in entries)
    found.without_language = sum(entry.language is None for entry in entries)
    alone = _read_alone(body, url)
    if len(alone) == len(entries):
        found.dated = len(entries)
        found.without_date = sum(entry.published_at is None for entry in entries)
        found.without_date_alone = sum(not any(dict.get(item, name) for name in _DATES) for item in alone)
        _judge(found, path.name, list_links(body, url), entries, alone)
    return found


def _judge(
    found: Examined,
    name: str,
    links: list[str | None] | None,
    entries: Sequence[Entry],
    alone: Sequence[dict[str, Any]],
) -> None:
    if links is None or len(links) != len(entries):
        return
    found.judged = len(entries)
    for expected, entry, item in zip(links, entries, alone, strict=True):
        if _plain(entry.link) != _plain(expected):
            found.wrong.append(WrongLink(file=name, title=entry.title, link=entry.link, expected=expected))
        found.wrong_alone += _plain(dict.get(item, "link")) != _plain(expected)


def _plain(link: str | None) -> str:
    # Some escape twice; what a browser would open is the same.
    return html.unescape(link or "").strip().replace(" ", "%20")


def _read_alone(body: bytes, url: str) -> list[dict[str, Any]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        headers = {"content-type": "application/xml", "content-location": url}
        found: list[dict[str, Any]] = feedparser.parse(io.BytesIO(body), response_headers=headers).entries
        return found


def render(found: Examined) -> str:
    """Write the table."""
    rows = (
        ("feeds", f"{found.files:,}", ""),
        ("entries", f"{found.entries:,}", ""),
        ("exceptions", f"{len(found.raised):,}", ""),
        ("refused, with a reason", f"{len(found.refused):,}", ""),
        ("links judged", f"{found.judged:,}", f"{found.judged:,}"),
        ("wrong links", f"{len(found.wrong):,}", f"{found.wrong_alone:,}"),
        ("dates compared", f"{found.dated:,}", f"{found.dated:,}"),
        ("without a usable date", f"{found.without_date:,}", f"{found.without_date_alone:,}"),
        ("without a link", f"{found.without_link:,}", ""),
        ("without a language", f"{found.without_language:,}", ""),
    )
    lines = [f"{'':24}{'Topicwire':>12}{'feedparser alone':>20}"]
    lines += [f"{name:24}{ours:>12}{alone:>20}" for name, ours, alone in rows]
    lines += [f"raised: {line}" for line in found.raised] + [f"refused: {line}" for line in found.refused]
    lines += [f"wrong link: {w.file}: {w.title[:40]!r} {w.link} instead of {w.expected}" for w in found.wrong]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Examine a folder and print the report."""
    parser = argparse.ArgumentParser(prog="benchmarks.corpus", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    found = examine(asked.folder)
    print(json.dumps(asdict(found), ensure_ascii=False, indent=1) if asked.json else render(found))
    return 1 if found.raised or found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
