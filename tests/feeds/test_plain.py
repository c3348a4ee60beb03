"""Markup becomes what a reader would see; what was never markup stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.plain import join_texts, literal_text, plain_text


@pytest.mark.parametrize(
    "markup, expected",
    [
        ("plain words", "plain words"),
        ("<p>One</p><p>Two</p>", "One Two"),
        ("One<br>two<br/>three", "One two three"),
        ("<ul><li>a</li><li>b</li></ul>", "a b"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "1 2"),
        ("<b>5G</b>-netwerken", "5G-netwerken"),
        ("hoof<i>d</i>stad", "hoofdstad"),
        ("Fish &amp; Chips &eacute; &#8364; &hellip;", "Fish & Chips é € …"),
        ("&amp;amp; twice", "& twice"),
        ("&lt;p&gt;escaped&lt;/p&gt;&lt;p&gt;twice&lt;/p&gt;", "escaped twice"),
        ("a < b and 3 > 2", "a < b and 3 > 2"),
        ("<script>alert(1)</script>safe<style>p{}</style>", "safe"),
        ("<!-- hidden -->seen", "seen"),
        ("<![CDATA[<b>wrapped</b> twice]]>", "wrapped twice"),
        ("<fieldset><legend>One</legend>two</fieldset>", "One two"),
        ("<img src=x onerror=alert(1)> 5G", "5G"),
        ("word\u200bwide \u202eevil\u202c\x00\x1b[31m", "wordwide evil[31m"),
        ("<div", ""),
        ("", ""),
        ("  many\n\t spaces\u00a0here ", "many spaces here"),
        ("Die Rückkehr von &lt;i&gt; und &lt;b&gt;", "Die Rückkehr von <i> und <b>"),
    ],
)
def test_markup_becomes_text(markup: str, expected: str) -> None:
    assert plain_text(markup) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("How to use <div> well", "How to use <div> well"),
        ("AT&T and R&D", "AT&T and R&D"),
        ("<b>bold</b> by mistake", "bold by mistake"),
        ("Caf&eacute;", "Café"),
        ("5 < 6", "5 < 6"),
    ],
)
def test_text_that_is_declared_plain_is_taken_literally_where_it_can_be(text: str, expected: str) -> None:
    assert literal_text(text) == expected


@pytest.mark.parametrize(
    "parts, expected",
    [
        (["Teaser.", "Teaser. And the whole article."], "Teaser. And the whole article."),
        (["The whole art…", "The whole article."], "The whole article."),
        (["The whole [...]", "The whole article."], "The whole article."),
        (["A summary.", "Another text."], "A summary. Another text."),
        (["Same.", "Same."], "Same."),
        (["", "Only this."], "Only this."),
        (["long text with more", "text"], "long text with more"),
        ([], ""),
    ],
)
def test_nothing_is_said_twice(parts: list[str], expected: str) -> None:
    assert join_texts(parts) == expected


@pytest.mark.parametrize(
    "bomb",
    ["<div>" * 50_000 + "x" + "</div>" * 50_000, "<b><i>" * 25_000 + "x", "<table><tr><td>" * 8_000, "<" * 60_000],
)
def test_nesting_costs_no_more_than_moments(bomb: str) -> None:
    assert len(plain_text(bomb)) <= 60_000


@given(st.text(max_size=80))
def test_no_text_raises_or_leaves_control_characters(text: str) -> None:
    for found in (plain_text(text), plain_text(f"<p>{text}</p>"), literal_text(text)):
        assert not any(ord(char) < 32 or char in "\u200b\u202e\u2066\ufeff" for char in found)
