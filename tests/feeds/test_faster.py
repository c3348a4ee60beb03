"""feedparser made faster answers as feedparser does."""

from __future__ import annotations

import copy
import importlib.util
import warnings
from typing import Any

import pytest
from feedparser import api, mixin, util
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds import faster, parse, sax

KEYS = [*util.FeedParserDict.keymap, "category", "enclosures", "license", "updated", "updated_parsed", "published"]
KEYS += ["published_parsed", "title", "id", "link", "tags", "summary", "subtitle", "type", "value", "rel", "x"]


def original() -> Any:
    """feedparser's own dictionary, as its file has it."""
    module = importlib.util.module_from_spec(spec) if (spec := util.__spec__) else None
    assert module is not None
    assert spec is not None
    assert spec.loader is not None
    spec.loader.exec_module(module)
    return module.FeedParserDict


ORIGINAL = original()
TAGS = [{"term": "trade"}]
LINKS = [{"rel": "enclosure", "href": "a"}, {"rel": "license", "href": "b"}]
RECORDS = st.dictionaries(st.sampled_from(KEYS), st.text(max_size=3)).map(
    lambda held: held | {"tags": TAGS, "links": LINKS}
)


def ask(record: Any, key: str) -> tuple[object, object, object]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            return record.get(key), record.get(key, "none"), key in record
        except KeyError as error:
            return error.args


@given(RECORDS)
def test_a_record_answers_for_every_key_as_before(held: dict[str, Any]) -> None:
    mine, theirs = util.FeedParserDict(), ORIGINAL()
    for key, value in held.items():
        mine[key] = theirs[key] = value
    assert dict(mine) == dict(theirs)
    assert [ask(mine, key) for key in KEYS] == [ask(theirs, key) for key in KEYS]


@given(st.dictionaries(st.sampled_from(KEYS), st.text(max_size=3) | st.lists(st.text(max_size=2), max_size=2)))
def test_a_copy_is_deep_and_of_the_same_kind(held: dict[str, Any]) -> None:
    record = util.FeedParserDict(held)
    copied = copy.deepcopy(record)
    assert type(copied) is util.FeedParserDict
    assert dict(copied) == dict(copy.deepcopy(ORIGINAL(held)))
    lists = [value for value in held.values() if isinstance(value, list)]
    assert not any(value is mine for value in lists for mine in copied.values())


def test_a_record_that_holds_itself_is_copied() -> None:
    record = util.FeedParserDict(a="b")
    dict.__setitem__(record, "x", [record])
    copied = copy.deepcopy(record)
    assert dict.__getitem__(copied, "x") == [copied]
    assert dict.__getitem__(copied, "x")[0] is copied


@pytest.mark.parametrize("address", ["", "a/b", "https://c.example/", "javascript:x", "x" * 2_000, None])
def test_an_address_is_resolved_as_before(address: str | None) -> None:
    base = "https://courier.example/news/"
    assert faster.resolve(base, address) == faster._resolve(base, address)


ADDRESSES = ["https://b.example/a?x=1&y=2", "http://b.example", "http:///b.example", "https:////b", "HTTP://b.example/"]
ADDRESSES += ["http://[::1/a", "https://bücher.example/", "http://b\u2100.example/", "/a", "a", "#x", "", "mailto:a@b"]
BASES = ["gopher://relative.invalid/~/", "gopher://[x", "gopher://relative.invalid/ü", "https://c.example/n/", ""]


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_joined_as_before(base: str, address: str) -> None:
    assert faster.join(base, address) == faster._join(base, address)


RSS = "<rss version='2.0' {}><channel><item>{}</item></channel></rss>"
DIV = "<div xmlns='http://www.w3.org/1999/xhtml'>{}</div>"
SVG = "<svg xmlns='http://www.w3.org/2000/svg'><g/></svg>"
MATH = "<math xmlns='http://www.w3.org/1998/Math/MathML'><mi>x</mi></math>"
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><entry>{}</entry></feed>"
DC, MEDIA = "xmlns:dc='http://purl.org/DC/elements/1.1/'", "xmlns:m='http://search.yahoo.com/mrss'"
RDF = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>{}</rdf:RDF>"
ODD = [
    RSS.format("", "<title>a &amp; b&#x2014;c &lt;b&gt;d&lt;/b&gt;</title><TITLE>T</TITLE>"),
    RSS.format(f"{DC} {MEDIA}", "<dc:creator>A</dc:creator><m:title>M</m:title>"),
    RSS.format("xmlns:q='urn:q'", "<q:mood>glad</q:mood><q:x y='1'>z</q:x>"),
    RSS.format("xmlns='http://backend.userland.com/rss2'", "<title>T</title><link>/a</link>"),
    RSS.format("", "<title>\u00e9 \x80\x9f &#x93;\u4e00&#150;</title>"),
    RSS.format("", "<title>\u00e9&#233;" + "&lt;p&gt;long " * 2_000 + "</title>"),
    ATOM.format("<title type='xhtml'>" + DIV.format("\n <b>x</b> &amp;\n y ") + "</title>"),
    ATOM.format("<content type='xhtml'>" + DIV.format(SVG + MATH) + "</content>"),
    RDF.format("<item rdf:about='u'><title><![CDATA[a]]>b<![CDATA[ <c> ]]></title></item>"),
]


@pytest.mark.parametrize("text", ODD)
def test_a_document_is_read_as_before(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    document = text.encode()
    mine = parse.run_feedparser(document)
    monkeypatch.setattr(api, "PREFERRED_XML_PARSERS", [])
    monkeypatch.setattr(api.StrictFeedParser, "startElementNS", faster._start)
    monkeypatch.setattr(api.StrictFeedParser, "endElementNS", faster._end)
    monkeypatch.setattr(mixin, "_urljoin", faster._join)
    monkeypatch.setattr(mixin, "_cp1252", dict(mixin._cp1252))
    theirs = parse.run_feedparser(document)
    assert mine["entries"]
    assert repr(mine) == repr(theirs)


@given(st.text())
def test_characters_are_translated_as_before(text: str) -> None:
    table = {0x80: "\u20ac", 0x9F: "\u0178"}
    assert text.translate(faster.Translation(table)) == text.translate(table)


def test_the_parser_uses_them() -> None:
    assert parse.run_feedparser(b"<rss version='2.0'/>")["version"] == "rss20"
    assert util.FeedParserDict.get is faster.get
    assert mixin.make_safe_absolute_uri is faster.resolve
    assert mixin._urljoin is faster.join
    assert api.StrictFeedParser.startElementNS is faster.start_element
    assert [type(sax.create_parser()).__module__] == api.PREFERRED_XML_PARSERS
