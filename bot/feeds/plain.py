"""Markup to plain text: block tags separate words, inline tags do not."""

from __future__ import annotations

import html
import re

from selectolax.lexbor import LexborHTMLParser

from bot.domain.text import clean

_BLOCK = (
    "address|article|aside|blockquote|br|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|"
    "h[1-6]|header|hr|iframe|img|legend|li|main|menu|nav|ol|optgroup|option|p|pre|section|summary|table|tbody|td|tfoot|th|thead|"
    "tr|ul|video"
)
_BLOCK_TAG = re.compile(rf"<(?=/?(?:{_BLOCK})\b)", re.IGNORECASE)
_WHOLE_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCK})\b[^<>]*>", re.IGNORECASE)
_HIDDEN = ["script", "style", "template", "iframe", "object", "noscript", "svg", "math", "textarea", "select"]
_CDATA = "<![CDATA["
_MANY_TAGS = 5_000
_LONGEST_MARKUP = 1_000_000
_REFERENCE = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|nbsp|amp|quot|apos|[lr][sd]quo|hellip|[mn]dash);")
_MARKUP = re.compile(r"</[A-Za-z][\w:-]*\s*>|<(?:br|img|hr|p)\b[^<>]*>|<[a-z]+\s[^<>]*=[^<>]*>", re.IGNORECASE)


def plain_text(value: str) -> str:
    """Return what a reader of this HTML would see, on one line, cleaned of what harms.

    Markup that was escaped twice is taken off twice; a lone tag in running text is what the author wrote about.
    """
    text = _strip_markup(value)
    if _MARKUP.search(text):
        text = _strip_markup(text)
    return clean(html.unescape(text)) if _REFERENCE.search(text) else text


def _strip_markup(value: str) -> str:
    if "<" not in value and "&" not in value:
        return clean(value)
    value = value[:_LONGEST_MARKUP]
    if _CDATA in value:
        # What a feed wrapped twice would be a comment to HTML.
        value = value.replace(_CDATA, "").replace("]]>", "")
    if "<" not in value:
        return clean(html.unescape(value))
    if value.count("<") > _MANY_TAGS:
        # Deeply nested blocks take the HTML parser quadratic time; without blocks there is nothing to nest.
        value = _WHOLE_BLOCK_TAG.sub(" ", value)
    tree = LexborHTMLParser(_BLOCK_TAG.sub(" <", value))
    tree.strip_tags(_HIDDEN)
    root = tree.root
    return clean(root.text()) if root is not None else ""


def literal_text(value: str) -> str:
    """Return text that was declared to be no markup, reading markup nevertheless where it plainly is some."""
    return plain_text(value) if _MARKUP.search(value) else clean(html.unescape(value))


def join_texts(parts: list[str]) -> str:
    """Join a summary and fuller texts, leaving out what another part says already."""
    kept: list[str] = []
    said = dict.fromkeys(filter(None, parts))
    if len(said) < 2:
        return "".join(said)
    for part in sorted(said, key=len, reverse=True):
        stem = _stem(part)
        if not any(stem in longer.casefold() for longer in kept):
            kept.append(part)
    return " ".join(part for part in dict.fromkeys(parts) if part in kept)


def _stem(text: str) -> str:
    """A teaser without the dots at its end, for finding it in the full text."""
    return text.casefold().rstrip(" .…!?[]()")
