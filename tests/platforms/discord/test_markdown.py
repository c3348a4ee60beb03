"""Text from feeds stays text: no markup, no mention, no link of its own, no cut inside an escape."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.cards import Span, line
from bot.platforms.discord.markdown import escape, fit, render_line, safe_url, units
from bot.platforms.discord.render import MAX_LINE

HOSTILE = st.text(alphabet=st.sampled_from(list("\\`*_~|[]()<>@#:-+.1 /aé中👍🇳\u0301\u202e\u200b\n\x00")), max_size=60)
TEXTS = HOSTILE | st.text(max_size=60)
UNESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")  # Discord's own rule for what a backslash takes out of markup


def plain(escaped: str) -> str:
    """Return what a reader sees of escaped text."""
    return UNESCAPE.sub(r"\1", escaped)


def live(escaped: str) -> str:
    """Return what is left for Discord to read as markup once escaped characters are taken out."""
    return UNESCAPE.sub("", escaped)


@pytest.mark.parametrize(
    "text, shown",
    [
        ("@everyone", r"\@everyone"),
        ("<@&1> <#2> <t:0:R> <:a:1>", r"\<\@&1\> \<\#2\> \<t\:0\:R\> \<\:a\:1\>"),
        ("[x](javascript:alert(1))", r"\[x\](javascript\:alert(1))"),
        ("see https://evil.example/a_b", r"see https\://evil.example/a\_b"),
        ("# Heading", r"\# Heading"),
        ("-# small", r"\-\# small"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
        ("12) item", r"12\) item"),
        ("> quote", r"\> quote"),
        ("`code` ```block```", r"\`code\` \`\`\`block\`\`\`"),
        ("**bold** __under__ ~~no~~ ||spoiler||", r"\*\*bold\*\* \_\_under\_\_ \~\~no\~\~ \|\|spoiler\|\|"),
        (r"C:\new", r"C\:\\new"),
        ("Prices: 5G-bans rose 1.5 %", "Prices: 5G-bans rose 1.5 %"),
        ("a\u202eb\x00c\nd", "abc d"),
    ],
)
def test_nothing_in_a_text_is_markup(text: str, shown: str) -> None:
    assert render_line(line(text), 500) == shown


@settings(deadline=None)
@given(TEXTS)
def test_a_reader_sees_the_text_and_discord_sees_no_markup(text: str) -> None:
    escaped = escape(text)
    assert not set("`*_~|[]<>@#") & set(live(escaped))
    assert plain(escaped) == text or "\\" in text


@settings(deadline=None)
@given(TEXTS, st.integers(min_value=0, max_value=80))
def test_a_cut_keeps_the_limit_and_ends_no_escape_in_the_middle(text: str, limit: int) -> None:
    made = fit(text, limit, escape)
    assert units(made) <= limit
    assert (len(made) - len(made.rstrip("\\"))) % 2 == 0
    assert units(escape(text)) > limit or made == escape(text)


def test_a_cut_ends_at_a_word() -> None:
    assert fit("Huawei wins a court case", 15) == "Huawei wins a…"
    assert fit("*Huawei* wins", 12, escape) == r"\*Huawei\*…"
    assert fit("a" * 300, 256) == "a" * 255 + "…"
    assert fit("👍" * 10, 7) == "👍👍👍…"


@settings(deadline=None)
@given(st.lists(st.builds(Span, text=TEXTS, is_bold=st.booleans(), link=st.none() | TEXTS)), st.integers(0, 300))
def test_a_line_of_any_spans_keeps_its_limit(spans: list[Span], limit: int) -> None:
    assert units(render_line(tuple(spans), limit)) <= limit


@pytest.mark.parametrize(
    "url, safe",
    [
        ("https://news.example/a", "https://news.example/a"),
        ("HTTPS://News.Example/A?b=1&c=%20#d", "https://news.example/A?b=1&c=%20#d"),
        ("https://a.example/x)y(z", "https://a.example/x%29y%28z"),
        ("https://a.example/x y>z\"'\\`|*", "https://a.example/x%20y%3Ez%22%27%5C%60%7C*"),
        ("https://bücher.example/中", "https://xn--bcher-kva.example/%E4%B8%AD"),
        ("https://user:secret@a.example/", "https://a.example/"),
        ("http://[2001:db8::1]:8080/", "http://[2001:db8::1]:8080/"),
        ("https://a.example/\ud800", None),
        ("https://a.example:x/", None),
        ("https://a..example/", None),
        ("https://a<b>.example/", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//a.example/", None),
        ("", None),
        (None, None),
        ("https://a.example/" + "x" * 500, None),
    ],
)
def test_only_web_addresses_become_links_and_none_breaks_out(url: str | None, safe: str | None) -> None:
    assert safe_url(url, 512) == safe


@settings(deadline=None)
@given(TEXTS)
def test_no_address_holds_what_ends_a_masked_link(tail: str) -> None:
    url = safe_url(f"https://a.example/{tail}", 2000)
    assert url is None or re.fullmatch(r"https://a\.example/[^\s()<>\"'\\`|\[\]]*", url)


@pytest.mark.parametrize(
    "span, shown",
    [
        (Span(text="Case", link="https://a.example/"), "[Case](https://a.example/)"),
        (Span(text="a [b] `c`", link="https://a.example/"), r"[a (b) \`c\`](https://a.example/)"),
        (Span(text="Case", link="javascript:alert(1)"), "Case"),
        (Span(text="Case", link="https://a.example/" + "x" * 600), "Case"),
        (Span(text="Case", link="https://a.example/", is_bold=True), "**[Case](https://a.example/)**"),
        (Span(text=" bold ", is_bold=True), "**bold**"),
        (Span(text="\u200b", link="https://a.example/", is_bold=True), ""),
        (Span(text="just now", at=datetime(2026, 11, 2, 8, 30, tzinfo=UTC)), "<t:1793608200:R>"),
    ],
)
def test_a_span_is_shown_in_discords_form(span: Span, shown: str) -> None:
    assert render_line((span,), 1000) == shown


def test_spans_keep_the_spaces_between_them_and_bold_ones_stay_apart() -> None:
    spans = line(
        Span(text="a", is_bold=True), Span(text="b", is_bold=True), " · ", "c", Span(text=" d ", is_bold=True), "e"
    )
    assert render_line(spans, 100) == "**a**\u200b**b** · c **d** e"


def test_a_line_ends_with_the_span_that_did_not_fit() -> None:
    assert render_line(line("Huawei wins a court case", " and more"), 16) == "Huawei wins a…"
    assert render_line(line("x", Span(text="now", at=datetime(2026, 11, 2, tzinfo=UTC)), "y"), 8) == "x"


def test_a_link_is_left_out_where_it_leaves_no_room_for_its_words() -> None:
    span = Span(text="Huawei wins a court case", link="https://a.example/" + "x" * 60)
    assert render_line((span,), 90) == "Huawei wins a court case"
    assert render_line((span,), 105).startswith("[Huawei wins a court…](https://a.example/")


LIMITS = {
    "an embed's title": 256,
    "a line": MAX_LINE,
    "a footer": 2048,
    "a button's label": 80,
    "a form's title": 45,
    "a field's label": 45,
    "an option": 100,
    "a thread's name": 100,
}


@pytest.mark.parametrize("limit", sorted(set(LIMITS.values())))
@pytest.mark.parametrize("letter", ["x", "中", "👍", "e\u0301", "👩\u200d🚀", "🇳🇱"], ids=ascii)
def test_what_just_fits_a_limit_stays_whole_and_one_letter_more_is_cut_between_letters(letter: str, limit: int) -> None:
    size = units(letter)
    whole = letter * (limit // size)
    assert fit(whole, limit) == whole
    cut = fit(whole + letter, limit)
    assert limit - 2 * size <= units(cut) <= limit
    assert cut.endswith("…")
    assert cut[:-1] == letter * (len(cut[:-1]) // len(letter))
