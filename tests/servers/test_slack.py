"""A real Bolt app in Socket Mode against the fake Slack over real sockets: commands, forms, limits, faults."""

from __future__ import annotations

import time
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.servers.slack import HUMAN, FakeSlack, broadcasts, mrkdwn_problems
from tests.servers.slack.socket import Disturbance
from tests.servers.slack_app import page, running
from tests.servers.wire import Json

NEWS = "C0001"
IDENTITY = {"event_type": "delivery", "event_payload": {"id": "d1"}}


async def test_a_command_is_acknowledged_answered_and_posts() -> None:
    async with running() as (fake, bot, _):
        order = await fake.command("/news", "economy")
        assert await order.acked() == {}
        assert (await order.response())["text"] == "news on economy"
        assert [m["text"] for m in await fake.until(fake.posts)] == ["posted"]
        assert bot.seen == ["economy"]


async def test_an_acknowledgement_that_is_late_is_noticed_and_may_carry_the_answer() -> None:
    async with running() as (fake, _, _):
        order = await fake.command("/slow")
        with pytest.raises(TimeoutError):
            await order.acked(0.1)
        assert await order.acked() == {"text": "late"}
        assert (await order.response())["text"] == "late"
        assert order.acked_after is not None
        assert order.acked_after >= 0.4


async def test_a_form_is_filled_by_label_and_stays_open_on_errors() -> None:
    async with running() as (fake, bot, _):
        await fake.command("/form")
        view = (await fake.until(lambda: fake.open_views))[0]
        assert await (await fake.submit(view, {"Name": "x"})).errors() == {"name": "too short"}
        assert fake.open_views == [view]
        assert await (await fake.submit(view, {"name": "Chips", "Mode": "digest"})).errors() == {}
        assert bot.states[0]["name"]["text"] == {"type": "plain_text_input", "value": "Chips"}
        assert bot.states[0][view["blocks"][1]["block_id"]]["mode"]["selected_option"]["value"] == "digest"
        assert fake.open_views == []
        with pytest.raises(ValueError, match="closed"):
            await fake.submit(view, {"name": "again"})


@pytest.mark.parametrize(
    "values, error", [({}, ValueError), ({"name": "Chips", "nope": "x"}, LookupError), ({"mode": "weekly"}, ValueError)]
)
async def test_a_form_that_the_client_would_not_send_is_refused(values: Json, error: type[Exception]) -> None:
    async with running() as (fake, _, _):
        await fake.command("/form")
        view = (await fake.until(lambda: fake.open_views))[0]
        with pytest.raises(error):
            await fake.submit(view, values)


async def test_a_trigger_opens_one_form_and_not_for_long() -> None:
    async with running(trigger_life_s=0.0) as (fake, _, client):
        order = await fake.command("/form")
        await fake.until(lambda: [c for c in fake.calls if c.answer.get("error") == "expired_trigger_id"])
        with pytest.raises(SlackApiError, match="invalid_trigger_id"):
            await client.views_open(trigger_id=order.payload["trigger_id"], view={"type": "modal", "blocks": []})
        assert fake.views == []


async def test_a_button_of_a_message_edits_it_over_the_response_url() -> None:
    async with running() as (fake, bot, client):
        await client.chat_postMessage(channel=NEWS, text="page 1", blocks=page("page 1"), metadata=IDENTITY)
        message = fake.posts()[0]
        order = await fake.press(message, "more")
        await fake.until(lambda: message["text"] == "page 2")
        assert bot.seen == ["7"]
        assert order.payload["message"]["ts"] == message["ts"]
        assert message["metadata"] == IDENTITY
        with pytest.raises(LookupError, match="more"):
            await fake.press(message, "less")


async def test_a_button_of_a_private_answer_works_too() -> None:
    async with running() as (fake, _, _):
        answer = await (await fake.command("/page")).response()
        pressed = await fake.press(answer, "more")
        assert (await pressed.response())["text"] == "page 2"
        assert fake.messages == {}


async def test_an_envelope_can_come_twice() -> None:
    async with running() as (fake, bot, _):
        order = await fake.event({"type": "app_mention", "text": "<@U0BOT> hi"})
        await order.acked()
        await fake.redeliver(order)
        await (await fake.command("/news", "later")).response()
        assert bot.seen == ["<@U0BOT> hi", "<@U0BOT> hi", "later"]  # Bolt does not drop the second: the bot must


async def test_replies_are_in_the_thread_and_not_in_the_channel() -> None:
    async with running() as (fake, _, client):
        first = await client.chat_postMessage(channel=NEWS, text="story")
        await client.chat_postMessage(channel=NEWS, text="hidden", thread_ts=first["ts"], metadata=IDENTITY)
        await client.chat_postMessage(channel=NEWS, text="told", thread_ts=first["ts"], reply_broadcast=True)
        assert [m["text"] for m in fake.posts()] == ["story", "told"]
        assert [m["text"] for m in fake.replies(fake.posts()[0])] == ["hidden", "told"]
        history = await client.conversations_history(channel=NEWS)
        assert [m["text"] for m in history["messages"]] == ["told", "story"]
        thread = await client.conversations_replies(channel=NEWS, ts=first["ts"], include_all_metadata=True)
        assert [m["text"] for m in thread["messages"]] == ["story", "hidden", "told"]
        assert thread["messages"][1]["metadata"] == IDENTITY
        with pytest.raises(SlackApiError, match="thread_not_found"):
            await client.conversations_replies(channel=NEWS, ts="1700000000.000001")
        with pytest.raises(SlackApiError, match="invalid_thread_ts"):
            await client.chat_postMessage(channel=NEWS, text="x", thread_ts="7")


async def test_metadata_is_told_only_when_asked_for() -> None:
    async with running() as (_, _, client):
        await client.chat_postMessage(channel=NEWS, text="story", metadata=IDENTITY)
        plain = await client.conversations_history(channel=NEWS)
        whole = await client.conversations_history(channel=NEWS, include_all_metadata=True)
        assert "metadata" not in plain["messages"][0]
        assert whole["messages"][0]["metadata"] == IDENTITY
        with pytest.raises(SlackApiError, match="invalid_metadata_format"):
            await client.chat_postMessage(channel=NEWS, text="x", metadata={"event_type": "delivery"})


async def test_history_begins_after_the_oldest_and_pages() -> None:
    async with running() as (_, _, client):
        sent = [(await client.chat_postMessage(channel=NEWS, text=str(n)))["ts"] for n in range(4)]
        newer = await client.conversations_history(channel=NEWS, oldest=sent[1])
        assert [m["text"] for m in newer["messages"]] == ["3", "2"]
        with_it = await client.conversations_history(channel=NEWS, oldest=sent[1], inclusive=True)
        assert [m["text"] for m in with_it["messages"]] == ["3", "2", "1"]
        first = await client.conversations_history(channel=NEWS, limit=3)
        rest = await client.conversations_history(channel=NEWS, cursor=first["response_metadata"]["next_cursor"])
        assert first["has_more"]
        assert [m["text"] for m in rest["messages"]] == ["0"]


async def test_an_update_keeps_what_it_does_not_name() -> None:
    async with running() as (fake, _, client):
        sent = await client.chat_postMessage(channel=NEWS, text="old", blocks=page("old"), metadata=IDENTITY)
        await client.chat_update(channel=NEWS, ts=sent["ts"], text="new")
        assert (fake.posts()[0]["text"], fake.posts()[0]["metadata"]) == ("new", IDENTITY)
        assert fake.posts()[0]["blocks"][0]["text"]["text"] == "old"
        with pytest.raises(SlackApiError, match="message_not_found"):
            await client.chat_update(channel=NEWS, ts="1700000000.000001", text="new")
        with pytest.raises(SlackApiError, match="cant_update_message"):
            await client.chat_update(channel=NEWS, ts=fake.say("hello")["ts"], text="new")


async def test_people_and_channels_are_told() -> None:
    async with running() as (fake, _, client):
        other = fake.person("anna")
        assert (await client.users_info(user=HUMAN))["user"]["is_admin"]
        assert not (await client.users_info(user=other))["user"]["is_admin"]
        assert (await client.conversations_info(channel=NEWS))["channel"]["name"] == "news"
        with pytest.raises(SlackApiError, match="user_not_found"):
            await client.users_info(user="U0NOBODY")
        order = await fake.command("/news", "x", by=other)
        assert order.payload["user_id"] == other


@pytest.mark.parametrize("error", ["not_in_channel", "is_archived", "channel_not_found"])
async def test_a_channel_can_refuse_the_bot(error: str) -> None:
    async with running() as (fake, _, client):
        fake.refuse(NEWS, error)
        with pytest.raises(SlackApiError, match=error):
            await client.chat_postMessage(channel=NEWS, text="x")
        if error != "channel_not_found":
            channel = (await client.conversations_info(channel=NEWS))["channel"]
            assert (channel["is_archived"], channel["is_member"]) == (error == "is_archived", False)
        fake.allow(NEWS)
        await client.chat_postMessage(channel=NEWS, text="x")


async def test_a_response_url_ends_after_its_uses() -> None:
    async with running(response_uses=1) as (fake, _, _):
        order = await fake.command("/news", "x")
        await order.response()
        async with aiohttp.request("POST", order.payload["response_url"], json={"text": "more"}) as answer:
            assert (answer.status, (await answer.json())["error"]) == (404, "used_url")
        assert len(order.responses) == 1


async def test_a_429_raises_unless_a_handler_waits() -> None:
    async with running() as (fake, _, client):
        fake.fail("chat.postMessage", status=429, retry_after=1)
        with pytest.raises(SlackApiError) as refused:
            await client.chat_postMessage(channel=NEWS, text="x")
        assert refused.value.response["error"] == "ratelimited"
        assert refused.value.response.headers["Retry-After"] == "1"
        client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=2))
        fake.fail("chat.postMessage", status=429, retry_after=1)
        begun = time.monotonic()
        await client.chat_postMessage(channel=NEWS, text="y")
        assert time.monotonic() - begun >= 1


async def test_one_message_a_second_is_the_limit() -> None:
    async with running(burst=0, retry=[AsyncRateLimitErrorRetryHandler(max_retry_count=5)]) as (fake, _, client):
        for n in range(2):
            await client.chat_postMessage(channel=NEWS, text=str(n))
        assert [c.status for c in fake.calls if c.method == "chat.postMessage"] == [200, 429, 200]
        assert len(fake.posts()) == 2


async def test_a_lost_answer_is_repeated_by_the_library_and_found_by_metadata() -> None:
    async with running() as (fake, _, client):
        fake.fail("chat.postMessage", drop="after")
        await client.chat_postMessage(channel=NEWS, text="story")
        assert len(fake.posts()) == 2  # slack_sdk's own retry
    async with running(retry=[]) as (fake, _, client):
        fake.fail("chat.postMessage", drop="after")
        with pytest.raises((aiohttp.ClientError, OSError)):
            await client.chat_postMessage(channel=NEWS, text="story", metadata=IDENTITY)
        assert len(fake.posts()) == 1
        history = await client.conversations_history(channel=NEWS, include_all_metadata=True)
        assert history["messages"][0]["metadata"] == IDENTITY


@pytest.mark.parametrize(
    "body, error",
    [
        ({"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]}, "invalid_blocks"),
        ({"blocks": [{"type": "divider"}] * 51}, "invalid_blocks"),
        ({"blocks": [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]}, "invalid_blocks"),
        ({"blocks": [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}]}, "invalid_blocks"),
        ({"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": ""}}]}, "invalid_blocks"),
        ({"blocks": [{"type": "actions", "elements": [{"type": "button"}]}]}, "invalid_blocks"),
        (
            {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}] * 5},
            "msg_blocks_too_long",
        ),
        ({"text": ""}, "no_text"),
    ],
)
async def test_a_message_beyond_a_limit_is_refused(body: Json, error: str) -> None:
    async with running() as (fake, _, client):
        with pytest.raises(SlackApiError) as refused:
            await client.api_call("chat.postMessage", json={"channel": NEWS, "text": "t", **body})
        assert refused.value.response["error"] == error
        assert not fake.messages


async def test_long_text_is_cut_with_a_warning() -> None:
    async with running() as (fake, _, client):
        answer = await client.chat_postMessage(channel=NEWS, text="x" * 40_001)
        assert answer["warning"] == "message_truncated"
        assert len(fake.posts()[0]["text"]) == 40_000


@pytest.mark.parametrize("text", ["a & b", "<x>", "1 > 0", "&nbsp;"])
def test_text_that_is_not_escaped_is_told(text: str) -> None:
    assert mrkdwn_problems(text)


def test_escaped_text_links_and_quotes_are_fine_and_broadcasts_are_seen() -> None:
    assert not mrkdwn_problems("a &amp; b &lt;x&gt; <https://x.example/?a=1&amp;b=2|t> <@U1> <!here>\n> quote")
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "<!channel> x"}}
    assert broadcasts({"text": "t", "blocks": [section]}) == {"channel"}


DISTURBANCES: list[Disturbance] = ["refresh_requested", "warning", "close", "abort", "mute"]


@pytest.mark.parametrize("how", DISTURBANCES)
async def test_a_disturbed_socket_is_replaced(how: Disturbance) -> None:
    async with running(ping=0.2) as (fake, _, _):
        await fake.cut(how)
        await fake.socket_side.until(lambda: fake.socket_side.opened > 1, 10)
        order = await fake.command("/news", "back")
        await order.acked()


@pytest.mark.parametrize(
    "options, error",
    [({"bot_token": "xoxb-other"}, "invalid_auth"), ({"scopes": ["channels:read"]}, "missing_scope")],
)
async def test_a_wrong_token_or_scope_is_told(options: dict[str, Any], error: str) -> None:
    async with FakeSlack(**options) as fake:
        client = AsyncWebClient(token="xoxb-fake", base_url=fake.api)
        with pytest.raises(SlackApiError, match=error):
            await client.chat_postMessage(channel=NEWS, text="x")
