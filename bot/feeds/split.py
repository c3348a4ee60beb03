"""Cuts a well-formed feed into its items, so that only those that are new need to be read.

Whatever is doubtful raises UnsplitError: then the document has to be read whole. What a feed means is decided by
feedparser alone; here items are only found, told apart by their bytes, and left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from xml.parsers import expat

from feedparser.mixin import _FeedParserMixin

DIGEST = 8
"""Bytes of an item's digest."""
_ATTRIBUTES = rb"""(?:[^>"']|"[^"]*"|'[^']*')*"""
# In a well-formed document `<` outside CDATA, comments and instructions is markup (no attribute may hold it), so this
# finds every tag of an item. It must not see a document before an XML parser has accepted it.
_TOKEN = re.compile(rb"<(?:!\[CDATA\[|!--|\?|/?(?:[\w.-]+:)?(?:[iI][tT][eE][mM]|[eE][nN][tT][rR][yY])(?=[\s/>]))")
_REST = re.compile(_ATTRIBUTES + rb">", re.DOTALL)
_ENDS = {b"<![CDATA[": b"]]>", b"<!--": b"-->", b"<?": b"?>"}
"""Where that ends in which `<` is no markup."""
# Matched at the place that the XML parser names: a pattern for all that may stand before it would backtrack for ever.
ROOT = re.compile(rb"<([\w.:-]+)" + _ATTRIBUTES + rb">", re.DOTALL)
_PREFIX = re.compile(rb"""xmlns:([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
ITEMS = {b"rss": b"item", b"rdf:RDF": b"item", b"feed": b"entry"}
"""The item's tag by the root's."""
_KNOWN_SPACES = frozenset(uri.lower() for uri in _FeedParserMixin.namespaces)
_SLASH, _CLOSE = b"/>"


class UnsplitError(Exception):
    """The document cannot be cut into items beyond doubt; says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A document in UTF-8 and where its items stand; `digests` are over the root's tag and the item's bytes."""

    data: bytes
    spans: tuple[tuple[int, int], ...]
    digests: tuple[bytes, ...]

    def only(self, wanted: Collection[int]) -> bytes:
        """Return the document with these items alone; what stands outside items stays where it was."""
        if len(wanted) == len(self.spans):
            return self.data
        pieces: list[bytes] = []
        at = 0
        for number, (start, end) in enumerate(self.spans):
            if number not in wanted:
                pieces.append(self.data[at:start])
                at = end
        pieces.append(self.data[at:])
        return b"".join(pieces)


def split(data: bytes) -> Split:
    """Cut a document in UTF-8, without a byte order mark, into its items; raises UnsplitError."""
    root = ROOT.match(data, _find_root(data))
    name = ITEMS.get(root[1]) if root else None
    if root is None or name is None:
        raise UnsplitError("its root element is not that of a feed")
    spans = _find_items(data, root.end(), name)
    check_prefixes(data, root.end())
    return Split(data=data, spans=tuple(spans), digests=tuple(digest_items(data, root[0], spans)))


def digest_items(data: bytes, root: bytes, spans: Iterable[tuple[int, int]]) -> Iterator[bytes]:
    """Digest items, each with the root's tag: with other prefixes bound, the same bytes may mean something else."""
    seed = blake2b(root, digest_size=DIGEST)
    for start, end in spans:
        digest = seed.copy()
        digest.update(data[start:end])
        yield digest.digest()


def _find_root(data: bytes) -> int:
    """Tell where the root's tag begins; raises UnsplitError for what feedparser's strict parser would not accept."""
    places: list[int] = []
    parser = expat.ParserCreate("utf-8", " ")  # whatever its declaration says of another encoding

    def note_root(_name: str, _attributes: object) -> None:
        places.append(parser.CurrentByteIndex)
        parser.StartElementHandler = None

    def refuse_doctype(*_: object) -> None:
        raise UnsplitError("it has a document type")

    parser.StartElementHandler = note_root
    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UnsplitError("it is not well-formed") from error
    return places[0]


def _find_items(data: bytes, at: int, name: bytes) -> list[tuple[int, int]]:
    begins, ends = b"<" + name, b"</" + name
    spans: list[tuple[int, int]] = []
    start: int | None = None
    for token in _TOKEN.finditer(data, at):
        place, kind = token.start(), token[0]
        if place < at:
            continue  # in a text, a comment or an instruction
        at = _find_end(data, token)
        if kind in _ENDS:
            continue
        if kind == ends:
            if start is None:
                raise UnsplitError("an item's end has no beginning")
            spans.append((start, at))
            start = None
        elif kind != begins:
            raise UnsplitError("it has items of another kind")
        elif start is not None:
            raise UnsplitError("an item stands within an item")
        elif data[at - 2] == _SLASH:
            spans.append((place, at))
        else:
            start = place
    if start is not None:
        raise UnsplitError("an item has no end")
    return spans


def _find_end(data: bytes, token: re.Match[bytes]) -> int:
    """Tell where that ends which a token begins."""
    kind, at = token[0], token.end()
    if kind in _ENDS:
        # Long texts stand here: to look for their end is much quicker than to match them.
        return data.index(_ENDS[kind], at)
    if data[at] == _CLOSE:
        return at + 1
    rest = _REST.match(data, at)
    return at if rest is None else rest.end()


def check_prefixes(data: bytes, at: int) -> None:
    """Raise UnsplitError where an item, all of them being behind the place `at`, names a space unlike the rest does.

    feedparser never forgets a prefix: an item that binds one, or a space that feedparser does not know, otherwise than
    the root or another item would influence others.
    """
    if data.find(b"xmlns:", at) < 0:
        return
    bound: dict[bytes, bytes] = {}
    for found in _PREFIX.finditer(data):
        prefix, space = found[1], (found[2] or found[3] or b"").lower()
        is_known = space.decode("utf-8", "replace") in _KNOWN_SPACES
        if bound.setdefault(prefix, space) != space or (not is_known and bound.setdefault(space, prefix) != prefix):
            raise UnsplitError("its items bind a prefix differently")
