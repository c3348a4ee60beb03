"""The last steps that every format shares: from what was found to an Entry, or to nothing where nothing was said."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote, urljoin, urlsplit

from bot.domain.feeds import Entry
from bot.domain.text import clean, shorten
from bot.domain.urls import is_web_url, shown_host
from bot.feeds.document import TEXT_LIMIT, TITLE_LIMIT
from bot.feeds.language import decide_language
from bot.feeds.plain import join_texts

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LONGEST_URL = 4_096
_UNSEEN = (range(0x200B, 0x2010), range(0x2028, 0x202F), range(0x2060, 0x206A))
_AROUND = " \t\n\r\x0b\x0c\u00a0\u00ad\ufeff" + "".join(chr(code) for some in _UNSEEN for code in some)
_LINE_BREAKS = re.compile("[\t\n\r]+ *")
_FALLBACK_TITLE = 120


@dataclass(slots=True, kw_only=True)
class Draft:
    """What was found of one item, plain but not yet judged."""

    guid: str | None = None
    link: str | None = None
    title: str = ""
    texts: list[str] = field(default_factory=list)
    outlet: str | None = None
    published_at: datetime | None = None
    image_url: str | None = None


def build_entry(draft: Draft, languages: tuple[str | None, ...]) -> Entry | None:
    """Make an entry, or None for an item that says nothing; `languages` are the declared ones, nearest first."""
    text = shorten(join_texts(draft.texts), TEXT_LIMIT)
    title = shorten(draft.title, TITLE_LIMIT) or shorten(text, _FALLBACK_TITLE)
    if not title and draft.link is None:
        return None
    return Entry(
        guid=draft.guid,
        link=draft.link,
        title=title or _named_by_link(draft.link or ""),
        text=text,
        language=decide_language(f"{title} {text}", *languages),
        outlet=draft.outlet or None,
        published_at=draft.published_at,
        image_url=draft.image_url,
    )


def _named_by_link(link: str) -> str:
    """The last part of a path is often the headline in small letters."""
    slug = clean(link.partition("?")[0].rstrip("/").rpartition("/")[2])
    return slug.replace("-", " ").replace("_", " ") or shown_host(link)


def absolute(address: str, base: str) -> str:
    """Return an address made absolute; one that has a scheme stays as the feed wrote it."""
    bare = address.strip(_AROUND)
    if not bare or _SCHEME.match(bare):
        return bare
    try:
        return urljoin(base, bare)
    except ValueError:
        return ""


def link_or_none(url: str | None) -> str | None:
    """Return an http or https address with a host, or None; what nobody sees in it is written as an escape.

    White space around it and line breaks are no part of it, as for browsers (https://url.spec.whatwg.org/#url-parsing).
    A login before the host is taken off: it is nobody's business, or there to make a host look like another one.
    """
    bare = url.strip(_AROUND) if url else ""
    if not bare.isprintable():
        bare = _LINE_BREAKS.sub("", bare)
    if not bare or len(bare) > _LONGEST_URL or not is_web_url(bare):
        return None
    parts = urlsplit(bare)
    host = parts.netloc.rpartition("@")[2]
    if clean(host) != host:
        return None
    if host != parts.netloc:
        bare = parts._replace(netloc=host).geturl()
    return bare if bare.isascii() and bare.isprintable() and " " not in bare else "".join(map(_visible, bare))


def _visible(char: str) -> str:
    return char if clean(char) == char else quote(char, errors="replace")
