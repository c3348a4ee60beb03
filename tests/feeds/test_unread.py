"""What nobody reads is left out of a document, and what is read of it stays the same."""

from __future__ import annotations

import feedparser
import pytest

from bot.feeds.document import Document, Source
from bot.feeds.parse import parse_document, run_feedparser
from bot.feeds.unread import NAMES, LeftOut, leaving_out_unread, left_out
from bot.feeds.unseen import Memory
from tests.feeds.fetching import LIMITS, rss
from tests.feeds.splitting import read_without

ITEM = "<title>a</title><link>https://outlet.example/a</link><pubDate>Mon, 06 Jan 2025 10:00:00 +0100</pubDate>"
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'>{}<entry><title>a</title><id>1</id>{}</entry></feed>"


def read(body: str, seen: bytes = b"") -> Document:
    """Read a document after another one left its memory."""
    return parse_document(Source(body=body.encode(), url="https://outlet.example/feed.xml", seen=seen), LIMITS)


@pytest.mark.parametrize(
    "unread",
    [
        "<category>Asia</category><author>a@b.example (A)</author><comments>https://outlet.example/c</comments>",
        "<dc:creator>A</dc:creator><category domain='x'><b>deep</b> <title>t</title></category>",
        "<author><name>A</name><uri>https://a.example</uri></author>",
        "<textInput><title>t</title><name>n</name><link>https://outlet.example/search</link></textInput>",
    ],
)
def test_an_item_is_read_alike_with_and_without_what_nobody_reads(unread: str) -> None:
    assert read(rss(ITEM + unread)).entries == read(rss(ITEM)).entries
    assert read(rss(unread + ITEM)).entries == read(rss(ITEM)).entries
    item = run_feedparser(rss(ITEM + unread).encode())["entries"][0]
    assert not set(dict(item)) & {"tags", "author", "authors", "comments"}


def test_text_that_holds_such_an_element_keeps_it() -> None:
    body = ATOM.format("", "<content type='xhtml'><div>before <author>A</author> after</div></content>")
    assert [entry.text for entry in read(body).entries] == ["before A after"]


@pytest.mark.parametrize("wrapping", ["<category>{}</category>", "<category><x>{}</x></category>"])
@pytest.mark.parametrize("name", ["item", "ITEM"])
def test_an_item_within_one_is_read_all_the_same(wrapping: str, name: str) -> None:
    body = f"<rss version='2.0'><channel>{wrapping.format(f'<{name}>{ITEM}</{name}>')}</channel></rss>"
    assert [entry.title for entry in read(body).entries] == ["a"]
    assert run_feedparser(body.encode())["bozo"] is False


def test_what_one_declares_is_no_attribute_of_the_next_element() -> None:
    declaring = "<category xmlns:xlink='http://www.w3.org/1999/xlink'>x</category>"
    asked = read(rss(ITEM, head=f"{declaring}<ttl>90</ttl>")).asked
    assert asked is not None
    assert asked.total_seconds() == 5_400


def test_dates_are_left_as_they_are_written() -> None:
    item = run_feedparser(rss(ITEM).encode())["entries"][0]
    assert (item["published"], item["published_parsed"]) == ("Mon, 06 Jan 2025 10:00:00 +0100", None)


def test_others_get_all_that_feedparser_reads() -> None:
    with leaving_out_unread(head=True):
        assert left_out() == LeftOut(NAMES, head=True)
    item = feedparser.parse(rss(ITEM + "<category>Asia</category>").encode()).entries[0]
    assert (item.tags[0].term, item.published_parsed[:4]) == ("Asia", (2025, 1, 6, 9))


HEAD = "<link>https://outlet.example/news/</link><language>nl</language><ttl>90</ttl><lastBuildDate>{}</lastBuildDate>"
RELATIVE = "<title>b</title><link>b</link><description>Over b</description>"


def test_a_head_of_which_the_dates_alone_changed_still_holds() -> None:
    first = read(rss(ITEM, head=HEAD.format(1)))
    second = read(rss(RELATIVE, ITEM, head=HEAD.format(2)), first.seen)
    whole = read(rss(RELATIVE, ITEM, head=HEAD.format(2)))
    assert (second.entries, second.keys, second.skipped) == (whole.entries[:1], whole.keys[:1], 1)
    assert second.entries[0].link == "https://outlet.example/news/b"
    assert (second.title, second.language, second.asked) == (whole.title, "nl", whole.asked)
    nothing = read(rss(RELATIVE, ITEM, head=HEAD.format(3)), second.seen)
    assert (nothing.title, nothing.language, nothing.asked) == (whole.title, "nl", whole.asked)
    assert (nothing.entries, Memory.read(nothing.seen)) == ((), Memory.read(second.seen))


def test_a_head_that_changed_otherwise_is_read() -> None:
    first = read(rss(ITEM, head=HEAD.format(1)))
    second = read(rss(RELATIVE, ITEM, head=HEAD.format(1).replace("90", "30").replace("nl", "fr")), first.seen)
    assert (second.language, second.entries[0].language) == ("fr", "fr")
    assert second.asked is not None
    assert second.asked.total_seconds() == 1_800


def test_a_known_head_is_not_read() -> None:
    body = ATOM.format(
        "<title>Outlet</title><subtitle>s</subtitle>", "<link href='https://outlet.example/1'/>"
    ).encode()
    assert dict(run_feedparser(body)["feed"])["title"] == "Outlet"
    known = run_feedparser(body, is_head_known=True)
    assert (dict(known["feed"]), len(known["entries"])) == ({}, 1)
    assert known["entries"] == run_feedparser(body)["entries"]


RDF = "rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'"
BESIDE = "<channel><title>c</title></channel>"


@pytest.mark.parametrize(
    "body",
    [
        f"<rss version='0.9'>{BESIDE}<item>{ITEM}</item></rss>",
        f"<{RDF}>{BESIDE}<item>{ITEM}</item></rdf:RDF>",
    ],
)
def test_items_that_stand_elsewhere_are_read_under_a_known_head(body: str) -> None:
    known = run_feedparser(body.encode(), is_head_known=True)["entries"]
    assert known == run_feedparser(body.encode())["entries"]
    assert [item["title"] for item in known] == ["a"]


ITUNES = "xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'"
SUMMED = f"<description>A long text</description><itunes:summary {ITUNES}>Other words</itunes:summary>"
IN_ITEMS = {
    "two texts in the head": (f"<itunes:summary {ITUNES}>s</itunes:summary><description>d</description>", SUMMED),
    "an image in the head": (
        "<image><url>https://outlet.example/i.png</url></image>",
        "<image><link href='https://other.example/'/></image><guid>https://outlet.example/g</guid>",
    ),
    "markup named like elements of a feed": (
        "",
        "<description><details><summary>s</summary></details></description><content><div>t <b>u</b></div></content>",
    ),
}


@pytest.mark.parametrize("name", IN_ITEMS)
def test_an_item_is_read_alike_whatever_stood_before_it(name: str) -> None:
    head, said = IN_ITEMS[name]
    items = [f"<title>{number}</title>{said}" for number in range(3)]
    source = Source(body=rss(*items, head=head).encode())
    whole = parse_document(source, LIMITS).entries
    assert len({entry.text for entry in whole}) == 1
    assert [read_without(source, number) for number in range(3)] == [(entry,) for entry in whole]
