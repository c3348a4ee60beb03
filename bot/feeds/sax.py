"""The XML driver that feedparser reads with: Python's own, which hands a text over in one piece.

Without a buffer expat reports each character reference, and what stands before it, by itself: a text of escaped markup
comes in hundreds of pieces, and each is a chain of calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.sax import SAXException
from xml.sax.expatreader import ExpatParser
from xml.sax.xmlreader import AttributesNSImpl

from bot.feeds.unread import HEADS, ITEMS, Name, left_out

_NO_ATTRIBUTES = AttributesNSImpl({}, {})


class ItemLeftOutError(SAXException):
    """An item stands in an element that is left out: the document has to be read with all that stands in it."""


class Driver(ExpatParser):
    """Expat for one document, with names that are taken apart once and without elements that nobody reads."""

    _parser: Any
    _cont_handler: Any

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[str, Name] = {}
        self._left_out = left_out()
        self._level = self._depth_left_out = 0
        self._path: tuple[str, ...] = ()

    def reset(self) -> None:
        """Begin a document."""
        super().reset()
        self._parser.buffer_text = True

    def start_element_ns(self, name: str, attrs: Mapping[str, str]) -> None:
        """Report an element's beginning."""
        pair = self._split(name)
        if self._depth_left_out or (self._is_unread(pair) and not self._cont_handler.incontent):
            self._leave_out(pair)
            return
        self._level += 1
        if attrs:
            super().start_element_ns(name, attrs)
        else:
            self._cont_handler.startElementNS(pair, None, _NO_ATTRIBUTES)

    def end_element_ns(self, name: str) -> None:
        """Report an element's end."""
        if not self._depth_left_out:
            self._level -= 1
            self._cont_handler.endElementNS(self._split(name), None)
            return
        self._depth_left_out -= 1
        if not self._depth_left_out:
            self._parser.CharacterDataHandler = self._cont_handler.characters

    def _is_unread(self, pair: Name) -> bool:
        if pair in self._left_out.names:
            return True
        if not self._left_out.head or self._level > 2:
            return False
        if self._level < 2:
            self._path = (*self._path[: self._level], pair[1])
        return self._path[: self._level] in HEADS and pair[1] not in ITEMS

    def _leave_out(self, pair: Name) -> None:
        """Report nothing from an element's beginning to its end."""
        if pair[1].lower() in ITEMS:
            raise ItemLeftOutError("an item stands in an element that is left out")
        self._depth_left_out += 1
        self._parser.CharacterDataHandler = None
        # Or what it declares would be taken for attributes of the next element that is reported.
        self._cont_handler.decls = {}

    def _split(self, name: str) -> Name:
        """Tell space and local name apart; a prefix that stands third is not reported."""
        pair = self._names.get(name)
        if pair is None:
            parts = name.split()
            pair = self._names[name] = (None, name) if len(parts) == 1 else (parts[0], parts[1])
        return pair


def create_parser() -> Any:
    """Make a driver: the name that `xml.sax.make_parser` asks a module for."""
    return Driver()
