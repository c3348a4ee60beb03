"""Cuts a document again of which most items were read before, without reading those once more.

An item that stands in the feed's memory, byte for byte, is well-formed: it was accepted before, under the same root's
tag. So the document is what it is with an empty item in that place, and the XML parser need only see that.
"""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import pairwise

from bot.feeds.split import ITEMS, ROOT, Split, UnsplitError, check_prefixes, digest_items, split

_BEFORE_ROOT = re.compile(rb"(?>\s+|<\?[^>]{0,500}\?>|<!--(?:[^-]|-(?!-)){0,2000}-->){0,20}+(?=<[A-Za-z])")
_EMPTY = {name: b"<%s/>" % name for name in set(ITEMS.values())}
_BEGINS = {name: re.compile(rb"<%s(?=[\s/>])" % name) for name in set(ITEMS.values())}


def split_again(data: bytes, known: Container[bytes]) -> Split | None:
    """Cut a document as `split` does, `known` being digests of items that it accepted; None where it must be asked."""
    before = _BEFORE_ROOT.match(data)
    root = ROOT.match(data, before.end()) if before else None
    name = ITEMS.get(root[1]) if root else None
    if root is None or name is None:
        return None
    spans = _find_spans(data, root.end(), name)
    parts = Split(data=data, spans=tuple(spans), digests=tuple(digest_items(data, root[0], spans)))
    is_known = [digest in known for digest in parts.digests]
    # An item that was accepted where something between it and the root binds a prefix needs that still.
    if not any(is_known) or b"xmlns" in parts.only(())[root.end() :]:
        return None
    short, expected = _shorten(data, spans, is_known, _EMPTY[name])
    try:
        # What was accepted of one document binds prefixes alike; a new item that binds one is compared with all.
        if short.find(b"xmlns:", root.end()) >= 0:
            check_prefixes(data, root.end())
        found = split(short)
    except UnsplitError:
        return None
    return parts if list(found.spans) == expected else None


def _find_spans(data: bytes, at: int, name: bytes) -> list[tuple[int, int]]:
    """Guess where items are: each from what looks like its tag to the last end tag before the next one."""
    end_tag = b"</%s>" % name
    starts = [found.start() for found in _BEGINS[name].finditer(data, at)]
    ends = (data.rfind(end_tag, start, following) for start, following in pairwise([*starts, len(data)]))
    return [(start, end + len(end_tag)) for start, end in zip(starts, ends, strict=True) if end >= 0]


def _shorten(
    data: bytes, spans: list[tuple[int, int]], is_known: list[bool], empty: bytes
) -> tuple[bytes, list[tuple[int, int]]]:
    """Write an empty item for known ones in a row; return that and where items must be found if the guess was right."""
    pieces: list[bytes] = []
    expected: list[tuple[int, int]] = []
    at = length = 0
    follows = False
    for (start, end), known in zip(spans, is_known, strict=True):
        if known and follows and not data[at:start].strip():
            at = end
            continue
        item, follows = empty if known else data[start:end], known
        begin = length + start - at
        pieces += (data[at:start], item)
        at, length = end, begin + len(item)
        expected.append((begin, length))
    pieces.append(data[at:])
    return b"".join(pieces), expected
