"""Documents that are too much of something: long, deep, wide, or many."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tests.hostile.specimens import DATE, HEAD, Specimen, item, rss, specimen

ATTRIBUTES = "one of its tags has more than 1,000 attributes"
NESTED = "its tags are nested more than 500 deep"
MANY_TAGS = "it holds more than 500,000 tags"
TOO_LARGE = "it is larger than 10,000,000 bytes (fetch.max_bytes)"
NOTHING_READ = "its XML is broken: none of its items can be read"
MANY_ENTRIES = 2_000
_MOST = 9_900_000
_OPEN = HEAD + '<rss version="2.0"><channel><item><title>'
_CLOSE = "</title></item></channel></rss>"


def documents() -> Iterator[Specimen]:
    """Yield the documents that are read within moments."""
    yield from _deep()
    yield from _wide()
    yield from _slow_for_a_tokenizer()


def heavy_documents() -> Iterator[Specimen]:
    """Yield those that come near the largest body that is read, or lie beyond it."""
    yield from _near_the_limit()
    yield from _marks()
    yield from _many()
    yield specimen("size-50-megabytes", _fifty_megabytes, 0, TOO_LARGE, is_heavy=True)
    attribute = '<media:content url="https://x.example/'
    yield specimen(
        "size-attribute-60-megabytes",
        lambda: rss(item(extra=attribute + "a" * 60_000_000 + '"/>')),
        0,
        TOO_LARGE,
        is_heavy=True,
    )


def _deep() -> Iterator[Specimen]:
    deep = "<item><title>deep</title>" + "<a>" * 100_000 + "</a>" * 100_000 + "</item>"
    yield specimen("deep-xml-100000", rss(item(), deep), 0, NESTED)
    spaced = "<item><title>deep</title>" + "<a b='c'>\n" * 20_000 + "</item>"
    yield specimen("deep-xml-with-attributes", rss(item(), spaced), 0, NESTED)
    yield specimen("deep-html-50000", rss(item(text="<div>" * 50_000 + "x" + "</div>" * 50_000)), 1)
    yield specimen("deep-html-unclosed", rss(item(text="<b><i>" * 25_000 + "x")), 1)
    yield specimen("deep-html-tables", rss(item(text="<table><tr><td>" * 8_000)), 1)
    yield specimen("deep-title", rss(item("<b>" * 20_000 + "Seen")), 1, titles=["Seen"])
    nested = "<item><title>N</title>" * 300 + "</item>" * 300
    yield specimen("deep-items-in-items", rss(nested), 300)


def _wide() -> Iterator[Specimen]:
    yield specimen("wide-title-10000", rss(item("Harbour " + "A" * 10_000)), 1, titles=["Harbour…"])
    yield specimen("wide-title-1-megabyte", rss(item("Harbour " + "测" * 350_000)), 1)
    yield specimen("wide-attribute-2-megabytes", _one(f'<media:content url="https://x.example/{"a" * 2_000_000}"/>'), 1)
    yield specimen("wide-50000-attributes", _one("<enclosure " + _numbered(50_000, 'a{}="1"') + "/>"), 0, ATTRIBUTES)
    yield specimen("wide-20000-namespaces", _one("<z " + _numbered(20_000, 'xmlns:n{0}="u{0}"') + "/>"), 0, ATTRIBUTES)
    yield specimen("wide-900-attributes-often", _one(("<z " + _numbered(900, 'a{}="1"') + "/>") * 20), 1)
    yield specimen("wide-20000-categories", _one(_numbered(20_000, "<category>c{}</category>")), 1)
    yield specimen("wide-300-of-one-title", rss(*_items(300, "Harbour ban")), 300)
    yield specimen("wide-date-200000", rss(item(date=f"Mon, {'1' * 200_000} Jan 2025 10:00:00 GMT")), 1)
    yield specimen("wide-guid-1-megabyte", rss(item(guid="g" * 1_000_000)), 1)
    yield specimen("wide-link-1-megabyte", rss(item(link="https://news.example/" + "a" * 1_000_000, guid="g")), 1)


def _slow_for_a_tokenizer() -> Iterator[Specimen]:
    yield specimen("slow-less-than", _OPEN + "<" * 60_000, 0, NOTHING_READ)
    yield specimen("slow-ampersands", _OPEN + "&" * 200_000 + _CLOSE, 1)
    yield specimen("slow-declarations", _OPEN + "<!" * 40_000 + _CLOSE, 0, NOTHING_READ)
    yield specimen("slow-cdata", _OPEN + "<![CDATA[" * 20_000 + _CLOSE, 0, NOTHING_READ)
    yield specimen("slow-attribute", _OPEN + "<a " + "a=" * 50_000 + _CLOSE, 0, ATTRIBUTES)
    yield specimen("slow-comments", _OPEN + "Seen" + "<!-- -->" * 20_000 + _CLOSE, 1, titles=["Seen"])
    yield specimen("slow-instructions", _OPEN + "Seen" + "<?a b?>" * 20_000 + _CLOSE, 1, titles=["Seen"])
    yield specimen("slow-closing-tags", _OPEN + "Seen" + "</b>" * 20_000 + _CLOSE, 1, titles=["Seen"])


def _near_the_limit() -> Iterator[Specimen]:
    """Nearly ten megabytes of one thing in one title, and in one text."""
    for name, piece in (
        ("letters", "A"),
        ("han", "测"),
        ("beyond-the-basic-plane", "\U00020000"),
        ("spaces", " "),
        ("newlines", "\n"),
        ("less-than", "<"),
        ("ampersands", "&amp;"),
        ("references", "&#x41;"),
        ("entities", "&eacute;"),
        ("unknown-entities", "&nonsense;"),
        ("escaped-tags", "&lt;b&gt;"),
        ("paragraphs", "&lt;p&gt;word "),
        ("breaks", "&lt;br/&gt;"),
        ("cdata", "<![CDATA[x]]>"),
        ("cdata-open", "<![CDATA["),
        ("bare-tags", "<b>x</b>"),
        ("open-tags", "<b>x"),
        ("comments", "<!-- x -->"),
        ("garbled", "Ã©"),
        ("nul", "\0"),
    ):
        if name in {"letters", "less-than", "breaks"}:
            yield specimen(f"limit-title-{name}", partial(_filled, "title", piece), -1, is_heavy=True)
        yield specimen(f"limit-text-{name}", partial(_filled, "description", piece), -1, is_heavy=True)
    yield specimen("limit-bad-bytes", lambda: _OPEN.encode() + b"\xff" * _MOST + _CLOSE.encode(), -1, is_heavy=True)
    yield specimen("limit-nothing-but-tags", lambda: HEAD + "<a>" * (_MOST // 3), 0, MANY_TAGS, is_heavy=True)


def _filled(name: str, piece: str) -> str:
    body = piece * ((_MOST - 1_000) // len(piece.encode()))
    return f"{HEAD}<rss version='2.0'><channel><item><title>T</title><{name}>{body}</{name}></item></channel></rss>"


def _marks() -> Iterator[Specimen]:
    for name, marks in (("marks", "\u0301\u0316"), ("ligatures", "\ufdfa"), ("jamo", "\u1100\u1161\u11a8")):
        text = "a" + marks * (180_000 // len(marks))
        yield specimen(f"normalise-{name}", partial(_marked, text), 1, is_heavy=True)
        yield specimen(f"normalise-{name}-often", partial(_marked_often, text), 1_500, is_heavy=True)


def _marked(text: str) -> str:
    return rss(item(text[:900], text=text))


def _marked_often(text: str) -> str:
    return rss(*(item(text[:900], f"https://news.example/{number}") for number in range(1_500)))


def _repeated(piece: str) -> str:
    return _one(_numbered(50_000, piece))


def _many() -> Iterator[Specimen]:
    yield specimen("many-5000-entries", lambda: rss(*_items(5_000, "Chip story")), MANY_ENTRIES, is_heavy=True)
    yield specimen(
        "many-100000-entries", lambda: rss(_numbered(100_000, "<item><title>S{}</title></item>")), -1, is_heavy=True
    )
    for name, piece in (
        ("links", "<link>https://news.example/{}</link>"),
        ("guids", "<guid>{}</guid>"),
        ("authors", "<author>a{}@news.example</author>"),
        ("enclosures", "<enclosure url='https://news.example/{}.mp3' type='audio/mpeg' length='1'/>"),
        ("media", "<media:content url='https://news.example/{}.jpg'/>"),
        ("thumbnails", "<media:thumbnail url='https://news.example/{}.jpg'/>"),
        ("texts", "<content:encoded>Words {}</content:encoded>"),
        ("dates", f"<pubDate>{DATE}</pubDate>"),
        ("unknown-tags", "<z{0}>x</z{0}>"),
        ("titles", "<title>T{}</title>"),
    ):
        yield specimen(f"many-{name}", partial(_repeated, piece), -1, is_heavy=True)


def _fifty_megabytes() -> str:
    text = "lorem ipsum dolor " * 50
    return rss(*(item(f"5G story {n}", f"https://news.example/a/{n}", text=text) for n in range(47_000)))


def _one(extra: str) -> str:
    return rss(item(extra=extra))


def _items(count: int, title: str) -> Iterator[str]:
    return (item(title, f"https://news.example/?id={number}") for number in range(count))


def _numbered(count: int, form: str) -> str:
    return " ".join(form.format(number) for number in range(count))
