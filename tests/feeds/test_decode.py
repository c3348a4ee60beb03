"""Bytes become the letters that were meant, whatever the labels say."""

from __future__ import annotations

import gzip
from encodings.aliases import aliases

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.decode import TooLargeError, decode, unpack
from bot.feeds.mojibake import repair_mojibake

FRENCH = "L’été à Zürich — “taxes” à 5 €"
CHINESE = "中兴通讯与关税谈判，五个工厂停工"
JAPANESE = "ファーウェイと関税交渉"


def _document(text: str, declared: str) -> str:
    return f'<?xml version="1.0" encoding="{declared}"?><rss><title>{text}</title></rss>'


@pytest.mark.parametrize(
    "text, codec, declared, content_type",
    [
        (FRENCH, "utf-8", "utf-8", ""),
        (FRENCH, "utf-8-sig", "iso-8859-1", "text/xml; charset=iso-8859-1"),
        (FRENCH, "utf-8", "iso-8859-1", ""),
        (FRENCH, "utf-8", "us-ascii", "application/xml; charset=us-ascii"),
        (FRENCH, "utf-8", "no-such-charset", ""),
        (FRENCH, "cp1252", "iso-8859-1", ""),
        (FRENCH, "cp1252", "windows-1252", ""),
        (FRENCH, "cp1252", "utf-8", ""),
        (FRENCH, "cp1252", "utf-8", "text/xml"),
        (FRENCH, "utf-16", "utf-16", ""),
        (FRENCH, "utf-16-le", "utf-16", ""),
        (FRENCH, "utf-16-be", "utf-16", ""),
        (FRENCH, "utf-32", "utf-32", ""),
        (CHINESE, "gb2312", "gb2312", ""),
        (CHINESE, "gbk", "gb2312", ""),
        (CHINESE, "gb18030", "gbk", ""),
        (CHINESE, "gbk", "utf-8", ""),
        (CHINESE, "gbk", "utf-8", "text/xml; charset=utf-8"),
        (CHINESE, "gbk", "gbk", "text/xml; charset=iso-8859-1"),
        (CHINESE, "gb18030", "iso-8859-1", "text/xml; charset=gb2312"),
        ("華為與關稅談判", "big5", "big5", ""),
        (JAPANESE, "shift_jis", "Shift_JIS", ""),
        (JAPANESE, "euc_jp", "EUC-JP", ""),
        (JAPANESE, "iso2022_jp", "ISO-2022-JP", ""),
        ("화웨이 관세 협상", "euc_kr", "EUC-KR", ""),
        ("Торговые переговоры", "koi8-r", "KOI8-R", ""),
        ("Торговые переговоры", "koi8-r", "KOI8-R", "text/xml; charset=utf-8"),
        ("화웨이 관세 협상", "euc_kr", "EUC-KR", "text/xml; charset=utf-8"),
        (JAPANESE, "cp932", "windows-31j", ""),
        ("Торговые переговоры", "cp1251", "windows-1251", "text/xml; charset=iso-8859-1"),
        ("Ticaret görüşmeleri ğış", "iso8859-9", "iso-8859-9", ""),
    ],
)
def test_the_text_comes_out_whole(text: str, codec: str, declared: str, content_type: str) -> None:
    assert text in decode(_document(text, declared).encode(codec), content_type)


@pytest.mark.parametrize("text, codec", [(JAPANESE, "euc_jp"), (JAPANESE, "shift_jis"), ("화웨이 관세 협상", "euc_kr")])
def test_one_bad_byte_does_not_change_the_encoding_of_the_rest(text: str, codec: str) -> None:
    body = _document(f"{text}<i/>{text * 4}", codec).encode(codec).replace(b"<i/>", b"\xff")
    assert text * 4 in decode(body)


def test_one_bad_byte_spoils_one_letter_and_nothing_else() -> None:
    body = _document(f"{FRENCH} MARK {FRENCH}", "utf-8").encode().replace(b"MARK", b"\xe9")
    assert decode(body).count(FRENCH) == 2
    body = _document(f"{FRENCH * 5} MARK", "iso-8859-1").encode().replace(b"MARK", b"\xe9")
    assert FRENCH in decode(body, "text/xml; charset=iso-8859-1")


def test_a_document_cut_within_its_last_letter_stays_utf8() -> None:
    assert decode("<title>Zoll für 华".encode()[:-1]).startswith("<title>Zoll für ")


@pytest.mark.parametrize("label", ["utf-7", "base64", "idna", "unicode_escape", "rot13", "\x00", "x" * 500, "utf-16"])
def test_a_label_that_no_feed_may_ask_for_is_passed_over(label: str) -> None:
    assert "Zürich" in decode(_document("Zürich", label).encode(), f"text/xml; charset={label}")


@pytest.mark.parametrize("label", sorted({*aliases.values(), "undefined"}))
def test_no_codec_that_python_knows_raises(label: str) -> None:
    for body in (b"\x80\xff", b"xn--\x80-.", b"+AB\x80-", b"\\u12\x80"):
        decode(body, f"text/xml; charset={label}")


@given(st.binary(max_size=200), st.text(max_size=30))
def test_no_bytes_and_no_header_raise(body: bytes, content_type: str) -> None:
    decode(body, content_type)
    decode(b"<?xml version='1.0' encoding='" + body[:20] + b"'?>" + body, f"text/xml; charset={content_type}")


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=100))
def test_utf8_always_comes_back(text: str) -> None:
    assert decode(f"<t>{text}</t>".encode()) == f"<t>{text}</t>"


def test_a_packed_file_is_unpacked_up_to_the_limit() -> None:
    assert unpack(gzip.compress(b"<rss/>"), 100) == b"<rss/>"
    assert unpack(gzip.compress(gzip.compress(b"<rss/>")), 100) == b"<rss/>"
    assert unpack(b"<rss/>", 3) == b"<rss/>"
    assert unpack(b"\x1f\x8bnonsense", 100) == b"\x1f\x8bnonsense"
    with pytest.raises(TooLargeError):
        unpack(gzip.compress(b"A" * 10_000_000), 1_000_000)


@pytest.mark.parametrize("text", [FRENCH, CHINESE, "Zölle für Öl, Bußgeld", "Переговоры о пошлинах", "tarifs à l’été"])
def test_garbled_text_is_put_back(text: str) -> None:
    garbled = text.encode().decode("cp1252", "replace")
    assert "\ufffd" in garbled or repair_mojibake(garbled) == text


@pytest.mark.parametrize(
    "text", ["„Spaß“ und „Größe“", "passé”…", "Ça coûte 5 €", "São Paulo", FRENCH, CHINESE, "Île-de-France"]
)
def test_text_that_is_meant_as_it_stands_is_left_alone(text: str) -> None:
    assert repair_mojibake(text) == text
