"""Lets feedparser read each item by itself, and note which links are the item's own: those written right below it.

To feedparser `atom:link`, a link inside of some other element and the item's own `<link>` are one and the same; and
what stands in the head or in other items may change what it reads of an item.
"""

from __future__ import annotations

from typing import Any

from feedparser.namespaces._base import Namespace
from feedparser.util import FeedParserDict

OWN_LINKS = "own_links"
"""Where they are in what feedparser returns, in their order."""

_start_item = Namespace._start_item  # noqa: SLF001
_start_channel = Namespace._start_channel  # noqa: SLF001
_end_guid = Namespace._end_guid  # noqa: SLF001
_start_image = Namespace._start_image  # noqa: SLF001


def start_item(self: Any, attributes: Any) -> None:
    """Begin an item as feedparser would, whatever stood before it, and note how deep it stands.

    An element of markup that is called as one of a feed (`<details><summary>`) is counted at its end alone, and
    would change how every item behind it is read; so would full text that stands in the head.
    """
    self.own_depth = self.depth
    self.incontent = self.hasContent = self.svgOK = 0
    self._summaryKey = None
    self.contentparams.clear()
    _start_item(self, attributes)


def start_channel(self: Any, attributes: Any) -> None:
    """Begin a channel as feedparser would, and note how deep it stands."""
    self.own_depth = self.depth
    _start_channel(self, attributes)


def start_image(self: Any, attributes: Any) -> None:
    """Begin an image as feedparser would where the head has one too: what stands in an item's image is the image's."""
    self.feeddata.setdefault("image", FeedParserDict())
    _start_image(self, attributes)


def end_link(self: Any) -> None:
    """End a link as feedparser would; one that stands right below its item, or the channel, is noted."""
    address = self.pop("link")
    if not address or self.depth != getattr(self, "own_depth", 0) + 1:
        return
    context = self._get_context()
    links = dict.get(context, "links")
    if links and links[-1].get("rel") == "alternate":
        context.setdefault(OWN_LINKS, []).append(links[-1].get("href") or address)


def end_guid(self: Any) -> None:
    """End a guid as feedparser would; a permalink is one beside a link that is empty or of no use, too."""
    _end_guid(self)
    if self.guidislink:
        self._get_context()["guidislink"] = True


def note_own_links() -> None:
    """Let feedparser use these; done twice, it changes nothing more."""
    Namespace._start_item = Namespace._start_entry = start_item  # noqa: SLF001
    Namespace._start_channel = start_channel  # noqa: SLF001
    Namespace._start_image = start_image  # noqa: SLF001
    Namespace._end_guid = Namespace._end_id = end_guid  # noqa: SLF001
    Namespace._end_link = end_link  # noqa: SLF001
