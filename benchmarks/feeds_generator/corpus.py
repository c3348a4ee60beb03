"""A folder of generated feeds in three versions, packed as servers send them, with a list of what is new in each.

v1 every feed; v2 a tenth of the feeds has one to three new items; v3 every feed has one more. A feed that a version
does not change keeps its bytes and its date, and so its ETag and Last-Modified.
"""

from __future__ import annotations

import gzip
import json
import multiprocessing
import os
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.feeds_generator.documents import Item, Site, write_document
from benchmarks.feeds_generator.prose import (
    AFFAIRS_PER_LANGUAGE,
    Language,
    choose_language,
    make_affair,
    make_body,
    make_headline,
    make_name,
    make_text,
)

VERSIONS = (1, 2, 3)
PUBLISHED_AT = {version: datetime(2026, 6, 1, 11 + version, tzinfo=UTC) for version in VERSIONS}
"""When each version came out, an hour apart: the dates of the files."""
CHANGED_EACH = 10
"""Every tenth feed changes in v2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedFeed:
    """What one feed is: `size` in bytes of v1, unpacked; `fresh` counts the items that are new in v1, v2 and v3."""

    file: str
    kind: str
    language: str
    size: int
    fresh: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """The generated feeds in `folder`: v1/, v2/ and v3/ with one packed document a feed."""

    folder: Path
    feeds: tuple[GeneratedFeed, ...]

    def count_new(self, before: int, after: int, *, broken: Collection[int] = ()) -> int:
        """Count the items that are new to one who saw version `before`; v1 is always seen first (0: nothing yet).

        `broken` are the numbers of feeds that bring nothing.
        """
        return sum(sum(feed.fresh[before:after]) for number, feed in enumerate(self.feeds) if number not in broken)


def build_corpus(folder: Path, *, feeds: int, seed: int, watched: float) -> Corpus:
    """Generate the feeds into `folder` with all cores; the same seed gives the same bytes.

    `watched` is the share of items (0 to 1) that tell of an affair which the shipped topics watch.
    A folder that holds them already is taken as it stands.
    """
    told = folder / "corpus.json"
    wanted = {"seed": seed, "feeds": feeds, "watched": watched}
    if told.is_file():
        known = json.loads(told.read_text(encoding="utf-8"))
        if known["made_of"] == wanted:
            return Corpus(folder=folder, feeds=tuple(_feed_from(row) for row in known["feeds"]))
    for version in VERSIONS:
        version_folder(folder, version).mkdir(parents=True, exist_ok=True)
    with multiprocessing.get_context("spawn").Pool() as pool:
        made = tuple(pool.map(partial(_build_feed, folder, seed, watched), range(feeds), chunksize=8))
    told.write_text(json.dumps({"made_of": wanted, "feeds": [asdict(feed) for feed in made]}), encoding="utf-8")
    return Corpus(folder=folder, feeds=made)


def _feed_from(row: dict[str, Any]) -> GeneratedFeed:
    return GeneratedFeed(**(row | {"fresh": tuple(row["fresh"])}))


def version_folder(folder: Path, version: int) -> Path:
    """Return where a version's documents lie, each as NAME.xml.gz."""
    return folder / f"v{version}"


def _build_feed(folder: Path, seed: int, watched: float, number: int) -> GeneratedFeed:
    """Write one feed's documents; an unchanged one is a second name of the same file."""
    random = Random(f"{seed}/{number}")
    writer = _Writer(seed=seed, watched=watched, number=number, language=choose_language(random), random=random)
    sites = [writer.first(), *(writer.next(version) for version in VERSIONS[1:])]
    file = f"f{number:05d}.xml"
    for index, (version, site) in enumerate(zip(VERSIONS, sites, strict=True)):
        path = version_folder(folder, version) / f"{file}.gz"
        path.unlink(missing_ok=True)
        if index and site == sites[index - 1]:
            os.link(version_folder(folder, VERSIONS[index - 1]) / f"{file}.gz", path)
            continue
        path.write_bytes(gzip.compress(write_document(site), 6, mtime=0))
        os.utime(path, (PUBLISHED_AT[version].timestamp(),) * 2)
    first = sites[0]
    return GeneratedFeed(
        file=file,
        kind=first.kind,
        language=first.language,
        size=len(write_document(first)),
        fresh=(len(first.items), *writer.fresh),
    )


class _Writer:
    """One feed's publisher: writes the first version and then the later ones, 20 to 50 items of 20 to 80 kB in all."""

    def __init__(self, *, seed: int, watched: float, number: int, language: Language, random: Random) -> None:
        self._seed, self._number, self._watched = seed, number, watched
        self._random, self._language = random, language
        self._address = f"https://{make_name(random).lower()}{number}.example"
        self._count = random.randint(20, 50)
        target = random.randint(20_000, 76_000)
        self._size = max(220, (target - 700) // self._count - 470)
        self._is_full = random.random() < 0.4
        self._serial = self._count
        self._site: Site | None = None
        self.fresh: list[int] = []

    def first(self) -> Site:
        """Write the first version."""
        random = self._random
        step = timedelta(minutes=random.randint(10, 600))
        items = [
            self._item(1, PUBLISHED_AT[1] - step * (age + 1), serial=self._count - age) for age in range(self._count)
        ]
        self._site = Site(
            title=f"{make_name(random)} {make_headline(random, self._language)}",
            about=make_text(random, self._language, 120),
            language=self._language.code,
            address=self._address,
            kind="rss" if random.random() < 0.7 else "atom",
            is_escaped=random.random() < 0.5,
            items=tuple(items),
        )
        return self._site

    def next(self, version: int) -> Site:
        """Write a later version: new items push out the oldest."""
        if self._site is None:
            raise ValueError("the first version comes first")
        self.fresh.append(self._draw_fresh(version))
        items = list(self._site.items)
        for age in reversed(range(self.fresh[-1])):
            items.insert(0, self._new_item(version, age))
        self._site = replace(self._site, items=tuple(items[: self._count]))
        return self._site

    def _draw_fresh(self, version: int) -> int:
        if version == VERSIONS[-1]:
            return 1
        return self._random.randint(1, 3) if self._number % CHANGED_EACH == 0 else 0

    def _new_item(self, version: int, age: int) -> Item:
        self._serial += 1
        return self._item(version, PUBLISHED_AT[version] - timedelta(minutes=7 * (age + 1)), serial=self._serial)

    def _item(self, version: int, at: datetime, *, serial: int) -> Item:
        random, language, address = self._random, self._language, self._address
        title, opening = self._title(version)
        name = make_name(random).lower()
        return Item(
            title=title,
            link=f"{address}/{at:%Y/%m/%d}/{name}-{serial}.html?a=1&b=2",
            guid=f"{address}/?p={serial}",
            at=at,
            author=f"{make_name(random)} {make_name(random)}",
            categories=tuple(make_name(random) for _ in range(random.randint(0, 4))),
            summary=opening + make_body(random, language, int(self._size * (0.25 if self._is_full else 0.8)), address),
            content=opening + make_body(random, language, int(self._size * 0.55), address) if self._is_full else None,
            image=f"{address}/img/{serial}.jpg" if random.random() < 0.4 else None,
        )

    def _title(self, version: int) -> tuple[str, str]:
        """Make a headline and the paragraph that opens the text: an affair's, or of random words and no opening."""
        if self._random.random() >= self._watched:
            return make_headline(self._random, self._language), ""
        number = self._random.randrange(AFFAIRS_PER_LANGUAGE)
        # Later versions tell of the first one's affairs as often as of new ones.
        told = make_affair(self._seed, self._random.choice((1, version)), self._language, number)
        return told, f"<p>{told}.</p>\n"
