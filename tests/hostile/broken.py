"""What is no feed, what is broken, and what leaves out everything that it should say."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from itertools import repeat

from tests.hostile.specimens import HEAD, Specimen, item, rss, specimen

PAGE = "it is a web page, not a feed"
NO_XML = "it is no feed: there is no XML in it"
BROKEN_JSON = "it is JSON, but broken: the feed's publisher has to mend it"
NOTHING_READ = "its XML is broken: none of its items can be read"
UNPACKS = "it unpacks to more than 10,000,000 bytes (fetch.max_bytes)"
DATES = (
    "Mon, 06 Jan 2025 10:00:00 CET", "06/01/2025 10:00", "2025年1月6日 10:00", "1736157600", "0000-00-00 00:00:00",
    "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 06 Jan 2099 10:00:00 GMT", "Mon, 32 Jan 2025 10:00:00 GMT", "yesterday", "",
    "&nbsp;", "Mon, 06 Jan 2025 25:61:61 GMT", "9999-12-31T23:59:59Z", "99999-01-01T00:00:00Z",
    "2025-01-06T10:00:00+99:99", "-0001-01-01T00:00:00Z", "2025-02-30", "2025-W02", "2025-006",
    "१२३४-०१-०१", "NaN", "1e999",
)  # fmt: skip
_VERSION = "https://jsonfeed.org/version/1.1"


def documents() -> Iterator[Specimen]:
    """Yield the documents that are read within moments."""
    yield from _no_feeds()
    yield from _broken()
    yield from _wordless()
    yield from _json()
    yield from _packed()


def heavy_documents() -> Iterator[Specimen]:
    """Yield those that cost more."""
    gigabyte = b"A" * 1_000_000
    yield specimen("packed-1-gigabyte", lambda: _gzip(repeat(gigabyte, 1_000)), 0, UNPACKS, is_heavy=True)
    many = [{"id": n, "url": f"https://news.example/{n}", "title": f"S{n}"} for n in range(100_000)]
    yield specimen("json-100000-items", lambda: _feed(many), 2_000, is_heavy=True)
    yield specimen("json-long-text", lambda: _feed([{"content_text": "港" * 3_200_000}]), 1, is_heavy=True)
    escaped = f'{{"version": "{_VERSION}", "items": [{{"title": "' + "\\ud83d" * 1_600_000 + '"}]}'
    yield specimen("json-surrogates-9-megabytes", escaped, 0, is_heavy=True)
    yield specimen("json-9-megabytes-of-braces", '{"a":' * 1_900_000, 0, BROKEN_JSON, is_heavy=True)


def _no_feeds() -> Iterator[Specimen]:
    yield specimen("none-zero-bytes", b"", 0, "it is empty")
    yield specimen("none-white-space", b" \n\t \n", 0, "it is empty")
    yield specimen("none-byte-order-mark", b"\xef\xbb\xbf", 0, "it is empty")
    yield specimen("none-nuls", b"\0" * 5_000, 0, "it is empty")
    challenge = (
        "<!DOCTYPE html><html><head><title>Just a moment...</title>"
        '<link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body>Checking</body></html>'
    )
    yield specimen("none-web-page", challenge, 0, f'{PAGE} (its title: "Just a moment...")')
    mention = "<html><title>@everyone \u202e<b>x</b>&#0;</title></html>"
    yield specimen("none-web-page-mention", mention, 0, f'{PAGE} (its title: "@everyone")')
    yield specimen("none-login", '<html><body><form action="/login"><input></form></body></html>', 0, PAGE)
    yield specimen("none-no-page-either", "<p>Not found</p>", 0, PAGE)
    yield specimen("none-picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, 0, NO_XML)
    yield specimen("none-noise", bytes((n * 7_919 + n // 3) & 255 for n in range(20_000)), 0, NO_XML)
    yield specimen("none-words", "Service temporarily unavailable", 0, NO_XML)
    sitemap = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://news.example/</loc></url>'
    yield specimen("none-sitemap", f"{HEAD}{sitemap}</urlset>", 0, "it is a sitemap, not a feed")
    outline = f'{HEAD}<opml version="2.0"><body><outline text="x" xmlUrl="https://news.example/f"/></body></opml>'
    yield specimen("none-list-of-feeds", outline, 0, "it is a list of feeds (OPML), not a feed")
    soap = f"{HEAD}<Error><Code>AccessDenied</Code></Error>"
    yield specimen("none-error-of-a-store", soap, 0, "it is no feed: its root element is <error>")
    long_root = f"{HEAD}<{'r' * 5_000}/>"
    yield specimen("none-long-root", long_root, 0, f"it is no feed: its root element is <{'r' * 40}>")


def _broken() -> Iterator[Specimen]:
    whole = rss(*(item(f"Story {n}", f"https://news.example/{n}") for n in range(10)))
    yield specimen("broken-off-within-an-item", whole[: len(whole) // 2], 5, titles=["Story 0"])
    yield specimen("broken-off-within-a-tag", whole[: whole.rfind("<description")] + "<desc", 10)
    yield specimen("broken-off-in-the-first-item", whole[: whole.find("<pubDate")], 1, titles=["Story 0"])
    yield specimen("broken-two-documents", whole + whole, 20)
    yield specimen("broken-junk-behind", whole + "<!-- Cached --><script>x</script>", 10)
    warning = "\n\n <br />\n<b>Warning</b>: mysql_connect() in /var/www/x.php on line 3<br />\n"
    yield specimen("broken-junk-before", warning + whole, 10)
    upper = (
        whole.replace("<rss", "<RSS").replace("</rss", "</RSS").replace("<item", "<ITEM").replace("</item", "</ITEM")
    )
    yield specimen("broken-capital-tags", upper, 10)
    unclosed = f"{HEAD}<rss version='2.0'><channel><item><title><![CDATA[Port</title></item></channel></rss>"
    yield specimen("broken-cdata-unclosed", unclosed, 0, NOTHING_READ)
    yield specimen("broken-cdata-twice", rss(item("<![CDATA[a ]]]]><![CDATA[> b ]]>", is_raw=True)), 1)
    yield specimen("broken-undeclared-prefix", rss(item(extra="<foo:bar a:b='c'>x</foo:bar>")), 1)
    yield specimen("broken-overlapping", rss("<item><title>Seen</item></title>", item("Too")), 1, titles=["Too"])
    yield specimen("broken-quotes", rss(item(extra="<enclosure url='a\"b' type=x length=\"1>")), 1)


def _wordless() -> Iterator[Specimen]:
    yield specimen("wordless-channel", rss())
    yield specimen("wordless-items", rss(*["<item/>"] * 20, *["<item></item>"] * 20))
    titles = rss(*(f"<item><title>only title {n}</title></item>" for n in range(5)))
    yield specimen("wordless-but-titles", titles, 5, titles=["only title 0"])
    same = rss(*(item(f"Story {n}", f"https://news.example/{n}", guid="same") for n in range(20)))
    yield specimen("wordless-one-guid", same, 20)
    dates = rss(*(item(f"D{n}", f"https://news.example/{n}", date=date) for n, date in enumerate(DATES)))
    yield specimen("wordless-dates", dates, len(DATES))


def _json() -> Iterator[Specimen]:
    yield specimen("json-error", '{"error":{"code":429}}', 0, "it is JSON, but not a JSON Feed")
    yield specimen("json-number", "[1]", 0, "it is JSON, but not a JSON Feed")
    cut = f'{{"version":"{_VERSION}","items":[{{"id":1,"url":null,"title":["a"],"date_published":123}},'
    yield specimen("json-cut-off", cut, 0, BROKEN_JSON)
    wrong = f'{{"version":"{_VERSION}","title":null,"items":{{"id":"x"}}}}'
    yield specimen("json-items-no-list", wrong, 0, "it is a JSON Feed without a list of items")
    yield specimen("json-deep", "[" * 100_000, 0, BROKEN_JSON)
    yield specimen("json-deep-closed", "[" * 50_000 + "]" * 50_000, 0, BROKEN_JSON)
    long = f'{{"version":"{_VERSION}","items":[{{"id":{"9" * 100_000},"title":"x"}}]}}'
    yield specimen("json-long-number", long, 0, BROKEN_JSON)
    items = '{"id":1e999,"date_published":NaN,"url":-Infinity,"title":"odd"}, 1, null, [], "x"'
    odd = f'{{"version":"{_VERSION}","items":[{items}]}}'
    yield specimen("json-no-numbers", odd, 1, titles=["odd"])
    lone = f'{{"version":"{_VERSION}","title":"\\udc00","items":[{{"id":"\\ud800","title":"a\\ud800b"}}]}}'
    yield specimen("json-lone-surrogates", lone, 1, titles=["ab"])
    types = [
        {"id": {}, "url": [], "title": {"a": 1}, "content_html": ["x"], "tags": 1, "attachments": "x"},
        {"title": "t"},
    ]
    yield specimen("json-wrong-types", _feed(types), 1, titles=["t"])


def _feed(items: object) -> str:
    return json.dumps({"version": _VERSION, "title": "J", "items": items})


def _pack(body: bytes, *, times: int) -> bytes:
    for _ in range(times):
        body = gzip.compress(body, mtime=0)
    return body


def _packed() -> Iterator[Specimen]:
    large = rss(item(text="A" * 30_000_000))
    yield specimen("packed-30-megabytes", gzip.compress(large.encode(), mtime=0), 0, UNPACKS)
    yield specimen("packed-three-times", _pack(b"\0" * 900_000, times=3), 0, "it is empty")
    yield specimen("packed-three-times-30-megabytes", _pack(b"\0" * 30_000_000, times=3), 0, UNPACKS)
    whole = gzip.compress(rss(item("Seen")).encode(), mtime=0)
    yield specimen("packed", whole, 1, titles=["Seen"])
    yield specimen("packed-cut-off", whole[:-12], 1, titles=["Seen"])
    yield specimen("packed-nothing-behind-the-mark", b"\x1f\x8b", 0, "it is empty")


def _gzip(blocks: Iterator[bytes]) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*map(packer.compress, blocks), packer.flush()])
