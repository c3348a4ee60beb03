"""Titles, texts and links that want to be more than text: mentions, markup, scripts, tricks with letters."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.specimens import HEAD, Specimen, item, rss, specimen

MENTIONS = (
    "@everyone Harbour", "@here 5G", "<@&123456789012345678> role", "<@123456789012345678> user",
    "<@!123456789012345678> user", "<#123456789012345678> channel", "</airhorn:816437322781949972>", "<id:home>",
    "<:kappa:1234567890>", "<t:1618953630:R>", "<!channel> news", "<!here> 5G", "<!everyone> x", "<@U012AB3CD> hi",
    "<#C012AB3CD>", "<!subteam^S012AB3CD>", "<!date^1392734382^{date}|x>", "@\u200beveryone", "＠everyone",
    "@everyone\n@here", "&lt;!channel&gt;", "&amp;lt;!channel&amp;gt;", "<script>@everyone</script>",
    "@<b></b>everyone", "@&#101;veryone", "<!chan<b></b>nel>",
)  # fmt: skip
MARKUP = (
    "[Login to your bank](https://evil.example/)", "<https://evil.example|bank.com>", "x](https://evil.example) [y",
    "`code` ```fence```", "**bold** __under__ ~~s~~ ||spoiler||", "# Heading\n> quote\n- list", "*bold* _it_ ~s~",
    "\\*escaped\\*", "[a](javascript:alert(1))", "[![img](https://evil.example/i.png)](https://evil.example)",
    "https://evil.example/auto", "see evil.example", "-# small", "[x](<https://evil.example>)", "||@everyone||",
    "a\u2028b\u2029c", "```\n@everyone\n```", "> " * 500, "*" * 5_000, "_" * 5_000 + "x",
)  # fmt: skip
LINKS = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>", "vbscript:x", "file:///etc/passwd", "ftp://news.example/a",
    "mailto:a@b.example", "tag:news.example,2025:1", "urn:uuid:1", "//news.example/a", "/rel/a", "a b c", "", "https://",
    "https:///x", "http://news.example:99999/", "https://user:pass@news.example/", "https://news.example@evil.example/",
    "https://news.example/|evil>", "https://news.example/)evil](x", "https://news.example/a\"b'c<d>",
    "https://news.example/a b", "https://news.example/a\nb", "https://аpple.example/", "https://xn--pple-43d.example/",
    "https://news.example/\u202egnp.exe", "http://127.0.0.1:18999/x", "http://169.254.169.254/latest/meta-data/",
    "http://[::1]/", "http://0x7f000001/", "https://news.example/" + "a" * 5_000, "https://news.example/?q=华为 5G",
    "https://news.example/?utm_source=rss&utm_medium=feed#frag", "slack://open", "discord://-/x", "intent://x#Intent;end",
    "HTTPS://NEWS.EXAMPLE/UP", "https://news.example./dot", "https://news.example:443/port", "https://[::1", "http://[v1.x]/",
    "https://news.example/%00", "https://news.example/\\evil", "https://news.example\\@evil.example/", "\x00https://x.example",
)  # fmt: skip
TITLES = (
    "Hua\u200bwei banned", "Hua\u00adwei soft hyphen", "Ｈｕａｗｅｉ fullwidth", "Нuаwеi cyrillic homoglyph", "HUAWEI",
    "Huaweiʼs", "Huawei’s", "华\u200b为", "華為 traditional", "华为 simplified", "\u202eiewauH rtl override",
    "\u2066iso\u2069late", "\ufeffBOM start", "e\u0301 vs é", "Zalgo z" + "\u0301" * 500, "\u200b", "\u00a0", "   ", "",
    "\u3164", "👨\u200d👩\u200d👧\u200d👦" * 50, "🇳🇱" * 300, "\U000e0041tag chars", "İstanbul ISTANBUL ı",
    "ß ẞ STRASSE straße", "هواوي \u200f(RTL)\u200f 5G", "tab\there", "new\nline", "cr\rhere", "nel\u0085here",
    "{{7*7}} ${7*7} %s %(x)s {0.__class__}", "'; DROP TABLE stories;--", '"quote" \\back\\slash \\u0041',
    "<b>bold</b> <script>alert(1)</script>", "&lt;b&gt; double", "&amp;amp; triple", '=HYPERLINK("https://evil.example")',
    "../../etc/passwd", "con", "a" * 300, "word " * 60, "\U0001f600" * 260, "\ud800 lone surrogate",
    "\ufdd0 noncharacter", "\ue000 private use", "\U0010ffff last",
)  # fmt: skip
_SCRIPTS = (
    "<script>x</script><img src=x onerror=y><iframe src=javascript:z></iframe><a href='javascript:q'>c</a>"
    "<style>*{}</style><svg onload=1><math><mi xlink:href='data:x'>"
)


def documents() -> Iterator[Specimen]:
    """Yield the documents."""
    yield from _chat()
    yield from _links()
    yield from _letters()


def _chat() -> Iterator[Specimen]:
    titles = rss(*(item(m, f"https://news.example/m/{n}", text=f"body {m}") for n, m in enumerate(MENTIONS)))
    yield specimen("chat-mentions", titles, len(MENTIONS), titles=["@everyone Harbour"])
    sections = (f"<![CDATA[{mention}]]>" for mention in MENTIONS)
    raw = rss(*(item(s, f"https://news.example/c/{n}", text=s, is_raw=True) for n, s in enumerate(sections)))
    yield specimen("chat-mentions-cdata", raw, len(MENTIONS))
    yield specimen("chat-mentions-feed-title", rss(item(), title="@everyone <!channel> News"), 1)
    fields = "<author>@everyone &lt;!here&gt;</author><category>@everyone</category><source>&lt;!channel&gt;</source>"
    yield specimen("chat-mentions-other-fields", rss(item(extra=fields)), 1)
    markup = rss(*(item(m, f"https://news.example/k/{n}", text=m) for n, m in enumerate(MARKUP)))
    yield specimen("chat-markup", markup, len(MARKUP))


def _links() -> Iterator[Specimen]:
    listed = rss(*(item(f"Link {n}", link, guid=f"g{n}") for n, link in enumerate(LINKS)))
    yield specimen("link-schemes", listed, len(LINKS), words=["javascript:", "data:", "/etc/passwd"])
    takeover = (
        f'{HEAD}<feed xmlns="http://www.w3.org/2005/Atom" xml:base="javascript:"><title>t</title><id>x</id>'
        '<entry xml:base="https://evil.example/"><title>Story</title><id>1</id><link href="a/1"/></entry></feed>'
    )
    yield specimen("link-base-of-another", takeover, 1, words=["javascript:"])
    related = '<atom:link href="https://news.example/wrong" title="Related"/>'
    yield specimen("link-related", rss(item(link="https://news.example/right", extra=related)), 1, words=["/wrong"])
    several = "<item><title>t</title><link>https://news.example/1</link><link>https://news.example/2</link></item>"
    yield specimen("link-several", rss(several), 1, words=["/2"])


def _letters() -> Iterator[Specimen]:
    titles = rss(*(item(t, f"https://news.example/t/{n}", guid=f"t{n}") for n, t in enumerate(TITLES)))
    yield specimen("text-titles", titles, len(TITLES), titles=["Huawei banned", "Huawei soft hyphen"])
    control = rss(item("a\x01b\x08c\x1bd\x7f", is_raw=True), item("x", text="esc \x1b[31mred", is_raw=True))
    yield specimen("text-control-characters", control, 2, titles=["abcd", "x"])
    yield specimen("text-nul", rss(item("a\x00b")), 1, titles=["ab"])
    yield specimen("text-nul-everywhere", "\0".join(rss(item("Seen"))), 1, titles=["Seen"])
    wrong = "&#0; &#x1b; &#xD800; &#xFFFF; &#1114112; &#99999999999; &#128512;"
    yield specimen("text-wrong-references", rss(item(wrong, is_raw=True)), 1, titles=["� � � � 😀"])
    title = (
        rss(item("<b>Harbour</b> &amp; <i>port</i>"))
        .replace("</item>", "</item>" + item("<![CDATA[<img src=x onerror=alert(1)> 5G]]>", is_raw=True))
        .replace("</channel>", item("A &lt;b&gt; B", is_raw=True) + item("<b></b>") + "</channel>")
    )
    yield specimen("text-markup-in-title", title, 4, titles=["Harbour & port", "5G", "A B", "text"], words=["onerror"])
    yield specimen("text-scripts", rss(item(text=_SCRIPTS)), 1, words=["alert", "onerror", "javascript", "{}"])
    bad = b"\xff\xfe\x80 \xc3( \xe2\x82 \xed\xa0\x80 \xc0\xaf"
    yield specimen("text-invalid-utf8", rss(item("café MARK")).encode().replace(b"MARK", bad), 1)
    cut = rss(item("Seen", text="港口")).encode().partition("口".encode())
    yield specimen("text-cut-within-a-letter", cut[0] + "口".encode()[:2], 1, titles=["Seen"])
