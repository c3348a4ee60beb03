"""A document cut with most of its items known is cut as it would be by the XML parser."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feeds.decode import decode
from bot.feeds.document import Source
from bot.feeds.parse import parse_document
from bot.feeds.recut import split_again
from bot.feeds.split import Split, UnsplitError, split
from bot.feeds.unseen import Memory
from tests.feeds.fetching import LIMITS
from tests.feeds.test_split import SPLIT, WHOLE, atom, entry, item, rss

OLD = "".join(item(n) for n in range(3))


def cut(text: str) -> Split | None:
    """Cut a document as the XML parser does; None where it cannot be cut."""
    try:
        return split(text.encode())
    except UnsplitError:
        return None


def known(text: str) -> frozenset[bytes]:
    """Give the digests of the items of a document."""
    parts = cut(text)
    return frozenset(parts.digests) if parts else frozenset()


@pytest.mark.parametrize("name", [*SPLIT, *WHOLE])
def test_it_is_cut_as_by_the_xml_parser_or_not_at_all(name: str) -> None:
    document = (SPLIT | WHOLE)[name]
    whole = cut(document)
    digests = whole.digests if whole else ()
    for left_out in range(len(digests) + 1):
        again = split_again(document.encode(), {*digests[:left_out], *digests[left_out + 1 :]})
        assert again is None or again == whole


def test_a_new_item_among_known_ones_is_found() -> None:
    for new in (rss(item(9) + OLD), rss(OLD + item(9)), rss(item(7) + "<!-- <item> -->" + OLD + item(9))):
        again = split_again(new.encode(), known(rss(OLD)))
        assert again is not None
        assert again == cut(new)


def test_a_comment_before_the_root_does_no_harm() -> None:
    told = rss(OLD, prolog="<?xml version='1.0'?>\n<!-- made by <rss> 1.0 -->\n<?x y?>")
    assert split_again(told.encode(), known(told)) == cut(told)


@pytest.mark.parametrize(
    "document",
    [
        rss(f"<!-- {OLD} -->"),
        rss(f"<about><![CDATA[{OLD}]]></about>"),
        rss(item(8, f"<note><![CDATA[{OLD}]]></note>")),
        rss(f"<item><![CDATA[{OLD}]]><item>]]></item>"),
        rss(f"<item>{OLD}</item>"),
        rss("") + OLD,
        rss(OLD)[: -len("</rss>")],
        rss(OLD + item(9, "<zz:x/>")),
        rss(OLD).replace("<channel>", "<channel xmlns:q='urn:q'>"),
        rss(OLD + "<entry/>"),
        rss(OLD, prolog="<!DOCTYPE rss>"),
        atom(entry(1)),
    ],
)
def test_what_known_items_stand_in_is_looked_at(document: str) -> None:
    assert split_again(document.encode(), known(rss(OLD))) is None


def test_hostile_documents_take_no_time() -> None:
    for data in (b" " * 500_000, b"<!--" + b"a-" * 500_000, b"<?" * 200_000, b"<rss " + b"a='" * 200_000):
        assert split_again(data, {b""}) is None


PIECES = st.sampled_from(
    [item(1), item(2), "<item>", "</item>", "<item/>", "<![CDATA[", "]]>", "<!--", "-->", "a", " "]
)
DOCUMENTS = st.lists(PIECES, max_size=7).map(lambda pieces: f"<rss><channel>{''.join(pieces)}</channel></rss>")


@settings(max_examples=300)
@given(DOCUMENTS)
def test_whatever_is_cut_again_is_cut_alike(document: str) -> None:
    again = split_again(document.encode(), known(f"<rss><channel>{item(1)}{item(2)}</channel></rss>"))
    assert again is None or again == cut(document)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_it_is_read_alike_whichever_way_it_goes(mark: str) -> None:
    """With an item of another make among them, the document is not cut again."""
    for new in (rss(item(9, "<title>Caf\u00e9</title>") + OLD), rss(item(9) + OLD + "<x xmlns='urn:x'/>")):
        seen = parse_document(Source(body=rss(OLD).encode()), LIMITS).seen
        document = parse_document(Source(body=f"{mark}{new}".encode(), seen=seen), LIMITS)
        whole = parse_document(Source(body=new.encode()), LIMITS)
        assert (document.entries, document.skipped) == (whole.entries[:1], 3)
        assert (document.title, Memory.read(document.seen)) == (whole.title, Memory.read(whole.seen))


def test_items_garbled_by_their_publisher_are_repaired_in_a_document_read_again() -> None:
    new = rss(item(9, "<category>x</category>").replace("T9", "\u00c3\u00bcber") + OLD)
    seen = parse_document(Source(body=rss(OLD).encode()), LIMITS).seen
    document = parse_document(Source(body=new.encode(), seen=seen), LIMITS)
    assert [entry.title for entry in document.entries] == ["\u00fcber"]
    assert decode(new.encode()) == new
