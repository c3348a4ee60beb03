"""A topic's stories as feeds: Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as Xml

from bot.domain.models import ArticleId, Topic
from bot.domain.text import shorten
from bot.domain.views import StoryLine

ATOM = "http://www.w3.org/2005/Atom"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MOST_TOLD = 320
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Xml.register_namespace("", ATOM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What a feed says: a topic's stories, and the addresses of the topic's page, of the feed and of story pages.

    `name_id` makes an id that stays, whatever becomes of addresses: from "topic" and "story 12". `texts` are the texts
    of the stories' first reports.
    """

    topic: Topic
    stories: Sequence[StoryLine]
    page: str
    itself: str
    story_root: str
    name_id: Callable[[str], str]
    texts: Mapping[ArticleId, str]

    @property
    def updated_at(self) -> datetime:
        """When the newest of it changed."""
        return max((story.updated_at for story in self.stories), default=datetime(1970, 1, 1, tzinfo=UTC))

    def address(self, story: StoryLine) -> str:
        """Return the address of a story's page."""
        return f"{self.story_root}/{story.id}"

    def id_of(self, story: StoryLine) -> str:
        """Return what a story is known by (RFC 4287, 4.2.6: the same for ever)."""
        return self.name_id(f"story {story.id}")


def write_atom(issue: Issue) -> bytes:
    """Write an Atom feed; a story links to its page, and to the first report as what it was found by."""
    feed = Xml.Element(f"{{{ATOM}}}feed")
    _add(feed, "id", issue.name_id("topic"))
    _add(feed, "title", f"{issue.topic.title} · Topicwire")
    _add(feed, "updated", _instant(issue.updated_at))
    _add(_add(feed, "author"), "name", "Topicwire")
    _add(feed, "link", rel="self", type="application/atom+xml", href=issue.itself)
    _add(feed, "link", rel="alternate", type="text/html", href=issue.page)
    for story in issue.stories:
        entry = _add(feed, "entry")
        if story.first.language:
            entry.set(XML_LANG, _NOT_XML.sub("", story.first.language))
        _add(entry, "id", issue.id_of(story))
        _add(entry, "title", story.headline)
        _add(entry, "updated", _instant(story.updated_at))
        _add(entry, "published", _instant(story.first.published_at))
        _add(entry, "link", rel="alternate", type="text/html", href=issue.address(story))
        if story.first.link:
            _add(entry, "link", rel="via", href=story.first.link)
        _add(entry, "summary", _tell(story, issue.texts))
    return bytes(Xml.tostring(feed, encoding="utf-8", xml_declaration=True))


def write_json_feed(issue: Issue) -> bytes:
    """Write a JSON Feed."""
    items = [
        {
            "id": issue.id_of(story),
            "url": issue.address(story),
            **({"external_url": story.first.link} if story.first.link else {}),
            "title": story.headline,
            "content_text": _tell(story, issue.texts),
            "date_published": _instant(story.first.published_at),
            "date_modified": _instant(story.updated_at),
            **({"language": story.first.language} if story.first.language else {}),
            "tags": list(story.topics),
        }
        for story in issue.stories
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{issue.topic.title} · Topicwire",
        "home_page_url": issue.page,
        "feed_url": issue.itself,
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _tell(story: StoryLine, texts: Mapping[ArticleId, str]) -> str:
    """Say how the first report begins, and who has it."""
    begins = shorten(texts.get(story.first.id, ""), MOST_TOLD)
    who = f"{story.first.outlet} +{story.outlets - 1}" if story.outlets > 1 else story.first.outlet
    return f"{begins} ({who})" if begins else who


def _add(parent: Xml.Element, name: str, text: str | None = None, **attributes: str) -> Xml.Element:
    made = Xml.SubElement(
        parent, f"{{{ATOM}}}{name}", {key: _NOT_XML.sub("", value) for key, value in attributes.items()}
    )
    made.text = _NOT_XML.sub("", text) if text is not None else None
    return made


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
