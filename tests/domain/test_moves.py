"""When a feed's address is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.feeds import Feed
from bot.domain.models import FeedId, WorkspaceId
from bot.domain.moves import MOVES, Move, decide_move

NEW = "https://new.example/rss"
FEED = Feed(
    id=FeedId(1),
    url="http://old.example/rss",
    title="",
    language=None,
    interval=timedelta(hours=1),
    next_check_at=datetime(2026, 11, 23, tzinfo=UTC),
)
ALMOST = replace(FEED, moved_to=NEW, moved_times=MOVES - 1)


@pytest.mark.parametrize(
    "feed, moved_to, failed, move",
    [
        (FEED, None, False, Move()),
        (FEED, FEED.url, False, Move()),
        (FEED, NEW, False, Move(url=NEW, times=1)),
        (ALMOST, NEW, False, Move(url=NEW, times=MOVES, is_final=True)),
        (ALMOST, NEW, True, Move(url=NEW, times=MOVES - 1)),
        (ALMOST, "https://third.example/rss", False, Move(url="https://third.example/rss", times=1)),
        (ALMOST, None, False, Move()),
        (replace(ALMOST, scope=WorkspaceId("here")), NEW, False, Move(url=NEW, times=MOVES)),
    ],
)
def test_only_the_same_redirect_several_times_in_a_row_moves_a_feed(
    feed: Feed, moved_to: str | None, failed: bool, move: Move
) -> None:
    assert decide_move(feed, moved_to, failed=failed) == move


def test_a_feed_never_moves_to_an_address_with_a_login() -> None:
    feed = replace(FEED, moved_to="https://a:b@new.example/", moved_times=MOVES - 1)
    assert not decide_move(feed, "https://a:b@new.example/", failed=False).is_final
