"""Cards as embeds: golden pairs, and every limit of Discord under hostile text."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.cards import Button, Call, Card, Section, Span, line
from bot.platforms.discord.markdown import units
from bot.platforms.discord.render import MAX_ALL_EMBEDS, Rendered, render_card
from tests.servers.discord.limits import documented

GOLDEN = Path(__file__).parent / "golden"
AT = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
STORY = Call(command="story", arguments=(("story", "12"),))

CARDS = {
    "alert": Card(
        title="Huawei wins *a* court case",
        text="Huawei wins a court case (Harbour Post)",
        link="https://news.example/huawei(1)",
        sections=(
            Section(lines=(line("The court lifted the ban of 2025. It names ZTE_1 as well."),)),
            Section(
                heading="Why",
                lines=(
                    line(Span(text="huawei", is_bold=True), ": “the ban on ", Span(text="Huawei", is_bold=True), "”"),
                ),
            ),
            Section(
                heading="Also covered by",
                lines=(
                    line(Span(text="Der [Bote]", link="https://bote.example/1"), " · ", Span(text="8:30", at=AT)),
                    line(Span(text="渔港日报", link="https://渔港.example/新闻"), " · @everyone"),
                ),
            ),
        ),
        image_url="https://img.example/1.jpg",
        buttons=(Button(label="Context", call=STORY), Button(label="Read", link="https://news.example/huawei")),
        footer=line("2 outlets · ", "Harbour *Post*"),
    ),
    "development": Card(
        title="New: 25 contracts",
        text="New: 25 contracts",
        link="https://news.example/2",
        sections=(Section(lines=(line("1. names ZTE"), line("- and more"))),),
        buttons=(Button(label="Context", call=STORY),),
    ),
    "footed": Card(title="T", text="t", footer=line("First seen ", Span(text="2026-11-02 08:30 UTC", at=AT))),
    "bare": Card(title="Nothing yet", text="Nothing yet"),
    "pointed": Card(
        title="That did not work",
        text="x",
        sections=(Section(lines=(line("huawei  AND\t(zte"), line("            ^"), line("a `bracket` is open"))),),
    ),
}


def as_json(rendered: Rendered) -> dict[str, Any]:
    return {
        "embeds": [embed.to_dict() for embed in rendered.embeds],
        "components": [{"type": 1, "components": [b.to_component_dict() for b in rendered.buttons]}],
    }


@pytest.mark.parametrize("name", CARDS)
def test_a_card_is_rendered_as_its_golden_json_shows(name: str) -> None:
    golden = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    assert json.loads(json.dumps(as_json(render_card(CARDS[name], "7")))) == golden


LONG = st.text(alphabet="ab \\*_[]<@:中👍", max_size=40).map(lambda text: text * 30) | st.text(max_size=300)
SPANS = st.builds(
    Span,
    text=LONG,
    is_bold=st.booleans(),
    link=st.none() | LONG | LONG.map(lambda text: f"https://a.example/{text}"),
    at=st.none() | st.just(AT),
)
SECTIONS = st.builds(
    Section,
    heading=st.none() | LONG,
    lines=st.lists(st.lists(SPANS, max_size=3).map(tuple), max_size=8).map(tuple),
)
BUTTONS = st.builds(Button, label=LONG, call=st.builds(Call, command=LONG)) | st.builds(Button, label=LONG, link=LONG)
HOSTILE = st.builds(
    Card,
    title=LONG,
    text=LONG,
    link=st.none() | LONG,
    image_url=st.none() | LONG,
    footer=st.lists(SPANS, max_size=2).map(tuple),
    sections=st.lists(SECTIONS, max_size=5).map(tuple),
    buttons=st.lists(BUTTONS, max_size=30).map(tuple),
)


@settings(deadline=None, max_examples=60)
@given(HOSTILE)
def test_every_limit_holds_whatever_a_card_says(card: Card) -> None:
    rendered = render_card(card, "7")
    assert documented("POST", "/channels/1/messages", as_json(rendered)) == []
    assert all(embed.title or embed.description for embed in rendered.embeds)
    assert sum(len(embed) for embed in rendered.embeds) <= MAX_ALL_EMBEDS
    assert len(rendered.buttons) <= 25
    assert all(0 < len(button.label or "") <= 80 for button in rendered.buttons)
    assert all(len(button.custom_id or "") <= 100 for button in rendered.buttons)


def _digest(lines: int) -> Card:
    rows = tuple(
        line(f"Story number {n} of the day, told by many outlets in many words and letters") for n in range(lines)
    )
    return Card(title="Digest", text="Digest", sections=(Section(heading="Huawei", lines=rows),))


def test_a_long_digest_goes_on_in_a_second_embed_and_then_leaves_out_whole_lines() -> None:
    (first, second) = render_card(_digest(200)).embeds
    assert first.title == "Digest"
    assert second.title is None
    assert (second.description or "").endswith("letters\n…")
    assert len(first) + len(second) > 5800
    assert len(render_card(_digest(70)).embeds) == 2
    assert "…" not in (render_card(_digest(70)).embeds[1].description or "")


@pytest.mark.parametrize("letter", ["x", "中", "👍", "*"])
def test_the_limit_over_all_embeds_holds_at_its_edge(letter: str) -> None:
    sizes = []
    for width in range(60, 120):
        rows = (line(letter * width),) * (MAX_ALL_EMBEDS // width)
        card = Card(title=letter * 300, text="x", sections=(Section(lines=rows),), footer=line(letter * 900))
        texts = [t for e in render_card(card).embeds for t in (e.title, e.description, e.footer.text) if t]
        sizes.append(sum(units(text) for text in texts))
    assert MAX_ALL_EMBEDS - 60 < max(sizes) <= MAX_ALL_EMBEDS


def test_no_more_than_twenty_five_buttons_are_shown() -> None:
    calls = (Call(command="story", arguments=(("story", str(n)),)) for n in range(30))
    rendered = render_card(Card(title="T", text="T", buttons=tuple(Button(label="B", call=call) for call in calls)))
    assert len(rendered.buttons) == 25


def test_a_heading_without_a_line_is_left_out() -> None:
    filler = (*[line("x" * 1499)] * 3, line("x" * 1440))
    late = Section(heading="Late", lines=(line("y" * 1000),))
    rendered = render_card(Card(title="T", text="T", sections=(Section(lines=filler), late)))
    assert (rendered.embeds[-1].description or "").endswith("x\n…")


def test_buttons_that_discord_cannot_hold_are_left_out() -> None:
    too_long = Button(label="Long", call=Call(command="search", arguments=(("query", "x" * 100),)))
    bad_link = Button(label="Bad", link="javascript:alert(1)")
    good = Button(label="  ", call=STORY)
    rendered = render_card(Card(title="T", text="T", buttons=(too_long, bad_link, good, good)), "7")
    assert [(b.label, b.custom_id) for b in rendered.buttons] == [("…", "tw:7:story:story=12")]


async def test_the_library_keeps_nothing_of_a_view_that_was_sent() -> None:
    view = render_card(CARDS["alert"], "7").view()
    assert view is not None
    assert view.is_finished()
    assert render_card(CARDS["bare"]).view() is None


def test_a_card_without_any_words_is_still_a_message() -> None:
    (embed,) = render_card(Card(title="\u200b", text="\x00")).embeds
    assert embed.description == "…"
