"""Whole stories in ten lines: what a channel sees of one event."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.errors import EditRefusedError, MessageGoneError, PermanentError, RetryLaterError, UnknownOutcomeError
from bot.domain.models import StoryId, WorkspaceId
from bot.pipeline.deliver import SETTLE_AFTER
from tests.newsroom import WORKSPACE, newsroom

BAN = "Norland bans Huawei and ZTE from its 5G networks"
BAN_TEXT = (
    "Norland will exclude Huawei and ZTE from its 5G networks, minister Per Aasgaard said. Operators have until 2029."
)
AGAIN = "Norland bans Huawei and ZTE equipment from 5G networks"
AGAIN_TEXT = (
    "Huawei and ZTE are banned from Norland's 5G networks, minister Per Aasgaard said. Operators have until 2029."
)


async def test_two_outlets_and_one_event_make_one_alert_then_one_edit(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger", "Wire")
        await room.subscribe("huawei")
        room.publish("Ledger", BAN, BAN_TEXT)
        await room.tick()
        room.publish("Wire", AGAIN, AGAIN_TEXT)
        await room.tick()
        assert room.platform.titles() == [BAN]
        assert room.platform.shown[0].edits == 1
        assert "Wire" in repr(room.platform.shown[0].card)


async def test_an_outlet_that_writes_twice_is_one_source(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger", "Wire")
        await room.subscribe("huawei")
        room.publish("Ledger", BAN, BAN_TEXT)
        room.publish("Wire", AGAIN, AGAIN_TEXT)
        room.publish(
            "Wire", f"{AGAIN}, minister says", "The minister left operators until 2029 to take out their masts."
        )
        await room.tick()
        [line] = await room.store.list_story_lines(WORKSPACE, [StoryId(1)])
        assert line.outlets == 2
        assert "2 outlets, 2 origins" in repr(room.platform.shown[0].card)


async def test_a_first_sight_is_silent(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.subscribe("huawei")
        room.outlets["Ledger"] = "https://ledger.example/feed"
        room.publish("Ledger", BAN, BAN_TEXT)
        await room.open_outlets("Ledger")
        assert room.platform.titles() == []
        assert (await room.store.status(WorkspaceId("test"))).articles == 1


async def test_several_matching_topics_are_one_alert_that_names_them_all(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        for topic in ("huawei", "zte", "5g-bans", "trade-talks"):
            await room.subscribe(topic)
        room.publish("Ledger", BAN, BAN_TEXT)
        await room.tick()
        assert room.platform.titles() == [BAN]
        shown = repr(room.platform.shown[0].card)
        assert "Huawei" in shown
        assert "ZTE" in shown


async def test_a_development_replies_with_its_reason(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger", "Wire")
        await room.subscribe("zte")
        room.publish(
            "Ledger", "ZTE wins 14 network contracts in East Island", "ZTE won 14 network contracts in East Island."
        )
        await room.tick()
        room.publish(
            "Wire", "ZTE wins 25 network contracts in East Island", "ZTE now counts 25 network contracts there."
        )
        await room.tick()
        first, reply = room.platform.shown
        assert reply.reply_to == first.id
        assert "25" in reply.card.title
        assert first.edits == 1


async def test_what_no_topic_matches_is_kept_and_not_told(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        await room.subscribe("huawei")
        room.publish("Ledger", "Harbour festival draws record crowd", "Some 40,000 people came.")
        await room.tick()
        assert room.platform.titles() == []
        assert (await room.store.status(WorkspaceId("test"))).stories == 1


async def test_the_earlier_story_of_the_topic_is_its_context(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.subscribe("huawei")
        await room.open_outlets("Ledger")
        room.publish("Ledger", "Norland opens review of Huawei equipment", "The review lasts a week.")
        await room.tick()
        await room.tick(timedelta(days=9))
        room.publish("Ledger", BAN, BAN_TEXT)
        await room.tick()
        assert "Norland opens review of Huawei equipment" in repr(room.platform.shown[-1].card.sections)


async def test_a_refused_send_is_tried_again_when_the_platform_says(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        await room.subscribe("huawei")
        room.platform.errors.append(RetryLaterError("slow down", retry_after=timedelta(seconds=90)))
        room.publish("Ledger", BAN, BAN_TEXT)
        await room.tick()
        await room.tick(timedelta(seconds=80))
        assert room.platform.titles() == []
        await room.tick(timedelta(seconds=11))
        assert room.platform.titles() == [BAN]
        assert all(outgoing.unsure_since is None for outgoing in room.platform.asked)


async def test_a_lost_answer_is_settled_and_not_repeated(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        await room.subscribe("huawei")
        room.platform.lost_answers.append(UnknownOutcomeError("connection reset"))
        room.publish("Ledger", BAN, BAN_TEXT)
        await room.tick()
        await room.tick(SETTLE_AFTER - timedelta(seconds=1))
        assert len(room.platform.asked) == 1, "it may still be carried out"
        await room.tick(timedelta(minutes=1))
        assert room.platform.titles() == [BAN]
        assert [outgoing.unsure_since is not None for outgoing in room.platform.asked] == [False, True]
        assert (await room.store.status(WorkspaceId("test"))).deliveries_pending == 0


async def test_a_channel_that_is_gone_stops_nothing_else(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        await room.subscribe("huawei", channel="one")
        await room.subscribe("huawei", channel="two")
        room.platform.errors.append(PermanentError("the channel is gone"))
        room.publish("Ledger", BAN, BAN_TEXT)
        await room.tick()
        assert room.platform.titles() == [BAN]
        assert (await room.store.status(WorkspaceId("test"))).deliveries_failed == 1


async def test_a_post_that_somebody_deleted_mutes_the_story_there(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger", "Wire")
        await room.subscribe("huawei")
        room.publish("Ledger", BAN, BAN_TEXT)
        await room.tick()
        room.platform.errors.append(MessageGoneError("deleted"))
        room.publish("Wire", AGAIN, AGAIN_TEXT)
        await room.tick()
        room.publish("Ledger", "Norland's ban on Huawei and ZTE covers 1,900 5G masts", BAN_TEXT)
        await room.tick()
        assert room.platform.titles() == [BAN]
        assert len(room.platform.asked) == 2


async def test_a_post_that_may_not_be_edited_any_more_is_still_answered_by_developments(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger", "Wire")
        await room.subscribe("huawei")
        room.publish("Ledger", BAN, BAN_TEXT)
        await room.tick()
        room.platform.errors.append(EditRefusedError("too old"))
        room.publish("Wire", AGAIN, AGAIN_TEXT)
        await room.tick()
        room.publish("Ledger", "Norland's ban on Huawei and ZTE covers 1,900 5G masts", BAN_TEXT)
        await room.tick()
        assert len(room.platform.titles()) == 2
        assert (await room.store.status(WorkspaceId("test"))).deliveries_failed == 0


@pytest.mark.parametrize("after", ["poll", "gather", "deliver"])
async def test_a_restart_after_any_step_loses_and_repeats_nothing(tmp_path: Path, after: str) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        await room.subscribe("huawei")
        room.publish("Ledger", BAN, BAN_TEXT)
        room.clock.move(timedelta(hours=1))
        await room.poller.poll_due()
        if after != "poll":
            await room.gatherer.gather_all()
        if after == "deliver":
            await room.deliverer.deliver_due()
    async with newsroom(tmp_path, fetcher=room.fetcher, platform=room.platform, clock=room.clock) as again:
        await again.tick()
        assert room.platform.titles() == [BAN]
        assert room.platform.shown[0].edits == 0


async def test_after_a_restart_coverage_still_joins_its_story(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger", "Wire")
        await room.subscribe("huawei")
        room.publish("Ledger", BAN, BAN_TEXT)
        await room.tick()
    async with newsroom(tmp_path, fetcher=room.fetcher, platform=room.platform, clock=room.clock) as again:
        again.outlets = room.outlets
        again._numbers = room._numbers
        again.publish("Wire", AGAIN, AGAIN_TEXT)
        await again.tick()
        assert room.platform.titles() == [BAN]
        assert room.platform.shown[0].edits == 1


async def test_a_development_found_late_is_dated_by_its_article(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger", "Wire")
        await room.subscribe("zte")
        days_ago = room.clock() - timedelta(days=2)
        room.publish("Ledger", "ZTE wins 14 contracts in East Island tender", published_at=days_ago)
        await room.tick()
        late = days_ago + timedelta(hours=5)
        room.publish("Wire", "ZTE wins 25 contracts in East Island tender", published_at=late)
        await room.tick()
        [line] = await room.store.latest(WORKSPACE, None, 20)
        [development] = (await room.reader.story(WORKSPACE, line.id)).developments
        assert development.at == late
