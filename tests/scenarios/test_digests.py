"""Digests from what is published to what a channel is told: once a day, whatever happens to clocks and processes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.commands.answers import Reply
from bot.domain.cards import Card
from bot.domain.errors import PermanentError, UnknownOutcomeError
from bot.domain.habits import QuietHours
from bot.domain.models import Filters, Mode
from bot.pipeline.jumps import ClockWatch
from tests.newsroom import WORKSPACE, Newsroom, SetClock, newsroom

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
EVE = datetime(2026, 3, 28, 12, tzinfo=UTC)
"""Noon of the day before Amsterdam's clocks go on an hour: 08:00 there was 7:00 UTC, and is 6:00 from then on."""
STORIES = (
    "Huawei opens a laboratory in Lyon", "Court in Lisbon hears ZTE over patents", "Huawei cuts prices of antennas",
    "Ministers bar Huawei from the railway radio", "ZTE names a new chief of finance",
)  # fmt: skip


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Newsroom]:
    """A newsroom in Amsterdam on the eve of summer time; its channel gathers for a digest at 08:00."""
    async with newsroom(tmp_path, clock=SetClock(EVE)) as room:
        await open_room(room)
        yield room


async def open_room(room: Newsroom) -> None:
    await room.open_outlets("Ledger", "Wire")
    for topic in ("huawei", "zte"):
        await room.subscribe(topic, mode=Mode.DIGEST)
    await room.ask("digest set 08:00 --zone Europe/Amsterdam")
    await room.tick(timedelta(0))


def publish(room: Newsroom, *numbers: int) -> None:
    for number in numbers:
        room.publish("Ledger", STORIES[number])


async def go(room: Newsroom, until: str, step: timedelta = 2 * HOUR) -> None:
    """Let time pass to an instant, working as a running program does."""
    goal = datetime.fromisoformat(until).replace(tzinfo=UTC)
    while room.clock() < goal:
        await room.tick(min(step, goal - room.clock()))


def digests(room: Newsroom) -> list[str]:
    return [title for title in room.platform.titles() if title.startswith(("Digest", "Weekly"))]


def told(card: Card) -> str:
    rows = [section.heading or "" for section in card.sections]
    rows += ["".join(span.text for span in row) for section in card.sections for row in section.lines]
    return "\n".join([card.title, *rows, "".join(span.text for span in card.footer)])


async def test_a_day_with_a_digest_over_summer_time(room: Newsroom) -> None:
    publish(room, 0, 1)
    await go(room, "2026-03-29T05:59")
    assert digests(room) == []
    await go(room, "2026-03-29T06:00", MINUTE)
    assert digests(room) == ["Digest: 2 stories"]
    publish(room, 2)
    await go(room, "2026-03-30T06:30")
    assert digests(room) == ["Digest: 2 stories", "Digest: 1 story"]
    first, second = (told(message.card) for message in room.platform.shown)
    assert f"• {STORIES[0]}" in first
    assert f"• {STORIES[1]}" in first
    assert STORIES[2] in second
    assert f"• {STORIES[0]}" not in second
    assert "2 feeds polled · 0 failing" in second
    assert "0 held back" in second


async def test_an_old_date_of_an_article_that_came_late_misses_no_digest(room: Newsroom) -> None:
    await go(room, "2026-03-29T08:00")
    room.publish("Ledger", STORIES[0], published_at=datetime(2026, 3, 28, 20, tzinfo=UTC))
    await go(room, "2026-03-30T06:30")
    assert digests(room) == ["Digest: nothing to tell", "Digest: 1 story"]


async def test_nothing_falls_between_two_digests(room: Newsroom) -> None:
    for number, at in enumerate(("2026-03-29T05:58", "2026-03-29T05:59", "2026-03-29T06:00", "2026-03-29T06:01")):
        await go(room, at)
        publish(room, number)
        await room.poller.poll_due()
        await room.gatherer.gather_all()
    await go(room, "2026-03-30T06:30")
    shown = [told(message.card) for message in room.platform.shown]
    assert [sum(f"• {title}" in text for text in shown) for title in STORIES[:4]] == [1, 1, 1, 1]


async def test_what_was_being_gathered_when_a_digest_was_made_is_in_the_next(room: Newsroom) -> None:
    await go(room, "2026-03-29T04:00")
    publish(room, 0)
    room.clock.move(HOUR)
    assert await room.poller.poll_due() > 0
    room.clock.move(HOUR)
    assert await room.digester.digest_due() == 1
    room.clock.move(-MINUTE)
    await room.gatherer.gather_all()
    await go(room, "2026-03-30T06:30")
    assert digests(room) == ["Digest: nothing to tell", "Digest: 1 story"]


async def test_downtime_over_the_hour_is_one_late_digest_that_says_so(room: Newsroom, tmp_path: Path) -> None:
    publish(room, 0)
    await go(room, "2026-03-28T14:00")
    room.clock.now = datetime(2026, 3, 31, 10, tzinfo=UTC)
    publish(room, 1)
    await room.tick()
    await room.tick()
    assert digests(room) == ["Digest: 1 story"]
    shown = told(room.platform.shown[0].card)
    assert "Late: it was due at 2026-03-29 08:00." in shown
    assert STORIES[0] in shown
    await go(room, "2026-04-01T06:30")
    assert digests(room) == ["Digest: 1 story", "Digest: 1 story"]
    assert STORIES[1] in told(room.platform.shown[1].card)


async def test_a_restart_in_the_middle_never_gives_two(tmp_path: Path) -> None:
    clock = SetClock(EVE)
    async with newsroom(tmp_path, clock=clock) as room:
        await open_room(room)
        publish(room, 0)
        await go(room, "2026-03-29T05:59")
        clock.move(2 * MINUTE)
        (due,) = await room.store.claim_due_digests(clock(), HOUR, 10)
        assert due.due_at == datetime(2026, 3, 29, 6, tzinfo=UTC)
        fetcher, platform = room.fetcher, room.platform
    async with newsroom(tmp_path, clock=clock, fetcher=fetcher, platform=platform) as room:
        await room.digester.digest_due()
    async with newsroom(tmp_path, clock=clock, fetcher=fetcher, platform=platform) as room:
        platform.lost_answers.append(UnknownOutcomeError("the answer was lost"))
        await room.digester.digest_due()
        await room.deliverer.deliver_due()
    async with newsroom(tmp_path, clock=clock, fetcher=fetcher, platform=platform) as room:
        for _ in range(4):
            await room.tick()
        assert digests(room) == ["Digest: 1 story"]


async def test_a_clock_that_jumps_about_gives_a_day_one_digest_and_loses_nothing(room: Newsroom) -> None:
    seconds = 0.0
    watch = ClockWatch(
        store=room.store, deliverers=[room.deliverer], bells=room.bells, clock=room.clock, ticks=lambda: seconds
    )
    publish(room, 0)
    await go(room, "2026-03-29T06:05")
    await watch.look()
    room.clock.move(-2 * HOUR)
    await watch.look()
    publish(room, 1)
    await go(room, "2026-03-29T09:00")
    assert digests(room) == ["Digest: 1 story"], "its day has one"
    await watch.look()
    room.clock.move(400 * DAY)
    await room.tick()
    await watch.look()
    room.clock.move(-400 * DAY)
    await watch.look()
    shown = len(digests(room))
    publish(room, 2)
    await go(room, "2026-03-30T06:30")
    assert len(digests(room)) == shown + 1
    assert STORIES[2] in told(room.platform.shown[-1].card)
    assert any(STORIES[1] in told(message.card) for message in room.platform.shown)


async def test_another_zone_moves_the_hour_and_never_repeats_a_day(room: Newsroom) -> None:
    await go(room, "2026-03-29T06:30")
    await room.ask("settings --zone America/Los_Angeles")
    await go(room, "2026-03-29T16:00")
    assert len(digests(room)) == 1, "8:00 of the 29th there is another hour of a day that was told"
    await go(room, "2026-03-30T16:00")
    assert len(digests(room)) == 2
    await room.ask("settings --zone Asia/Tokyo")
    await go(room, "2026-04-01T00:00")
    assert len(digests(room)) == 4, "the 31st and the 1st there"


async def test_nothing_to_tell_can_be_left_out(room: Newsroom) -> None:
    await go(room, "2026-03-29T06:30")
    assert digests(room) == ["Digest: nothing to tell"]
    await room.ask("digest set --empty no")
    await go(room, "2026-03-30T06:30")
    assert len(digests(room)) == 1
    publish(room, 0)
    await go(room, "2026-03-31T06:30")
    assert digests(room)[1:] == ["Digest: 1 story"]


async def test_a_weekly_digest_tells_of_the_week(room: Newsroom) -> None:
    await room.ask("digest set --days mon --length 2")
    publish(room, 0)
    await go(room, "2026-03-30T06:30", 6 * HOUR)
    assert digests(room) == ["Weekly digest: 1 story"]
    publish(room, 1, 2)
    await go(room, "2026-04-03T06:00", 6 * HOUR)
    publish(room, 4)
    await go(room, "2026-04-06T06:30", 6 * HOUR)
    assert digests(room) == ["Weekly digest: 1 story", "Weekly digest: 3 stories"]
    assert "1 more story" in told(room.platform.shown[1].card)


async def test_a_digest_in_quiet_hours_waits_for_their_end_and_one_asked_for_does_not(room: Newsroom) -> None:
    answer = await room.ask("digest set 06:00")
    assert isinstance(answer, Reply)
    await room.ask("settings --quiet 22:00-07:00")
    publish(room, 0)
    await go(room, "2026-03-29T04:30")
    assert digests(room) == []
    await room.ask("digest now")
    await room.tick()
    assert digests(room) == ["Digest: 1 story"]
    await go(room, "2026-03-29T05:00")
    assert digests(room) == ["Digest: 1 story"] * 2


async def test_a_digest_now_is_one_however_often_it_is_asked_for(room: Newsroom) -> None:
    publish(room, 0)
    await room.tick()
    answers = [await room.ask("digest now") for _ in range(3)]
    told_back = [answer.card.title for answer in answers if isinstance(answer, Reply)]
    assert told_back == ["The digest comes here in a moment.", *["A digest is on its way here already."] * 2]
    await room.tick()
    await room.tick()
    assert digests(room) == ["Digest: 1 story"]
    await go(room, "2026-03-29T06:30")
    assert digests(room) == ["Digest: 1 story"] * 2, "the planned one is not changed by it"


async def test_what_is_muted_or_filtered_is_not_told(room: Newsroom) -> None:
    await room.subscribe("zte", mode=Mode.DIGEST, filters=Filters(words_out=("finance",)))
    publish(room, 0, 1, 2, 4)
    await room.tick()
    line = next(one for one in await room.store.latest(WORKSPACE, None, 10) if one.headline == STORIES[0])
    await room.ask(f"mute {line.id}")
    await go(room, "2026-03-29T06:30")
    shown = told(room.platform.shown[0].card)
    assert [number for number in range(5) if f"• {STORIES[number]}" in shown] == [1, 2]


async def test_what_a_new_feed_brings_at_first_is_no_news(room: Newsroom) -> None:
    room.fetcher.entries["https://gazette.example/feed"] = []
    room.outlets["Gazette"] = "https://gazette.example/feed"
    room.publish("Gazette", STORIES[3])
    await room.open_outlets("Gazette")
    await go(room, "2026-03-29T06:30")
    assert digests(room) == ["Digest: nothing to tell"]


async def test_live_topics_are_in_the_digest_only_where_nothing_is_gathered_for_it(room: Newsroom) -> None:
    for topic, mode in (("huawei", Mode.LIVE), ("zte", Mode.BOTH)):
        await room.subscribe(topic, mode=mode)
    publish(room, 0, 1)
    await go(room, "2026-03-29T06:30")
    assert sorted(room.platform.titles()) == sorted([STORIES[0], STORIES[1], "Digest: 1 story"])
    await room.ask("digest set --topics huawei")
    publish(room, 2)
    await go(room, "2026-03-30T06:30")
    assert STORIES[2] in told(room.platform.shown[-1].card)


async def test_a_channel_that_is_given_up_gets_no_further_digest(room: Newsroom) -> None:
    room.platform.errors.append(PermanentError("the channel is gone"))
    await go(room, "2026-03-31T06:30")
    assert room.platform.shown == []
    channel = await room.subscribe("huawei")
    assert await room.store.find_digest_plan(channel.id) is None


async def test_who_was_away_catches_up_and_is_remembered(room: Newsroom) -> None:
    publish(room, 0)
    await room.tick()
    room.clock.move(3 * MINUTE)
    answer = await room.ask("catchup")
    assert isinstance(answer, Reply)
    assert answer.is_private
    assert answer.card.title == "What you missed: 1 story"
    await room.tick(HOUR)
    publish(room, 1)
    await room.tick()
    room.clock.move(3 * MINUTE)
    shown = told((await room.ask("catchup")).card)  # type: ignore[union-attr]
    assert STORIES[1] in shown
    assert f"• {STORIES[0]}" not in shown
    assert "2 stories" in told((await room.ask("catchup 1d")).card)  # type: ignore[union-attr]
    await room.tick(HOUR)
    assert "nothing to tell" in told((await room.ask("catchup")).card)  # type: ignore[union-attr]


async def test_a_page_more_is_a_press_away(room: Newsroom) -> None:
    await room.ask("digest set --length 1")
    publish(room, 0, 1, 2)
    await go(room, "2026-03-29T06:30")
    (button,) = room.platform.shown[0].card.buttons
    assert button.call is not None
    further = await room.ask(" ".join([button.call.command, *(f"--{n} {v}" for n, v in button.call.arguments)]))
    assert isinstance(further, Reply)
    assert further.card.title == "Digest: 3 stories (2/3)"
    assert "1 more story" in told(further.card)


async def test_quiet_hours_of_an_hour_are_told_when_a_digest_is_set(room: Newsroom) -> None:
    channel = await room.subscribe("huawei", mode=Mode.DIGEST)
    quiet = QuietHours(since=time(22), until=time(9))
    await room.store.save_channel(replace(channel, zone="Europe/Amsterdam", quiet=quiet), actor="t", now=room.clock())
    assert "it comes when they end, at 09:00" in told((await room.ask("digest set 8")).card)  # type: ignore[union-attr]


async def test_an_article_that_takes_back_what_it_said_is_in_the_next_digest(room: Newsroom) -> None:
    text = "Norland will exclude Huawei from its 5G networks, minister Per Aasgaard said."
    room.publish("Ledger", STORIES[3], text)
    await go(room, "2026-03-29T06:30")
    entries = room.fetcher.entries[room.outlets["Ledger"]]
    entries[0] = replace(entries[0], text=f"Retraction: this report was wrong. {text}")
    room.publish("Ledger", "A quiet day at the museum")
    await go(room, "2026-03-30T06:30")
    shown = told(room.platform.shown[-1].card)
    assert f"• {STORIES[3]}" in shown
    assert "changed: retracted" in shown


async def test_a_posted_digest_has_a_small_picture_and_its_failure_loses_nothing(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("matplotlib", reason="the extra topicwire[charts] is not installed")
    publish(room, 4)
    await go(room, "2026-03-28T14:00")
    await go(room, "2026-03-31T05:00", DAY)
    publish(room, 0)
    await go(room, "2026-03-31T06:05", 30 * MINUTE)
    drawn = room.platform.asked[-1].picture
    assert drawn is not None
    assert drawn.content.startswith(b"\x89PNG")
    assert drawn.alt.startswith("articles a day, 2026-03-18 – 2026-03-31. Huawei: 1 article")

    monkeypatch.setattr("bot.pipeline.pictures.digest_chart", lambda *_: 1 / 0)
    publish(room, 2)
    await go(room, "2026-04-01T06:05", 12 * HOUR)
    assert room.platform.asked[-1].picture is None
    assert digests(room)[-1] == "Digest: 1 story"
