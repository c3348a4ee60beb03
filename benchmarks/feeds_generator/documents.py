"""Feeds as data, and as the RSS 2.0 or Atom document that a publisher would serve."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Literal

Kind = Literal["rss", "atom"]
_RSS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:media="http://search.yahoo.com/mrss/">\n<channel>\n'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entry as the publisher has it; `summary` and `content` are HTML."""

    title: str
    link: str
    guid: str
    at: datetime
    author: str
    categories: tuple[str, ...]
    summary: str
    content: str | None
    image: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A publisher's feed, newest item first; `is_escaped` RSS escapes its HTML, other RSS wraps it in CDATA."""

    title: str
    about: str
    language: str
    address: str
    kind: Kind
    is_escaped: bool
    items: tuple[Item, ...]


def write_document(site: Site) -> bytes:
    """Write the feed as its kind of document."""
    return (_write_rss(site) if site.kind == "rss" else _write_atom(site)).encode()


def _write_rss(site: Site) -> str:
    head = (
        f"<title>{_escape(site.title)}</title>\n<link>{site.address}/</link>\n"
        f"<description>{_escape(site.about)}</description>\n"
        f'<atom:link href="{site.address}/feed" rel="self" type="application/rss+xml" />\n'
        f"<language>{site.language}</language>\n"
        f"<lastBuildDate>{format_datetime(site.items[0].at)}</lastBuildDate>\n<ttl>30</ttl>\n"
    )
    items = "".join(_write_rss_item(item, is_escaped=site.is_escaped) for item in site.items)
    return f"{_RSS_HEAD}{head}{items}</channel>\n</rss>\n"


def _write_rss_item(item: Item, *, is_escaped: bool) -> str:
    summary = _escape(item.summary) if is_escaped else _cdata(item.summary)
    head = (
        f"<item>\n<title>{_escape(item.title)}</title>\n<link>{_escape(item.link)}</link>\n"
        f'<guid isPermaLink="false">{_escape(item.guid)}</guid>\n<pubDate>{format_datetime(item.at)}</pubDate>\n'
        f"<dc:creator>{_cdata(item.author)}</dc:creator>\n"
    )
    parts = [
        head,
        *(f"<category>{_cdata(category)}</category>\n" for category in item.categories),
        f"<description>{summary}</description>\n",
    ]
    if item.content is not None:
        parts.append(f"<content:encoded>{_cdata(item.content)}</content:encoded>\n")
    if item.image is not None:
        parts.append(f'<media:content url="{item.image}" medium="image" width="1200" height="675" />\n')
    return "".join(parts) + "</item>\n"


def _write_atom(site: Site) -> str:
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{site.language}">\n'
        f"<title>{_escape(site.title)}</title>\n<subtitle>{_escape(site.about)}</subtitle>\n"
        f'<id>{site.address}/</id>\n<link href="{site.address}/" rel="alternate" type="text/html" />\n'
        f'<link href="{site.address}/feed" rel="self" />\n<updated>{_iso(site.items[0].at)}</updated>\n'
    )
    return head + "".join(_write_atom_entry(item, site.address) for item in site.items) + "</feed>\n"


def _write_atom_entry(item: Item, address: str) -> str:
    head = (
        f'<entry>\n<title type="html">{_escape(_escape(item.title))}</title>\n'
        f'<link href="{_escape(item.link)}" rel="alternate" type="text/html" />\n<id>{_escape(item.guid)}</id>\n'
        f"<published>{_iso(item.at)}</published>\n<updated>{_iso(item.at)}</updated>\n"
        f"<author><name>{_escape(item.author)}</name></author>\n"
    )
    parts = [
        head,
        *(f'<category term="{_escape(category)}" />\n' for category in item.categories),
        f'<summary type="html">{_escape(item.summary)}</summary>\n',
    ]
    if item.content is not None:
        parts.append(f'<content type="html" xml:base="{address}/">{_escape(item.content)}</content>\n')
    return "".join(parts) + "</entry>\n"


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


def _cdata(text: str) -> str:
    return f"<![CDATA[{text}]]>"


def _iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
