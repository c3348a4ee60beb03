"""What feeds in the wild do that no standard foresees, on whole documents as they come over the wire."""

from __future__ import annotations

import pytest

from bot.feeds.identity import document_keys
from tests.feeds.fetching import read, rss

LINK = "<link>https://o.example/1</link>"


@pytest.mark.parametrize(
    "codec, declared, title",
    [
        ("gbk", "gb2312", "中兴通讯与关税谈判镕"),
        ("gb18030", "gbk", "中兴通讯与关税谈判㐀"),
        ("gbk", "utf-8", "中兴通讯与关税谈判，五个工厂停工"),
        ("big5", "big5", "華為與關稅談判"),
        ("big5hkscs", "big5", "香港嘅碼頭"),
        ("cp932", "Shift_JIS", "①ファーウェイと関税交渉"),
        ("cp1250", "windows-1250", "Zażółć gęślą jaźń"),
        ("cp1251", "windows-1251", "Торговые переговоры"),
        ("cp1252", "iso-8859-1", "L’été à Zürich – 5 €"),
        ("cp1253", "windows-1253", "Λιμάνι και δασμοί"),
        ("cp1254", "windows-1254", "Ticaret görüşmeleri ğış"),
        ("cp1255", "windows-1255", "שיחות סחר בנמל"),
        ("cp1256", "windows-1256", "محادثات التجارة"),
        ("cp1257", "windows-1257", "Tirdzniecības sarunas"),
        ("utf-16", "utf-16", "中兴通讯 Zürich"),
    ],
)
def test_a_title_comes_whole_out_of_its_encoding(codec: str, declared: str, title: str) -> None:
    body = rss(f"<title>{title}</title>{LINK}").replace('version="1.0"', f'version="1.0" encoding="{declared}"', 1)
    assert [entry.title for entry in read(body.encode(codec)).entries] == [title]


def test_one_bad_byte_garbles_no_other_letter_of_a_feed() -> None:
    body = rss(f"<title>中兴通讯 Zürich</title>{LINK}", "<title>caf@</title>").encode().replace(b"@", b"\xe9")
    assert [entry.title for entry in read(body).entries] == ["中兴通讯 Zürich", "caf\ufffd"]


@pytest.mark.parametrize(
    "date, day",
    [
        ("Mon, 06 Jan 2025 23:30:00 CEST", "2025-01-06T21:30"),
        ("Tue, 07 Jan 2025 01:30:00 HKT", "2025-01-06T17:30"),
        ("2016/10/26 21:53:13", "2016-10-26T21:53"),
        ("2025年1月6日 10:00", "2025-01-06T10:00"),
        ("ma, 06 jan 2025 10:00:00 +0100", "2025-01-06T09:00"),
        ("Mo, 06 Okt 2025 10:00:00 +0200", "2025-10-06T08:00"),
        ("lun., 06 janv. 2025 10:00:00 +0100", "2025-01-06T09:00"),
        ("lun, 06 ene 2025 10:00:00 +0100", "2025-01-06T09:00"),
        ("lun, 06 gen 2025 10:00:00 +0100", "2025-01-06T09:00"),
        ("seg, 06 jan 2025 10:00:00 -0300", "2025-01-06T13:00"),
        ("1736157600", "2025-01-06T10:00"),
        ("2025-02-30", None),
        ("9999-12-31T23:59:59Z", None),
        ("Mon, 06 Jan 2098 10:00:00 GMT", "2098-01-06T10:00"),  # the poll knows the time, and drops it there
    ],
)
def test_a_date_is_read_from_the_document(date: str, day: str | None) -> None:
    [entry] = read(rss(f"<title>T</title>{LINK}<pubDate>{date}</pubDate>")).entries
    assert (entry.published_at.isoformat()[:16] if entry.published_at else None) == day


def test_a_good_date_is_found_behind_a_bad_one() -> None:
    [entry] = read(rss("<title>T</title><pubDate>yesterday</pubDate><dc:date>2025-01-06</dc:date>")).entries
    assert entry.published_at is not None


def test_items_within_items_are_all_told() -> None:
    body = rss("<title>Outer</title><item><title>Inner</title><link>https://o.example/2</link></item>")
    assert {entry.title for entry in read(body).entries} == {"Outer", "Inner"}


def test_entries_without_guid_link_title_or_date_stay_apart() -> None:
    body = rss(
        "<title>Only a title</title>",
        "<title>Only another</title>",
        "<description>Only a text</description>",
        "<link>https://o.example/only-a-link</link>",
        "<guid>only-a-guid</guid><title>Only a guid</title>",
        "<guid>same</guid><title>One of two</title><link>https://o.example/one</link>",
        "<guid>same</guid><title>Two of two</title><link>https://o.example/two</link>",
    )
    entries = read(body).entries
    assert [entry.published_at for entry in entries] == [None] * 7
    assert len(set(document_keys(entries))) == 7


def test_a_link_of_google_news_keeps_its_address_and_names_the_outlet() -> None:
    link = "https://news.google.com/rss/articles/CBMi?oc=5&amp;hl=en-US"
    source = '<source url="https://courier.example">Harbour Courier</source>'
    [entry] = read(rss(f"<title>Talks resume</title><link>{link}</link>{source}")).entries
    assert (entry.link, entry.outlet) == (link.replace("&amp;", "&"), "Harbour Courier")
    [key] = document_keys([entry])
    assert key.url == "https://news.google.com/articles/CBMi"


@pytest.mark.parametrize(
    "written, title",
    [
        ("&lt;b&gt;Chips&lt;/b&gt; &amp;amp; more", "Chips & more"),
        ("<![CDATA[<i>5G</i>-netwerken]]>", "5G-netwerken"),
        ("<![CDATA[One<br/>two<p>three</p>four]]>", "One two three four"),
        ("Tal\u200bks \u202eresume\u202c \u2066now\u2069\ufeff", "Talks resume now"),
        ("Talks&#x1b;[31m &#0;resume", "Talks[31m resume"),
        ("Caf&eacute; &hellip; &mdash; &nbsp;au lait", "Café … — au lait"),
    ],
)
def test_a_title_is_plain(written: str, title: str) -> None:
    assert read(rss(f"<title>{written}</title>{LINK}")).entries[0].title == title
