"""Documents whose letters are not what their labels say."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.specimens import HEAD, Specimen, item, rss, specimen

CHINESE = "华为与中兴 5G"
TRADITIONAL = "華為與中興 5G"
FRENCH = "L’été à Zürich — “Port” €5"
_LABELS = (
    (CHINESE, "gb2312", "gb2312", ""),
    ("华为瞭与中兴 5G", "gbk", "gb2312", ""),
    ("华为瞭﨎与中兴 5G", "gb18030", "gbk", ""),
    (TRADITIONAL, "big5", "big5", ""),
    ("香港嘅碼頭", "big5hkscs", "big5", ""),
    (CHINESE, "gbk", "utf-8", ""),
    (CHINESE, "gb18030", "iso-8859-1", "text/xml; charset=gb2312"),
    (CHINESE, "utf-16", "utf-16", ""),
    (CHINESE, "utf-16-le", "utf-16", ""),
    (CHINESE, "utf-16-be", "utf-8", ""),
    (CHINESE, "utf-32", "utf-32", ""),
    (CHINESE, "utf-8", "gb2312", ""),
    (CHINESE, "utf-8-sig", "utf-8", ""),
    (CHINESE, "utf-8", "utf-16", "text/xml; charset=utf-16"),
    (FRENCH, "cp1252", "iso-8859-1", ""),
    (FRENCH, "cp1252", "windows-1252", ""),
    (FRENCH, "cp1252", "utf-8", ""),
    (FRENCH, "utf-8", "iso-8859-1", ""),
    (FRENCH, "utf-8", "us-ascii", ""),
    (FRENCH, "utf-8", "nonsense-9", ""),
    (FRENCH, "utf-8", "uu_codec", ""),
    (FRENCH, "utf-8", "utf-8", "text/xml; charset=iso-8859-1"),
    (FRENCH, "utf-8", "utf-8", "text/xml; charset=zlib_codec"),
    ("Zażółć gęślą jaźń", "cp1250", "windows-1250", ""),
    ("Zażółć gęślą jaźń", "iso8859-2", "iso-8859-2", ""),
    ("Портовые пошлины", "cp1251", "windows-1251", ""),
    ("Портовые пошлины", "koi8-r", "KOI8-R", ""),
    ("Λιμάνι και δασμοί", "cp1253", "windows-1253", ""),
    ("Ticaret görüşmeleri ğış", "cp1254", "windows-1254", ""),
    ("שיחות סחר בנמל", "cp1255", "windows-1255", ""),
    ("محادثات التجارة", "cp1256", "windows-1256", ""),
    ("Tirdzniecības sarunas", "cp1257", "windows-1257", ""),
    ("Đàm phán cảng", "utf-8", "windows-1258", ""),
    ("การเจรจาการค้า", "cp874", "tis-620", ""),
    ("ファーウェイ 関税", "shift_jis", "Shift_JIS", ""),
    ("①ファーウェイ 関税", "cp932", "Shift_JIS", ""),
    ("ファーウェイ 関税", "euc_jp", "EUC-JP", ""),
    ("ファーウェイ 関税", "iso2022_jp", "ISO-2022-JP", ""),
    ("화웨이 관세 똠방", "cp949", "EUC-KR", ""),
)  # fmt: skip


def documents() -> Iterator[Specimen]:
    """Yield the documents; each title must come out whole."""
    for number, (title, codec, declared, content_type) in enumerate(_LABELS):
        body = rss(item(title)).replace("UTF-8", declared).encode(codec)
        name = f"encoding-{number:02}-{codec}-as-{declared}"
        yield specimen(name, body, 1, titles=[title], content_type=content_type)
    bare = rss(item(FRENCH), head="").encode("cp1252")
    yield specimen("encoding-undeclared", bare, 1, titles=[FRENCH])
    garbled = "Zürich – port’s".encode().decode("cp1252").encode()
    doubled = rss(item("MARK")).encode().replace(b"MARK", garbled)
    yield specimen("encoding-garbled-twice", doubled, 1, titles=["Zürich – port’s"])
    one_bad = rss(item(CHINESE), item("MARK")).encode().replace(b"MARK", b"caf\xe9")
    yield specimen("encoding-one-bad-byte", one_bad, 2, titles=[CHINESE, "caf�"])
    utf7 = rss(item(FRENCH)).replace("UTF-8", "utf-7").encode("utf-7")
    yield specimen("encoding-utf-7", utf7, 1, words=["été"])
    marked = b"\xef\xbb\xbf\xff\xfe" + rss(item("Seen")).encode()
    yield specimen("encoding-two-marks", marked, 1, titles=["Seen"])
    odd = rss(item(CHINESE)).replace("UTF-8", "utf-16").encode("utf-16-le") + b"\0"
    yield specimen("encoding-utf-16-odd-byte", odd, 1, titles=[CHINESE])
    surrogate = rss(item("MARK")).encode().replace(b"MARK", b"a\xed\xa0\x80b")
    yield specimen("encoding-surrogates", surrogate, 1)
    late = HEAD.replace("UTF-8", "gbk").strip() + " " * 5_000 + rss(item(CHINESE), head="")
    yield specimen("encoding-declared-before-much-space", late.encode("gbk"), 1, titles=[CHINESE])
