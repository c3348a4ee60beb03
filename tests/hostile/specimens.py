"""What a hostile document is, and the parts that most of them are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
LINK = "https://news.example/a/1"
DATE = "Mon, 06 Jan 2025 10:00:00 GMT"
_SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:atom="http://www.w3.org/2005/Atom"'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """A document and what must come of it: so many entries, or none and this reason.

    `titles`, where given, are those of the first entries. `words` must stand in no title, text or link: what was to be
    smuggled in. `is_heavy`: it costs seconds or many megabytes.
    """

    name: str
    make: Callable[[], bytes]
    entries: int = 0
    reason: str = ""
    titles: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    content_type: str = ""
    is_heavy: bool = False

    def __str__(self) -> str:
        return self.name


def specimen(
    name: str,
    body: bytes | str | Callable[[], bytes | str],
    entries: int = 0,
    reason: str = "",
    *,
    titles: Iterable[str] = (),
    words: Iterable[str] = (),
    content_type: str = "",
    is_heavy: bool = False,
) -> Specimen:
    """Describe a document; a body that is large is made when it is asked for."""

    def make() -> bytes:
        made = body() if callable(body) else body
        return made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made

    return Specimen(
        name=name,
        make=make,
        entries=entries,
        reason=reason,
        titles=tuple(titles),
        words=tuple(words),
        content_type=content_type,
        is_heavy=is_heavy,
    )


def item(
    title: str = "Harbour story",
    link: str = LINK,
    *,
    guid: str = "",
    date: str = DATE,
    text: str = "text",
    extra: str = "",
    is_raw: bool = False,
) -> str:
    """Write an RSS item; `is_raw` leaves title, link and text as they are instead of escaping them."""
    write = str if is_raw else _escaped
    return (
        f"<item><title>{write(title)}</title><link>{write(link)}</link>"
        f'<guid isPermaLink="false">{_escaped(guid) or write(link)}</guid><pubDate>{_escaped(date)}</pubDate>'
        f"<description>{write(text)}</description>{extra}</item>\n"
    )


def _escaped(text: str) -> str:
    return escape(text, quote=False)


def rss(*items: str, head: str = HEAD, dtd: str = "", title: str = "Hostile feed") -> str:
    """Wrap items into an RSS 2.0 document."""
    return (
        f'{head}{dtd}<rss version="2.0" {_SPACES}><channel><title>{_escaped(title)}</title>'
        f"<link>https://news.example/</link><description>d</description>\n{''.join(items)}</channel></rss>\n"
    )
