"""Text as Slack reads it: escaped, linked, dated, bold where that is safe, and cut to size.

Slack knows three control characters, & < and >; escaped, nothing in a text can ping, link or leave its block. It has no
escape for its marks (* _ ~ and backticks). So text is never changed for their sake; instead bold is left out where it
would come out wrong: around text with a mark of its own, or beside a letter. Only a fence of three backticks is broken
up (by an invisible space), since that would swallow the lines below it.
https://docs.slack.dev/messaging/formatting-message-text
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import quote

from bot.domain.cards import Line, Span
from bot.domain.text import shorten
from bot.domain.urls import is_web_url, shown_host

MAX_URL = 2000
_SPACE_LIKE = re.compile(r"[\t-\r\x1c-\x1e\x85\u2028\u2029]+")
# Control, bidi and invisible characters, lone surrogates; the joiners that Persian, Hindi and emoji need stay.
_HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_BREAK = "\u200b"
_FENCE = re.compile(r"``(?=`)")
_UNSAFE_IN_URL = re.compile(
    r'[\s"<>\\^`{|}\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]'
)
_MARKS = frozenset("*_~`")
_DATE = "{date_short_pretty} {time}"


def plain(text: str) -> str:
    """Return the text on one line without control, bidi and invisible characters; spaces stay as they are."""
    return _HARMFUL.sub("", _SPACE_LIKE.sub(" ", text))


def escape(text: str) -> str:
    """Escape what Slack would read as control characters."""
    safe = _FENCE.sub(f"``{_BREAK}", plain(text))
    return safe.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fit(text: str, room: int) -> str:
    """Escape a text, cut at a word's end so that at most `room` characters come out; "" where nothing fits."""
    text = plain(text)
    limit = min(len(text), room)
    while limit > 0:
        escaped = escape(shorten(text, limit))
        if len(escaped) <= room:
            return escaped
        # A character becomes five at most, so this never goes past the longest cut that fits by much.
        limit -= max(1, (len(escaped) - room) // 5)
    return ""


def safe_url(url: str | None) -> str | None:
    """Return an http or https address in which nothing can end the link that it stands in, else None."""
    if url is None or len(url) > MAX_URL or not is_web_url(url):
        return None
    safe = _UNSAFE_IN_URL.sub(lambda found: quote(found[0].encode("utf-8", "replace"), safe=""), url)
    return safe if len(safe) <= MAX_URL else None


def link(url: str, label: str, room: int) -> str:
    """Return `<url|label>` within `room` characters; the label alone where there is no room for both."""
    address = url.replace("&", "&amp;")
    left = room - len(address) - len("<|>")
    shown = fit(label if plain(label).strip() else shown_host(url), left)
    return f"<{address}|{shown}>" if shown else fit(label, room)


def date(at: datetime, fallback: str, url: str | None, room: int) -> str:
    """Return an instant that Slack shows in the reader's zone, with `fallback` where it cannot."""
    words = fallback.strip() or f"{at:%Y-%m-%d %H:%M} UTC"
    address = f"^{url.replace('&', '&amp;')}" if url else ""
    head = f"<!date^{int(at.timestamp())}^{_DATE}{address}|"
    shown = fit(words, room - len(head) - 1)
    return f"{head}{shown}>" if shown else fit(words, room)


def bold(text: str, *, before: str = "", after: str = "") -> str:
    """Return `*text*` where Slack reads that as bold between its neighbours, else the text as it is.

    `text` is rendered already; a mark in it counts only where it is shown, not within a link's address.
    """
    shown = _shown(text)
    if (
        not shown.strip()
        or shown != shown.strip()
        or _MARKS & set(shown)
        or not _is_edge(before)
        or not _is_edge(after)
    ):
        return text
    return f"*{text}*"


def _shown(text: str) -> str:
    return re.sub(r"<[^<>|]*\|([^<>]*)>", r"\1", text)


def _is_edge(neighbour: str) -> bool:
    return not neighbour or not (neighbour[-1].isalnum() or neighbour in _MARKS)


def render_line(line: Line, room: int) -> str:
    """Render a line within `room` characters; what does not fit is cut at a word's end, never within an entity."""
    spans = [span for span in line if span.text or span.at]
    rendered = ""
    for index, span in enumerate(spans):
        before, after = _last(spans[:index]), _first(spans[index + 1 :])
        text = _render_span(span, room - len(rendered), before, after)
        if rendered.endswith("`") and text.startswith("`"):  # a fence must not grow out of two spans
            text = _render_span(span, room - len(rendered) - len(_BREAK), before, after)
            text = _BREAK + text if text else ""
        rendered += text
        if escape(span.text).strip() not in text:  # cut: nothing comes after the ellipsis
            break
    return rendered.rstrip()


def _render_span(span: Span, room: int, before: str, after: str) -> str:
    url = safe_url(span.link)
    inner = room - 2 if span.is_bold else room
    if span.at is not None:
        text = date(span.at, span.text, url, inner)
    elif url is not None:
        text = link(url, span.text, inner)
    else:
        text = fit(span.text, inner)
    core = text.strip()
    if not span.is_bold or not core:
        return text
    lead, _, trail = text.partition(core)
    return lead + bold(core, before=lead or before, after=trail or after) + trail


def _last(spans: Iterable[Span]) -> str:
    return "".join(plain(span.text) for span in spans)[-1:]


def _first(spans: Iterable[Span]) -> str:
    return "".join(plain(span.text) for span in spans)[:1]
