"""Cards: golden ones for a small and a grown story, and what must not change them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.alerts.cards import development_card, moment, story_card
from bot.domain.cards import Button, Call, Card, Section, Span, line
from bot.domain.models import DevelopmentId
from tests.alerts.invented import AT, COVERAGE, DEVELOPMENT, LEAD, article_line, channel, story_line, view

CONTEXT_BUTTON = Button(label="Context", call=Call(command="story", arguments=(("story", "42"),)))
MUTE_BUTTON = Button(label="Mute", call=Call(command="mute", arguments=(("story", "42"),)))
WRONG_BUTTON = Button(label="Wrong topic", call=Call(command="tuning wrong", arguments=(("story", "42"),)))
APART_BUTTON = Button(label="Not the same story", call=Call(command="apart", arguments=(("story", "42"),)))
BEFORE = story_line(3, "Orlanda reviews Huawei", hours=-200)


def test_a_new_story_is_headline_summary_why_source_time_and_button() -> None:
    assert story_card(view(), channel=channel()) == Card(
        title="Orlanda bars Huawei from its 5G core network",
        link="https://courant.example/1",
        text="Orlanda bars Huawei from its 5G core network · Huawei · Courant",
        sections=(
            Section(lines=(line("Operators must act by 2028."),)),
            Section(lines=(line(Span(text="Huawei", is_bold=True), ": “Huawei” (title)"),)),
            Section(lines=(line(Span(text="Courant", link="https://courant.example/1", is_bold=True)),)),
        ),
        image_url="https://courant.example/1.jpg",
        buttons=(CONTEXT_BUTTON, MUTE_BUTTON, WRONG_BUTTON),
        footer=line("First seen ", Span(text="2026-11-03 08:00 UTC", at=AT)),
    )


def test_a_grown_story_adds_who_else_what_is_new_and_what_came_before() -> None:
    grown = replace(
        view(COVERAGE, developments=(DEVELOPMENT,), context=(BEFORE,)), page="https://news.example/w/k/story/42"
    )
    card = story_card(grown, channel=channel())
    assert card.sections[2:] == (
        Section(
            lines=(
                line(Span(text="Courant", link=LEAD.link, is_bold=True)),
                line(
                    "Also: ",
                    Span(text="Wereldblad", link=COVERAGE[1].link),
                    " [Nederlands]",
                    ", ",
                    Span(text="Orlander", link=COVERAGE[2].link),
                    ", ",
                    Span(text="Signal", link=COVERAGE[4].link),
                    " +1 · 5 outlets, 2 origins",
                ),
            )
        ),
        Section(
            heading="Developments",
            lines=(
                line(
                    moment(DEVELOPMENT.at),
                    " ",
                    Span(text="new: 40 stations; names ZTE", is_bold=True),
                    " · ",
                    Span(text="Courant", link=COVERAGE[3].link),
                ),
            ),
        ),
        Section(
            heading="Before",
            lines=(line("2026-10-26 Courant: ", Span(text="Orlanda reviews Huawei", link=BEFORE.first.link)),),
        ),
    )
    context = Button(label="Context", link="https://news.example/w/k/story/42")
    assert card.buttons == (context, MUTE_BUTTON, WRONG_BUTTON, APART_BUTTON)


def test_a_development_is_a_reply_with_its_reason_and_its_article() -> None:
    grown = view(COVERAGE, developments=(DEVELOPMENT,))
    assert development_card(grown, DEVELOPMENT.reason, channel=channel()) == Card(
        title="New: 40 stations; names ZTE",
        link=COVERAGE[3].link,
        text="New: 40 stations; names ZTE · Orlanda bars Huawei from its 5G core network",
        sections=(
            Section(
                lines=(
                    line(
                        Span(text="Orlanda's Huawei ban: 40 stations affected", link=COVERAGE[3].link),
                        " · Courant",
                        " · ",
                        moment(COVERAGE[3].published_at),
                    ),
                )
            ),
            Section(
                heading="Before",
                lines=(
                    line(
                        "2026-11-03 Courant: ",
                        Span(text="Orlanda bars Huawei from its 5G core network", link=LEAD.link),
                    ),
                ),
            ),
        ),
        buttons=(CONTEXT_BUTTON, MUTE_BUTTON, WRONG_BUTTON, APART_BUTTON),
        footer=line("Orlanda bars Huawei from its 5G core network"),
    )


def test_a_changed_article_is_shown_before_and_after_with_what_came_earlier_in_the_story() -> None:
    changed = replace(
        DEVELOPMENT, id=DevelopmentId(9), reason="changed: number", before="14 masts fell", after="25 masts fell"
    )
    grown = view(COVERAGE, developments=(DEVELOPMENT, changed))
    card = development_card(grown, changed.reason, channel=channel(), development_id=changed.id)
    told = ["".join(span.text for span in one) for section in card.sections for one in section.lines]
    assert told[:2] == ["was: 14 masts fell", "now: 25 masts fell"]
    assert told[-1] == "2026-11-03 11:00 UTC new: 40 stations; names ZTE · Courant"


def test_agencies_are_named_where_their_copy_is() -> None:
    copied = replace(view(COVERAGE), agencies=("Reuters",))
    assert "5 outlets, 2 origins (Reuters)" in repr(story_card(copied, channel=channel()))
    assert "(Reuters)" not in repr(story_card(replace(copied, origins=5), channel=channel()))


def test_of_two_developments_with_one_reason_the_id_chooses() -> None:
    other = replace(DEVELOPMENT, id=DevelopmentId(8), article=COVERAGE[4])
    grown = view(COVERAGE, developments=(DEVELOPMENT, other))
    assert development_card(grown, DEVELOPMENT.reason, channel=channel(), development_id=DevelopmentId(7)).link == (
        COVERAGE[3].link
    )


def test_a_development_whose_article_cannot_be_seen_still_says_its_reason() -> None:
    card = development_card(view(), "names ZTE", channel=channel())
    assert (card.title, card.link, card.sections) == ("Names ZTE", LEAD.link, ())


@pytest.mark.parametrize(
    "language, reason, title",
    [
        ("nl", "new: 40 stations; names ZTE", "Nieuw: 40 stations; noemt ZTE"),
        ("zh", "names ZTE", "提及 ZTE"),
        ("en", "stage: signs < proposes", "Stage: proposed → signed"),
        ("de", "stage: in_force", "Stand: in Kraft"),
        ("fr", "reversal: struck_down < in_force", "Revirement: en vigueur → annulé"),
        ("nl", "places Germany, Hungary", "Plaats: Duitsland, Hongarije"),
        ("es", "date: 2027-01-12", "Fecha: 2027-01-12"),
        ("zh", "changed: number", "已修改: 数字"),
    ],
)
def test_our_own_words_are_in_the_channels_language(language: str, reason: str, title: str) -> None:
    assert development_card(view(), reason, channel=channel(language=language)).title == title


def test_a_story_in_another_language_than_the_channel_says_so() -> None:
    dutch = view((article_line(1, "Wereldblad", "Orlanda weert Huawei", language="nl-BE"),))
    assert " [Nederlands]" in [span.text for span in story_card(dutch, channel=channel()).sections[2].lines[0]]
    own = story_card(dutch, channel=channel(language="nl")).sections[2].lines[0]
    assert [span.text for span in own] == ["Wereldblad"]


def test_the_date_of_context_is_the_channels_own() -> None:
    late = story_line(3, "Orlanda reviews Huawei", hours=15)
    card = story_card(view(context=(late,)), channel=channel(zone="Asia/Shanghai"))
    assert card.sections[-1].lines[0][0].text.startswith("2026-11-04")
    assert story_card(view(context=(late,)), channel=channel(zone="Nowhere/At-all")).sections[-1].lines[0][0].text[
        :10
    ] == ("2026-11-03")


def test_a_gathering_that_shows_nothing_new_leaves_the_card_as_it_was() -> None:
    shown = story_card(view(), channel=channel())
    touched = story_card(replace(view(), updated_at=AT + timedelta(hours=9)), channel=channel())
    assert shown.shown_hash == touched.shown_hash


def test_a_story_without_anything_but_a_headline_has_a_card() -> None:
    bare = replace(view((), summary=""), topics=(), image_url=None, link=None)
    card = story_card(bare, channel=channel())
    assert (card.title, card.sections, card.text) == (bare.headline, (), bare.headline)
