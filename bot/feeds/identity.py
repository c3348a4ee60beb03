"""What an entry is known by, so that it is told once whatever the feed changes about it.

guid and title+day hold within one feed, the canonical URL across feeds; title+day decides only where both are missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from bot.domain.feeds import Entry, EntryKeys
from bot.domain.text import fold
from bot.domain.urls import canonical_url

MARK = 8
"""Bytes of a part of a mark."""
NO_MARK = bytes(MARK)
MOST_OF_TITLE = 300
"""So many letters of a title tell it from others."""


class Mark(NamedTuple):
    """What tells an entry from the others of its document: digests of guid, URL and title; zeros where it has none."""

    guid: bytes = NO_MARK
    url: bytes = NO_MARK
    title: bytes = NO_MARK


class Identity(NamedTuple):
    """An entry, its keys taken by itself, and its mark."""

    entry: Entry
    keys: EntryKeys
    mark: Mark


def entry_keys(entry: Entry, feed_url: str = "") -> EntryKeys:
    """Return the identities of one entry; a link to the feed's own address is none."""
    guid = _digest(entry.guid) if entry.guid else None
    url = canonical_url(entry.link) if entry.link else None
    if url is not None and feed_url and url == canonical_url(feed_url):
        url = None
    return EntryKeys(guid=guid, url=url, title_day=None if guid or url else _title_day(entry))


def document_keys(entries: Sequence[Entry], feed_url: str = "", beside: Iterable[Mark] = ()) -> list[EntryKeys]:
    """Return the identities of entries, in order; `beside` are the marks of the document's other entries.

    What several different entries of one document share tells none of them apart: a guid or a URL that stands at
    entries with different titles and different other identities is left out for all of these.
    """
    return settle([identify(entry, feed_url) for entry in entries], beside)


def settle(identities: Sequence[Identity], beside: Iterable[Mark] = ()) -> list[EntryKeys]:
    """Return the keys of a document's entries as `document_keys` does."""
    own = {identity.mark for identity in identities}
    urls, guids = {mark.url for mark in own}, {mark.guid for mark in own}
    met = own.union(mark for mark in beside if mark.url in urls or mark.guid in guids)
    bad_urls = _shared([(mark.url, (mark.guid, mark.title)) for mark in met])
    bad_guids = _shared([(mark.guid, (mark.url, mark.title)) for mark in met])
    return [
        _without(entry, keys, is_url_bad=mark.url in bad_urls, is_guid_bad=mark.guid in bad_guids)
        for entry, keys, mark in identities
    ]


def identify(entry: Entry, feed_url: str = "") -> Identity:
    """Return an entry with what it is known by and what tells it from the others of its document."""
    keys = entry_keys(entry, feed_url)
    return Identity(entry, keys, Mark(*map(_short_digest, (keys.guid, keys.url, _folded(entry.title)))))


def _short_digest(text: str | None) -> bytes:
    return NO_MARK if text is None else blake2b(text.encode("utf-8", "surrogatepass"), digest_size=MARK).digest()


def _shared(pairs: Sequence[tuple[bytes, tuple[bytes, bytes]]]) -> set[bytes]:
    """Find the values that stand at entries which differ in title and in the other identity (or have none)."""
    if len({value for value, _ in pairs}) == len(pairs):
        return set()
    met: defaultdict[bytes, set[tuple[bytes, bytes]]] = defaultdict(set)
    for value, other in pairs:
        if value != NO_MARK:
            met[value].add(other)
    return {value for value, group in met.items() if len(group) > 1 and _differ(group)}


def _differ(group: set[tuple[bytes, bytes]]) -> bool:
    titles = {title for _, title in group}
    identities = {identity for identity, _ in group}
    # Two titles under one guid and one URL are an item and its newer version; three are a feed that names nothing.
    return len(titles) > 1 and (NO_MARK in identities or len(identities) > 1 or len(titles) > 2)


def _without(entry: Entry, keys: EntryKeys, *, is_url_bad: bool, is_guid_bad: bool) -> EntryKeys:
    if not is_url_bad and not is_guid_bad:
        return keys
    url = None if is_url_bad else keys.url
    guid = None if is_guid_bad else keys.guid
    return EntryKeys(guid=guid, url=url, title_day=None if guid or url else _title_day(entry))


@lru_cache(maxsize=1024)
def _folded(title: str) -> str:
    """Fold a title's beginning: one letter may fold to eighteen, and each title is asked for several times."""
    return fold(title[:MOST_OF_TITLE])


def _title_day(entry: Entry) -> str:
    day = entry.published_at.date().isoformat() if entry.published_at else ""
    # Without a title the text has to serve: two empty ones on one day are one.
    return _digest(f"{_folded(entry.title) or fold(entry.text[:200])}\n{day}")


def _digest(text: str) -> str:
    return blake2b(text.strip().encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
