"""Posts, edits and replies over real sockets, with everything that Slack may answer."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.cards import Button, Call, Card
from bot.domain.errors import (
    EditRefusedError,
    MessageGoneError,
    MessageRefusedError,
    PermanentError,
    PlatformError,
    PlatformRefusedError,
    RetryLaterError,
    UnknownOutcomeError,
)
from bot.platforms.slack.timing import STEADY
from tests.platforms.slack.stage import CHANNEL, Script, calls, make_platform, on_stage, outgoing
from tests.servers.slack import FakeSlack


async def test_a_post_carries_text_blocks_and_its_delivery_and_unfurls_nothing() -> None:
    async with on_stage() as stage:
        ts = await stage.platform.post(outgoing())
        message = stage.fake.messages[CHANNEL, ts]
        assert message["text"] == "Chip ban widens – text"
        assert message["blocks"][0]["text"]["text"] == "*<https://news.example/1|Chip ban widens>*"
        assert message["metadata"] == {"event_type": "topicwire", "event_payload": {"delivery": "7"}}
        body = calls(stage.fake, "chat.postMessage")[0].body
        assert (body["unfurl_links"], body["unfurl_media"], body["link_names"]) == (False, False, False)


async def test_buttons_carry_the_delivery_in_their_block() -> None:
    card = Card(title="t", text="t", buttons=(Button(label="Story", call=Call(command="story")),))
    async with on_stage() as stage:
        ts = await stage.platform.post(outgoing(card=card, delivery=42))
        assert stage.fake.messages[CHANNEL, ts]["blocks"][-1]["block_id"] == "topicwire:42"


async def test_a_post_calls_the_groups_it_mentions_and_an_edit_nobody() -> None:
    async with on_stage() as stage:
        ts = await stage.platform.post(outgoing(mentions=("S0ABC123", "everyone", "S0ABC124")))
        last = stage.fake.messages[CHANNEL, ts]["blocks"][-1]
        assert last["type"] == "context"
        assert [element["text"] for element in last["elements"]] == ["<!subteam^S0ABC123> <!subteam^S0ABC124>"]
        await stage.platform.edit(outgoing("Ban grows", delivery=8, mentions=("S0ABC123",)), ts)
        assert "subteam" not in repr(stage.fake.messages[CHANNEL, ts]["blocks"])


async def test_an_edit_changes_the_message_and_keeps_its_metadata() -> None:
    async with on_stage() as stage:
        ts = await stage.platform.post(outgoing())
        await stage.platform.edit(outgoing("Ban grows", delivery=8), ts)
        (message,) = stage.fake.posts()
        assert message["text"] == "Ban grows – text"
        assert message["metadata"]["event_payload"] == {"delivery": "7"}


async def test_a_reply_stands_in_the_thread_of_its_message() -> None:
    async with on_stage() as stage:
        ts = await stage.platform.post(outgoing())
        answer = await stage.platform.post(outgoing("A number", delivery=8, reply_to=ts))
        (reply,) = stage.fake.replies(stage.fake.messages[CHANNEL, ts])
        assert (reply["ts"], reply["thread_ts"]) == (answer, ts)
        assert len(stage.fake.posts()) == 1


@pytest.mark.parametrize("is_set", [True, False])
async def test_links_unfold_and_replies_are_broadcast_only_where_that_is_set(*, is_set: bool) -> None:
    async with on_stage(unfurl=is_set, broadcast=is_set) as stage:
        ts = await stage.platform.post(outgoing())
        await stage.platform.post(outgoing("New: 12 ships", delivery=8, reply_to=ts))
        head, _ = calls(stage.fake, "chat.postMessage")
        assert [head.body["unfurl_links"], head.body["unfurl_media"]] == [is_set, is_set]
        assert not head.body.get("reply_broadcast")
        shown = [m["ts"] for m in stage.fake.posts()]
        assert shown == [ts, *([stage.fake.replies(stage.fake.posts()[0])[0]["ts"]] if is_set else [])]


async def test_a_reply_to_a_deleted_message_is_told_and_not_sent() -> None:
    async with on_stage() as stage:
        ts = await stage.platform.post(outgoing())
        del stage.fake.messages[CHANNEL, ts]
        with pytest.raises(MessageGoneError):
            await stage.platform.post(outgoing(delivery=8, reply_to=ts))
        assert not stage.fake.messages


async def test_a_reply_to_what_is_left_of_a_deleted_message_is_told() -> None:
    async with on_stage() as stage:
        ts = await stage.platform.post(outgoing())
        stage.fake.messages[CHANNEL, ts]["subtype"] = "tombstone"
        with pytest.raises(MessageGoneError):
            await stage.platform.post(outgoing(delivery=8, reply_to=ts))


async def test_without_the_right_to_look_for_its_parent_a_reply_is_sent_all_the_same() -> None:
    async with on_stage() as stage:
        ts = await stage.platform.post(outgoing())
        stage.fake.fail("conversations.replies", error="missing_scope")
        assert await stage.platform.post(outgoing(delivery=8, reply_to=ts))


async def test_an_edit_of_a_deleted_message_is_told() -> None:
    async with on_stage() as stage:
        with pytest.raises(MessageGoneError, match="deleted"):
            await stage.platform.edit(outgoing(), "1700000000.000001")


@pytest.mark.parametrize("refusal", ["edit_window_closed", "cant_update_message"])
async def test_a_message_that_may_not_be_edited_any_more_is_not_taken_for_deleted(refusal: str) -> None:
    async with on_stage() as stage:
        theirs = stage.fake.say("hello")
        if refusal == "edit_window_closed":
            stage.fake.fail("chat.update", error=refusal)
        with pytest.raises(EditRefusedError, match="stays as it is"):
            await stage.platform.edit(outgoing(), theirs["ts"])


async def test_a_lost_answer_is_settled_by_the_metadata_and_posts_nothing_twice() -> None:
    async with on_stage() as stage:
        stage.fake.fail("chat.postMessage", drop="after")
        began = datetime.now(UTC)
        with pytest.raises(UnknownOutcomeError):
            await stage.platform.post(outgoing())
        (message,) = stage.fake.posts()
        assert await stage.platform.post(outgoing("Ban grows", unsure_since=began)) == message["ts"]
        assert len(stage.fake.posts()) == 1
        assert message["text"] == "Ban grows – text"  # brought up to the card that is recorded as shown


async def test_settling_looks_through_every_page_and_not_at_other_deliveries() -> None:
    async with on_stage(fake=FakeSlack(burst=10)) as stage:
        began = datetime.now(UTC)
        ts = await stage.platform.post(outgoing(delivery=1))
        await stage.platform.post(outgoing(delivery=12))
        for number in range(450):
            stage.fake.say(f"chatter {number}")
        assert await stage.platform.post(outgoing(delivery=1, unsure_since=began)) == ts
        assert len(calls(stage.fake, "conversations.history")) == 3
        assert await stage.platform.post(outgoing(delivery=2, unsure_since=began)) != ts


async def test_another_apps_metadata_is_not_taken_for_ours() -> None:
    async with on_stage() as stage:
        began = datetime.now(UTC)
        theirs = stage.fake.say("spoof")
        theirs["metadata"] = {"event_type": "topicwire", "event_payload": {"delivery": "7"}}
        assert await stage.platform.post(outgoing(unsure_since=began)) != theirs["ts"]


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_what_keeps_us_from_settling_leaves_the_outcome_unknown(status: int) -> None:
    async with on_stage() as stage:
        stage.fake.fail("conversations.history", status=status, retry_after=30)
        with pytest.raises(UnknownOutcomeError):
            await stage.platform.post(outgoing(unsure_since=datetime.now(UTC)))
        assert not stage.fake.posts()


async def test_a_found_message_that_cannot_be_brought_up_to_date_is_found_all_the_same() -> None:
    async with on_stage() as stage:
        began = datetime.now(UTC)
        ts = await stage.platform.post(outgoing())
        stage.fake.fail("chat.update", status=429, retry_after=1)
        assert await stage.platform.post(outgoing(unsure_since=began)) == ts


async def test_a_rate_limit_is_kept_for_as_long_as_slack_asked() -> None:
    async with on_stage() as stage:
        stage.fake.fail("chat.postMessage", status=429, retry_after=30)
        with pytest.raises(RetryLaterError) as first:
            await stage.platform.post(outgoing())
        assert first.value.retry_after == timedelta(seconds=30)
        with pytest.raises(RetryLaterError) as second:
            await stage.platform.post(outgoing(delivery=8))
        assert second.value.retry_after is not None
        assert timedelta(seconds=25) < second.value.retry_after <= timedelta(seconds=30)
        assert len(calls(stage.fake, "chat.postMessage")) == 1


async def test_messages_of_a_channel_go_a_second_apart_and_other_channels_do_not_wait() -> None:
    async with on_stage(fake=FakeSlack(channels=["news", "other"]), timing=STEADY) as stage:
        await asyncio.gather(*(stage.platform.post(outgoing(delivery=n)) for n in range(2)))
        await stage.platform.post(outgoing(channel="C0002"))
        first, second, other = (call.at for call in calls(stage.fake, "chat.postMessage"))
        assert second - first >= 0.95
        assert other - second < 0.5


@pytest.mark.parametrize(
    "status, error, expected",
    [
        (503, "", RetryLaterError),
        (200, "ratelimited", RetryLaterError),
        # Slack: «It's possible some aspect of the operation succeeded before the error was raised.»
        (500, "", UnknownOutcomeError),
        (200, "internal_error", UnknownOutcomeError),
        (200, "fatal_error", UnknownOutcomeError),
        (200, "msg_blocks_too_long", MessageRefusedError),
        (200, "account_inactive", PlatformRefusedError),
    ],
)
async def test_a_failed_post_says_whether_it_may_have_been_carried_out(
    status: int, error: str, expected: type[PlatformError]
) -> None:
    async with on_stage() as stage:
        stage.fake.fail("chat.postMessage", status=status, error=error)
        with pytest.raises(expected):
            await stage.platform.post(outgoing())
        assert len(calls(stage.fake, "chat.postMessage")) == 1


@pytest.mark.parametrize(
    "refusal, remedy",
    [
        ("channel_not_found", "/invite @newsbot"),
        ("not_in_channel", "/invite @newsbot"),
        ("is_archived", "unarchive"),
        ("restricted_action", "let an admin allow it"),
    ],
)
async def test_a_channel_that_refuses_is_permanent_and_says_the_remedy(refusal: str, remedy: str) -> None:
    async with on_stage() as stage:
        stage.fake.refuse(CHANNEL, refusal)
        with pytest.raises(PermanentError, match=CHANNEL) as caught:
            await stage.platform.post(outgoing())
        assert remedy in str(caught.value)
        with pytest.raises(PermanentError):
            await stage.platform.post(outgoing(reply_to="1700000000.000001"))


async def test_an_unreachable_slack_is_tried_later() -> None:
    async with on_stage() as stage:
        await stage.fake.stop()
        with pytest.raises(RetryLaterError, match="cannot be reached"):
            await stage.platform.post(outgoing())


async def test_a_picture_that_slack_cannot_fetch_is_left_out() -> None:
    card = Card(title="t", text="t", image_url="https://news.example/p.png")
    async with on_stage() as stage:
        stage.fake.fail("chat.postMessage", error="invalid_blocks")
        ts = await stage.platform.post(outgoing(card=card))
        assert [b["type"] for b in stage.fake.messages[CHANNEL, ts]["blocks"]] == ["header"]


async def test_bad_blocks_without_a_picture_are_permanent() -> None:
    async with on_stage() as stage:
        stage.fake.fail("chat.postMessage", error="invalid_blocks", times=2)
        with pytest.raises(MessageRefusedError, match="invalid_blocks"):
            await stage.platform.post(outgoing())
        assert len(calls(stage.fake, "chat.postMessage")) == 1


async def test_before_the_login_posts_come_back_later_and_unsure_ones_stay_unsure() -> None:
    fake = FakeSlack()
    await fake.start()
    platform = make_platform(fake, Script())
    await fake.stop()
    with pytest.raises(RetryLaterError):
        await platform.post(outgoing())
    with pytest.raises(UnknownOutcomeError):
        await platform.post(outgoing(unsure_since=datetime.now(UTC)))
    await platform.close()
