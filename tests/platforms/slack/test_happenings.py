"""What happens in the workspace: mentions, the shortcut, and channels and workspaces that are lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.alerts import Delivery
from bot.domain.models import Channel, Clause, Place, Topic, TopicId, WorkspaceId
from bot.storage.store import SqlStore, open_store
from tests.platforms.slack.stage import CHANNEL, on_stage, text_of
from tests.prepared import lay_database
from tests.servers.slack import HUMAN, FakeSlack
from tests.servers.slack.world import BOT_USER

HERE = WorkspaceId("slack:T0FAKE")
CHIPS = Topic(id=TopicId("chips"), name="chips", title="Chips", clauses=(Clause(query="chip*", score=1.0),))
LATER = timedelta(days=9999)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    """Open a store in a temporary file."""
    lay_database(tmp_path / "topicwire.db")
    opened = await open_store(tmp_path / "topicwire.db", exclusive=True)
    await opened.reconcile_topics([CHIPS])
    yield opened
    await opened.close()


async def _watch(store: SqlStore, channel: str) -> Channel:
    found = await store.add_channel(Place(platform="slack", workspace=HERE, channel=channel))
    await store.save_subscription(found.id, CHIPS.id, actor="U1", now=datetime.now(UTC))
    return found


async def test_a_mention_is_answered_with_help_for_the_asker_alone() -> None:
    async with on_stage() as stage:
        event = {"type": "app_mention", "text": "<@U0BOT> hello?", "thread_ts": "1700000000.000001"}
        await (await stage.fake.event(event)).acked()
        (shown,) = await stage.fake.until(lambda: stage.fake.ephemerals)
        assert (shown["user"], shown["channel"], shown["thread_ts"]) == (HUMAN, CHANNEL, "1700000000.000001")
        assert "/news search" in text_of(shown)
        await (await stage.fake.event(event | {"bot_id": "B0OTHER"})).acked()
        assert len(stage.fake.ephemerals) == 1


async def test_the_shortcut_hands_over_what_the_message_says() -> None:
    async with on_stage() as stage:
        message = stage.fake.say("*Ban* on <https://x.example|Velmark chips> &amp; more <@U1> ")
        order = await stage.fake.shortcut("topicwire:watch", message)
        await order.acked()
        assert "Ban on Velmark chips &amp; more" in text_of(await order.response())


@pytest.mark.parametrize("end", ["channel_archive", "group_archive", "channel_left", "taken out"])
async def test_a_channel_that_ends_is_given_up_and_the_others_stay(store: SqlStore, end: str) -> None:
    fake = FakeSlack(channels=["news", "ops"])
    async with on_stage(fake=fake, store=store) as stage:
        lost, ops = await _watch(store, fake.channel_id("news")), await _watch(store, fake.channel_id("ops"))
        await store.save_channel(_as_ops(ops), actor="U1", now=datetime.now(UTC))
        happened = {"type": end, "channel": lost.place.channel}
        order = await (fake.take_out(lost.place.channel) if end == "taken out" else fake.event(happened))
        await order.acked()
        (notice,) = await _told(store)
        assert notice.channel.id == ops.id
        assert "alerts go on" in notice.alert.reason
        assert await store.list_subscriptions(lost.id) == []
        assert len(await store.list_subscriptions(ops.id)) == 1
        assert stage.fake.posts() == []


@pytest.mark.parametrize("back", ["channel_unarchive", "member_joined_channel"])
async def test_a_channel_that_comes_back_watches_what_it_did(store: SqlStore, back: str) -> None:
    async with on_stage(store=store) as stage:
        channel = await _watch(store, CHANNEL)
        await (await stage.fake.archive(CHANNEL)).acked()
        async with asyncio.timeout(5):
            while await store.list_subscriptions(channel.id):  # noqa: ASYNC110 - the store rings no bell
                await asyncio.sleep(0.02)
        stage.fake.allow(CHANNEL)
        who = BOT_USER if back == "member_joined_channel" else HUMAN
        await (await stage.fake.event({"type": back, "channel": CHANNEL, "user": who})).acked()
        (notice, *_) = await _told(store)
        assert "Alerts go on here" in notice.alert.reason
        assert len(await store.list_subscriptions(channel.id)) == 1


async def test_a_channel_that_was_deleted_goes_with_all_that_was_kept_for_it(store: SqlStore) -> None:
    async with on_stage(store=store) as stage:
        channel = await _watch(store, CHANNEL)
        await (await stage.fake.event({"type": "channel_deleted", "channel": CHANNEL})).acked()
        async with asyncio.timeout(5):
            while await store.find_channel(channel.place):  # noqa: ASYNC110 - the store rings no bell
                await asyncio.sleep(0.02)


async def test_somebody_else_who_leaves_changes_nothing(store: SqlStore) -> None:
    async with on_stage(store=store) as stage:
        channel = await _watch(store, CHANNEL)
        event = {"type": "member_left_channel", "user": HUMAN, "channel": CHANNEL}
        await (await stage.fake.event(event)).acked()
        await (await stage.fake.event({"type": "channel_archive", "channel": "C0UNKNOWN"})).acked()
        assert len(await store.list_subscriptions(channel.id)) == 1


async def test_an_app_that_was_removed_is_told_nothing_more(store: SqlStore, caplog: pytest.LogCaptureFixture) -> None:
    fake = FakeSlack(channels=["news", "ops"])
    async with on_stage(fake=fake, store=store):
        channels = [await _watch(store, c) for c in fake.channels]
        elsewhere = await store.add_channel(
            Place(platform="slack", workspace=WorkspaceId("slack:T0OTHER"), channel="C9")
        )
        await store.save_subscription(elsewhere.id, CHIPS.id, actor="U1", now=datetime.now(UTC))
        await (await fake.uninstall()).acked()
        assert "install the app again" in await _problem(caplog)
        async with asyncio.timeout(5):
            while await store.list_subscriptions(channels[-1].id):  # noqa: ASYNC110 - the store rings no bell
                await asyncio.sleep(0.02)
        assert [await store.list_subscriptions(c.id) for c in channels] == [[], []]
        assert len(await store.list_subscriptions(elsewhere.id)) == 1


async def test_revoked_tokens_are_told_and_end_nothing(store: SqlStore, caplog: pytest.LogCaptureFixture) -> None:
    async with on_stage(store=store) as stage:
        channel = await _watch(store, CHANNEL)
        for tokens in ({"oauth": ["U1"]}, {"bot": ["U0BOT"]}):
            await (await stage.fake.event({"type": "tokens_revoked", "tokens": tokens})).acked()
        assert "revoked the bot token of Fake; reinstall" in await _problem(caplog)
        assert len(await store.list_subscriptions(channel.id)) == 1
    assert len(_problems(caplog)) == 1


@pytest.mark.parametrize(
    "refusal, said",
    [("not_in_channel", "/invite @newsbot"), ("is_archived", "archived"), ("channel_not_found", "/invite")],
)
async def test_what_keeps_a_channel_from_being_told_is_known_beforehand(refusal: str, said: str) -> None:
    async with on_stage() as stage:
        place = Place(platform="slack", workspace=HERE, channel=CHANNEL)
        assert await stage.platform.find_hindrance(place) == ""
        stage.fake.refuse(CHANNEL, refusal)
        assert said in await stage.platform.find_hindrance(place)
        stage.fake.fail("conversations.info", status=500)
        assert await stage.platform.find_hindrance(place) == ""


def _as_ops(channel: Channel) -> Channel:
    return replace(channel, is_ops=True)


async def _told(store: SqlStore) -> list[Delivery]:
    """Wait for what is told."""
    async with asyncio.timeout(5):
        while True:
            found = await store.claim_due_deliveries(datetime.now(UTC) + LATER, timedelta(hours=1), 10)
            if found:
                return found
            await asyncio.sleep(0.02)


def _problems(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [str(getattr(record, "fields", {}).get("what", "")) for record in caplog.records if record.msg == "problem"]


async def _problem(caplog: pytest.LogCaptureFixture) -> str:
    """Wait for the first problem that is told."""
    async with asyncio.timeout(5):
        while True:
            if found := _problems(caplog):
                return found[0]
            await asyncio.sleep(0.02)
