"""Digests: when one is due, what comes first, and how it looks within every platform's room."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.alerts.digest import Weighed, decide_digest, is_planned, named_stories, rank, read_digest, write_digest
from bot.alerts.digest_cards import Page, digest_page, more_button, say_assurance
from bot.domain.cards import Card
from bot.domain.digests import Assurance, Digest, DigestPlan, DigestSpike, DigestStory, DigestTopic
from bot.domain.models import AlertId, ArticleId, Channel, ChannelId, Place, StoryId, TopicId, WorkspaceId
from bot.domain.views import ArticleLine, StoryLine
from bot.platforms.discord.render import render_card as render_discord
from bot.platforms.slack.render import render_card as render_slack

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PLAN = DigestPlan(at=time(8))
SURE = Assurance(polled=412, failing=3, blind_hours=0, held=2)


def channel(zone: str = "UTC", language: str = "en") -> Channel:
    place = Place(platform="test", workspace=WorkspaceId("here"), channel="news")
    return Channel(id=ChannelId(1), place=place, zone=zone, language=language)


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def test_a_new_plan_waits_for_its_next_time_and_tells_nothing_of_the_hour_that_passed() -> None:
    decided = decide_digest(PLAN, channel(), due_at=None, told_until=None, now=at("2026-11-23T14:00"))
    assert (decided.day, decided.next_at) == (None, at("2026-11-24T08:00"))


def test_the_first_digest_looks_back_on_a_day_or_a_week() -> None:
    now = at("2026-11-23T08:00")
    decided = decide_digest(PLAN, channel(), due_at=now, told_until=None, now=now)
    assert (decided.day, decided.since, decided.late_for) == (date(2026, 11, 23), now - DAY, None)
    weekly = replace(PLAN, weekdays=(0,))
    assert decide_digest(weekly, channel(), due_at=now, told_until=None, now=now).since == now - 7 * DAY


def test_after_days_of_downtime_one_late_digest_tells_of_all_of_them() -> None:
    due, now = at("2026-11-20T08:00"), at("2026-11-23T10:00")
    decided = decide_digest(PLAN, channel(), due_at=due, told_until=due - DAY, now=now)
    assert decided.day == date(2026, 11, 23)
    assert decided.since == due - DAY
    assert decided.late_for == due
    assert decided.next_at == at("2026-11-24T08:00")


def test_a_late_digest_waits_for_one_that_is_due_within_the_hour() -> None:
    due, now = at("2026-11-20T08:00"), at("2026-11-23T07:30")
    decided = decide_digest(PLAN, channel(), due_at=due, told_until=due - DAY, now=now)
    assert (decided.day, decided.next_at) == (None, at("2026-11-23T08:00"))


def test_a_clock_that_went_back_finds_the_next_time_anew() -> None:
    decided = decide_digest(PLAN, channel(), due_at=at("2031-01-01T08:00"), told_until=None, now=AT)
    assert (decided.day, decided.next_at) == (None, at("2026-11-24T08:00"))


def test_what_was_told_by_a_clock_that_was_ahead_does_not_bound_the_next() -> None:
    now = at("2026-11-23T08:00")
    decided = decide_digest(PLAN, channel(), due_at=now, told_until=now + DAY, now=now)
    assert decided.since == now - DAY


@pytest.mark.parametrize(
    "day, utc",
    [("2026-03-28", "07:00"), ("2026-03-29", "06:00"), ("2026-10-24", "06:00"), ("2026-10-25", "07:00")],
)
def test_the_hour_stays_the_channels_own_over_summer_time(day: str, utc: str) -> None:
    now = at(f"{day}T00:05", "Europe/Amsterdam")
    decided = decide_digest(PLAN, channel("Europe/Amsterdam"), due_at=None, told_until=None, now=now)
    assert decided.next_at == at(f"{day}T{utc}")


def weighed(number: int, **more: int | bool) -> Weighed:
    usual: dict[str, int | bool] = {"origins": 1, "outlets": 1, "developments": 0, "is_new": True}
    return Weighed(story=StoryId(number), updated_at=AT + number * HOUR, **usual | more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "first, second",
    [
        pytest.param({"origins": 2, "outlets": 2}, {"outlets": 3}, id="two origins before three copies"),
        pytest.param({"outlets": 2}, {}, id="two outlets before one"),
        pytest.param({"developments": 1}, {}, id="what moves before what is only there"),
        pytest.param({}, {"is_new": False}, id="what began before what goes on"),
        pytest.param({"origins": 4, "outlets": 9, "is_new": False}, {"developments": 2}, id="much told before little"),
    ],
)
def test_what_comes_first(first: dict[str, int | bool], second: dict[str, int | bool]) -> None:
    assert [one.story for one in rank([weighed(2, **second), weighed(1, **first)])] == [1, 2]


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(1, 50), st.integers(0, 9), st.booleans()), max_size=20))
def test_more_of_anything_never_stands_lower(held: list[tuple[int, int, int, bool]]) -> None:
    stories = [
        weighed(n, origins=a, outlets=b, developments=c, is_new=d) for n, (a, b, c, d) in enumerate(held, start=1)
    ]
    ranked = rank(stories)
    for upper, lower in itertools.pairwise(ranked):
        assert upper.weight >= lower.weight
    assert rank(reversed(stories)) == ranked


def story_line(number: int, headline: str, *, outlets: int = 1, link: str = "https://wire.example/1") -> StoryLine:
    first = ArticleLine(
        id=ArticleId(number), title=headline, link=link, outlet="The Wire", language="en", published_at=AT - DAY
    )
    return StoryLine(
        id=StoryId(number), headline=headline, first=first, outlets=outlets, topics=(TopicId("huawei"),), updated_at=AT
    )


def digest_of(*stories: DigestStory, **more: object) -> Digest:
    topics = (DigestTopic(id=TopicId("huawei"), title="Huawei"), DigestTopic(id=TopicId("zte"), title="ZTE"))
    usual: dict[str, object] = {
        "since": AT - DAY, "until": AT, "stories": stories, "topics": topics, "assurance": SURE, "day": AT.date(),
    }  # fmt: skip
    return Digest(**usual | more)  # type: ignore[arg-type]


def told(number: int, topic: str = "huawei", **more: object) -> DigestStory:
    return DigestStory(id=StoryId(number), topic=TopicId(topic), **more)  # type: ignore[arg-type]


def rows(card: Card) -> list[str]:
    found = [card.title]
    for section in card.sections:
        found += [section.heading] if section.heading else []
        found += ["".join(span.text for span in row) for row in section.lines]
    return [*found, "".join(span.text for span in card.footer)]


def page_of(digest: Digest, *lines: StoryLine, language: str = "en", number: int = 1) -> Page:
    more = more_button(AlertId(7), number + 1, language)
    return digest_page(
        digest, {one.id: one for one in lines}, channel=channel(language=language), number=number, more=more
    )


def test_a_digest_says_each_story_in_one_line_under_its_topic() -> None:
    digest = digest_of(
        told(1, origins=2, news="new: 25 contracts", before=StoryId(9)), told(2, "zte"), told(3), told(4)
    )
    lines = [story_line(1, "Orlanda bars Huawei", outlets=5), story_line(2, "ZTE wins"), story_line(3, "Huawei sues")]
    page = page_of(digest, *lines, story_line(9, "Orlanda weighs a ban"))
    assert rows(page.card) == [
        "Digest: 3 stories",
        "Huawei",
        (
            "• Orlanda bars Huawei · The Wire · 5 outlets, 2 origins · new: 25 contracts"
            " · before 2026-11-22: Orlanda weighs a ban · #1"
        ),
        "• Huawei sues · The Wire · #3",
        "ZTE",
        "• ZTE wins · The Wire · #2",
        "412 feeds polled · 3 failing · 0 h blind · 2 held back · since 2026-11-22 12:00 UTC",
    ]
    assert page.rest == 0
    assert page.card.buttons == ()


def test_the_best_have_their_context_and_the_others_also_happened() -> None:
    digest = digest_of(*(told(n) for n in range(1, 14)))
    shown = rows(page_of(digest, *(story_line(n, f"Story {n}") for n in range(1, 14))).card)
    assert shown.index("Also happened") == 12
    assert shown[-2] == "• Story 13 · The Wire · #13"


def test_what_is_longer_goes_on_on_further_pages_and_each_says_how_many_are_left() -> None:
    digest = digest_of(*(told(n) for n in range(1, 24)), length=10)
    lines = [story_line(n, f"Story {n}") for n in range(1, 24)]
    pages = [page_of(digest, *lines, number=number) for number in (1, 2, 3)]
    assert [page.rest for page in pages] == [13, 3, 0]
    assert page_of(digest, *lines, number=99) == pages[-1], "what was past the end when stories went is the end now"
    assert rows(pages[0].card)[-2] == "13 more stories"
    assert pages[1].card.title == "Digest: 23 stories (2/3)"
    assert [len(page.card.buttons) for page in pages] == [1, 1, 0]
    shown = [row for page in pages for row in rows(page.card) if row.startswith("•")]
    assert [row.split(" · ")[0] for row in shown] == [f"• Story {n}" for n in range(1, 24)]


def test_a_trend_stands_above_its_topic_and_names_the_story_of_a_day_that_stands_out() -> None:
    spike = DigestSpike(day=date(2026, 11, 23), articles=14, usual=2.0, story=StoryId(1))
    topic = DigestTopic(id=TopicId("huawei"), title="Huawei", days=(0, 2, 2, 14), unknown=1, spikes=(spike,))
    shown = rows(page_of(digest_of(told(1), topics=(topic,)), story_line(1, "Orlanda bars Huawei")).card)
    assert shown[1:5] == [
        "Huawei",
        "·▂▂█ last 4 days",
        "▲ 2026-11-23 · 14 articles (usual 2) · Orlanda bars Huawei · #1",
        "• Orlanda bars Huawei · The Wire · #1",
    ]


@pytest.mark.parametrize(
    "language, title",
    [("en", "Digest: nothing to tell"), ("nl", "Overzicht: niets te melden"), ("zh", "摘要: 无新内容")],
)
def test_nothing_to_tell_is_one_line_with_what_silence_rests_on(language: str, title: str) -> None:
    card = page_of(digest_of(), language=language).card
    assert (card.title, card.sections) == (title, ())
    assert say_assurance(SURE, language) in rows(card)[-1]


def test_a_late_digest_says_when_it_was_due() -> None:
    assert "Late: it was due at 2026-11-23 08:00." in rows(page_of(digest_of(due_at=at("2026-11-23T08:00"))).card)


def test_a_digest_is_read_as_it_was_written() -> None:
    spike = DigestSpike(day=date(2026, 11, 23), articles=14, usual=2.5, story=StoryId(3))
    topic = DigestTopic(id=TopicId("huawei"), title="华为", days=(1, 2), unknown=1, spikes=(spike,))
    digest = digest_of(told(1, origins=2, news="new: 5", before=StoryId(2)), topics=(topic,), due_at=AT)
    assert read_digest(write_digest(digest)) == digest
    assert named_stories(digest) == [1, 2, 3]
    assert is_planned(write_digest(digest))
    assert not is_planned(write_digest(replace(digest, day=None)))


words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=300)
hard = st.one_of(words, st.sampled_from(["*" * 200, "_~`|>#[]()" * 20, "华为" * 120, "🧵" * 100, "<@1> & " * 40]))
links = st.sampled_from(
    ["https://wire.example/1", "https://wire.example/" + "a" * 370, "https://wire.example/" + "b" * 3000]
)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(hard, links, st.booleans()), min_size=1, max_size=50), st.integers(1, 50))
def test_no_platform_has_to_cut_a_page(held: list[tuple[str, str, bool]], length: int) -> None:
    digest = digest_of(
        *(told(n, before=StoryId(n) if has else None) for n, (_, _, has) in enumerate(held, start=1)), length=length
    )
    lines = {n: story_line(n, text, outlets=3, link=link) for n, (text, link, _) in enumerate(held, start=1)}
    number, seen = 1, 0
    while True:
        page = page_of(digest, *lines.values(), number=number)
        here = sum(row.startswith("• ") for row in rows(page.card))
        seen += here
        assert 0 < here <= length
        discord = render_discord(page.card)
        assert not any((embed.description or "").rstrip().endswith("\n…") for embed in discord.embeds)
        assert sum(len(embed) for embed in discord.embeds) <= 6000
        slack = render_slack(page.card)
        assert {"type": "section", "text": {"type": "mrkdwn", "text": "…", "verbatim": True}} not in slack.blocks
        if page.rest == 0:
            break
        assert seen + page.rest == len(held)
        number += 1
    assert seen == len(held)
