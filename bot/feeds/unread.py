"""What stands in feeds and nobody here reads: feedparser is spared it, a sixth of all elements.

Whatever an element means that is handed over, feedparser alone decides; and what it reads of that stays the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from feedparser.namespaces import _base, dc

Name = tuple[str | None, str]
_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_MEDIA = "http://search.yahoo.com/mrss/"
_RSS = "http://purl.org/rss/1.0/"
_SLASH = "http://purl.org/rss/1.0/modules/slash/"
_WFW = "http://wellformedweb.org/CommentAPI/"
_BY_SPACE = {
    "": "author category comments copyright docs generator managingEditor rating skipDays skipHours "
    "textInput webMaster",
    _ATOM: "author category contributor generator rights",
    _DC: "contributor creator rights subject",
    _ITUNES: "author block category duration episodeType explicit keywords owner",
    _MEDIA: "category copyright credit keywords rating",
    _RSS: "textinput",
    _SLASH: "comments department hit_parade section",
    _WFW: "comment commentRss",
}
NAMES = frozenset((space or None, name) for space, names in _BY_SPACE.items() for name in names.split())
"""Elements by space and local name; what stands in one is left out with it."""
ITEMS = frozenset({"item", "entry"})
"""An element in which one of these stands is no such element, whatever its name."""
HEADS = frozenset({("rss", "channel"), ("feed",)})
"""The elements, from the root on, in which those of the head stand beside the items."""


class LeftOut(NamedTuple):
    """What is left out of the document that is read: elements with these names, and all that stands beside items."""

    names: frozenset[Name] = frozenset()
    head: bool = False


NOTHING = LeftOut()
_left_out: ContextVar[LeftOut] = ContextVar("left_out")

_parse_date = _base._parse_date  # noqa: SLF001


def left_out() -> LeftOut:
    """Tell what is left out now."""
    return _left_out.get(NOTHING)


@contextmanager
def leaving_out_unread(*, head: bool = False) -> Iterator[None]:
    """Leave out in the block what nobody here reads, the head too where it is known."""
    token = _left_out.set(LeftOut(NAMES, head))
    try:
        yield
    finally:
        _left_out.reset(token)


def parse_date(text: str) -> Any:
    """Return what feedparser makes of a date, or None where nobody asks: here dates are read as they are written."""
    return None if left_out().names else _parse_date(text)


def spare() -> None:
    """Let feedparser ask whether a date is read; done twice, it changes nothing more."""
    _base._parse_date = dc._parse_date = parse_date  # noqa: SLF001
