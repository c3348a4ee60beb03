"""A document's bytes to entries; runs in a worker, where it may be killed.

bytes -> unpack -> decode -> repair -> mend -> JSON Feed, or feedparser (the one authority on what XML means) -> entries
"""

from __future__ import annotations

import html
import io
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import feedparser

from bot.domain.text import clean
from bot.domain.urls import is_web_url, shown_host
from bot.feeds.caching import parse_update_period
from bot.feeds.dates import parse_date
from bot.feeds.decode import TooLargeError, decode, is_stateful, unpack
from bot.feeds.document import Document, Limits, Source
from bot.feeds.entries import Draft, absolute, build_entry, link_or_none
from bot.feeds.faster import hasten
from bot.feeds.identity import Mark, document_keys, identify, settle
from bot.feeds.jsonfeed import is_json, parse_json_feed
from bot.feeds.language import normalise_language
from bot.feeds.mend import escape_ampersands, find_bomb, find_break, find_flood, keep_first, mend
from bot.feeds.mojibake import repair_mojibake
from bot.feeds.newest import cut_newest
from bot.feeds.own_links import OWN_LINKS, note_own_links
from bot.feeds.plain import literal_text, plain_text
from bot.feeds.unseen import Cut, cut_again, cut_document

Fields = dict[str, Any]

_ROOT = re.compile(r"<(?![?!])([A-Za-z_][\w:.-]*)")
_ITEM = re.compile(r"<(?:[a-z]\w*:)?(?:item|entry)\b", re.IGNORECASE)
_SOMETHING = re.compile("[^\x00\ufeff \t\r\n]")
_NO_XML = "it is no feed: there is no XML in it"
_PAGE_TITLE = re.compile(r"<title[^>]*>([^<]{1,200})", re.IGNORECASE)
_NOT_FEEDS = {
    "html": "it is a web page, not a feed",
    "urlset": "it is a sitemap, not a feed",
    "sitemapindex": "it is a sitemap, not a feed",
    "opml": "it is a list of feeds (OPML), not a feed",
    "svg": "it is a picture, not a feed",
}
_PAGE_ROOTS = {
    "html",
    "head",
    "title",
    "meta",
    "body",
    "script",
    "style",
    "div",
    "p",
    "h1",
    "center",
    "table",
    "br",
    "font",
}
"""What web pages begin with that leave out the tag that should come first."""
_DATES = ("published", "updated", "created")
# A constant base: ids and links that are relative stay recognisable, and an id never depends on the feed's address
# (feedparser resolves ids against the base, so that a move from http to https would make every entry new). Its scheme
# is one that no news link has: links of another scheme than the base are left exactly as they were written.
_SCHEME = "gopher:"
_HERE = f"{_SCHEME}//relative.invalid"
_BASE = f"{_HERE}/~/"
hasten()
note_own_links()
_HEADERS = {"content-type": "application/xml; charset=utf-8", "content-location": _BASE}


def parse_document(source: Source, limits: Limits) -> Document:
    """Read a document's entries, in its order; never raises for what the document holds."""
    try:
        body = unpack(source.body, limits.max_bytes)
    except TooLargeError:
        return Document(problem=f"it unpacks to more than {limits.max_bytes:,} bytes (fetch.max_bytes)")
    document = _parse_again(body, source, limits) if source.seen else None
    return _parse_whole(body, source, limits) if document is None else document


def _parse_again(body: bytes, source: Source, limits: Limits) -> Document | None:
    """Read what is new of a document most of which was read before; None where all of it has to be looked at."""
    if is_stateful(body, source.content_type):
        return None
    cut = cut_again(body.removeprefix(BOM_UTF8), source.seen, limits.max_entries)
    if cut is None:
        return None
    if cut.rest is None:
        known = len(cut.known)
        return Document(language=source.language, skipped=known, left_out=cut.left_out, seen=cut.remember(()))
    try:
        # What was read before needed neither decoding nor repair, else it would not be known as it stands.
        text = cut.rest.decode()
        if find_flood(text) or repair_mojibake(text) != text:
            return None
        result = run_feedparser(_mend(text).encode("utf-8", "replace"))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever it is, reading all of the document says it better
        return None
    if len(result["entries"]) != len(cut.digests) or not result.get("version"):
        return None
    return replace(_build_document(result, source, limits.max_entries, cut), left_out=cut.left_out)


def _parse_whole(body: bytes, source: Source, limits: Limits) -> Document:
    text = repair_mojibake(decode(body, source.content_type))
    if not _SOMETHING.search(text):
        return Document(problem="it is empty")
    if is_json(text):
        document = parse_json_feed(text, source, limits.max_entries)
        return replace(document, keys=tuple(document_keys(document.entries, source.url)))
    text, left_out = keep_first(text, limits.max_entries)
    end = find_break(text)
    document = _parse_xml(text[:end], source, limits)
    if document.problem or (end is None and not left_out):
        return document
    return replace(document, left_out=left_out, is_cut_off=end is not None)


def parse_newest(source: Source, limits: Limits) -> Document | None:
    """Read the newest items alone of a document that was never read; None where reading it all is what is left."""
    try:
        text = repair_mojibake(decode(unpack(source.body, limits.max_bytes), source.content_type))
        text, _ = keep_first(text, limits.max_entries)
        cut = None if find_flood(text) else cut_newest(text.encode("utf-8", "surrogatepass"))
        if cut is None or cut.rest is None:
            return None
        result = run_feedparser(_mend(cut.rest.decode("utf-8")).encode("utf-8", "replace"))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever it is, reading all of the document says it better
        return None
    is_whole = len(result["entries"]) == len(cut.digests)
    return _build_document(result, source, limits.max_entries, cut) if is_whole else None


class _UnreadableError(Exception):
    """A document is not to be read; says why."""


def _parse_xml(text: str, source: Source, limits: Limits) -> Document:
    try:
        cut, wanted = _leave_out_known(text, source.seen, limits.max_entries)
        if cut is not None and wanted is None:
            return Document(language=source.language, skipped=len(cut.known), seen=cut.remember(()))
        mended = wanted or ""
        result = run_feedparser(mended.encode("utf-8", "replace"))
        if cut is not None and len(result["entries"]) != len(cut.digests):
            cut, mended = None, _mend(text)
            result = run_feedparser(mended.encode("utf-8", "replace"))
    except _UnreadableError as unreadable:
        return Document(problem=str(unreadable))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - feedparser raises many kinds for odd documents; each is one bad feed
        return Document(problem=f"its XML cannot be read ({type(error).__name__})")
    if not result["entries"] and not result.get("version"):
        return Document(problem=_explain_no_feed(mended))
    document = _build_document(result, source, limits.max_entries, cut)
    if not document.entries and not document.skipped and result.get("bozo") and _ITEM.search(mended):
        return Document(problem="its XML is broken: none of its items can be read")
    return document


def _leave_out_known(text: str, seen: bytes, max_entries: int) -> tuple[Cut | None, str | None]:
    """Return what is to be read of a document, mended, and how it was cut; nothing is mended that was read before.

    A document that is well-formed as it stands is cut first: mending the whole of it costs more than reading an item.
    Raises _UnreadableError for what would only burn time in any parser, and for no XML at all.
    """
    flood = find_flood(text)
    if flood is not None:
        raise _UnreadableError(flood)
    cut = cut_document(text.encode("utf-8", "surrogatepass"), seen, max_entries)
    if cut is not None:
        return cut, None if cut.rest is None else _mend(cut.rest.decode("utf-8"))
    mended = escape_ampersands(_mend(text))
    cut = cut_document(mended.encode("utf-8", "replace"), seen, max_entries)
    if cut is None:
        return None, mended
    return cut, None if cut.rest is None else cut.rest.decode("utf-8")


def _mend(text: str) -> str:
    bomb = find_bomb(text)
    if bomb is not None:
        raise _UnreadableError(bomb)
    mended = mend(text)
    if not mended:
        raise _UnreadableError(_NO_XML)
    return mended


def run_feedparser(data: bytes) -> Fields:
    """Read a document in UTF-8; feedparser raises many kinds of errors for odd ones."""
    result: Fields = feedparser.parse(
        io.BytesIO(data), response_headers=dict(_HEADERS), sanitize_html=False, resolve_relative_uris=False
    )
    return result


def _explain_no_feed(text: str) -> str:
    found = _ROOT.search(text)
    if found is None:
        return _NO_XML
    root = found[1].rpartition(":")[2].lower()
    if root in _PAGE_ROOTS or "<html" in text[:2000].lower():
        title = find_page_title(text)
        return _NOT_FEEDS["html"] + (f' (its title: "{title}")' if title else "")
    return _NOT_FEEDS.get(root, f"it is no feed: its root element is <{root[:40]}>")


def find_page_title(text: str) -> str:
    """Return what a web page is called, "" where it does not say."""
    title = _PAGE_TITLE.search(text[:20_000])
    return plain_text(title[1]) if title else ""


def _build_document(result: Fields, source: Source, max_entries: int, cut: Cut | None) -> Document:
    feed: Fields = result["feed"]
    language = normalise_language(_text(feed, "language"))
    is_atom = str(result["version"]).startswith("atom")
    base = _find_base(feed, source.url, is_atom=is_atom)
    entries = [
        build_entry(
            _draft(item, base, is_atom=is_atom, is_loose=bool(result.get("bozo"))),
            (_text(item, "language"), _detail_language(item), source.language, language),
        )
        for item in result["entries"][:max_entries]
    ]
    identities = [None if entry is None else identify(entry, source.url) for entry in entries]
    kept = [identity for identity in identities if identity is not None]
    return Document(
        title=_title(feed, is_atom=is_atom),
        language=source.language or language,
        entries=tuple(identity.entry for identity in kept),
        keys=tuple(settle(kept, cut.known.values() if cut else ())),
        skipped=len(cut.known) if cut else 0,
        asked=parse_update_period(
            _text(feed, "ttl"), _text(feed, "sy_updateperiod"), _text(feed, "sy_updatefrequency")
        ),
        # Of a document that had to be read whole nothing is remembered.
        seen=b"" if cut is None else cut.remember([Mark() if found is None else found.mark for found in identities]),
    )


def _find_base(feed: Fields, url: str, *, is_atom: bool) -> str:
    """What relative links start from: in RSS the channel's own link, in Atom the document (RFC 4287 section 2)."""
    return url if is_atom and url else next(_addresses(feed, url), url)


def _draft(item: Fields, base: str, *, is_atom: bool, is_loose: bool) -> Draft:
    guid = _unbased(_text(item, "id")).strip()
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


def _text(fields: Fields, name: str) -> str:
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
    for written in (*own, *(_text(link, "href") for link in alternates)):
        address = link_or_none(absolute(_unbased(written.strip()), base))
        if address is not None:
            yield address


def _unbased(address: str) -> str:
    """Take off our constant base again: what is left is what the feed wrote."""
    for prefix in (_BASE, _HERE, _SCHEME):
        if address.startswith(prefix):
            return address.removeprefix(prefix)
    return address


def _title(fields: Fields, *, is_atom: bool) -> str:
    kind = _text(_record(fields, "title_detail"), "type")
    value = _text(fields, "title")
    return literal_text(value) if is_atom and kind == "text/plain" else plain_text(value)


def _texts(item: Fields) -> Iterator[str]:
    yield plain_text(_text(item, "summary"))
    for content in _list(item, "content"):
        kind = _text(content, "type")
        if not kind or kind.startswith("text/") or kind.endswith("xml"):
            yield plain_text(_text(content, "value"))


def _outlet(item: Fields) -> str | None:
    """The outlet that an aggregator names in `<source>`; a bare address there is shown as its host."""
    source = _record(item, "source")
    name = clean(plain_text(_text(source, "title")))
    if name and not is_web_url(name):
        return name.removeprefix("www.")[:200]
    address = name or _text(source, "href")
    return shown_host(address).removeprefix("www.") if is_web_url(address) else None


def _published_at(item: Fields) -> datetime | None:
    # Some systems put <time datetime="…"> into pubDate, beside a text for people.
    written = [_text(_record(item, "time"), "datetime"), *(_text(item, name) for name in _DATES)]
    return next((date for date in map(parse_date, written) if date is not None), None)


def _detail_language(item: Fields) -> str:
    """xml:lang as it holds at the title or the text."""
    for name in ("title_detail", "summary_detail"):
        language = _text(_record(item, name), "language")
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
            yield _text(medium, "url")
    for thumbnail in _list(item, "media_thumbnail"):
        yield _text(thumbnail, "url")
    for link in _list(item, "links"):
        if link.get("rel") == "enclosure" and _is_image(link):
            yield _text(link, "href")
    yield _text(_record(item, "image"), "href")


def _is_image(medium: Fields) -> bool:
    kind = _text(medium, "type") or _text(medium, "medium")
    if kind:
        return kind.startswith("image")
    address = _text(medium, "url") or _text(medium, "href")
    return urlsplit(_unbased(address)).path.lower().endswith((".jpg", ".jpeg", ".png", ".webp", ".gif"))
