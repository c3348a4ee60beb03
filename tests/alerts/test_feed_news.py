"""What is told of feeds, decided without a clock or a store."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.feed_news import (
    GATHER,
    MOST_LINES,
    PAUSE,
    TELL_AFTER,
    bulletin_card,
    compose,
    compose_held,
    concerns,
    decide_feed_news,
    drop_passed,
    is_due,
    is_outage,
    read_bulletin,
    write_bulletin,
)
from bot.domain.feed_news import FeedNews, FeedNewsId, FeedStanding
from bot.domain.feeds import Feed
from bot.domain.models import EVERYONE, FeedId, WorkspaceId
from bot.domain.troubles import FeedEvent, Trouble

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
FEED = Feed(
    id=FeedId(3), url="https://wire.example/rss", title="The Wire", language="en", interval=timedelta(minutes=15),
    next_check_at=NOW,
)  # fmt: skip
BAD = FeedNews(
    id=FeedNewsId(1),
    feed_id=FEED.id,
    title="The Wire",
    host="wire.example",
    what=FeedEvent.BAD,
    reason="there is nothing at this address (404)",
    trouble=Trouble.MISSING,
    at=NOW,
    users=frozenset({WorkspaceId("here")}),
)
CALM = FeedStanding(polled=100, failing=1)


def news(what: FeedEvent, number: int = 1, feed: int = 3) -> FeedNews:
    return replace(BAD, what=what, id=FeedNewsId(number), feed_id=FeedId(feed))


@pytest.mark.parametrize(
    "told_as, failures, trouble, told",
    [
        (None, 0, None, []),
        (None, TELL_AFTER - 1, Trouble.SERVER, []),
        (None, TELL_AFTER, Trouble.SERVER, [FeedEvent.BAD]),
        (None, TELL_AFTER + 5, None, [FeedEvent.BAD]),
        (FeedEvent.BAD, TELL_AFTER + 1, Trouble.SERVER, []),
        (FeedEvent.OUTAGE, TELL_AFTER, Trouble.SERVER, []),
        (None, 1, Trouble.GONE, [FeedEvent.GONE]),
        (FeedEvent.BAD, 9, Trouble.GONE, [FeedEvent.GONE]),
        (FeedEvent.GONE, 9, Trouble.GONE, []),
        (FeedEvent.GONE, 9, Trouble.SERVER, []),
        (FeedEvent.BAD, 0, None, [FeedEvent.WELL]),
        (FeedEvent.OUTAGE, 0, None, [FeedEvent.WELL]),
    ],
)
def test_each_change_is_news_once(
    told_as: FeedEvent | None, failures: int, trouble: Trouble | None, told: list[FeedEvent]
) -> None:
    made = decide_feed_news(replace(FEED, told_as=told_as), failures=failures, trouble=trouble, reason="why")
    assert [one.what for one in made] == told


@given(st.lists(st.sampled_from([None, Trouble.SERVER, Trouble.GONE, Trouble.DNS]), max_size=60))
def test_trouble_and_its_end_take_turns(polls: list[Trouble | None]) -> None:
    feed, failures, told = FEED, 0, []
    for trouble in polls:
        failures = failures + 1 if trouble else 0
        for one in decide_feed_news(feed, failures=failures, trouble=trouble, reason=""):
            told.append(one.what)
            feed = replace(feed, told_as=None if one.what is FeedEvent.WELL else one.what)
    ends = [one is FeedEvent.WELL for one in told]
    assert not any(first and second for first, second in itertools.pairwise(ends))
    assert not ends or not ends[0]
    assert (feed.told_as is None) == (not ends or ends[-1])


@pytest.mark.parametrize(
    "waited, since_last, due",
    [
        (timedelta(), None, False),
        (GATHER, None, True),
        (GATHER, PAUSE - GATHER, False),
        (GATHER, PAUSE, True),
    ],
)
def test_a_bulletin_waits_for_others_of_its_kind(waited: timedelta, since_last: timedelta | None, due: bool) -> None:
    last = None if since_last is None else NOW + waited - since_last
    assert is_due([BAD], replace(CALM, last_told_at=last), NOW + waited) == due
    assert not is_due([], CALM, NOW)


def test_trouble_that_passed_before_it_was_told_is_not_told() -> None:
    passed = [news(FeedEvent.BAD, 1), news(FeedEvent.BAD, 2, feed=4), news(FeedEvent.WELL, 3)]
    assert drop_passed(passed) == [passed[1]]
    assert drop_passed([news(FeedEvent.WELL)]) == [news(FeedEvent.WELL)]


@pytest.mark.parametrize(
    "polled, failing, told", [(100, 50, False), (100, 51, True), (6, 4, False), (6, 5, True), (1, 1, False)]
)
def test_many_that_fail_together_are_an_outage(polled: int, failing: int, told: bool) -> None:
    assert is_outage(FeedStanding(polled=polled, failing=failing)) == told


def test_one_feed_is_told_with_its_reason_and_what_to_do() -> None:
    bulletin = compose([BAD], CALM)
    assert bulletin.title == "The Wire is in trouble"
    ((heading, (row,)),) = bulletin.sections
    assert not heading
    assert row.startswith("The Wire (wire.example): there is nothing at this address (404). Look for the feed's new")


def test_several_are_told_under_headings_and_a_long_list_is_cut() -> None:
    many = [news(FeedEvent.BAD, n, feed=n) for n in range(MOST_LINES + 3)] + [news(FeedEvent.WELL, 99)]
    bulletin = compose(many, replace(CALM, polled=1000))
    assert bulletin.title == f"Feeds: {MOST_LINES + 3} in trouble, 1 read again"
    assert [heading for heading, _ in bulletin.sections] == ["In trouble", "Read again"]
    assert bulletin.sections[0][1][-1] == "and 3 more: /news feed list"


def test_an_outage_is_one_title_and_one_of_the_reasons() -> None:
    many = [news(FeedEvent.BAD, n, feed=n) for n in range(180)]
    bulletin = compose(many, FeedStanding(polled=180, failing=180))
    assert bulletin.title == "180 of 180 feeds cannot be read"
    assert sum(len(rows) for _, rows in bulletin.sections) == 3


def test_news_concerns_who_uses_the_feed_and_of_everyones_feeds_everybody() -> None:
    assert concerns(BAD, WorkspaceId("here"))
    assert not concerns(BAD, WorkspaceId("there"))
    assert concerns(replace(BAD, users=frozenset({EVERYONE})), WorkspaceId("there"))


@pytest.mark.parametrize(
    "bulletin", [compose([BAD], CALM), compose_held(replace(BAD, reason="60 came \u2028 “at once”"))]
)
def test_a_bulletin_survives_the_outbox(bulletin: object) -> None:
    assert read_bulletin(write_bulletin(bulletin)) == bulletin  # type: ignore[arg-type]


def test_held_articles_are_asked_about_with_two_buttons() -> None:
    card = bulletin_card(compose_held(replace(BAD, reason="60 entries came at once")))
    assert [button.label for button in card.buttons] == ["Show them", "Drop them"]
    assert [button.call.arguments for button in card.buttons if button.call] == [
        (("feed", "3"), ("what", "show")),
        (("feed", "3"), ("what", "drop")),
    ]
