"""Remembers which items of a feed were read, and picks from its next document those that were not.

A digest means "these bytes were read", nothing more: what an entry is, its identities decide. The memory holds what the
last document held, item by item, and is only valid together with the articles that were made of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from struct import Struct

from bot.feeds.identity import MARK, Mark
from bot.feeds.recut import split_again
from bot.feeds.split import DIGEST, Split, UnsplitError, split

_FORMAT = b"\x01"
_HEAD = len(_FORMAT) + DIGEST
_ROW = Struct(f"{DIGEST}s{MARK}s{MARK}s{MARK}s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What is remembered of a document: a digest of all that stands outside its items, and its items by digest."""

    head: bytes = b""
    items: Mapping[bytes, Mark]

    @classmethod
    def read(cls, packed: bytes) -> Memory:
        """Unpack; what is not ours, or of another format, is nothing remembered."""
        if not packed.startswith(_FORMAT) or (len(packed) - _HEAD) % _ROW.size:
            return cls(items={})
        items = {row[0]: Mark._make(row[1:]) for row in _ROW.iter_unpack(packed[_HEAD:])}
        return cls(head=packed[len(_FORMAT) : _HEAD], items=items)

    def pack(self) -> bytes:
        """Return it as bytes: a fixed number for each item."""
        pieces = [_FORMAT, self.head]
        for digest, mark in self.items.items():
            pieces += (digest, *mark)
        return b"".join(pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A document of which some items were read before.

    `rest` is what must be read, None where that is nothing; `digests` are of the items in `rest`, in their order;
    `known` are the items that are left out, and `left_out` counts further ones beyond the most that is read.
    """

    rest: bytes | None
    head: bytes
    digests: tuple[bytes, ...]
    known: Mapping[bytes, Mark]
    left_out: int = 0

    def remember(self, marks: Sequence[Mark]) -> bytes:
        """Pack what the document holds now, `marks` being those of the items in `rest`."""
        items = dict(self.known) | dict(zip(self.digests, marks, strict=True))
        return Memory(head=self.head, items=items).pack()


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
    """Leave out all items but the wanted ones, as if there were no others."""
    chosen = sorted(wanted)
    digests = tuple(parts.digests[number] for number in chosen)
    return Cut(rest=parts.only(set(chosen)), head=_digest_head(parts), digests=digests, known={})


def _cut(parts: Split, memory: Memory, max_entries: int) -> Cut:
    known = {digest: memory.items[digest] for digest in parts.digests[:max_entries] if digest in memory.items}
    new = [number for number, digest in enumerate(parts.digests[:max_entries]) if digest not in known]
    head = _digest_head(parts)
    # A changed head is read although no item is new: a feed's name or rhythm may stand in it.
    return Cut(
        rest=parts.only(set(new)) if new or head != memory.head else None,
        head=head,
        digests=tuple(parts.digests[number] for number in new),
        known=known,
        left_out=max(len(parts.spans) - max_entries, 0),
    )


def _digest_head(parts: Split) -> bytes:
    return blake2b(parts.only(()), digest_size=DIGEST).digest()
