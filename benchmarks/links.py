"""A second opinion on each item's link: what the documents say by the rules of their formats, read by another parser.

RSS 2.0 and 1.0: the item's own `<link>`, else a guid that is a permanent link. Atom: the first link whose relation is
alternate or missing, from the base in force there. Nothing here shares code with the reader that is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from lxml import etree

_ATOM = {"http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"}
_RSS = {"", "http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/", "http://backend.userland.com/rss2"}
_BASE = "{http://www.w3.org/XML/1998/namespace}base"


# What a strict reader stumbles over and a lenient one reads past: a bare ampersand, characters that XML forbids.
_AMPERSAND = re.compile(rb"<!\[CDATA\[.*?\]\]>|&(?!#?\w{1,32};)", re.DOTALL)
_FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def list_links(body: bytes, url: str) -> list[str | None] | None:
    """List the link of every item, None for an item without one; None where this parser cannot read the document."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False)
    try:
        # Not in a mode that recovers: after its first error libxml2 loses every escaped ampersand.
        root = etree.fromstring(_mended(body), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    channel_link = next((_text(link) for link in root.iter("*") if _is(link, "link", _RSS) and _text(link)), "")
    base = channel_link if _is_web(channel_link) else url
    links: list[str | None] = []
    for element in root.iter("*"):
        if _is(element, "entry", _ATOM):
            links.append(next(filter(_is_web, _atom_links(element, url)), None))
        elif _is(element, "item", _RSS):
            links.append(next(filter(_is_web, _rss_links(element, base)), None))
    return links


def _mended(body: bytes) -> bytes:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body
    return _FORBIDDEN.sub(b"", _AMPERSAND.sub(lambda found: b"&amp;" if found[0] == b"&" else found[0], body.strip()))


def _atom_links(entry: etree._Element, url: str) -> Iterator[str]:
    for link in entry.iterchildren("*"):
        if _is(link, "link", _ATOM) and (link.get("rel") or "alternate") == "alternate":
            base = url
            for element in reversed([link, *link.iterancestors()]):
                base = urljoin(base, str(element.get(_BASE) or ""))
            yield urljoin(base, str(link.get("href") or "").strip())


def _rss_links(item: etree._Element, base: str) -> Iterator[str]:
    for link in item.iterchildren("*"):
        if _is(link, "link", _RSS) and _text(link):
            yield urljoin(base, _text(link))
    for guid in item.iterchildren("*"):
        if _is(guid, "guid", _RSS) and (guid.get("isPermaLink") or "true").strip().lower() != "false":
            yield urljoin(base, _text(guid)) if _text(guid).startswith("/") else _text(guid)


def _is(element: etree._Element, name: str, spaces: set[str]) -> bool:
    found = etree.QName(element)
    return found.localname == name and (found.namespace or "") in spaces


def _text(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext()).strip()


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
