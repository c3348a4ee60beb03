"""Cards in the terminal: order, plain feed text, relative times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.commands.answers import Form, FormField
from bot.domain.cards import Button, Call, Card, Section, Span, line
from bot.platforms.console.render import as_plain, relative, render_card, render_form, render_update

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_card_shows_headline_sections_link_buttons_and_footer_in_order() -> None:
    card = Card(
        title="Norland closes its harbour",
        text="Norland closes its harbour",
        link="https://ledger.example/1",
        sections=(
            Section(lines=(line("A storm is coming."),)),
            Section(heading="Why", lines=(line("harbour", Span(text=" in the title", is_bold=True)),)),
        ),
        buttons=(Button(label="Context", call=Call(command="story", arguments=(("story", "7"),))),),
        footer=line("The Ledger · ", Span(text="12:00", at=NOW - timedelta(minutes=5))),
    )
    shown = as_plain(render_card(card, NOW, label="alert 1"))
    wanted = ["alert 1", "Norland closes", "A storm", "Why", "harbour in the title", "https://ledger.example/1"]
    places = [shown.index(part) for part in [*wanted, "[Context] /news story 7", "The Ledger · 5 min ago"]]
    assert places == sorted(places)


def test_an_update_shows_what_is_new_alone() -> None:
    first = Section(heading="Covered by", lines=(line("The Ledger"), line("1 outlet")))
    later = Section(heading="Covered by", lines=(line("The Ledger"), line("2 outlets"), line("Also: Courier")))
    before, after = (Card(title="Norland", text="Norland", sections=(section,)) for section in (first, later))
    shown = as_plain(render_update(after, before, NOW, label="alert 1, updated"))
    assert all(part in shown for part in ("alert 1, updated", "Norland", "Covered by", "2 outlets", "Also: Courier"))
    assert "The Ledger" not in shown


@pytest.mark.parametrize("text", ["[red]x[/red]", "[/nothing]", "[link=http://evil]x[/link]", "a \\[b"])
def test_markup_in_feed_text_is_shown_as_it_stands(text: str) -> None:
    assert text in as_plain(render_card(Card(title=text, text=text), NOW))


def test_a_link_that_is_no_web_address_is_never_a_link() -> None:
    card = Card(title="x", text="x", link="javascript:alert(1)")
    assert "javascript" not in as_plain(render_card(card, NOW))


@pytest.mark.parametrize(
    "ago, shown",
    [
        (timedelta(seconds=-1), "2026-03-01 12:00"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 min ago"),
        (timedelta(hours=23, minutes=59), "23 h ago"),
        (timedelta(hours=24), "yesterday"),
        (timedelta(days=6), "6 days ago"),
        (timedelta(days=7), "2026-02-22"),
    ],
)
def test_times_are_relative_for_a_week(ago: timedelta, shown: str) -> None:
    assert relative(NOW - ago, NOW) == shown


def test_a_form_shows_its_error_and_the_fields_errors() -> None:
    form = Form(
        title="A new topic",
        call=Call(command="topic add"),
        fields=(FormField(name="query", label="Query", error="missing )"),),
        error="Not saved yet.",
    )
    shown = as_plain(render_form(form))
    assert "A new topic" in shown
    assert "Not saved yet." in shown
    assert "Query: missing )" in shown
