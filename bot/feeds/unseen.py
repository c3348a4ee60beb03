"""Remembers which items of a feed were read, and picks from its next document those that were not.

A digest means "these bytes were read", nothing more: what an entry is, its identities decide. The memory holds what the
last document held, item by item, and is only valid together with the articles that were made of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import blake2b
from struct import Struct

from bot.feeds.identity import MARK, Mark
from bot.feeds.recut import split_again
from bot.feeds.split import DIGEST, Split, UnsplitError, split

_FORMAT = b"\x02"
_HEAD = Struct(f"<1s{DIGEST}sII")
_ROW = Struct(f"{DIGEST}s{MARK}s{MARK}s{MARK}s")
_HEAD_DATES = re.compile(rb"<(lastBuildDate|pubDate|updated|dc:date)>[^<]*</\1>")
"""What changes in a head with every item, or at every poll, and says nothing that is kept."""
_NO_HEAD = bytes(DIGEST)
_LINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the head of a document says to all of its items and polls; each text is a line without breaks.

    `link` is what relative links start from where that is not the document itself; `asked` is the pause between polls.
    """

    title: str = ""
    language: str | None = None
    link: str = ""
    asked: timedelta | None = None

    @classmethod
    def read(cls, packed: bytes, asked: int) -> Facts:
        """Unpack; `asked` in seconds, 0 for none."""
        lines = packed.decode("utf-8", "replace").split("\n")
        if len(lines) != _LINES:
            return cls()
        return cls(
            title=lines[0],
            language=lines[1] or None,
            link=lines[2],
            asked=timedelta(seconds=asked) if asked else None,
        )

    def pack(self) -> bytes:
        """Return the texts as bytes."""
        return "\n".join((self.title, self.language or "", self.link)).encode("utf-8", "replace")


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What is remembered of a document: a digest of its head (all outside its items), what that says, its items."""

    head: bytes = _NO_HEAD
    facts: Facts = field(default_factory=Facts)
    items: Mapping[bytes, Mark]

    @classmethod
    def read(cls, packed: bytes) -> Memory:
        """Unpack; what is not ours, or of another format, is nothing remembered."""
        if not packed.startswith(_FORMAT) or len(packed) < _HEAD.size:
            return cls(items={})
        _, head, asked, length = _HEAD.unpack_from(packed)
        begin = _HEAD.size + length
        if len(packed) < begin or (len(packed) - begin) % _ROW.size:
            return cls(items={})
        items = {row[0]: Mark._make(row[1:]) for row in _ROW.iter_unpack(packed[begin:])}
        return cls(head=head, facts=Facts.read(packed[_HEAD.size : begin], asked), items=items)

    def pack(self) -> bytes:
        """Return it as bytes: a fixed number for each item."""
        asked = 0 if self.facts.asked is None else int(self.facts.asked.total_seconds())
        said = self.facts.pack()
        pieces = [_HEAD.pack(_FORMAT, self.head, asked, len(said)), said]
        for digest, mark in self.items.items():
            pieces += (digest, *mark)
        return b"".join(pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A document of which some items were read before.

    `rest` is what must be read, None where that is nothing; `digests` are of the items in `rest`, in their order;
    `known` are the items that are left out, and `left_out` counts further ones beyond the most that is read. `facts`
    are what the head says, None where it has to be read.
    """

    rest: bytes | None
    head: bytes
    facts: Facts | None = None
    digests: tuple[bytes, ...]
    known: Mapping[bytes, Mark]
    left_out: int = 0

    def remember(self, facts: Facts, marks: Sequence[Mark]) -> bytes:
        """Pack what the document holds now, `marks` being those of the items in `rest`."""
        items = dict(self.known) | dict(zip(self.digests, marks, strict=True))
        return Memory(head=self.head, facts=facts, items=items).pack()


def cut_document(data: bytes, seen: bytes, max_entries: int) -> Cut | None:
    """Leave out of a document the items that were read; None where it must be read whole.

    Items beyond the first `max_entries` are left out in any case.
    """
    try:
        parts = split(data)
    except UnsplitError:
        return None
    return _cut(parts, Memory.read(seen), max_entries) if parts.spans else None


def cut_again(data: bytes, seen: bytes, max_entries: int) -> Cut | None:
    """Do what `cut_document` does at a tenth of its price, for a document most of which was read before.

    None where that is not so, or not beyond doubt.
    """
    memory = Memory.read(seen)
    parts = split_again(data, memory.items) if memory.items else None
    return None if parts is None else _cut(parts, memory, max_entries)


def cut_to(parts: Split, wanted: Sequence[int]) -> Cut:
    """Leave out all items but the wanted ones, as if there were no others; the head is to be read once more."""
    chosen = sorted(wanted)
    digests = tuple(parts.digests[number] for number in chosen)
    return Cut(rest=parts.only(set(chosen)), head=_NO_HEAD, digests=digests, known={})


def _cut(parts: Split, memory: Memory, max_entries: int) -> Cut:
    known = {digest: memory.items[digest] for digest in parts.digests[:max_entries] if digest in memory.items}
    new = [number for number, digest in enumerate(parts.digests[:max_entries]) if digest not in known]
    head = _digest_head(parts)
    facts = memory.facts if head == memory.head else None
    # A changed head is read although no item is new: a feed's name or rhythm may stand in it.
    return Cut(
        rest=parts.only(set(new)) if new or facts is None else None,
        head=head,
        facts=facts,
        digests=tuple(parts.digests[number] for number in new),
        known=known,
        left_out=max(len(parts.spans) - max_entries, 0),
    )


def _digest_head(parts: Split) -> bytes:
    said = b" ".join(_HEAD_DATES.sub(b"", parts.only(())).split())
    return blake2b(said, digest_size=DIGEST).digest()
