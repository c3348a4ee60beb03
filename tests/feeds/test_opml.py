"""OPML as readers really write it, and what we write."""

from __future__ import annotations

import contextlib
import time
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import InputError
from bot.domain.feed_lists import ListedFeed, fold_feeds, read_tags
from bot.domain.text import clean, shorten
from bot.feeds.guard import Guard
from bot.feeds.opml import MAX_BYTES, mend_address, read_addresses, read_opml, read_opml_text, write_opml
from tests.shared_data import SHARED, needs_shared

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
GUARD = Guard()
# How many addresses each real list holds, counted as `xmlUrl="`; 2 of netnewswire's and of fluent's are there twice.
REAL = {
    "awesome-Brazil": 7,
    "awesome-France": 11,
    "awesome-Germany": 5,
    "awesome-Hong_Kong_SAR_China": 5,
    "awesome-India": 36,
    "awesome-Japan": 8,
    "awesome-Russia": 13,
    "awesome-Spain": 9,
    "awesome-United_States": 10,
    "awesome-rec-News": 11,
    "fluent-reader-153": 141,
    "google-reader-nested-91": 91,
    "google-reader": 22,
    "liferea-fa-rtl": 13,
    "liferea-he": 31,
    "liferea-nl": 15,
    "netnewswire-211": 207,
    "netnewswire-no-title-attr": 207,
    "newsbeuter-flat": 35,
    "rssguard-nested-icons": 30,
    "youtube-265": 264,
}


def wrap(body: str) -> str:
    return f'<?xml version="1.0"?><opml version="1.1"><head><title>Mine</title></head><body>{body}</body></opml>'


def read_one(attributes: str) -> ListedFeed:
    (feed,) = read_opml_text(wrap(f"<outline {attributes}/>"), GUARD).feeds
    return feed


def test_folders_become_tags_outermost_first() -> None:
    text = wrap(
        """<outline text="World"><outline text="Asia">
             <outline type="rss" text="A" xmlUrl="https://a.example/rss"/>
           </outline><outline text="B" xmlUrl="https://b.example/rss"></outline></outline>
           <outline title="C" xmlUrl='https://c.example/rss' />"""
    )
    assert read_opml_text(text, GUARD).feeds == (
        ListedFeed(url="https://a.example/rss", title="A", tags=("World", "Asia")),
        ListedFeed(url="https://b.example/rss", title="B", tags=("World",)),
        ListedFeed(url="https://c.example/rss", title="C"),
    )


@pytest.mark.parametrize(
    "attributes, title, url",
    [
        ('text="World & Nation" xmlUrl="https://a.example/?a=1&b=2"', "World & Nation", "https://a.example/?a=1&b=2"),
        ('text="A &amp; B" xmlUrl="https://a.example/?a=1&amp;b=2"', "A & B", "https://a.example/?a=1&b=2"),
        ('text="The "Daily". Main" xmlUrl="https://a.example/rss"', 'The "Daily". Main', "https://a.example/rss"),
        ('text="a > b" xmlUrl="https://a.example/rss"', "a > b", "https://a.example/rss"),
        ('text="a <b> c" xmlUrl="https://a.example/rss"', "a <b> c", "https://a.example/rss"),
        ("TEXT='it&#8217;s' XMLURL = 'https://a.example/rss'", "it’s", "https://a.example/rss"),
        ('text="&company;" xmlUrl="https://a.example/rss"', "&company;", "https://a.example/rss"),
        ('text="\u202eevil\x00" xmlUrl="https://a.example/rss"', "evil", "https://a.example/rss"),
        ('text="t" title="Named" xmlUrl="feed://a.example/rss"', "Named", "https://a.example/rss"),
        ('text="t" xmlUrl="https://a.example/?a=1&amp;amp;b=2"', "t", "https://a.example/?a=1&b=2"),
        ('text="t" xmlUrl="a.example/rss"', "t", "https://a.example/rss"),
        ('text="t" xmlUrl="HTTPS://a.example/rss#x"', "t", "https://a.example/rss"),
    ],
)
def test_an_outline_is_read_however_crooked(attributes: str, title: str, url: str) -> None:
    assert read_one(attributes) == ListedFeed(url=url, title=title)


def test_categories_are_tags_too() -> None:
    assert read_one('text="t" category="/News/Asia,China" xmlUrl="https://a.example/rss"').tags == (
        "News",
        "Asia",
        "China",
    )


def test_a_comment_holds_no_feed() -> None:
    text = wrap(
        '<!-- <outline xmlUrl="https://old.example/rss"/> --><outline text="t" xmlUrl="https://a.example/rss"/>'
    )
    assert [feed.url for feed in read_opml_text(text, GUARD).feeds] == ["https://a.example/rss"]


def test_a_list_that_breaks_off_gives_what_is_in_it() -> None:
    text = wrap('<outline text="A" xmlUrl="https://a.example/rss"/><outline text="B" xmlUrl="https://b.example/r')
    text = text.removesuffix("</body></opml>")
    assert [feed.title for feed in read_opml_text(text, GUARD).feeds] == ["A"], "half an address is no address"


def test_duplicates_are_folded_and_counted() -> None:
    rows = "".join(
        f'<outline text="A" xmlUrl="{url}"/>' for url in ("http://a.example/rss", "https://www.a.example/rss/")
    )
    found = read_opml_text(wrap(f'{rows}<outline text="F">{rows}</outline>'), GUARD)
    assert found.feeds == (ListedFeed(url="http://a.example/rss", title="A", tags=("F",)),)
    assert found.folded == 3


@pytest.mark.parametrize(
    "url, reason",
    [
        ("http://127.0.0.1/rss", "a loopback address"),
        ("http://2130706433/rss", "a loopback address"),
        ("http://0x7f.1/rss", "a loopback address"),
        ("http://[::ffff:10.0.0.1]/rss", "a private address"),
        ("http://169.254.169.254/latest", "a cloud's metadata service"),
        ("http://localhost:8080/rss", "a local network"),
        ("http://wiki/rss", "a local network"),
        ("http://printer.local/rss", "a local network"),
        ("https://ann:secret@a.example/rss", "name or password"),
        ("file:///etc/passwd", "not an http"),
        ("vfolder", "not an http"),
        ("https://a.example:99999/rss", "port"),
        ("https://a.example/" + "x" * 3000, "characters"),
    ],
)
def test_what_may_not_be_fetched_is_refused_by_name(url: str, reason: str) -> None:
    found = read_opml_text(wrap(f'<outline text="Ours" xmlUrl="{url}"/>'), GUARD)
    (refused,) = found.refused
    assert refused.name == "Ours"
    assert reason in refused.reason
    assert "secret" not in refused.reason
    assert not found.feeds


def test_what_the_operator_allows_is_taken() -> None:
    body = wrap('<outline text="Ours" xmlUrl="http://10.0.0.5:8080/rss"/><outline xmlUrl="http://10.0.0.5/rss"/>')
    found = read_opml_text(body, Guard.of(["10.0.0.5:8080"]))
    assert [feed.url for feed in found.feeds] == ["http://10.0.0.5:8080/rss"]
    assert [refused.name for refused in found.refused] == ["10.0.0.5"]


@pytest.mark.parametrize(
    "body, told",
    [
        (b"<html><body>no</body></html>", "not OPML"),
        (b"", "not OPML"),
        (wrap('<outline text="Utah"/>').encode(), "not a list of feeds"),
        (b"<outline/>" * (MAX_BYTES // 9), "larger than"),
    ],
)
def test_what_is_no_list_is_refused_in_words(body: bytes, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_opml(body, GUARD)


def test_entities_and_external_files_are_never_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the secret")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = (
        f'<!DOCTYPE opml [<!ENTITY l0 "ha">{laughs}<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
        '<opml><body><outline text="&l9;&x;" xmlUrl="https://a.example/rss"/></body></opml>'
    )
    (feed,) = read_opml_text(text, GUARD).feeds
    assert feed.title == "&l9;&x;"


@pytest.mark.parametrize(
    "unit",
    [
        '<outline text="f">',
        '<outline a="',
        "<outline a='b\" ",
        "<!--",
        'x="',
        'a="b"c ',
        " ",
        "a",
        '" ',
        "<outline/>",
        "</outline>",
        "&#x",
    ],
)
def test_no_text_takes_long(unit: str) -> None:
    text = ("<outline " + unit * (1_000_000 // len(unit)))[:1_000_000] + " xmlUrl='https://a.example/rss'/>"
    began = time.process_time()
    with contextlib.suppress(InputError):
        read_opml_text(text, GUARD)
    assert time.process_time() - began < 3


def test_the_encoding_is_found() -> None:
    body = wrap('<outline text="Économie" xmlUrl="https://a.example/rss"/>').replace(
        'version="1.0"', 'version="1.0" encoding="iso-8859-1"', 1
    )
    assert read_opml(body.encode("latin-1"), GUARD).feeds[0].title == "Économie"
    assert read_opml(body.encode("utf-16"), GUARD).feeds[0].title == "Économie"


def test_bare_addresses_are_a_list_too() -> None:
    found = read_addresses("https://a.example/rss, <https://b.example/rss|b> http://localhost/rss", GUARD)
    assert [feed.url for feed in found.feeds] == ["https://a.example/rss", "https://b.example/rss"]
    assert [refused.name for refused in found.refused] == ["localhost"]
    with pytest.raises(InputError, match="neither OPML"):
        read_addresses("what now", GUARD)


@needs_shared
@pytest.mark.parametrize("name", REAL)
def test_a_real_list_is_read_whole(name: str) -> None:
    found = read_opml((SHARED / "data" / "feeds" / "opml" / f"{name}.opml").read_bytes(), GUARD)
    assert len(found.feeds) + len(found.refused) + found.folded == REAL[name]
    assert all("not an http" in refused.reason for refused in found.refused)
    assert all(feed.title == clean(feed.title) for feed in found.feeds)


words = st.text(max_size=40).map(lambda text: shorten(clean(text), 40))
hosts = st.from_regex(r"[a-z]{1,8}\.example", fullmatch=True)
paths = st.text(st.sampled_from("abcZ09/._~-%&;='\"<>`éß中"), max_size=20)
listed = st.builds(
    lambda host, path, title, tags: ListedFeed(
        url=mend_address(f"https://{host}/{path}"), title=title or host, tags=read_tags(tags)
    ),
    hosts,
    paths,
    words,
    st.lists(words, max_size=4),
)


@given(st.lists(listed, max_size=12))
def test_what_is_written_is_read_back_the_same(feeds: list[ListedFeed]) -> None:
    folded, _ = fold_feeds(feeds)
    text = write_opml(folded, title="Mine & <yours>", now=NOW)
    assert ET.fromstring(text).get("version") == "2.0"  # noqa: S314 - our own text
    if folded:
        again = read_opml_text(text, GUARD)
        assert set(again.feeds) == set(folded)
        assert (again.folded, again.refused) == (0, ())


def test_what_is_written_holds_no_fence_of_code() -> None:
    assert "`" not in write_opml(
        [ListedFeed(url="https://a.example/rss", title="```", tags=("`",))], title="`", now=NOW
    )
