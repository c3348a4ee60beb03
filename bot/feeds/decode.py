"""Bytes to text before any parser sees them: one bad byte or a wrong label must not garble a whole feed."""

from __future__ import annotations

import codecs
import re
import zlib

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BARE_STARTS = (
    (re.compile(rb"[<{]\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0\0\0[<{]"), "utf-32-be"),
    (re.compile(rb"[<{]\0[^\0]\0"), "utf-16-le"),
    (re.compile(rb"\0[<{]\0[^\0]"), "utf-16-be"),
)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([\w.:-]+)")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
# What the label says and what publishers mean by it (https://encoding.spec.whatwg.org/#names-and-labels).
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_LABELS = {"windows-31j": "cp932", "windows-949": "cp949", "iso-8859-8-i": "iso-8859-8"}
"""Labels of the same list that Python does not know."""
_UNTRUSTED = {"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-16", "utf-32"}
_STATEFUL = ("iso2022", "hz")
_MANY_BYTES = {"gb18030", "big5hkscs", "cp932", "shift_jis_2004", "euc_jp", "cp949"}
"""Where a bad byte tells that something is wrong; in encodings of one byte to a letter hardly any is bad."""
_HAN_PAIR = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")
_COMMON_HAN_PAIR = re.compile(rb"[\xb0-\xd7][\xa1-\xfe]")
_HIGH = re.compile(rb"[\x80-\xff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_REPLACEMENT = "\ufffd"
_MOST_LAYERS = 3


class TooLargeError(Exception):
    """A compressed document unpacks to more than it may."""


def unpack(body: bytes, limit: int) -> bytes:
    """Unpack a document that is itself a gzip file (`feed.xml.gz`), or was packed by one server after another.

    Raises TooLargeError over `limit` bytes.
    """
    for _ in range(_MOST_LAYERS):
        if not body.startswith(b"\x1f\x8b"):
            break
        try:
            unpacked = zlib.decompressobj(wbits=31).decompress(body, limit + 1)
        except zlib.error:
            break
        if len(unpacked) > limit:
            raise TooLargeError
        body = unpacked
    return body


def decode(body: bytes, content_type: str = "") -> str:
    """Decode a whole document, BOM taken off; never raises.

    The order: BOM, bytes that are valid UTF-8, HTTP charset, XML declaration, UTF-8 with a few bad bytes, GB18030 where
    the bytes look like Chinese, windows-1252.
    """
    for mark, name in _BOMS:
        if body.startswith(mark) and not (name == "utf-16-le" and body[2:4] == b"\0\0"):
            return _decode_marked(body[len(mark) :], name)
    for start, name in _BARE_STARTS:
        if start.match(body):
            return body.decode(name, "replace")
    labels = _find_labels(body, content_type)
    if any(label.startswith(_STATEFUL) for label in labels) and (b"\x1b" in body or b"~{" in body):
        return body.decode(next(label for label in labels if label.startswith(_STATEFUL)), "replace")
    try:
        # Valid UTF-8 with letters beyond ASCII is hardly ever anything else, whatever the labels say.
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_labelled(body, labels)


def is_stateful(body: bytes, content_type: str = "") -> bool:
    """Tell whether a label names an encoding of which a part cannot be decoded without what stands before it."""
    return any(label.startswith(_STATEFUL) for label in _find_labels(body, content_type))


def _find_labels(body: bytes, content_type: str) -> list[str]:
    return [label for label in (_http_label(content_type), _xml_label(body)) if label]


def _decode_marked(body: bytes, name: str) -> str:
    text = body.decode(name, "replace")
    # Some servers put a mark before what is not that encoding at all.
    if name == "utf-8" and text.count(_REPLACEMENT) > max(len(text) // 50, 2):
        return _decode_labelled(body, [label for label in (_xml_label(body),) if label])
    return text.removeprefix("\ufeff")


def _http_label(content_type: str) -> str | None:
    found = _CHARSET.search(content_type)
    return _codec_name(found[1]) if found else None


def _xml_label(body: bytes) -> str | None:
    found = _DECLARED.search(body[:1024])
    return _codec_name(found[1].decode("ascii", "replace")) if found else None


def _codec_name(label: str) -> str | None:
    """Return the codec that a label means, or None for labels nobody knows or that no feed may ask for."""
    try:
        bare = label.strip().lower().removeprefix("x-")
        name = codecs.lookup(_LABELS.get(bare, bare)).name
    except (LookupError, UnicodeError, ValueError):
        return None
    name = _MEANT.get(name, name)
    if name in _UNTRUSTED:
        return None
    try:
        b"    ".decode(name, "replace")  # of no bytes at all every codec makes a text
    except (LookupError, UnicodeError):  # a codec that is not for text, such as base64
        return None
    return name


def _decode_labelled(body: bytes, labels: list[str]) -> str:
    text = body.decode("utf-8", "replace")
    if _is_mostly_whole(text):
        return text
    if len(labels) > 1 and labels[0] == "cp1252" and labels[1] != "utf-8":
        # Servers send iso-8859-1 by habit; a declaration that names something else was written on purpose.
        labels = labels[1:]
    named = [name for name in labels if name != "utf-8"]
    for name in named:
        try:
            return body.decode(name)
        except UnicodeError:
            continue
    for name in filter(_MANY_BYTES.__contains__, named):
        mostly = body.decode(name, "replace")
        if _is_mostly_whole(mostly):
            return mostly
    return _guess(body, labels, text)


def _guess(body: bytes, labels: list[str], text: str) -> str:
    bad = text.count(_REPLACEMENT)
    # A document cut off within its last letter has one bad place and perhaps nothing else beyond ASCII.
    if (bad <= 2 and _count_good(text) >= bad) or (bad == 1 and text.endswith(_REPLACEMENT)):
        return text
    if _looks_chinese(body):
        return body.decode("gb18030", "replace")
    other = next((name for name in labels if name != "utf-8"), "cp1252")
    return body.decode(other, "replace")


def _is_mostly_whole(text: str) -> bool:
    """Tell whether bad places are so few that the rest cannot be well-formed by chance."""
    return text.count(_REPLACEMENT) * 10 <= _count_good(text)


def _count_good(text: str) -> int:
    """Count the letters beyond ASCII that were well-formed."""
    return len(_BEYOND_ASCII.findall(text)) - text.count(_REPLACEMENT)


def _looks_chinese(body: bytes) -> bool:
    """Tell whether the high bytes come in the pairs that GB2312 uses, most of them common characters."""
    high = len(_HIGH.findall(body))
    pairs = len(_HAN_PAIR.findall(body))
    return high >= 4 and pairs * 2 >= high * 0.9 and len(_COMMON_HAN_PAIR.findall(body)) >= pairs * 0.6
