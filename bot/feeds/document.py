"""What reading a document gives: its entries, or the reason why it is no feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.feeds import Entry, EntryKeys

TITLE_LIMIT = 1_000
TEXT_LIMIT = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document to read: the bytes as they came, the Content-Type header, and the address for relative links.

    `seen` is the memory that the feed's last document left (see `unseen`); items that stand in it are not read again.
    """

    body: bytes
    content_type: str = ""
    url: str = ""
    language: str | None = None
    seen: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a document may ask for: bytes after unpacking, entries, and seconds."""

    max_bytes: int
    max_entries: int
    timeout: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document that was read. `problem` is empty, or says in words why nothing could be read.

    `entries` are of the items that were not seen before, with their identities in `keys`; `skipped` others were, and
    `left_out` stood beyond the most that is read. `seen` is what to remember. `asked` is the pause between two polls
    that the document asks for. `is_cut_off`: it breaks off before its end.
    """

    title: str = ""
    language: str | None = None
    entries: tuple[Entry, ...] = ()
    keys: tuple[EntryKeys, ...] = ()
    skipped: int = 0
    left_out: int = 0
    seen: bytes = b""
    problem: str = ""
    asked: timedelta | None = None
    is_cut_off: bool = False
