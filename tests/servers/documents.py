"""Feeds that tests write: items are added, changed and removed, and the document is valid RSS 2.0 or Atom."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Literal
from xml.etree import ElementTree as ET

Form = Literal["rss", "atom"]
ATOM, CONTENT, DC = (
    "http://www.w3.org/2005/Atom",
    "http://purl.org/rss/1.0/modules/content/",
    "http://purl.org/dc/elements/1.1/",
)
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(slots=True, kw_only=True)
class FeedItem:
    """One item; `text` is HTML, a guid of "" is left out, and so is a date of None."""

    title: str
    link: str
    guid: str
    text: str = ""
    content: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    author: str = ""
    outlet: str = ""
    outlet_url: str = ""
    categories: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Feed:
    """A feed, newest item first; an item's defaults make it whole."""

    form: Form = "rss"
    title: str = "Feed"
    language: str = "en"
    link: str = "https://outlet.example"
    items: list[FeedItem] = field(default_factory=list)
    _count: int = 0

    def add(
        self,
        *,
        title: str,
        link: str | None = None,
        guid: str | None = None,
        text: str = "",
        content: str = "",
        published_at: datetime | None = None,
        outlet: str = "",
        categories: list[str] | None = None,
    ) -> FeedItem:
        """Add an item in front; link, guid and date are made up where they are not given."""
        self._count += 1
        link = f"{self.link}/{self._count}" if link is None else link
        item = FeedItem(
            title=title,
            link=link,
            guid=link or f"urn:item:{self._count}" if guid is None else guid,
            text=text,
            content=content,
            published_at=published_at or EPOCH + timedelta(minutes=self._count),
            outlet=outlet,
            outlet_url=f"https://{outlet.lower().replace(' ', '-')}.example" if outlet else "",
            categories=categories or [],
        )
        self.items.insert(0, item)
        return item

    def changed_at(self) -> datetime | None:
        """Return the latest date of an item."""
        dates = [at for item in self.items for at in (item.published_at, item.updated_at) if at]
        return max(dates, default=None)

    def render(self) -> bytes:
        """Write the document, in UTF-8."""
        root = _rss(self) if self.form == "rss" else _atom(self)
        ET.indent(root)
        rendered: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
        return rendered


def _rss(feed: Feed) -> ET.Element:
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _texts(channel, {"title": feed.title, "link": feed.link, "description": feed.title, "language": feed.language})
    for item in feed.items:
        node = ET.SubElement(channel, "item")
        _texts(node, {"title": item.title, "link": item.link, "description": item.text})
        if item.guid:
            is_link = "true" if item.guid == item.link else "false"
            ET.SubElement(node, "guid", isPermaLink=is_link).text = item.guid
        _texts(node, {"pubDate": format_datetime(item.published_at) if item.published_at else ""})
        _texts(node, {f"{{{DC}}}creator": item.author, f"{{{CONTENT}}}encoded": item.content})
        for category in item.categories:
            _texts(node, {"category": category})
        if item.outlet:
            ET.SubElement(node, "source", url=item.outlet_url).text = item.outlet
    return root


def _atom(feed: Feed) -> ET.Element:
    root = ET.Element(f"{{{ATOM}}}feed", {"xml:lang": feed.language})
    updated_at = feed.changed_at() or EPOCH
    _texts(root, _atomic({"title": feed.title, "id": feed.link, "updated": updated_at.isoformat()}))
    ET.SubElement(root, f"{{{ATOM}}}link", rel="alternate", href=feed.link)
    ET.SubElement(ET.SubElement(root, f"{{{ATOM}}}author"), f"{{{ATOM}}}name").text = feed.title
    for item in feed.items:
        node = ET.SubElement(root, f"{{{ATOM}}}entry")
        at = item.updated_at or item.published_at or EPOCH
        _texts(node, _atomic({"title": item.title, "id": item.guid or item.link, "updated": at.isoformat()}))
        _texts(node, _atomic({"published": item.published_at.isoformat() if item.published_at else ""}))
        if item.link:
            ET.SubElement(node, f"{{{ATOM}}}link", rel="alternate", href=item.link)
        for name, html in (("summary", item.text), ("content", item.content)):
            if html:
                ET.SubElement(node, f"{{{ATOM}}}{name}", type="html").text = html
        for category in item.categories:
            ET.SubElement(node, f"{{{ATOM}}}category", term=category)
        if item.author:
            ET.SubElement(ET.SubElement(node, f"{{{ATOM}}}author"), f"{{{ATOM}}}name").text = item.author
        if item.outlet:
            source = ET.SubElement(node, f"{{{ATOM}}}source")
            _texts(source, _atomic({"id": item.outlet_url, "title": item.outlet, "updated": at.isoformat()}))
    return root


def _atomic(texts: dict[str, str]) -> dict[str, str]:
    return {f"{{{ATOM}}}{name}": text for name, text in texts.items()}


def _texts(node: ET.Element, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        if text:
            ET.SubElement(node, name).text = text
