"""What broken and hostile documents become."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.document import Limits, Source
from bot.feeds.parse import parse_document
from tests.feeds.fetching import read, rss

ITEM = "<title>Talks resume</title><link>https://outlet.example/1</link><guid>1</guid>"
ENTITIES = "".join(f"<!ENTITY l{n} '&l{n - 1};&l{n - 1};&l{n - 1};'>" for n in range(1, 11))
ATTRIBUTES = " ".join(f"a{n}='1'" for n in range(50_000))


@pytest.mark.parametrize(
    "body, words",
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        ("<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>", "web page, not a feed"),
        ("<html><body><form></form></body></html>", "web page"),
        ("<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", "sitemap"),
        ("<opml version='2.0'><body/></opml>", "OPML"),
        ("<notes><note/></notes>", "root element is <notes>"),
        ("nothing but words", "no XML"),
        (bytes(range(256)), "no "),
        ('{"error": {"code": 429}}', "not a JSON Feed"),
        ('{"version": "https://jsonfeed.org/version/1", "items": [', "JSON, but broken"),
        ('{"version": "https://jsonfeed.org/version/1", "items": {}}', "without a list"),
        ("[" * 100_000, "JSON, but broken"),
        (rss(f"<enclosure {ATTRIBUTES}/>"), "attributes"),
        (rss("<title>deep</title>" + "<a>" * 10_000 + "</a>" * 10_000), "nested"),
        (gzip.compress(b"A" * 20_000_000), "unpacks to more"),
    ],
)
def test_what_is_no_feed_is_named_for_what_it_is(body: bytes | str, words: str) -> None:
    document = read(body)
    assert words in document.problem
    assert document.entries == ()


@pytest.mark.parametrize(
    "body",
    [
        rss(),
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title></feed>",
        '{"version": "https://jsonfeed.org/version/1", "items": []}',
    ],
)
def test_a_feed_without_entries_is_a_feed(body: str) -> None:
    assert read(body).problem == ""


@pytest.mark.parametrize(
    "body",
    [
        rss(ITEM)[:-25],
        "\n\n <br />\n<b>Warning</b>: in /var/www/x.php\n" + rss(ITEM),
        "\0" + rss(ITEM),
        rss(ITEM) + "<!-- cached --><script>x</script>",
        rss(ITEM).replace("rss", "RSS").replace("item", "ITEM"),
        rss(ITEM + "<category>a & b</category>"),
        rss(ITEM + "<category>&undeclared;</category>"),
        rss(ITEM + "<author>\x01\x08\x1b</author>"),
        rss(ITEM + "<category>&#xD800; &#1114112; &#99999999999; &#0;</category>"),
        rss(ITEM + "".join(f"<category>c{n}</category>" for n in range(20_000))),
    ],
)
def test_a_broken_document_keeps_its_item(body: str) -> None:
    document = read(body)
    assert [(entry.title, entry.link) for entry in document.entries] == [("Talks resume", "https://outlet.example/1")]


@pytest.mark.parametrize(
    "body, titles",
    [
        (rss(ITEM, "<title>Half")[:-25], ["Talks resume"]),
        (rss(ITEM, "<description>&lt;item&gt; <![CDATA[<item>")[:-23], ["Talks resume"]),
        (rss(ITEM, "<title>Whole</title><link>/2</link><description>Half")[:-25], ["Talks resume", "Whole"]),
        (rss(ITEM, "<title>Whole</title><link>/")[:-23], ["Talks resume"]),
        (rss(ITEM)[:-17], ["Talks resume"]),
        (rss("<title>Half</title><link>/1")[:-25], ["Half"]),
        ("<feed><entry><title>A</title></entry><Entry x='y'>\n<title>B</title>", ["A"]),
    ],
)
def test_an_item_that_the_documents_end_cuts_through_waits_until_it_is_whole(body: str, titles: list[str]) -> None:
    document = read(body)
    assert ([entry.title for entry in document.entries], document.is_cut_off) == (titles, True)
    assert not read(rss(ITEM)).is_cut_off


def test_a_guid_stays_what_it_is_when_its_document_breaks() -> None:
    item = "<title>T</title><guid isPermaLink='false'>/?p=1&amp;q=2&amp;amp;&#38;r</guid>"
    guids = [read(body).entries[0].guid for body in (rss(item), rss(item, "<title>U")[:-40])]
    assert guids == ["/?p=1&q=2&amp;&r"] * 2


def test_an_ampersand_that_begins_no_reference_is_itself() -> None:
    text = "<![CDATA[Q&amp;A <a href='/?a&b'>AT&T</a>]]>"
    item = f"<title>AT&T, Q&A & &eacute;</title><link>/?a=1&copy=2</link><description>{text}</description>"
    entry = read(rss(item)).entries[0]
    assert (entry.title, entry.link, entry.text) == ("AT&T, Q&A & é", "https://outlet.example/?a=1&copy=2", "Q&A AT&T")


@pytest.mark.parametrize("newline", ["\n", ""])
def test_an_internal_dtd_expands_nothing(newline: str) -> None:
    body = rss("<title>A &l10; B &short; &eacute;</title><link>https://outlet.example/1</link>")
    dtd = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{ENTITIES}<!ENTITY short "(C)"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    document = read(body.replace("?>", f"?>{newline}{dtd}"))
    assert document.entries[0].title == "A &l10; B (C) é"


def test_a_doctype_that_a_comment_only_speaks_of_cuts_nothing() -> None:
    document = read(rss(ITEM).replace("?>", "?><!-- <!DOCTYPE rss [ --><?note <!DOCTYPE rss [ ?>"))
    assert [entry.title for entry in document.entries] == ["Talks resume"]


def test_external_entities_are_never_fetched() -> None:
    body = rss("<title>T &x; T</title><link>https://outlet.example/1</link>")
    document = read(body.replace("?>", '?><!DOCTYPE rss [<!ENTITY x SYSTEM "http://10.0.0.1/x">]>'))
    assert document.entries[0].title == "T &x; T"


@pytest.mark.parametrize(
    "item, link",
    [
        ("<link>https://o.example/1</link><atom:link href='https://o.example/wrong'/>", "https://o.example/1"),
        (
            "<atom:link rel='related' href='https://o.example/wrong'/><link>https://o.example/1</link>",
            "https://o.example/1",
        ),
        ("<link>https://o.example/1?a=1&amp;b=2</link>", "https://o.example/1?a=1&b=2"),
        ("<link>https://o.example/1?</link>", "https://o.example/1?"),
        ("<link>\n  https://o.example/1\n</link>", "https://o.example/1"),
        ("<link>a/1</link>", "https://outlet.example/a/1"),
        ("<link>/a/1</link>", "https://outlet.example/a/1"),
        ("<link>//other.example/1</link>", "https://other.example/1"),
        ("<link>?p=1</link>", "https://outlet.example/?p=1"),
        ("<guid>https://o.example/g</guid>", "https://o.example/g"),
        ("<link/><guid isPermaLink='true'>https://o.example/g</guid>", "https://o.example/g"),
        ("<link>javascript:x()</link><guid>https://o.example/g</guid>", "https://o.example/g"),
        ("<guid isPermaLink='false'>https://o.example/g</guid>", None),
        ("<guid>12345</guid>", None),
        ("<guid>tag:o.example,2026:1</guid>", None),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>JaVa\tScRiPt:alert(1)</link>", None),
        ("<link>data:text/html,x</link>", None),
        ("<link>file:///etc/passwd</link>", None),
        ("<link>mailto:a@o.example</link>", None),
        ("<link>https://reuters.com@o.example/1?to=a@b</link>", "https://o.example/1?to=a@b"),
        ("<link>https://o.example?to=a@b</link>", "https://o.example?to=a@b"),
        ("<link>https://@/1</link>", None),
        ("<link>https://</link>", None),
        ("<link>https://o.example/\u202egnp.exe</link>", "https://o.example/%E2%80%AEgnp.exe"),
        ("<link>https://o\u202e.example/1</link>", None),
        ("<link>https://o.example/a  b\u00adc\ufeff</link>", "https://o.example/a%20%20b%C2%ADc"),
        ("<link>https://o.example/a-long-\n      one</link>", "https://o.example/a-long-one"),
        ("<atom:link href='https://o.example/wrong'/><link>https://o.example/1</link>", "https://o.example/1"),
        (
            "<atom:link rel='alternate' type='text/html' href='https://o.example/wrong'/><link>/1</link>",
            "https://outlet.example/1",
        ),
        ("<x:related><link>https://o.example/wrong</link></x:related><link>/1</link>", "https://outlet.example/1"),
        ("<link url='https://o.example/wrong'>more</link><link>mailto:a@o.example</link>", "https://o.example/wrong"),
        ("<link rel='hub'>https://o.example/wrong</link><link>https://o.example/1</link>", "https://o.example/1"),
        ("<link>https://o.example/" + "a" * 5000 + "</link>", None),
    ],
)
def test_the_link_is_the_items_own_and_absolute(item: str, link: str | None) -> None:
    document = read(rss(f"<title>T</title>{item}"), url="http://feeds.example/rss/all.xml")
    assert document.entries[0].link == link


def test_relative_links_start_from_the_feeds_address_where_the_channel_has_no_link() -> None:
    document = read(rss("<title>T</title><link>a/1</link>", head=""), url="http://feeds.example/rss/all.xml")
    assert document.entries[0].link == "http://feeds.example/rss/a/1"
    assert read(rss("<title>T</title><link>a/1</link>", head=""), url="").entries[0].link is None


def test_a_guid_does_not_depend_on_the_address_of_the_feed() -> None:
    body = rss("<title>T</title><guid>12345</guid>", "<title>U</title><guid>/p/1</guid>")
    guids = {
        tuple(entry.guid for entry in read(body, url=url).entries)
        for url in ("http://o.example/f", "https://o.example/f", "")
    }
    assert guids == {("12345", "/p/1")}


@pytest.mark.parametrize(
    "item, outlet",
    [
        ("<source url='https://c.example'>Harbour Courier</source>", "Harbour Courier"),
        ("<source url='https://www.c.example/feed'/>", "c.example"),
        ("<source>https://www.c.example/feed</source>", "c.example"),
        ("<source>@everyone &lt;b&gt;x&lt;/b&gt;</source>", "@everyone x"),
        ("", None),
    ],
)
def test_the_outlet_is_what_source_names(item: str, outlet: str | None) -> None:
    assert read(rss(f"<title>T</title>{item}")).entries[0].outlet == outlet


@pytest.mark.parametrize(
    "item, image",
    [
        ("<media:content url='https://o.example/1.jpg' medium='image'/>", "https://o.example/1.jpg"),
        ("<media:content url='https://o.example/1.mp4' type='video/mp4'/>", None),
        ("<media:thumbnail url='/1.jpg'/>", "https://outlet.example/1.jpg"),
        ("<enclosure url='https://o.example/1.png' type='image/png' length='1'/>", "https://o.example/1.png"),
        ("<enclosure url='https://o.example/1.mp3' type='audio/mpeg' length='1'/>", None),
        ("<media:thumbnail url='javascript:x'/><enclosure url='https://o.example/2.jpg'/>", "https://o.example/2.jpg"),
    ],
)
def test_the_image_is_a_picture_with_a_web_address(item: str, image: str | None) -> None:
    assert read(rss(f"<title>T</title>{item}")).entries[0].image_url == image


@pytest.mark.parametrize(
    "item, title",
    [
        ("<title>Given</title><description>Text</description>", "Given"),
        ("<description>&lt;p&gt;Only a text&lt;/p&gt;</description>", "Only a text"),
        ("<title>&lt;b&gt;&lt;/b&gt;</title><description>Only a text</description>", "Only a text"),
        ("<link>https://o.example/2026/a-long-headline</link>", "a long headline"),
        ("<link>https://o.example/</link>", "o.example"),
        (f"<title>{'word ' * 900}</title>", f"{'word ' * 198}word…"),
    ],
)
def test_an_entry_always_has_a_title(item: str, title: str) -> None:
    assert read(rss(item)).entries[0].title == title


def test_items_that_say_nothing_are_left_out() -> None:
    assert read(rss("", "<guid>1</guid>", "<pubDate>Mon, 02 Mar 2026 09:00:00 GMT</pubDate>")).entries == ()


def test_entries_stand_in_the_feeds_own_order_up_to_the_cap() -> None:
    body = rss(*(f"<title>T{number}</title>" for number in (3, 1, 2, 9))).encode()
    limits = Limits(max_bytes=1_000_000, max_entries=3, timeout=timedelta(seconds=1))
    document = parse_document(Source(body=body), limits)
    assert [entry.title for entry in document.entries] == ["T3", "T1", "T2"]


def test_the_language_that_the_operator_named_beats_the_feeds_own() -> None:
    body = rss("<title>Overleg</title>", head="<language>en</language>").encode()
    limits = Limits(max_bytes=1_000_000, max_entries=3, timeout=timedelta(seconds=1))
    assert parse_document(Source(body=body, language="nl"), limits).entries[0].language == "nl"
    assert parse_document(Source(body=body), limits).entries[0].language == "en"


@given(st.binary(max_size=300))
def test_no_bytes_raise(body: bytes) -> None:
    read(body)
    read(rss("<title>@</title>").encode().replace(b"@", body))


@given(st.text(max_size=100))
def test_no_item_raises(text: str) -> None:
    for entry in read(rss(text, f"<title><![CDATA[{text}]]></title><link>{text}</link>")).entries:
        assert entry.title


@pytest.mark.parametrize("broken", ["", "<br>"])
def test_of_a_document_without_end_the_first_entries_are_read(broken: str) -> None:
    items = "".join(f"<item><title>T{n}</title><description>x{broken}</description></item>" for n in range(60_000))
    body = f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>".encode()
    document = parse_document(Source(body=body), Limits(max_bytes=10**8, max_entries=3, timeout=timedelta(seconds=10)))
    assert (document.problem, document.title, document.left_out) == ("", "F", 59_997)
    assert [entry.title for entry in document.entries] == ["T0", "T1", "T2"]
