"""When posts wait, when several become one, and how that one reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.notices import notice_card, stopped_notice
from bot.alerts.phrases import LANGUAGES
from bot.alerts.rollup import HOUR, decide_fold, decide_hold, quiet_until
from bot.alerts.rollup_cards import MOST_LINES, rollup_card
from bot.domain.habits import QuietHours
from bot.domain.models import DeliveryId, Topic, TopicId
from bot.domain.records import Waiting
from tests.alerts.invented import channel, story_line

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NIGHT = QuietHours(since=time(22), until=time(7))
LUNCH = QuietHours(since=time(12), until=time(13, 30))
SMALL_HOURS = QuietHours(since=time(1, 30), until=time(2, 30))


@pytest.mark.parametrize(
    "quiet, zone, now, until",
    [
        (NIGHT, "UTC", "2026-11-23T21:59", None),
        (NIGHT, "UTC", "2026-11-23T22:00", "2026-11-24T07:00"),
        (NIGHT, "UTC", "2026-11-24T06:59", "2026-11-24T07:00"),
        (NIGHT, "UTC", "2026-11-24T07:00", None),
        (NIGHT, "Asia/Shanghai", "2026-11-23T14:00", "2026-11-23T23:00"),
        (LUNCH, "Europe/Amsterdam", "2026-07-01T10:00", "2026-07-01T11:30"),
        (LUNCH, "Europe/Amsterdam", "2026-12-01T10:59", None),
        # The night in which the clocks go forward is an hour shorter, the other an hour longer.
        (NIGHT, "Europe/Amsterdam", "2026-03-28T21:30", "2026-03-29T05:00"),
        (NIGHT, "Europe/Amsterdam", "2026-10-24T20:30", "2026-10-25T06:00"),
        # 02:30 does not exist on the one morning, and comes twice on the other.
        (SMALL_HOURS, "Europe/Amsterdam", "2026-03-29T00:30", "2026-03-29T01:30"),
        (SMALL_HOURS, "Europe/Amsterdam", "2026-10-25T00:00", "2026-10-25T00:30"),
        (SMALL_HOURS, "Europe/Amsterdam", "2026-10-25T01:15", None),
        (QuietHours(since=time(8), until=time(8)), "UTC", "2026-11-23T08:00", None),
        (NIGHT, "Nowhere/Atall", "2026-11-23T22:00", "2026-11-24T07:00"),
        (None, "UTC", "2026-11-23T03:00", None),
    ],
)
def test_quiet_hours_are_wall_times_in_the_channels_zone(
    quiet: QuietHours | None, zone: str, now: str, until: str | None
) -> None:
    quieted = replace(channel(zone=zone), quiet=quiet)
    expected = None if until is None else datetime.fromisoformat(until).replace(tzinfo=UTC)
    assert quiet_until(quieted, datetime.fromisoformat(now).replace(tzinfo=UTC)) == expected


@given(
    st.integers(0, 366 * 24 * 60), st.times(), st.times(),
    st.sampled_from(["UTC", "Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe"]),
)  # fmt: skip
def test_quiet_hours_end_later_and_within_a_day_and_then_are_over(
    minute: int, since: time, until: time, zone: str
) -> None:
    now = NOW + minute * MINUTE
    quieted = replace(channel(zone=zone), quiet=QuietHours(since=since, until=until))
    end = quiet_until(quieted, now)
    if end is not None:
        assert timedelta(0) < end - now <= timedelta(hours=25)
        assert quiet_until(quieted, end) is None


@pytest.mark.parametrize(
    "most, ago, waits",
    [
        (None, [1, 2, 3], None),
        (2, [], None),
        (2, [5], None),
        (2, [50, 5], 10),
        (2, [50, 20, 5], 40),
        (2, [60, 5], None),
        (1, [59], 1),
    ],
)
def test_a_post_waits_until_there_is_room_within_the_hour(most: int | None, ago: list[int], waits: int | None) -> None:
    until = decide_hold(replace(channel(), max_per_hour=most), NOW, [NOW - n * MINUTE for n in ago])
    assert until == (None if waits is None else NOW + waits * MINUTE)


@given(st.integers(1, 5), st.lists(st.integers(0, 120), max_size=12))
def test_when_the_wait_is_over_there_is_room(most: int, ago: list[int]) -> None:
    capped = replace(channel(), max_per_hour=most)
    posted = [NOW - n * MINUTE for n in ago]
    until = decide_hold(capped, NOW, posted)
    if until is not None:
        assert until > NOW
        assert decide_hold(capped, until, posted) is None


def test_a_post_waits_for_the_later_of_both() -> None:
    both = replace(channel(), max_per_hour=1, quiet=LUNCH)
    assert decide_hold(both, NOW, [NOW]) == NOW + 90 * MINUTE


def waiting(*ages: float, held: bool = False) -> list[Waiting]:
    return [
        Waiting(delivery_id=DeliveryId(n), created_at=NOW - age * HOUR, was_held=held and n == 0)
        for n, age in enumerate(ages)
    ]


@pytest.mark.parametrize(
    "posts, folded",
    [
        (waiting(), []),
        (waiting(1, held=True), []),
        (waiting(1, 0.1, held=True), [0, 1]),
        (waiting(1, 0.5, 0.1), []),
        (waiting(20, 19, 18), []),
        (waiting(20, 19, 18, 7), [0, 1, 2, 3]),
        (waiting(20, 19, 18, 7, 5, 1), [0, 1, 2, 3]),
        (waiting(20, 19, 5, 1), []),
    ],
)
def test_held_posts_and_many_old_ones_become_one(posts: Sequence[Waiting], folded: list[int]) -> None:
    assert list(decide_fold(posts, NOW)) == folded


HUAWEI = Topic(id=TopicId("huawei"), name="huawei", title="Huawei & its rivals", clauses=())


def test_a_roll_up_is_a_line_a_story() -> None:
    card = rollup_card([story_line(1, "One"), story_line(2, "Two", topic="zte")], [HUAWEI], channel=channel())
    assert card.title == "2 more stories"
    first, second = card.sections[0].lines
    assert [span.text for span in first[:3]] == ["One", " · Courant · ", "Huawei & its rivals · "]
    assert first[0].link == "https://courant.example/1"
    assert first[-1].at is not None
    assert [span.text for span in second[:2]] == ["Two", " · Courant · "]


def test_a_long_roll_up_says_how_many_more_there_are() -> None:
    card = rollup_card([story_line(n, f"Story {n}") for n in range(MOST_LINES + 5)], [], channel=channel())
    assert card.title == "25 more stories"
    *stories, last = card.sections[0].lines
    assert len(stories) == MOST_LINES
    assert last[0].text == "+5 more"


@pytest.mark.parametrize("language", LANGUAGES)
def test_roll_ups_and_notices_speak_each_language(language: str) -> None:
    spoken, english = channel(language=language), channel()
    assert "7" in rollup_card([story_line(n, "S") for n in range(7)], [], channel=spoken).title
    notice = stopped_notice(channel(9), spoken, "the channel is gone")
    assert ("9" in notice, "the channel is gone" in notice) == (True, True)
    assert (notice == stopped_notice(channel(9), english, "the channel is gone")) == (language == "en")


def test_a_notice_has_its_first_line_as_title() -> None:
    card = notice_card("What happened\nwhy\nwhat to do")
    assert card.title == card.text == "What happened"
    assert [line[0].text for line in card.sections[0].lines] == ["why", "what to do"]
