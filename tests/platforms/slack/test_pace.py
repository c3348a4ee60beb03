"""The pace of messages, with a clock handed in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.errors import RetryLaterError
from bot.platforms.slack.pace import Pace

SECOND = timedelta(seconds=1)


def test_each_message_of_a_channel_gets_a_turn_a_second_after_the_last() -> None:
    pace = Pace(SECOND)
    assert [pace.reserve("C1", 10.0) for _ in range(3)] == [timedelta(0), SECOND, 2 * SECOND]
    assert pace.reserve("C2", 10.0) == timedelta(0)
    assert pace.reserve("C1", 20.0) == timedelta(0)


def test_who_would_wait_long_comes_back_later_and_takes_no_turn() -> None:
    pace = Pace(SECOND)
    for _ in range(3):
        pace.reserve("C1", 10.0)
    for _ in range(2):
        with pytest.raises(RetryLaterError) as caught:
            pace.reserve("C1", 10.0)
        assert caught.value.retry_after == 3 * SECOND


def test_a_retry_after_holds_every_channel_until_it_has_passed() -> None:
    pace = Pace(SECOND)
    pace.hold(timedelta(seconds=30), 10.0)
    pace.hold(None, 10.0)
    with pytest.raises(RetryLaterError) as caught:
        pace.reserve("C2", 15.0)
    assert caught.value.retry_after == timedelta(seconds=25)
    assert pace.reserve("C2", 40.0) == timedelta(0)


def test_channels_of_the_past_are_forgotten() -> None:
    pace = Pace(SECOND)
    for number in range(3000):
        pace.reserve(f"C{number}", float(number * 2))
    assert len(pace._next) < 1100
