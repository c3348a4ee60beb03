"""Lists, the digest and our words."""

from __future__ import annotations

import re

import pytest

from bot.alerts import phrases
from bot.alerts.lists import (
    help_card,
    latest_card,
    list_card,
    search_card,
    status_card,
    subscriptions_card,
    topics_card,
)
from bot.alerts.reasons import say_reason
from bot.domain.cards import Card, Line, Section, line
from bot.domain.models import Mode, Sensitivity, SubscriptionId, Topic, TopicId, WorkspaceId
from bot.domain.views import StatusView, SubscriptionLine
from tests.alerts.invented import AT, LEAD, story_line


def plain(row: Line) -> str:
    return "".join(span.text for span in row)


def rows(card: Card) -> list[str]:
    return [plain(row) for section in card.sections for row in section.lines]


def topic(name: str, title: str, owner: str | None = None) -> Topic:
    return Topic(id=TopicId(name), name=name, title=title, clauses=(), owner=WorkspaceId(owner) if owner else None)


def test_a_list_without_lines_says_so() -> None:
    card = list_card("Feeds", [], "A footer", empty="Nothing found.")
    assert card == Card(
        title="Feeds",
        text="Feeds: Nothing found.",
        sections=(Section(lines=(line("Nothing found."),)),),
        footer=line("A footer"),
    )


def test_latest_and_search_link_and_number_what_they_list() -> None:
    latest = latest_card([story_line(7, "Orlanda bars Huawei", outlets=3)], language="en", topic="huawei")
    assert latest.title == "Latest: huawei"
    assert rows(latest) == ["Orlanda bars Huawei · Courant · 3 outlets · 2026-11-03 08:00 UTC · #7"]
    found = search_card("5g", [LEAD], language="nl")
    assert found.title == "Gevonden: 5g"
    assert rows(found) == ["Orlanda bars Huawei from its 5G core network · Courant [English] · 2026-11-03 08:00 UTC"]
    assert found.sections[0].lines[0][0].link == LEAD.link


def test_topics_subscriptions_and_help_are_one_line_each() -> None:
    shown = [topic("huawei", "Huawei"), topic("chips", "Chips", "discord:1")]
    assert rows(topics_card(shown, language="en")) == ["huawei · Huawei · normal", "chips · Chips · normal •"]
    subscription = SubscriptionLine(
        id=SubscriptionId(1),
        topic_id=TopicId("huawei"),
        topic_name="huawei",
        mode=Mode.BOTH,
        sensitivity=Sensitivity.WIDE,
        min_outlets=2,
    )
    assert rows(subscriptions_card([subscription], language="en")) == ["huawei · both · wide · ≥ 2 outlets"]
    assert rows(help_card([("status", "Show how the bot is.")], language="en")) == [
        "/news status · Show how the bot is."
    ]


def test_status_names_only_the_trouble_that_there_is() -> None:
    view = StatusView(
        feeds=10,
        feeds_failing=0,
        articles=25,
        stories=1,
        subscriptions=4,
        deliveries_pending=2,
        deliveries_failed=1,
        ungathered=3,
        oldest_pending_at=AT,
    )
    assert rows(status_card(view, language="en")) == [
        "Feeds: 10",
        "Articles: 25, 3 not yet gathered",
        "1 story",
        "Subscriptions: 4",
        "Deliveries: 2 waiting, 1 failed",
        "oldest waiting since 2026-11-03 08:00 UTC",
    ]


@pytest.mark.parametrize("key", sorted(phrases._TABLE))
def test_every_phrase_is_in_every_language_with_the_same_places(key: str) -> None:
    columns = phrases._TABLE[key]
    assert len(columns) == len(phrases.LANGUAGES)
    assert all(columns)
    assert len({tuple(sorted(re.findall(r"{\w*}", column))) for column in columns}) == 1


@pytest.mark.parametrize(
    "language, said",
    [("en", "1 outlet"), ("nl-BE", "1 medium"), ("zh-Hant", "1 家媒体"), ("fi", "1 outlet"), ("", "1 outlet")],
)
def test_a_region_does_not_matter_and_an_unknown_language_gets_english(language: str, said: str) -> None:
    assert phrases.say_count("outlets", 1, language) == said


def test_a_reason_of_another_form_stays_as_it_is() -> None:
    assert say_reason("moved: sideways", "nl") == "moved: sideways"
