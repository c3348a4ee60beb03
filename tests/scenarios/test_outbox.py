"""The outbox under strain: quiet hours, caps, dead channels, refused logins, and a platform that is down for a day."""

from __future__ import annotations

import asyncio
import logging
import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.domain.errors import (
    MessageRefusedError,
    PermanentError,
    PlatformRefusedError,
    RetryLaterError,
    UnknownOutcomeError,
    WorkspaceRefusedError,
)
from bot.domain.habits import QuietHours
from bot.domain.models import Channel, Place, TopicId, WorkspaceId
from bot.domain.records import Outgoing
from bot.pipeline.deliver import AT_ONCE, LONGEST_RETRY, Deliverer
from bot.web.keys import Addresses, Keys
from tests.newsroom import Newsroom, RecordingPlatform, newsroom

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
STORIES = (
    "Huawei opens chip laboratory near Lindholm harbour",
    "Court in Veria fines Huawei over patent dispute",
    "Huawei hires former rail chief Osmo Tann",
    "Farmers in Ostrava test Huawei weather sensors",
    "Huawei phone sales double in Tamaria",
    "Senator Quill questions Huawei donations to museum",
    "Huawei recalls solar inverters after warehouse blaze",
    "Bank of Norrland ends loan talks with Huawei",
    "Huawei tablet wins design award in Porto Selva",
)


async def set_up(room: Newsroom, **settings: object) -> Channel:
    """Subscribe a channel with settings to Huawei, and open an outlet."""
    await room.open_outlets("Ledger")
    channel = await room.subscribe("huawei")
    if settings:
        await room.store.save_channel(replace(channel, **settings), actor="t", now=room.clock())  # type: ignore[arg-type]
    return channel


def publish(room: Newsroom, *numbers: int) -> None:
    for number in numbers:
        at = room.clock() + timedelta(seconds=number)
        room.publish("Ledger", STORIES[number], f"{STORIES[number]}.", published_at=at)


async def test_quiet_hours_hold_everything_and_end_in_one_roll_up(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room, quiet=QuietHours(since=time(13), until=time(15)))
        pages = Addresses(await Keys.open(room.store), "https://news.example")
        room.deliverer.reader = replace(room.reader, find_pages=pages.stories)
        publish(room, 0)
        await room.tick()
        await room.tick(HOUR)
        publish(room, 1, 2)
        await room.tick()
        publish(room, 3)
        await room.tick()
        assert room.platform.titles() == [STORIES[0]]
        await room.tick(2 * HOUR)
        assert room.platform.titles() == [STORIES[0], "3 more stories"]
        shown = repr(room.platform.shown[1].card)
        assert all(STORIES[n] in shown for n in (1, 2, 3))
        assert len(set(re.findall(r"https://news.example/w/[\w-]{22}/story/\d+'", shown))) == 3
        await room.tick(HOUR)
        assert len(room.platform.shown) == 2


async def test_one_held_post_is_simply_posted(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room, quiet=QuietHours(since=time(12), until=time(14)))
        publish(room, 0)
        await room.tick()
        assert room.platform.asked == []
        await room.tick(2 * HOUR)
        assert room.platform.titles() == [STORIES[0]]


async def test_quiet_hours_that_are_ended_early_end_at_once(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room, quiet=QuietHours(since=time(12), until=time(20)))
        publish(room, 0)
        await room.tick()
        assert room.platform.asked == []
        await room.ask("settings --quiet off")
        await room.deliverer.deliver_due()
        assert room.platform.titles() == [STORIES[0]]


async def test_what_waits_for_a_platform_is_counted(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room)
        publish(room, 0, 1)
        room.platform.errors.append(RetryLaterError("busy", retry_after=HOUR))
        await room.tick()
        assert await room.store.list_open_counts() == [("test", 2)]


async def test_the_most_an_hour_folds_the_rest_and_lets_edits_pass(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room, max_per_hour=2)
        await room.open_outlets("Wire")
        publish(room, *range(6))
        await room.tick()
        assert room.platform.titles() == list(STORIES[:2])
        room.publish("Wire", STORIES[0], f"{STORIES[0]}.")
        await room.tick()
        assert room.platform.shown[0].edits == 1
        assert len(room.platform.shown) == 2
        await room.tick(HOUR)
        assert room.platform.titles() == [*STORIES[:2], "4 more stories"]


async def test_a_day_without_the_platform_loses_nothing(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room)
        room.platform.errors = [RetryLaterError("down")] * 10_000
        for number in range(6):
            publish(room, number)
            await room.tick(3 * HOUR)
        publish(room, 6, 7)
        await room.tick(HOUR)
        assert room.platform.shown == []
        room.platform.errors.clear()
        await room.tick(LONGEST_RETRY)
        assert room.platform.titles() == ["4 more stories", *STORIES[4:8]]
        assert (await room.store.status(WorkspaceId("test"))).deliveries_pending == 0


async def test_back_off_grows_to_its_longest_and_no_further(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room)
        room.platform.errors = [RetryLaterError("down")] * 10_000
        publish(room, 0)
        await room.tick()
        pauses = []
        for _ in range(14):
            due = await room.store.next_delivery_due_at()
            assert due is not None
            pauses.append(due - room.clock())
            room.clock.now = due
            await room.deliverer.deliver_due()
        assert pauses == sorted(pauses)
        assert pauses[0] < MINUTE
        assert pauses[-1] == LONGEST_RETRY


async def test_an_unsure_post_is_settled_alone_though_others_wait_long(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room)
        room.platform.lost_answers.append(UnknownOutcomeError("reset"))
        publish(room, 0)
        await room.tick()
        room.platform.errors = [UnknownOutcomeError("still not known")] * 10_000
        publish(room, *range(1, 7))
        await room.tick(8 * HOUR)
        await room.tick(8 * HOUR)
        room.platform.errors.clear()
        await room.tick()
        assert room.platform.titles() == [STORIES[0], "6 more stories"]


async def test_quiet_hours_do_not_keep_an_unsure_post_from_being_settled(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room, quiet=QuietHours(since=time(13), until=time(15)))
        room.platform.lost_answers.append(UnknownOutcomeError("reset"))
        publish(room, 0)
        await room.tick()
        await room.tick(HOUR)
        assert [outgoing.unsure_since is not None for outgoing in room.platform.asked] == [False, True]


async def test_a_channel_that_is_gone_stops_and_the_ops_channel_hears_of_it(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        broken = await set_up(room)
        ops = await room.store.add_channel(Place(platform="test", workspace=WorkspaceId("test"), channel="ops"))
        await room.store.save_channel(replace(ops, is_ops=True, language="nl"), actor="t", now=room.clock())
        room.platform.errors.append(PermanentError("there is no channel news; subscribe in one that exists"))
        publish(room, 0, 1)
        await room.tick()
        [notice] = room.platform.shown
        assert notice.place.channel == "ops"
        assert "news" in notice.card.title
        assert "subscribe in one that exists" in repr(notice.card)
        assert "abonneer" in repr(notice.card)
        publish(room, 2)
        await room.tick()
        assert await room.store.list_subscriptions(broken.id) == []
        assert len(room.platform.shown) == 1


async def test_a_message_that_is_refused_stops_no_subscription(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        channel = await set_up(room)
        room.platform.errors.append(MessageRefusedError("too long"))
        publish(room, 0, 1)
        await room.tick()
        assert room.platform.titles() == [STORIES[1]]
        assert len(await room.store.list_subscriptions(channel.id)) == 1


async def test_a_refused_login_keeps_everything_and_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room)
        channels = [await room.subscribe("huawei", channel=str(n)) for n in range(30)]
        room.platform.errors = [PlatformRefusedError("the token is refused; make a new one")] * 10_000
        publish(room, 0)
        with caplog.at_level(logging.WARNING, "topicwire.events"):
            await room.tick()
            asked = len(room.platform.asked)
            for _ in range(6):
                await room.tick(LONGEST_RETRY)
        told = [r for r in caplog.records if "token" in str(getattr(r, "fields", {}).get("what", ""))]
        assert len(told) == 1
        assert len(room.platform.asked) - asked == 6
        assert len(await room.store.list_subscriptions(channels[0].id)) == 1
        room.platform.errors.clear()
        for _ in range(2):
            await room.tick(LONGEST_RETRY)
        assert len(room.platform.shown) == 31


class HangingPlatform(RecordingPlatform):
    """A platform that never answers to one workspace, or to any where that is None."""

    stuck: WorkspaceId | None = None

    async def post(self, outgoing: Outgoing) -> str:
        """Hang, or show it."""
        if self.stuck in (None, outgoing.place.workspace):
            await asyncio.Event().wait()
        return await super().post(outgoing)


class ClosedPlatform(RecordingPlatform):
    """A platform on which one workspace refuses us altogether; `tried` counts how often it was asked."""

    closed: WorkspaceId | None = None
    tried = 0

    async def post(self, outgoing: Outgoing) -> str:
        """Refuse, or show it."""
        if outgoing.place.workspace == self.closed:
            self.tried += 1
            raise WorkspaceRefusedError("its token is refused; make a new one")
        return await super().post(outgoing)


async def test_a_workspace_that_refuses_us_keeps_nobody_else_waiting(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    platform = ClosedPlatform()
    platform.closed = WorkspaceId("closed")
    async with newsroom(tmp_path, platform=platform) as room:
        await set_up(room)
        await room.subscribe("huawei", workspace=WorkspaceId("closed"), channel="c")
        publish(room, 0)
        with caplog.at_level(logging.WARNING, "topicwire.events"):
            await room.tick()
            publish(room, 1)
            await room.tick(MINUTE)
            before = platform.tried
            await room.tick(LONGEST_RETRY)
        assert (before, platform.tried) == (1, 2)
        assert {message.place.channel for message in platform.shown} == {"news"}
        assert len([r for r in caplog.records if "its token" in str(getattr(r, "fields", ""))]) == 1
        platform.closed = None
        await room.tick(LONGEST_RETRY)
        await room.tick(LONGEST_RETRY)
        assert "c" in {message.place.channel for message in platform.shown}


async def shown_in(platform: RecordingPlatform, count: int) -> None:
    async with asyncio.timeout(20):
        while len(platform.shown) < count:  # noqa: ASYNC110 - the platform of the tests rings no bell
            await asyncio.sleep(0.02)


async def test_a_platform_that_hangs_delays_no_other(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room)
        place = Place(platform="stuck", workspace=WorkspaceId("test"), channel="news")
        there = await room.store.add_channel(place)
        await room.store.save_subscription(there.id, TopicId("huawei"), actor="t", now=room.clock())
        hanging = HangingPlatform(name="stuck")
        stuck = Deliverer(store=room.store, platform=hanging, reader=room.reader, bells=room.bells, clock=room.clock)
        loops = [asyncio.create_task(deliverer.run()) for deliverer in (stuck, room.deliverer)]
        publish(room, 0)
        room.clock.move(HOUR)
        await room.poller.poll_due()
        await room.gatherer.gather_all()
        await shown_in(room.platform, 1)
        for loop in loops:
            loop.cancel()
        await asyncio.gather(*loops, return_exceptions=True)
        assert hanging.shown == []


async def test_a_workspace_that_hangs_leaves_places_to_the_others(tmp_path: Path) -> None:
    platform = HangingPlatform()
    platform.stuck = WorkspaceId("stuck")
    async with newsroom(tmp_path, platform=platform) as room:
        await room.open_outlets("Ledger")
        for n in range(AT_ONCE + 20):
            await room.subscribe("huawei", workspace=WorkspaceId("stuck"), channel=str(n))
        loop = asyncio.create_task(room.deliverer.run())
        publish(room, 0)
        room.clock.move(HOUR)
        await room.poller.poll_due()
        await room.gatherer.gather_all()
        await asyncio.sleep(0.5)
        for n in range(5):
            await room.subscribe("huawei", workspace=WorkspaceId("well"), channel=str(n))
        publish(room, 1)
        room.clock.move(MINUTE)
        await room.poller.poll_due()
        room.clock.now = datetime(2026, 3, 1, 14, tzinfo=UTC)
        await room.poller.poll_due()
        await room.gatherer.gather_all()
        await shown_in(platform, 5)
        assert {message.place.workspace for message in platform.shown} == {WorkspaceId("well")}
        loop.cancel()
        await asyncio.gather(loop, return_exceptions=True)
