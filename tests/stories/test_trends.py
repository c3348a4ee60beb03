"""What is usual, what stands out and what is silence: figures in, judgement out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.models import StoryId
from bot.domain.trends import DayCount, DayShare
from bot.stories.trends import BASELINE_DAYS, count_days, find_silence, find_spikes, find_usual

MONDAY = date(2026, 3, 2)


def days_of(counts: Sequence[int], *, watched_from: int = 0, begin: date = MONDAY) -> list[DayCount]:
    return [
        DayCount(day=begin + timedelta(days=n), articles=count, is_watched=n >= watched_from)
        for n, count in enumerate(counts)
    ]


def spikes_of(counts: Sequence[int]) -> list[int]:
    days = days_of(counts)
    shares = [DayShare(day=n, story_id=StoryId(n + 1), articles=c, origins=1) for n, c in enumerate(counts) if c]
    found = find_spikes(days, shares, [find_usual(days, n) for n in range(len(days))])
    return [(spike.day - MONDAY).days for spike in found]


WEEK = (10, 11, 9, 12, 10, 2, 1)
SUNDAY_SPIKE = (*WEEK * 5, *WEEK[:6], 11)


@pytest.mark.parametrize(
    "counts, stands_out",
    [
        ((*(5,) * 28, 30), [28]),
        ((*(5,) * 28, 9), []),
        ((*(0,) * 28, 4), []),
        ((*(0,) * 28, 5), [28]),
        ((*(100,) * 28, 130), []),
        ((*(100,) * 28, 140), [28]),
        ((*WEEK * 5, *WEEK), []),
        (SUNDAY_SPIKE, [41]),
        ((*(5,) * 9, 50), []),
        ((*(5,) * 10, 50), [10]),
    ],
)
def test_a_day_stands_out_against_days_of_its_kind(counts: tuple[int, ...], stands_out: list[int]) -> None:
    assert spikes_of(counts) == stands_out


def test_days_before_reading_began_say_nothing_of_what_is_usual() -> None:
    assert find_usual(days_of([0] * 20 + [9] * 9, watched_from=20), 29 - 1) is None
    usual = find_usual(days_of([0] * 20 + [9] * 11, watched_from=20), 30)
    assert usual is not None
    assert usual.middle == 9


def test_a_spike_names_the_story_that_brought_most_of_it() -> None:
    days = days_of([4] * 28 + [30])
    shares = [
        DayShare(day=28, story_id=StoryId(1), articles=10, origins=2),
        DayShare(day=28, story_id=StoryId(2), articles=20, origins=1),
        DayShare(day=27, story_id=StoryId(3), articles=25, origins=1),
    ]
    (spike,) = find_spikes(days, shares, [find_usual(days, n) for n in range(29)])
    assert (spike.story_id, spike.share) == (2, 20)


@pytest.mark.parametrize(
    "counts, is_silent",
    [
        ((*(20,) * 28, 0), True),
        ((*(20,) * 28, 1), False),
        ((*(5,) * 28, 0), False),
        ((*(5,) * 28, 0, 0, 0), True),
        ((*(20,) * 9, 0), False),
        ((*(20, 20, 20, 20, 20, 0, 0) * 5,), False),
        ((*(20, 20, 20, 20, 20, 0, 0) * 5, 0), True),
        ((*(0,) * 40,), False),
        ((*(1,) * 28, *(0,) * 6), False),
    ],
)
def test_silence_is_told_from_a_quiet_day(counts: tuple[int, ...], is_silent: bool) -> None:
    assert (find_silence(days_of(counts)) is not None) is is_silent


@given(st.lists(st.integers(0, 500), max_size=60))
def test_no_numbers_break_the_judgement(counts: list[int]) -> None:
    days = days_of(counts)
    usual = [find_usual(days, n) for n in range(len(days))]
    assert all(one is None or one.spread >= 1 for one in usual)
    find_spikes(days, [], usual)
    find_silence(days)


def test_chance_alone_seldom_stands_out() -> None:
    """Weekdays of about twelve, weekends of about four, by chance: at most one day in a hundred is called a spike."""
    random = Random(7)
    rates = (12, 12, 12, 12, 12, 4, 4)
    counts = [sum(random.random() < rates[n % 7] / 48 for _ in range(48)) for n in range(1_000)]
    assert len(spikes_of(counts)) <= 10


def test_days_add_up_what_stories_brought() -> None:
    shares = [
        DayShare(day=1, story_id=StoryId(1), articles=3, origins=1),
        DayShare(day=1, story_id=StoryId(2), articles=2, origins=2),
        DayShare(day=9, story_id=StoryId(2), articles=2, origins=2),
    ]
    counted = count_days(days_of([0] * 3), shares)
    assert [(d.articles, d.stories, d.origins) for d in counted] == [(0, 0, 0), (5, 2, 3), (0, 0, 0)]


def test_only_four_weeks_before_a_day_count() -> None:
    usual = find_usual(days_of([50] * 30 + [3] * BASELINE_DAYS + [3]), 58)
    assert usual is not None
    assert usual.middle == 3
