"""The XML driver that feedparser reads with: Python's own, which hands a text over in one piece.

Without a buffer expat reports each character reference, and what stands before it, by itself: a text of escaped markup
comes in hundreds of pieces, and each is a chain of calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.sax.expatreader import ExpatParser
from xml.sax.xmlreader import AttributesNSImpl

Name = tuple[str | None, str]
_NO_ATTRIBUTES = AttributesNSImpl({}, {})


class Driver(ExpatParser):
    """Expat for one document, with names that are taken apart once."""

    _parser: Any
    _cont_handler: Any

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[str, Name] = {}

    def reset(self) -> None:
        """Begin a document."""
        super().reset()
        self._parser.buffer_text = True

    def start_element_ns(self, name: str, attrs: Mapping[str, str]) -> None:
        """Report an element's beginning."""
        if attrs:
            super().start_element_ns(name, attrs)
        else:
            self._cont_handler.startElementNS(self._split(name), None, _NO_ATTRIBUTES)

    def end_element_ns(self, name: str) -> None:
        """Report an element's end."""
        self._cont_handler.endElementNS(self._split(name), None)

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
