"""Text as Slack reads it: escaping, links, dates, bold and cuts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cards import Span, line
from bot.platforms.slack.mrkdwn import bold, escape, fit, render_line, safe_url
from tests.servers.slack import broadcasts, mrkdwn_problems

AT = datetime(2026, 11, 5, 14, 30, tzinfo=UTC)
HOSTILE = st.text(st.sampled_from("<>&|*_~`!@#^\\ \n\t\u202e\u200b\ud83d\x00U1channel;amplt:/.é中"), max_size=60)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Q&A: 3 < 5 > 4", "Q&amp;A: 3 &lt; 5 &gt; 4"),
        ("<!channel> <@U1> <#C1>", "&lt;!channel&gt; &lt;@U1&gt; &lt;#C1&gt;"),
        ("<http://x|y>", "&lt;http://x|y&gt;"),
        ("&lt;", "&amp;lt;"),
        ('say "it\'s" `so` *now*', 'say "it\'s" `so` *now*'),
        ("```rm```", "``\u200b`rm``\u200b`"),
        ("two\nlines\tand\x00 more\u202e", "two lines and more"),
        ("می\u200cخواهم 👩\u200d💻", "می\u200cخواهم 👩\u200d💻"),
    ],
)
def test_only_what_slack_would_read_is_escaped(text: str, expected: str) -> None:
    assert escape(text) == expected


@pytest.mark.parametrize(
    "url, expected",
    [
        ("https://x.example/a?b=1&c=2", "https://x.example/a?b=1&c=2"),
        ("https://x.example/a|b>c<d e", "https://x.example/a%7Cb%3Ec%3Cd%20e"),
        ("https://x.example/ü\u2028中", "https://x.example/ü%E2%80%A8中"),
        ("javascript:alert(1)", None),
        ("ftp://x.example/", None),
        ("https://", None),
        ("https://x.example/" + "a" * 3000, None),
        (None, None),
    ],
)
def test_links_are_web_addresses_that_cannot_end_early(url: str | None, expected: str | None) -> None:
    assert safe_url(url) == expected


@pytest.mark.parametrize(
    "before, text, after, expected",
    [
        ("", "Sources", "", "*Sources*"),
        (" ", "Sources", ":", "*Sources*"),
        ("", "Bürger*innen", "", "Bürger*innen"),
        ("", "a `b`", "", "a `b`"),
        ("x", "Sources", "", "Sources"),
        ("", "来源", "中", "来源"),
        ("*", "b", "", "b"),
        ("", "<https://x.example/a_b*c|Title>", "", "*<https://x.example/a_b*c|Title>*"),
        ("", "<https://x.example/|T*tle>", "", "<https://x.example/|T*tle>"),
    ],
)
def test_bold_is_left_out_where_slack_would_misread_it(before: str, text: str, after: str, expected: str) -> None:
    assert bold(text, before=before, after=after) == expected


@pytest.mark.parametrize(
    "text, room, expected",
    [
        ("short", 10, "short"),
        ("one two three", 10, "one two…"),
        ("a & b & c", 8, "a &amp;…"),
        ("a & b", 9, "a &amp; b"),
        ("&&&&", 12, "&amp;&amp;…"),
        ("x", 0, ""),
    ],
)
def test_a_text_is_cut_at_a_word_and_never_within_an_entity(text: str, room: int, expected: str) -> None:
    assert fit(text, room) == expected


def test_a_line_shows_links_bold_and_instants() -> None:
    spans = line(
        Span(text="New: ", is_bold=True),
        Span(text="Reuters & co", link="https://x.example/?a=1&b=2"),
        " · ",
        Span(text="5 Nov 14:30", at=AT),
    )
    assert render_line(spans, 3000) == (
        "*New:* <https://x.example/?a=1&amp;b=2|Reuters &amp; co> · "
        "<!date^1793889000^{date_short_pretty} {time}|5 Nov 14:30>"
    )


def test_an_instant_can_be_a_link_and_has_words_where_none_were_given() -> None:
    span = Span(text="", at=AT, link="https://x.example/a^b")
    shown = render_line((span,), 3000)
    assert shown.endswith("{time}^https://x.example/a%5Eb|2026-11-05 14:30 UTC>")


def test_a_link_that_is_no_web_address_is_shown_as_its_text() -> None:
    assert render_line(line(Span(text="click", link="javascript:x")), 100) == "click"


def test_a_link_without_a_text_shows_its_host() -> None:
    assert render_line(line("see ", Span(text=" ", link="https://x.example/a")), 100) == (
        "see <https://x.example/a|x.example>"
    )


def test_nothing_follows_what_was_cut() -> None:
    assert render_line(line("one two three four", Span(text=" five")), 12) == "one two…"
    assert render_line(line("it ends…", " (Reuters)"), 100) == "it ends… (Reuters)"


def test_a_fence_does_not_grow_out_of_neighbours() -> None:
    assert render_line(line("a`", Span(text="``b")), 100) == "a`\u200b``b"
    ticks = Span(text=" ``", link="https://x.example/a")
    assert "```" not in render_line(line(ticks, Span(text=" ``", at=AT, link="https://x.example/a")), 5)


def test_the_marks_of_bold_count_towards_the_room() -> None:
    assert render_line((Span(text="abcdef", is_bold=True),), 8) == "*abcdef*"
    assert render_line((Span(text="abcdef", is_bold=True),), 7) == "*abcd…*"


@given(HOSTILE, HOSTILE, st.booleans(), st.integers(0, 80))
def test_hostile_lines_keep_to_their_room_and_cannot_ping(text: str, other: str, is_bold: bool, room: int) -> None:
    url = f"https://x.example/{other}"
    spans = line(Span(text=text, is_bold=is_bold), Span(text=other, link=url), Span(text=other, at=AT, link=url), text)
    shown = render_line(spans, room)
    assert len(shown) <= room
    assert not mrkdwn_problems(shown)
    assert not broadcasts({"text": shown})
    assert "<@" not in shown
    assert "<#" not in shown
    assert "```" not in shown
    assert "\n" not in shown
