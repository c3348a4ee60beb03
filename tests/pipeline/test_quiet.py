"""A poll is quiet where nothing has to be written of its feed but when it was polled."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.feeds import Feed, Outcome, Validators
from bot.domain.models import FeedId
from bot.domain.records import Reading
from bot.domain.troubles import FeedEvent
from bot.pipeline.poll import is_quiet

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
KNOWN = Validators(etag="1", body_hash=b"1", items=b"1")
FEED = Feed(
    id=FeedId(1),
    url="https://wire.example/rss",
    title="",
    language=None,
    interval=timedelta(hours=1),
    next_check_at=NOW,
    validators=KNOWN,
    first_polled_at=NOW,
)
SAME = Reading(outcome=Outcome.NOT_MODIFIED, validators=replace(KNOWN))


@pytest.mark.parametrize(
    "feed, reading, quiet",
    [
        (FEED, SAME, True),
        (FEED, replace(SAME, outcome=Outcome.UNCHANGED), True),
        (FEED, replace(SAME, outcome=Outcome.NEW), False),
        (FEED, replace(SAME, outcome=Outcome.FAILED), False),
        (FEED, replace(SAME, validators=replace(KNOWN, etag="2")), False),
        (FEED, replace(SAME, moved_to="https://new.example/rss"), False),
        (replace(FEED, moved_to="https://new.example/rss", moved_times=1), SAME, False),
        (replace(FEED, failures=1), SAME, False),
        (replace(FEED, told_as=FeedEvent.GONE), SAME, False),
        (replace(FEED, first_polled_at=None), SAME, False),
    ],
)
def test_a_poll_is_quiet_that_found_a_sound_feed_as_it_was(feed: Feed, reading: Reading, *, quiet: bool) -> None:
    assert is_quiet(feed, reading) is quiet
