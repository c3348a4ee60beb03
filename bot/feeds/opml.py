"""OPML (http://opml.org/spec2.opml): lists of feeds read as leniently as readers write them, and written strictly.

Reading needs no XML parser: nothing but `<outline>` tags and their attributes counts, so that a stray quote or `&`
spoils one attribute instead of the whole file, and no entity, DTD or depth in a file can attack.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from bot.domain.errors import InputError
from bot.domain.feed_lists import (
    MAX_TITLE,
    MOST_TAGS,
    FeedList,
    ListedFeed,
    RefusedFeed,
    fold_feeds,
    read_tags,
)
from bot.domain.text import clean, shorten
from bot.domain.urls import is_web_url, shown_host
from bot.feeds.addresses import find_address_fault
from bot.feeds.decode import decode
from bot.feeds.guard import Guard

MAX_BYTES = 5_000_000
MOST_FEEDS = 10_000
_OUTLINE = re.compile(r"<(/?)outline(?=[\s/>]|$)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(?<![\w:.-])([\w:.-]+)\s*=\s*([\"'])")
_AFTER_VALUE = re.compile(r"\s+[\w:.-]+\s*=\s*[\"']|\s*[/?]?>|\s*$")
_TAG_END = re.compile(r">\s*(?:<|$)")
# A run of backticks would end the block of code that a chat shows the document in.
_BACKTICK = {"`": "&#96;"}
_WEB_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def is_opml(text: str) -> bool:
    """Tell whether a text holds outlines or says that it is OPML."""
    return _OUTLINE.search(text) is not None or "<opml" in text[:2_000].casefold()


def read_opml(body: bytes, guard: Guard, content_type: str = "") -> FeedList:
    """Read the feeds of an OPML document; raises InputError where it is none or holds none."""
    if len(body) > MAX_BYTES:
        raise InputError(f"It is larger than {MAX_BYTES:,} bytes; cut the list into smaller ones.")
    return read_opml_text(decode(body, content_type), guard)


def read_opml_text(text: str, guard: Guard) -> FeedList:
    """Read the feeds of an OPML text; raises InputError where it is none or holds none."""
    if not is_opml(text):
        raise InputError("It is not OPML: there is no <outline> in it. Feed readers write such a file as an export.")
    found = make_list(_feeds(_without_comments(text)), guard)
    if not found.feeds and not found.refused:
        raise InputError("It is OPML, but no outline in it has an xmlUrl: it is not a list of feeds.")
    return found


def read_addresses(text: str, guard: Guard) -> FeedList:
    """Read feeds from bare addresses, one after another; raises InputError where there is none."""
    addresses = [found.rstrip(",;>").split("|", 1)[0] for found in _WEB_ADDRESS.findall(text)]
    if not addresses:
        raise InputError("There is neither OPML nor an address beginning with https:// or http:// in it.")
    return make_list((ListedFeed(url=address) for address in addresses), guard)


def make_list(feeds: Iterable[ListedFeed], guard: Guard) -> FeedList:
    """Fold what is one feed, and refuse by name what may not be fetched."""
    taken: list[ListedFeed] = []
    refused: list[RefusedFeed] = []
    for feed in feeds:
        fault = find_address_fault(feed.url, guard)
        if fault is None and len(taken) >= MOST_FEEDS:
            fault = f"the list holds more than {MOST_FEEDS:,} feeds"
        if fault is None:
            taken.append(feed)
        else:
            refused.append(RefusedFeed(name=feed.title or _named(feed.url), reason=fault))
    folded, count = fold_feeds(taken)
    return FeedList(feeds=folded, refused=tuple(refused), folded=count)


def write_opml(feeds: Sequence[ListedFeed], *, title: str, now: datetime) -> str:
    """Write feeds as OPML 2.0, tags as nested folders; what may not leave (`feed_lists.may_leave`) is the caller's."""
    root = _Folder()
    for feed in feeds:
        root.place(feed)
    rows = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "  <head>",
        f"    <title>{escape(clean(title), _BACKTICK)}</title>",
        f"    <dateCreated>{format_datetime(now, usegmt=True)}</dateCreated>",
        "  </head>",
        "  <body>",
        *root.rows("    "),
        "  </body>",
        "</opml>",
    ]
    return "\n".join(rows) + "\n"


@dataclass(slots=True)
class _Folder:
    """A folder on its way into a document."""

    name: str = ""
    folders: dict[str, _Folder] = field(default_factory=dict)
    feeds: list[ListedFeed] = field(default_factory=list)

    def place(self, feed: ListedFeed) -> None:
        """Put a feed into the folder that its tags lead to."""
        folder = self
        for tag in feed.tags:
            folder = folder.folders.setdefault(tag, _Folder(tag))
        folder.feeds.append(feed)

    def rows(self, indent: str) -> Iterator[str]:
        """Write what is in the folder, line by line; its feeds first."""
        for feed in self.feeds:
            name = _quote(feed.title)
            yield f'{indent}<outline type="rss" text={name} title={name} xmlUrl={_quote(feed.url)}/>'
        for folder in self.folders.values():
            name = _quote(folder.name)
            yield f"{indent}<outline text={name} title={name}>"
            yield from folder.rows(f"{indent}  ")
            yield f"{indent}</outline>"


def _quote(text: str) -> str:
    return quoteattr(clean(text), _BACKTICK)


def _feeds(text: str) -> Iterator[ListedFeed]:
    """Walk through the outlines; one without xmlUrl is a folder, and its name a tag."""
    marks = list(_OUTLINE.finditer(text))
    folders: list[str] = []
    for mark, after in zip(marks, [*marks[1:], None], strict=False):
        if mark[1]:
            del folders[-1:]
            continue
        outline = _read_outline(text[mark.end() : after.start() if after else len(text)])
        attributes = outline.attributes
        name = shorten(clean(attributes.get("title") or attributes.get("text") or ""), MAX_TITLE)
        address = clean(attributes.get("xmlurl", ""))
        if address:
            tags = read_tags((*folders[:MOST_TAGS], *_categories(attributes)))
            yield ListedFeed(url=mend_address(address), title=name, tags=tags)
        if not outline.is_closed:
            folders.append("" if address else name)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outline:
    attributes: Mapping[str, str]
    is_closed: bool


def _read_outline(segment: str) -> _Outline:
    """Read the attributes between one `<outline` and the next tag of an outline; each character is passed once."""
    attributes: dict[str, str] = {}
    end = 0
    given_up: set[str] = set()
    while (start := _ATTRIBUTE.search(segment, end)) is not None and not _TAG_END.search(segment, end, start.start()):
        close = _find_close(segment, start.end(), start[2], given_up)
        if close < 0:
            end = start.end()
            continue
        attributes.setdefault(start[1].casefold(), html.unescape(segment[start.end() : close]))
        end = close + 1
    tag_end = segment.find(">", end)
    return _Outline(attributes=attributes, is_closed=tag_end > 0 and segment[tag_end - 1] == "/")


def _find_close(segment: str, start: int, quote: str, given_up: set[str]) -> int:
    """Find the quote that ends a value: one that another attribute or the tag's end follows, else the first, else -1.

    `given_up` remembers that no such quote is left, so that a hostile file is not searched again and again.
    """
    first = close = segment.find(quote, start)
    while close >= 0 and quote not in given_up:
        if _AFTER_VALUE.match(segment, close + 1):
            return close
        close = segment.find(quote, close + 1)
    given_up.add(quote)
    return first


def _categories(attributes: Mapping[str, str]) -> list[str]:
    """Read the `category` attribute: comma-separated, each perhaps a path with slashes."""
    written = attributes.get("category", "")[:1_000]
    return [part for path in written.split(",") for part in path.split("/")]


def mend_address(address: str) -> str:
    """Read an address as people and readers write them: feed: and a missing scheme mended, a fragment taken off."""
    address = address.replace("&amp;", "&")  # some readers escape twice
    scheme, _, rest = address.partition(":")
    if scheme.casefold() == "feed":
        address = rest if is_web_url(rest) else f"https://{rest.lstrip('/')}"
    guess = f"https://{address}"
    if "://" not in address and "." in address.split("/", 1)[0] and is_web_url(guess):
        address = guess
    if not is_web_url(address):
        return address
    parts = urlsplit(address)
    return parts._replace(scheme=parts.scheme.lower(), fragment="").geturl()


def _named(address: str) -> str:
    return shown_host(address) if is_web_url(address) else shorten(address.partition("?")[0], 60)


def _without_comments(text: str) -> str:
    """Take out comments; one without an end takes the rest with it."""
    kept: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0:
        kept.append(text[at:start])
        end = text.find("-->", start + 4)
        if end < 0:
            return "".join(kept)
        at = end + 3
    return "".join([*kept, text[at:]])
