"""Cards as Block Kit: one golden file for each kind of card, and every limit under hostile text."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from bot.domain.cards import Button, Call, Card, Section, Span, line
from bot.platforms.slack.render import MAX_ALL, render_card
from tests.servers.slack import block_problems, broadcasts, mrkdwn_problems
from tests.servers.slack.spec import MAX_MESSAGE_CHARS, characters, texts

GOLDEN = Path(__file__).parent / "golden"
AT = datetime(2026, 11, 5, 14, 30, tzinfo=UTC)
STORY = Card(
    title="Ministry widens ban on 5G parts & names two suppliers",
    text="Ministry widens ban on 5G parts – 3 outlets",
    link="https://dagblad.example/5g?id=1&ref=x",
    sections=(
        Section(lines=(line("The ban now holds for <all> masts."), line("It begins in May."))),
        Section(
            heading="Why",
            lines=(line(Span(text="5G bans", is_bold=True), ": “verbod op 5G” in the title"),),
        ),
        Section(
            heading="Sources",
            lines=(
                line(Span(text="Dagblad", link="https://dagblad.example/5g"), " · ", Span(text="5 Nov", at=AT)),
                line(Span(text="Tageszeitung für Bürger*innen", link="javascript:x"), " · nl"),
            ),
        ),
    ),
    image_url="https://dagblad.example/mast.jpg",
    buttons=(
        Button(label="Story", call=Call(command="story", arguments=(("story", "12"),))),
        Button(label="Read", link="https://dagblad.example/5g"),
    ),
    footer=line("3 outlets, 2 origins · first seen ", Span(text="5 Nov", at=AT)),
)
CARDS = {
    "story": STORY,
    "development": Card(
        title="New: 25 masts",
        text="New in this story: 25 masts",
        sections=(Section(lines=(line("names ", Span(text="ZTE", is_bold=True), "; 25 masts"),)),),
        footer=line("Dagblad"),
    ),
    "answer": Card(
        title="Latest",
        text="Two stories",
        sections=(
            Section(lines=tuple(line(f"{n}. ", Span(text=f"Story {n}", link="https://x.example")) for n in (1, 2))),
        ),
    ),
    "mistake": Card(
        title="That did not work",
        text="a bracket is not closed",
        sections=(Section(lines=(line("(huawei & zte"), line("^"), line("a bracket is not closed"))),),
    ),
    "hostile": Card(
        title="<!channel> & <@U1> *bold* ```code```",
        text="<!everyone> buy",
        link="https://x.example/|><!here>",
        sections=(
            Section(
                heading="<!here>", lines=(line("&lt;b&gt; <http://x|y> _so_ `it` goes\n> quote"), line("\u202e\x00"))
            ),
        ),
        buttons=(Button(label="<!channel>", call=Call(command="mute", arguments=(("why", '"<!here>"'),))),),
        footer=line("<#C1>"),
    ),
    "bare": Card(title="", text="Only a text"),
}


def blocks_problems(blocks: list[dict[str, Any]]) -> list[str]:
    found = block_problems(blocks)
    for text in texts(blocks):
        found += mrkdwn_problems(text)
    return found


@pytest.mark.parametrize("name", sorted(CARDS))
def test_each_kind_of_card_looks_as_it_did(name: str) -> None:
    rendered = json.loads(json.dumps(asdict(render_card(CARDS[name], "42"))))
    golden = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    assert rendered == golden


@pytest.mark.parametrize("name", sorted(CARDS))
def test_slacks_own_models_take_each_kind_of_card(name: str) -> None:
    message = render_card(CARDS[name], "42")
    for block in message.blocks:
        parsed = Block.parse(block)
        assert parsed is not None
        parsed.validate_json()
    assert not blocks_problems(message.blocks)
    assert not broadcasts({"text": message.text, "blocks": message.blocks})


def test_no_mention_comes_from_feed_text() -> None:
    message = render_card(CARDS["hostile"])
    for text in texts({"text": message.text, "blocks": message.blocks}):
        assert "<!" not in text
        assert "<@" not in text
        assert "<#" not in text


def test_long_lists_are_continued_in_further_blocks_and_cut_by_whole_lines() -> None:
    lines = tuple(line(f"{n:03} " + "word " * 30) for n in range(200))
    message = render_card(Card(title="t", text="t", sections=(Section(heading="All", lines=lines),)))
    sections = [b["text"]["text"] for b in message.blocks if b["type"] == "section"]
    rows = "\n".join(sections[:-1]).split("\n")
    assert sections[-1] == "…"
    assert rows[0] == "*All*"
    assert rows[1:] == [f"{n:03} " + ("word " * 30).strip() for n in range(len(rows) - 1)]
    assert 11_000 < characters(message.blocks) <= MAX_MESSAGE_CHARS


def test_many_sections_leave_room_for_buttons_and_footer() -> None:
    sections = tuple(Section(lines=(line(f"line {n}"),)) for n in range(80))
    button = Button(label="b", call=Call(command="status"))
    message = render_card(Card(title="t", text="t", sections=sections, buttons=(button,), footer=line("end")))
    assert len(message.blocks) <= 50
    assert [b["type"] for b in message.blocks[-2:]] == ["actions", "context"]


def test_a_section_keeps_to_three_thousand_characters_with_one_endless_line() -> None:
    message = render_card(Card(title="t", text="t", sections=(Section(lines=(line("&" * 5000),)),)))
    (_, section) = message.blocks
    assert 2990 <= len(section["text"]["text"]) <= 3000
    assert section["text"]["text"].endswith("&amp;…")


def test_buttons_too_heavy_to_carry_are_left_out() -> None:
    heavy = Button(label="x", call=Call(command="topic add", arguments=(("query", "q" * 2001),)))
    harmful = Button(label="x", link="javascript:x")
    fine = Button(label="y" * 100, call=Call(command="status"))
    message = render_card(Card(title="t", text="t", buttons=(heavy, harmful, fine)))
    (actions,) = (b for b in message.blocks if b["type"] == "actions")
    (element,) = actions["elements"]
    assert element["action_id"] == "topicwire:2:status"
    assert element["text"]["text"] == "y" * 74 + "…"


def test_heavy_buttons_leave_room_for_what_the_card_says() -> None:
    button = Button(label="x", call=Call(command="topic add", arguments=(("query", "q" * 1500),)))
    lines = (line("word " * 500),)
    message = render_card(Card(title="t", text="t", buttons=(button,) * 10, sections=(Section(lines=lines),)))
    assert [b["type"] for b in message.blocks] == ["header", "section", "actions"]
    assert characters(message.blocks) <= MAX_MESSAGE_CHARS


HOSTILE = st.text(st.sampled_from("<>&|*_~`!@#^\\ \n\t\u202e\ud83dchannel;amp:/.é中"), max_size=400).map(
    lambda text: text * (1 + len(text) % 17)
)
SPANS = st.builds(
    Span,
    text=HOSTILE,
    link=st.none() | HOSTILE.map(lambda text: f"https://x.example/{text}"),
    is_bold=st.booleans(),
    at=st.none() | st.just(AT),
)
LINES = st.lists(SPANS, max_size=4).map(tuple)
SECTIONS = st.builds(Section, lines=st.lists(LINES, max_size=6).map(tuple), heading=st.none() | HOSTILE)
CALLS = st.builds(
    Call,
    command=st.sampled_from(["story", "topic add"]),
    arguments=st.lists(st.tuples(HOSTILE, HOSTILE), max_size=2).map(tuple),
)
BUTTONS = st.builds(Button, label=HOSTILE, call=CALLS) | st.builds(
    Button, label=HOSTILE, link=HOSTILE.map(lambda text: f"https://x.example/{text}")
)
HOSTILE_CARDS = st.builds(
    Card,
    title=HOSTILE,
    text=HOSTILE,
    link=st.none() | HOSTILE.map(lambda text: f"https://x.example/{text}"),
    sections=st.lists(SECTIONS, max_size=60).map(tuple),
    image_url=st.none() | HOSTILE.map(lambda text: f"https://x.example/{text}"),
    buttons=st.lists(BUTTONS, max_size=30).map(tuple),
    footer=LINES,
)


@settings(max_examples=40, deadline=None)
@given(HOSTILE_CARDS)
def test_any_card_keeps_all_limits(card: Card) -> None:
    message = render_card(card, "42")
    assert message.blocks
    assert message.text.strip()
    assert not blocks_problems(message.blocks)
    assert not mrkdwn_problems(message.text)
    assert not broadcasts({"text": message.text, "blocks": message.blocks})
    assert characters(message.blocks) <= MAX_ALL + 10
    json.dumps(message.blocks).encode()
    for block in message.blocks:
        parsed = Block.parse(block)
        assert parsed is not None
        parsed.validate_json()
