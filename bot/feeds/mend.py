"""Text of a document made safe for the parser: no internal DTD, no character that XML forbids, no bomb."""

from __future__ import annotations

import html
import re
from html.entities import html5, name2codepoint

_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*\?>", re.IGNORECASE)
# The first of these that stands before the content, comments and instructions skipped, is the DOCTYPE or the root.
_PROLOG = re.compile(
    r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|(?P<doctype><!DOCTYPE\b)|<[A-Za-z_]", re.IGNORECASE | re.DOTALL
)
_ENTITY = re.compile(r"<!ENTITY\s+([\w.-]{1,32})\s+(?:\"([^\"<%]{0,32})\"|'([^'<%]{0,32})')\s*>")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Each line costs the parser a call of its own: millions of empty ones take it half a minute.
_LONG_SPACE = re.compile(r"[ \t\r\n]{200,}")
_STEP = 100
_STEPS_IN_SPACE = re.compile(r"[ \t\r\n]{2}")
"""What stands in every hundredth place where there are two hundred spaces in a row: to ask that first costs nothing."""
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_PAIR = re.compile(r"&#(?:[xX][dD][89abAB][\da-fA-F]{2}|5[56]\d{3});&#(?:[xX][dD][c-fC-F][\da-fA-F]{2}|5[67]\d{3});")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_ITEM_END = re.compile(r"</(?:item|entry)\s*>", re.IGNORECASE)
_ITEM_TAG = re.compile(r"<(/?)(?:[A-Za-z][\w.-]*:)?(?:item|entry)(?=[\s/>])", re.IGNORECASE)
_FEED_END = re.compile(r"</(?:[A-Za-z][\w.-]*:)?(?:rss|rdf|feed|channel)\s*>", re.IGNORECASE)
_NEAR_END = 1_000
_TITLE_END = re.compile(r"</title\s*>", re.IGNORECASE)
_IDENTITY = re.compile(r"</(?:link|guid|id)\s*>|<link\b[^<>]*\bhref\b[^<>]*>", re.IGNORECASE)
_DOCTYPE_HEAD = 200
# Those that XML knows stay; a feed has thousands of them.
_UNKNOWN = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_BARE_AMPERSAND = r"&(?!(?:[A-Za-z_][\w.-]*|#\d+|#[xX][\da-fA-F]+);)"
_AMPERSANDS = re.compile(rf"<!\[CDATA\[.*?\]\]>|<!--.*?-->|<\?.*?\?>|{_BARE_AMPERSAND}", re.DOTALL)
_BIG_TAG = 4_000
_MAX_ATTRIBUTES = 1_000
_MANY_TAGS = 10_000
_MOST_TAGS = 500_000
_MAX_DEPTH = 500
_DEEP = re.compile(rf"(?:<[A-Za-z][^<>/]*>\s*){{{_MAX_DEPTH}}}")
_MAX_CATEGORIES = 2_000
_CATEGORY = re.compile(r"<category\b[^<>]*(?:/>|>(?:[^<]|<!\[CDATA\[[^\]]*\]\]>)*</category\s*>)")


def keep_first(text: str, most: int) -> tuple[str, int]:
    """Return a document without the items beyond so many, and how many these are; its own end stays."""
    if text.count("</") <= most:
        return text, 0
    ends = [found.end() for found in _ITEM_END.finditer(text)]
    if len(ends) <= most:
        return text, 0
    return text[: ends[most - 1]] + text[ends[-1] :], len(ends) - most


def find_flood(text: str) -> str | None:
    """Say why a document would burn time in whatever counts its tags, or None."""
    return f"it holds more than {_MOST_TAGS:,} tags" if text.count("<") > _MOST_TAGS else None


def find_bomb(text: str) -> str | None:
    """Say why what is to be read of a document would only burn time in the parser, or None."""
    pieces = text.split("<")
    if max(map(len, pieces)) > _BIG_TAG and any(map(_has_many_attributes, pieces)):
        return f"one of its tags has more than {_MAX_ATTRIBUTES:,} attributes"
    if len(pieces) > _MANY_TAGS and _DEEP.search(text):
        return f"its tags are nested more than {_MAX_DEPTH} deep"
    return None


def _has_many_attributes(piece: str) -> bool:
    return len(piece) > _BIG_TAG and piece.partition(">")[0].count("=") > _MAX_ATTRIBUTES


def mend(text: str) -> str:
    """Cut declaration and DTD, take out what no XML parser accepts, and write named characters as themselves."""
    text = _ILLEGAL.sub("", text)
    if _STEPS_IN_SPACE.search(text[::_STEP]):
        text = _LONG_SPACE.sub("\n", text)
    declaration = _DECLARATION.match(text)
    if declaration:
        text = text[declaration.end() :]
    text, entities = _cut_doctype(text.lstrip())
    if text.count("<category") > _MAX_CATEGORIES:
        # feedparser compares each category with all others of its item; nothing here reads them.
        text = _CATEGORY.sub("", text)
    if "&" not in text:
        return text
    if "&#" in text:
        text = _REFERENCE.sub(_mend_reference, _PAIR.sub(_join_pair, text))

    def replace_name(found: re.Match[str]) -> str:
        name = found[1]
        # A publisher's own entities first; then those of HTML, which XML does not know but feeds use all the time.
        # HTML 4 comes before HTML 5, which gave lang and rang to other characters than feeds mean.
        code = name2codepoint.get(name)
        return entities.get(name) or (chr(code) if code else html5.get(f"{name};")) or found[0]

    return _UNKNOWN.sub(replace_name, text)


def escape_ampersands(text: str) -> str:
    """Escape the `&` that begin no reference, in a document that is not well-formed: "Q&A" would be read as "Q&A;"."""
    return _AMPERSANDS.sub(lambda found: "&amp;" if found[0] == "&" else found[0], text) if "&" in text else text


def find_break(text: str) -> int | None:
    """Tell up to where a document can be read that breaks off before its end; None where it has its end.

    An item that the break goes through is left out unless it says already what it is: half of a title, or one without
    link and guid, would be another article when the document comes whole.
    """
    if _FEED_END.search(text, max(len(text) - _NEAR_END, 0)) or _FEED_END.search(text):
        return None
    end, begin = 0, len(text)
    for tag in _ITEM_TAG.finditer(text):
        if tag[1]:
            end, begin = tag.end(), len(text)
        elif end:
            begin = min(begin, tag.start())
    return len(text) if _TITLE_END.search(text, begin) and _IDENTITY.search(text, begin) else begin


def _join_pair(found: re.Match[str]) -> str:
    """Read two references as the one character whose halves in UTF-16 they are: so some systems write an emoji."""
    halves = (int(f"0{half}", 0) if half[0] in "xX" else int(half) for half in found[0][2:-1].split(";&#"))
    return b"".join(half.to_bytes(2, "big") for half in halves).decode("utf-16-be", "replace")


def _mend_reference(found: re.Match[str]) -> str:
    """Keep what names a real character; anything else would raise in the parser or mean nothing."""
    digits = found[1] or found[2]
    code = int(digits, 16 if found[1] else 10) if len(digits) <= 10 else 0x110000
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF):
        return "\ufffd"
    if code < 0x20 and code not in (9, 10, 13):
        return ""
    return found[0]


def _cut_doctype(text: str) -> tuple[str, dict[str, str]]:
    """Cut the DOCTYPE with its internal subset; return the text and the plain short entities that it declared."""
    found = next(
        (place for place in _PROLOG.finditer(text) if place[0][:2] not in ("<?", "<!") or place["doctype"]), None
    )
    if found is None or not found["doctype"]:
        return text, {}
    end = _doctype_end(text, found.end())
    subset = text[found.start() : end]
    entities = {m[1]: m[2] or m[3] or "" for m in _ENTITY.finditer(subset)}
    # An entity that names other entities is how bombs are built: only those that are finished text count.
    plain = {name: html.unescape(value) for name, value in entities.items() if not _NAMED.search(value)}
    safe = {name: value for name, value in plain.items() if "<" not in value and "&" not in value}
    # The only thing that a DOCTYPE says which is not said again by the root: which of two formats RSS 0.91 is.
    kept = "\n<!DOCTYPE netscape>\n" if "netscape" in subset[:_DOCTYPE_HEAD].lower() else ""
    return text[: found.start()] + kept + text[end:], safe


def _doctype_end(text: str, at: int) -> int:
    """Find where a DOCTYPE ends: after `]>` where it has an internal subset, after the first `>` otherwise."""
    close = text.find(">", at)
    bracket = text.find("[", at, close if close >= 0 else len(text))
    if bracket < 0:
        return close + 1 if close >= 0 else len(text)
    depth, quote = 0, ""
    for place in re.finditer(r"[\"'<>\]]", text[bracket : bracket + 1_000_000]):
        char = place[0]
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'" and depth:
            quote = char
        elif char == "<":
            depth += 1
        elif char == ">":
            depth -= 1
            if depth < 0:
                return bracket + place.end()
    return close + 1 if close >= 0 else len(text)
