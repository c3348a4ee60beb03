"""A document's bytes to entries; runs in a worker, where it may be killed.

bytes -> unpack -> decode -> repair -> mend -> JSON Feed, or feedparser (the one authority on what XML means) -> entries
"""

from __future__ import annotations

import io
import re
from codecs import BOM_UTF8
from dataclasses import replace

import feedparser

from bot.feeds.decode import TooLargeError, decode, is_stateful, unpack
from bot.feeds.document import Document, Limits, Source
from bot.feeds.entries import build_entry
from bot.feeds.faster import hasten
from bot.feeds.fields import BASE, Fields, detail_language, draft_item, find_facts, text_of
from bot.feeds.identity import Mark, document_keys, identify, settle
from bot.feeds.jsonfeed import is_json, parse_json_feed
from bot.feeds.mend import escape_ampersands, find_bomb, find_break, find_flood, keep_first, mend
from bot.feeds.mojibake import repair_mojibake
from bot.feeds.newest import cut_newest
from bot.feeds.own_links import note_own_links
from bot.feeds.plain import plain_text
from bot.feeds.sax import ItemLeftOutError
from bot.feeds.unread import leaving_out_unread, spare
from bot.feeds.unseen import Cut, Facts, cut_again, cut_document

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
hasten()
spare()
note_own_links()
_HEADERS = {"content-type": "application/xml; charset=utf-8", "content-location": BASE}


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
        return _read_nothing(cut, source)
    try:
        # What was read before needed neither decoding nor repair, else it would not be known as it stands.
        text = cut.rest.decode()
        if find_flood(text) or repair_mojibake(text) != text:
            return None
        result = run_feedparser(_mend(text).encode("utf-8", "replace"), is_head_known=cut.facts is not None)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever it is, reading all of the document says it better
        return None
    if len(result["entries"]) != len(cut.digests) or not result.get("version"):
        return None
    return replace(_build_document(result, source, limits.max_entries, cut), left_out=cut.left_out)


def _read_nothing(cut: Cut, source: Source) -> Document:
    """Make the document of which everything was read before."""
    facts = cut.facts or Facts()
    return Document(
        title=facts.title,
        language=source.language or facts.language,
        skipped=len(cut.known),
        left_out=cut.left_out,
        asked=facts.asked,
        seen=cut.remember(facts, ()),
    )


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
            return _read_nothing(cut, source)
        mended = wanted or ""
        is_head_known = cut is not None and cut.facts is not None
        result = run_feedparser(mended.encode("utf-8", "replace"), is_head_known=is_head_known)
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


def run_feedparser(data: bytes, *, is_head_known: bool = False) -> Fields:
    """Read of a document in UTF-8 what is read here; feedparser raises many kinds of errors for odd ones.

    A known head need not be read where it stands in the elements of RSS or Atom.
    """
    with leaving_out_unread(head=is_head_known):
        result = _run(data)
    return _run(data) if isinstance(result.get("bozo_exception"), ItemLeftOutError) else result


def _run(data: bytes) -> Fields:
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
    is_atom = str(result["version"]).startswith("atom")
    facts = (cut.facts if cut else None) or find_facts(result["feed"], source, is_atom=is_atom)
    base = facts.link or source.url
    entries = [
        build_entry(
            draft_item(item, base, is_atom=is_atom, is_loose=bool(result.get("bozo"))),
            (text_of(item, "language"), detail_language(item), source.language, facts.language),
        )
        for item in result["entries"][:max_entries]
    ]
    identities = [None if entry is None else identify(entry, source.url) for entry in entries]
    kept = [identity for identity in identities if identity is not None]
    return Document(
        title=facts.title,
        language=source.language or facts.language,
        entries=tuple(identity.entry for identity in kept),
        keys=tuple(settle(kept, cut.known.values() if cut else ())),
        skipped=len(cut.known) if cut else 0,
        asked=facts.asked,
        # Of a document that had to be read whole nothing is remembered.
        seen=b"" if cut is None else cut.remember(facts, [each.mark if each else Mark() for each in identities]),
    )
