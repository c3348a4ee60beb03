"""What feedparser's fields say of an item, and of the head of its document."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from bot.domain.text import clean, shorten
from bot.domain.urls import is_web_url, shown_host
from bot.feeds.caching import parse_update_period
from bot.feeds.dates import parse_date
from bot.feeds.document import TITLE_LIMIT, Source
from bot.feeds.entries import Draft, absolute, link_or_none
from bot.feeds.language import normalise_language
from bot.feeds.own_links import OWN_LINKS
from bot.feeds.plain import literal_text, plain_text
from bot.feeds.unseen import Facts

Fields = dict[str, Any]

_DATES = ("published", "updated", "created")
# A constant base: ids and links that are relative stay recognisable, and an id never depends on the feed's address
# (feedparser resolves ids against the base, so that a move from http to https would make every entry new). Its scheme
# is one that no news link has: links of another scheme than the base are left exactly as they were written.
_SCHEME = "gopher:"
_HERE = f"{_SCHEME}//relative.invalid"
BASE = f"{_HERE}/~/"


def find_facts(feed: Fields, source: Source, *, is_atom: bool) -> Facts:
    """Find what a head says. Relative links start from an RSS channel's own link, in Atom from the document.

    RFC 4287 section 2.
    """
    return Facts(
        title=shorten(_title(feed, is_atom=is_atom), TITLE_LIMIT),
        language=normalise_language(text_of(feed, "language")),
        link="" if is_atom and source.url else next(_addresses(feed, source.url), ""),
        asked=parse_update_period(
            text_of(feed, "ttl"), text_of(feed, "sy_updateperiod"), text_of(feed, "sy_updatefrequency")
        ),
    )


def draft_item(item: Fields, base: str, *, is_atom: bool, is_loose: bool) -> Draft:
    """Find what an item says; relative links start from `base`, and `is_loose` is the parser for broken documents."""
    guid = _unbased(text_of(item, "id")).strip()
    if is_loose:
        # feedparser's parser for broken documents leaves these; an entry is the same when its document is mended.
        guid = html.unescape(guid)
    link = next(_addresses(item, base), None)
    if link is None and dict.get(item, "guidislink", False):
        link = link_or_none(absolute(guid, base) if guid.startswith("/") else guid)
    return Draft(
        guid=guid or None,
        link=link,
        title=_title(item, is_atom=is_atom),
        texts=list(_texts(item)),
        outlet=_outlet(item),
        published_at=_published_at(item),
        image_url=_image(item, base),
    )


def text_of(fields: Fields, name: str) -> str:
    """Return a field that is a text, "" where there is none."""
    # dict.get: the item's own fields alone; feedparser's dictionaries answer for other names too, with warnings.
    value = dict.get(fields, name)
    return value if isinstance(value, str) else ""


def _list(fields: Fields, name: str) -> list[Fields]:
    value = dict.get(fields, name)
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _record(fields: Fields, name: str) -> Fields:
    value = dict.get(fields, name)
    return value if isinstance(value, dict) else {}


def _addresses(fields: Fields, base: str) -> Iterator[str]:
    """The addresses of the thing itself, first one first; a later link is often another story's.

    An RSS item's own `<link>` comes before all that Atom and other spaces add, wherever these stand.
    """
    own = dict.get(fields, OWN_LINKS, [])
    alternates = (link for link in _list(fields, "links") if link.get("rel", "alternate") == "alternate")
    for written in (*own, *(text_of(link, "href") for link in alternates)):
        address = link_or_none(absolute(_unbased(written.strip()), base))
        if address is not None:
            yield address


def _unbased(address: str) -> str:
    """Take off our constant base again: what is left is what the feed wrote."""
    for prefix in (BASE, _HERE, _SCHEME):
        if address.startswith(prefix):
            return address.removeprefix(prefix)
    return address


def _title(fields: Fields, *, is_atom: bool) -> str:
    kind = text_of(_record(fields, "title_detail"), "type")
    value = text_of(fields, "title")
    return literal_text(value) if is_atom and kind == "text/plain" else plain_text(value)


def _texts(item: Fields) -> Iterator[str]:
    yield plain_text(text_of(item, "summary"))
    for content in _list(item, "content"):
        kind = text_of(content, "type")
        if not kind or kind.startswith("text/") or kind.endswith("xml"):
            yield plain_text(text_of(content, "value"))


def _outlet(item: Fields) -> str | None:
    """The outlet that an aggregator names in `<source>`; a bare address there is shown as its host."""
    source = _record(item, "source")
    name = clean(plain_text(text_of(source, "title")))
    if name and not is_web_url(name):
        return name.removeprefix("www.")[:200]
    address = name or text_of(source, "href")
    return shown_host(address).removeprefix("www.") if is_web_url(address) else None


def _published_at(item: Fields) -> datetime | None:
    # Some systems put <time datetime="…"> into pubDate, beside a text for people.
    written = [text_of(_record(item, "time"), "datetime"), *(text_of(item, name) for name in _DATES)]
    return next((date for date in map(parse_date, written) if date is not None), None)


def detail_language(item: Fields) -> str:
    """xml:lang as it holds at the title or the text."""
    for name in ("title_detail", "summary_detail"):
        language = text_of(_record(item, name), "language")
        if language:
            return language
    return ""


def _image(item: Fields, base: str) -> str | None:
    for candidate in _images(item):
        address = link_or_none(absolute(_unbased(candidate.strip()), base))
        if address is not None:
            return address
    return None


def _images(item: Fields) -> Iterator[str]:
    for medium in _list(item, "media_content"):
        if _is_image(medium):
            yield text_of(medium, "url")
    for thumbnail in _list(item, "media_thumbnail"):
        yield text_of(thumbnail, "url")
    for link in _list(item, "links"):
        if link.get("rel") == "enclosure" and _is_image(link):
            yield text_of(link, "href")
    yield text_of(_record(item, "image"), "href")


def _is_image(medium: Fields) -> bool:
    kind = text_of(medium, "type") or text_of(medium, "medium")
    if kind:
        return kind.startswith("image")
    address = text_of(medium, "url") or text_of(medium, "href")
    return urlsplit(_unbased(address)).path.lower().endswith((".jpg", ".jpeg", ".png", ".webp", ".gif"))
