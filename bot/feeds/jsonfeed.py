"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/), read as leniently as XML feeds are."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from itertools import islice
from typing import Any

from bot.domain.feeds import Entry
from bot.domain.text import clean
from bot.feeds.dates import parse_date
from bot.feeds.document import Document, Source
from bot.feeds.entries import Draft, absolute, build_entry, link_or_none
from bot.feeds.language import normalise_language
from bot.feeds.plain import literal_text, plain_text


def is_json(text: str) -> bool:
    """Tell whether a document can only be JSON."""
    return text.lstrip()[:1] in {"{", "["}


def parse_json_feed(text: str, source: Source, max_entries: int) -> Document:
    """Read a JSON Feed; a document that is none gets a problem in words."""
    try:
        root = json.loads(text)
    except (ValueError, RecursionError):
        return Document(problem="it is JSON, but broken: the feed's publisher has to mend it")
    if not isinstance(root, dict) or "jsonfeed.org" not in str(root.get("version", "")):
        return Document(problem="it is JSON, but not a JSON Feed")
    items = root.get("items")
    if not isinstance(items, list):
        return Document(problem="it is a JSON Feed without a list of items")
    language = normalise_language(_text(root, "language"))
    base = link_or_none(_text(root, "home_page_url")) or source.url
    entries = tuple(islice(_entries(items, source, language, base), max_entries))
    return Document(
        title=literal_text(_text(root, "title")),
        language=source.language or language,
        entries=entries,
        left_out=max(len(items) - max_entries, 0),
    )


def _entries(items: list[Any], source: Source, language: str | None, base: str) -> Iterator[Entry]:
    for item in items:
        if isinstance(item, dict):
            entry = build_entry(_draft(item, base), (_text(item, "language"), source.language, language))
            if entry is not None:
                yield entry


def _draft(item: dict[str, Any], base: str) -> Draft:
    guid = _text(item, "id").strip()
    address = _text(item, "url") or _text(item, "external_url")
    published = parse_date(_text(item, "date_published")) or parse_date(_text(item, "date_modified"))
    full = plain_text(_text(item, "content_html")) or clean(_text(item, "content_text"))
    return Draft(
        guid=guid or None,
        link=link_or_none(absolute(address, base)) or link_or_none(guid),
        title=literal_text(_text(item, "title")),
        texts=[literal_text(_text(item, "summary")), full],
        published_at=published,
        image_url=_image(item, base),
    )


def _image(item: dict[str, Any], base: str) -> str | None:
    """The item's own image, else its banner, else the first attachment that is one."""
    attached = item.get("attachments")
    media = [medium for medium in attached if isinstance(medium, dict)] if isinstance(attached, list) else []
    pictures = [_text(medium, "url") for medium in media if _text(medium, "mime_type").startswith("image/")]
    written = [_text(item, "image"), _text(item, "banner_image"), *pictures]
    return next((link for address in written if (link := link_or_none(absolute(address, base)))), None)


def _text(record: dict[str, Any], name: str) -> str:
    """A field's text; numbers are what several generators write for ids and dates."""
    value = record.get(name)
    if isinstance(value, bool) or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, str):
        # JSON can escape half a surrogate pair, which no text can be written with.
        return value.encode("utf-8", "ignore").decode()
    return str(value) if isinstance(value, int | float) else ""
