"""Documents made to break the splitting: an item read alone must be what it is within the whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feeds.parse import run_feedparser
from bot.feeds.split import Split, UnsplitError, split
from tests.feeds.splitting import cut_text, find_differences

DC = "http://purl.org/dc/elements/1.1/"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
MEDIA = "http://search.yahoo.com/mrss/"
XHTML = "http://www.w3.org/1999/xhtml"
SVG = "<svg xmlns='http://www.w3.org/2000/svg'><title>s</title></svg>"
QUOTED = "&lt;a href='q'&gt;"


def item(n: int, more: str = "") -> str:
    """Write an RSS item with relative addresses."""
    text = f"d{n} &lt;a href='r{n}'&gt;x&lt;/a&gt;"
    return (
        f"<item><title>T{n}</title><link>/p/{n}</link><guid isPermaLink='false'>g{n}</guid>"
        f"<description>{text}</description>{more}</item>"
    )


def entry(n: int, more: str = "", attributes: str = "") -> str:
    """Write an Atom entry."""
    head = f"<entry{attributes}><title>T{n}</title><link href='p/{n}'/><id>g{n}</id>"
    return f"{head}<updated>2025-06-03T10:00:00Z</updated>{more}</entry>"


def rss(body: str, root: str = "<rss version='2.0'>", prolog: str = "<?xml version='1.0' encoding='utf-8'?>") -> str:
    """Wrap items."""
    return f"{prolog}{root}<channel><title>F</title><link>http://x.example/</link>{body}</channel></rss>"


def atom(body: str, root: str = "<feed xmlns='http://www.w3.org/2005/Atom'>") -> str:
    """Wrap entries."""
    return f"<?xml version='1.0'?>{root}<title>F</title><id>f</id>{body}</feed>"


def rdf(body: str) -> str:
    """Wrap items as RSS 1.0 does: beside the channel."""
    spaces = f"xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:dc='{DC}'"
    items = "<items><rdf:Seq><rdf:li rdf:resource='1'/></rdf:Seq></items>"
    head = f"<channel rdf:about='u'><title>F</title><link>http://x/</link>{items}</channel>"
    return f"<rdf:RDF {spaces}>{head}{body}</rdf:RDF>"


def rdf_item(n: int) -> str:
    """Write an item of RSS 1.0."""
    about = f"http://x/{n}"
    return f"<item rdf:about='{about}'><title>T{n}</title><link>{about}</link><dc:date>2025-06-03</dc:date></item>"


def html(n: int, content: str) -> str:
    """Write an Atom entry with HTML content."""
    return entry(n, f"<content type='html'>{content}</content>")


SPLIT = {
    "tags of items in CDATA": rss(item(1, "<category><![CDATA[</item><item>]]></category>") + item(2)),
    "tags of items in comments": rss(item(1) + "<!-- </item><item> -->" + item(2, "<!-- <item> -->") + item(3)),
    "tags of items in instructions": rss(item(1) + "<?x <item> ?>" + item(2)),
    "> in an attribute": rss("<item note='a>b &lt;/item>'><title>T1</title><guid>g1</guid></item>" + item(2)),
    "empty items": rss("<item/>" + item(2) + "<item />" + item(3)),
    "spaces in end tags": rss("<item\n><title>1</title></item ><item><title>2</title></item\n>"),
    "a known space bound in one item": rss(
        f"<item xmlns:d='{DC}'><title>1</title><d:creator>x</d:creator></item>"
        f"<item xmlns:dc='{DC}'><title>2</title><dc:creator>y</dc:creator></item>"
    ),
    "another default space within an item": rss(
        f"<item><title>1</title><body xmlns='{XHTML}'><p>x</p></body></item>" + item(2)
    ),
    "an unknown default space within an item": rss("<item><title>1</title><v xmlns='urn:q'>x</v></item>" + item(2)),
    "base and language of entries": atom(
        entry(1, f"<content type='html' xml:base='http://b/'>{QUOTED}</content>", " xml:base='http://z/' xml:lang='fr'")
        + html(2, QUOTED),
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://root/' xml:lang='nl'>",
    ),
    "elements in HTML text, base on the text": atom(
        entry(1, "<content type='html' xml:base='http://b/'><div><p>x</p></div></content>") + html(2, QUOTED)
    ),
    "elements in HTML text, base on them": atom(
        html(1, "<div xml:base='http://b/' xml:lang='fr'><p>x</p></div>") + html(2, QUOTED)
    ),
    "a picture in the text": atom(
        entry(1, f"<content type='xhtml'><div xmlns='{XHTML}'>{SVG}</div></content>") + entry(2)
    ),
    "a picture outside the text": rss(item(1, SVG) + item(2)),
    "images of items and of the channel": rss(
        "<image><url>i</url><title>IT</title><link>il</link></image>"
        + item(1, "<image><url>a</url><title>AT</title><link>al</link></image><comments>c</comments>")
        + item(2)
    ),
    "the channel's image after the items": rss(
        item(1, "<image><url>a</url><title>AT</title></image>")
        + item(2)
        + "<image><url>i</url><title>IT</title></image>"
    ),
    "an RSS source": rss(item(1, "<source url='http://s/'>src</source>") + item(2)),
    "an Atom source": atom(entry(1, "<source><title>S</title><id>s</id><link href='z'/></source>") + entry(2)),
    "a form between items": rss(
        item(1) + "<textInput><title>ti</title><name>n</name><link>l</link></textInput>" + item(2)
    ),
    "the channel's fields between items": rss(item(1) + "<language>fr</language><title>late</title>" + item(2)),
    "a group of media": rss(
        item(1, f"<m:group xmlns:m='{MEDIA}'><m:content url='u'/><m:title>mt</m:title></m:group>") + item(2)
    ),
    "two summaries": rss(item(1, "<description>second</description>") + item(2)),
    "RSS 1.0": rdf(rdf_item(1) + rdf_item(2) + "<image rdf:about='i'><title>im</title></image>" + rdf_item(3)),
    "items beside the channel": f"<rss version='2.0'><channel><title>F</title></channel>{item(1)}{item(2)}</rss>",
    "an entity of its own": rss(
        item(1, "<category>&cp;</category>") + item(2), prolog='<!DOCTYPE rss [<!ENTITY cp "(C)">]>'
    ),
    "a line before the declaration": "\n" + rss(item(1) + item(2)),
    "what looks like a root before the root": rss(
        item(1) + item(2), prolog="<?xml version='1.0'?><?xml-stylesheet href='x<rss>'?><!-- <rss> -->"
    ),
    "iTunes": rss(
        item(1, "<itunes:owner><itunes:name>n</itunes:name></itunes:owner><itunes:image href='i'/>") + item(2),
        f"<rss version='2.0' xmlns:itunes='{ITUNES}'>",
    ),
    "elements whose names begin like an item's": rss(item(1, "<items>x</items><entrypoint>y</entrypoint>") + item(2)),
    "places on earth": rss(
        item(1, "<geo:lat xmlns:geo='http://www.w3.org/2003/01/geo/wgs84_pos#'>1</geo:lat>")
        + item(2, "<georss:point xmlns:georss='http://www.georss.org/georss'>1 2</georss:point>")
    ),
    "packed content": atom(entry(1, "<content type='application/octet-stream'>aGVsbG8=</content>") + entry(2)),
    "two kinds of authors": rss(
        item(1, f"<author><name>N</name></author><dc:creator xmlns:dc='{DC}'>C</dc:creator>")
        + item(2, "<author>a@b.example (X)</author>")
    ),
    "letters of many scripts": rss(item(1, "<category>caf\u00e9 \u4e2d\u56fd</category>") + item(2)),
}
WHOLE = {
    "items of another kind": rss(item(1, "<entry>x</entry>") + item(2)),
    "items within items": rss("<item><title>a</title><item><title>b</title></item></item>" + item(2)),
    "capital letters": rss("<ITEM><title>a</title></ITEM>" + item(2)),
    "a prefix for all": "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:id>1</a:id></a:entry></a:feed>",
    "a prefix bound to two spaces": rss(
        "<item xmlns:a='urn:1'><title>1</title><a:v>x</a:v></item>"
        "<item xmlns:a='urn:2'><title>2</title><a:v>y</a:v></item>"
    ),
    "an unknown space with two prefixes": rss(
        "<item xmlns:a='urn:1'><title>1</title><a:v>x</a:v></item>"
        "<item xmlns:b='urn:1'><title>2</title><b:v>y</b:v></item>"
    ),
    "an unbound prefix": rss(item(1) + item(2, "<zz:q>x</zz:q>")),
    "a bare ampersand": rss(item(1) + item(2, "<category>a & b</category>")),
    "an end that is missing": rss(item(1) + item(2)).replace("</channel></rss>", ""),
    "no feed": "<html><body><p>x</p></body></html>",
    "nothing": " ",
}


@pytest.mark.parametrize("name", SPLIT)
def test_an_item_alone_is_read_as_within_the_whole(name: str) -> None:
    data, parts = cut_text(SPLIT[name])
    assert isinstance(parts, Split)
    assert parts.spans
    assert find_differences(run_feedparser(data), parts) == []


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_doubtful_is_left_whole(name: str) -> None:
    _, parts = cut_text(WHOLE[name])
    assert isinstance(parts, str)


def test_a_document_type_is_left_whole() -> None:
    with pytest.raises(UnsplitError):
        split(b"<!DOCTYPE rss><rss><channel><item/></channel></rss>")


@pytest.mark.parametrize(
    "root, other",
    [
        (f"xmlns:dc='{DC}'", "<item xmlns:dc='http://www.w3.org/1999/xlink'>"),
        (f"xmlns:dc='{DC}'", "<item><category xmlns:dc='http://search.yahoo.com/mrss/'/>"),
        ("xmlns:dc='urn:1'", "<item xmlns:a='urn:1'>"),
        (f"xmlns:dc='{DC}'", f"<item xmlns:dc='{DC}'>"),
    ],
)
def test_what_the_root_binds_is_respected(root: str, other: str) -> None:
    items = f"{other}<title>1</title></item><item><dc:description>2</dc:description></item>"
    data, parts = cut_text(rss(items, f"<rss version='2.0' {root}>"))
    assert isinstance(parts, str) or find_differences(run_feedparser(data), parts) == []


def test_a_digest_is_of_the_item_and_of_what_the_root_binds() -> None:
    _, first = cut_text(rss(item(1) + item(2)))
    _, again = cut_text(rss(item(2) + "<language>nl</language>" + item(3)))
    _, other = cut_text(rss(item(2), "<rss version='0.91'>"))
    assert isinstance(first, Split)
    assert isinstance(again, Split)
    assert isinstance(other, Split)
    assert set(first.digests) & set(again.digests) == {first.digests[1]}
    assert first.digests[1] not in other.digests


def test_hostile_beginnings_are_refused_at_once() -> None:
    for data in (b"<!--" * 200_000, b"<?" * 200_000, b"<rss " + b"a='" * 200_000, b"<" * 500_000):
        with pytest.raises(UnsplitError):
            split(data)


PIECES = st.sampled_from(
    [
        "<item>",
        "</item>",
        "<item/>",
        "<title>",
        "</title>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<?x",
        "?>",
        "a",
        " ",
        "'",
    ]
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=12))
def test_whatever_is_split_is_read_alike(pieces: list[str]) -> None:
    data, parts = cut_text(f"<rss version='2.0'><channel>{''.join(pieces)}</channel></rss>")
    if isinstance(parts, Split):
        whole = run_feedparser(data)
        # A document of which feedparser makes another number of entries is read whole (see test_unseen).
        assert len(whole["entries"]) != len(parts.spans) or find_differences(whole, parts) == []
