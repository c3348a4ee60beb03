"""Discord's markdown: text that cannot become markup, links that cannot break out, cuts that end at words.

Everything here is pure. Lengths are UTF-16 code units, the strictest way in which Discord counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote, urlsplit

from bot.domain.cards import Line, Span
from bot.domain.text import clean, shorten
from bot.domain.urls import is_web_url

MAX_INLINE_URL = 512
_MARKUP = re.compile(r"[\\`*_~|\[\]<>@#]|:(?!\s)")  # a colon before a word may begin an emoji or be that of an address
_LIST_START = re.compile(r"^([-+]|\d+(?=[.)]))")
_BRACKETS = str.maketrans("[]", "()")
_APART = "\u200b"  # keeps two runs of markup characters from being read as one
_SHORTEST_LABEL = 16  # where there is room for less of a link's words, the link is left out
_WIDEST = 2  # units that one unit of text grows to at most when it is escaped


def units(text: str) -> int:
    """Count UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)


def escape(text: str) -> str:
    """Return clean text in which nothing is markup, a mention, a timestamp, an emoji or a link any more."""
    return _MARKUP.sub(r"\\\g<0>", text)


def fit(text: str, limit: int, form: Callable[[str], str] = str) -> str:
    """Return `form(text)` in at most `limit` units; the text is cut before it is formed, so never inside an escape."""
    formed, room = form(text), len(text)
    while (excess := units(formed) - limit) > 0:
        room = limit if room > limit else room - max(1, excess // _WIDEST)
        if room < 1:
            return ""
        formed = form(shorten(text, room))
    return formed


def safe_url(url: str | None, limit: int) -> str | None:
    """Return a web address as a masked link or button may hold it, or None where it is none or longer than `limit`.

    Userinfo is left out, a host is in its ASCII form, and what could end a masked link is percent-encoded.
    """
    if url is None or not is_web_url(url):
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:
        return None
    if not re.fullmatch(r"[a-z0-9._\-:]+", host):
        return None
    host = f"[{host}]" if ":" in host else host
    try:
        path, query, tail = (
            quote(part, safe="/%:@!$&*+,;=-._~?") for part in (parts.path, parts.query, parts.fragment)
        )
    except UnicodeEncodeError:
        return None
    made = f"{parts.scheme.lower()}://{host}{port}{path}{f'?{query}' if query else ''}{f'#{tail}' if tail else ''}"
    return made if len(made) <= limit else None


def render_line(line: Line, limit: int) -> str:
    """Render spans in at most `limit` units; the first that does not fit is cut at a word's end and ends the line."""
    made = ""
    for span in line:
        piece, is_whole = _render_span(span, limit - units(made) - len(_APART))
        touches = made.endswith("*") and piece.startswith("*")
        made += f"{_APART}{piece}" if touches else piece
        if not is_whole:
            break
    return _LIST_START.sub(_escape_list_start, made.strip(" "))


def _escape_list_start(found: re.Match[str]) -> str:
    return f"{found[1]}\\" if found[1].isdigit() else f"\\{found[1]}"


def _render_span(span: Span, room: int) -> tuple[str, bool]:
    """Render one span; False says that it was cut or left out."""
    if span.at is not None:
        stamp = f"<t:{int(span.at.timestamp())}:R>"
        return (stamp, True) if len(stamp) <= room else ("", False)
    before, text, after = _parted(span.text)
    if not text:
        return before, True
    marks = "**" if span.is_bold else ""
    room -= len(before) + len(after) + 2 * len(marks)
    inner, is_whole = _render_words(text, span.link, room)
    return (f"{before}{marks}{inner}{marks}{after}" if inner else ""), is_whole


def _render_words(text: str, link: str | None, room: int) -> tuple[str, bool]:
    url = safe_url(link, MAX_INLINE_URL)
    label_room = room - len(f"[]({url})")
    if url is None or label_room < min(len(text), _SHORTEST_LABEL):
        inner = fit(text, room, escape)
        return inner, inner == escape(text)
    plain = text.translate(_BRACKETS)  # Discord counts brackets inside a link's words, escaped or not
    label = fit(plain, label_room, escape)
    return f"[{label}]({url})", label == escape(plain)


def _parted(text: str) -> tuple[str, str, str]:
    """Clean a text, but keep that it began or ended with a space: markup must hug its words."""
    inner = clean(text)
    if not inner:
        return (" " if text else ""), "", ""
    return (" " if text[:1].isspace() else ""), inner, (" " if text[-1:].isspace() else "")
