"""Posts and edits over real sockets, with everything that a webhook may answer."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from bot.domain.cards import Button, Call, Card, Picture, line
from bot.domain.errors import (
    MessageGoneError,
    MessageRefusedError,
    PermanentError,
    PlatformError,
    RetryLaterError,
    UnknownOutcomeError,
)
from bot.platforms.webhook.adapter import WebhookPlatform
from tests.platforms.webhook.stage import DISCORD_PATH, RENDERERS, WebhookServer, on_stage, outgoing, since
from tests.servers.wire import Fault

BUTTONS = (
    Button(label="Context", call=Call(command="story")),
    Button(label="Story page", link="https://topicwire.example/s/1"),
)


async def test_a_discord_post_gives_the_message_id_and_can_ping_nobody() -> None:
    async with on_stage() as stage:
        message_id = await stage.platform.post(outgoing("discord"))
        message = stage.server.discord[message_id]
        assert message["embeds"][0]["title"] == "Chip ban widens"
        assert message["allowed_mentions"] == {"parse": []}
        assert stage.server.requests == [(f"POST {DISCORD_PATH}", {"wait": "true", "with_components": "true"})]


async def test_a_picture_is_shown_on_discord_with_its_words_and_left_out_on_slack() -> None:
    picture = Picture(name="digest.png", content=b"\x89PNG\r\n\x1a\n...", alt="Huawei: 7 articles a day")
    async with on_stage() as stage:
        message = stage.server.discord[await stage.platform.post(outgoing("discord", picture=picture))]
        assert message["embeds"][-1]["image"] == {"url": "attachment://digest.png"}
        assert [(each["id"], each["description"]) for each in message["attachments"]] == [(0, picture.alt)]
        assert message["allowed_mentions"] == {"parse": []}
        assert stage.server.files == {"digest.png": picture.content}
        await stage.platform.post(outgoing("slack", picture=picture))
        assert "digest.png" not in repr(stage.server.slack)


@pytest.mark.parametrize("status", [400, 413])
async def test_a_post_that_is_refused_for_its_picture_comes_without_it(status: int) -> None:
    picture = Picture(name="digest.png", content=b"png", alt="")
    async with on_stage() as stage:
        stage.server.faults.append(Fault(status=status, body={"message": "Request entity too large", "code": 40005}))
        message = stage.server.discord[await stage.platform.post(outgoing("discord", picture=picture))]
        assert "image" not in message["embeds"][-1]
        assert (len(stage.server.requests), stage.server.files) == (2, {})


async def test_a_discord_post_is_edited_in_place() -> None:
    async with on_stage() as stage:
        message_id = await stage.platform.post(outgoing("discord"))
        await stage.platform.edit(outgoing("discord", "Ban grows"), message_id)
        assert stage.server.discord[message_id]["embeds"][0]["title"] == "Ban grows"
        assert stage.server.discord[message_id]["allowed_mentions"] == {"parse": []}


async def test_a_deleted_discord_message_is_told_at_the_edit() -> None:
    async with on_stage() as stage:
        with pytest.raises(MessageGoneError):
            await stage.platform.edit(outgoing("discord"), "4711")


async def test_a_query_in_the_address_is_kept_so_that_threads_can_be_named() -> None:
    async with WebhookServer() as server:
        place = server.destination("discord", path=f"{DISCORD_PATH}?thread_id=5")
        platform = WebhookPlatform([place], RENDERERS)
        message_id = await platform.post(outgoing("discord"))
        await platform.edit(outgoing("discord"), message_id)
        await platform.close()
        assert [query["thread_id"] for _, query in server.requests] == ["5", "5"]


async def test_a_slack_post_has_an_id_of_ours_and_its_edit_does_nothing() -> None:
    async with on_stage() as stage:
        message_id = await stage.platform.post(outgoing("slack"))
        await stage.platform.edit(outgoing("slack", "Ban grows", delivery=8), message_id)
        assert message_id == "delivery-7"
        (message,) = stage.server.slack
        assert message["text"] == "Chip ban widens – text"
        assert (message["unfurl_links"], message["unfurl_media"]) == (False, False)


@pytest.mark.parametrize("kind", ["discord", "slack"])
async def test_buttons_that_need_an_answer_are_left_out_and_links_stay(kind: str) -> None:
    async with on_stage() as stage:
        await stage.platform.post(outgoing(kind, card=Card(title="t", text="t", buttons=BUTTONS)))
        sent = repr([*stage.server.discord.values(), *stage.server.slack])
        assert "Context" not in sent
        assert "https://topicwire.example/s/1" in sent


@pytest.mark.parametrize("kind", ["discord", "slack"])
async def test_a_development_is_a_post_of_its_own_that_names_its_story_first(kind: str) -> None:
    card = Card(title="New: 25 contracts", text="t", footer=line("ZTE wins contracts"))
    async with on_stage() as stage:
        await stage.platform.post(outgoing(kind, card=card, reply_to="900"))
        sent = repr([*stage.server.discord.values(), *stage.server.slack])
        assert sent.count("ZTE wins contracts") == 1
        assert "footer" not in sent
        assert "'context'" not in sent


@pytest.mark.parametrize("kind", ["discord", "slack"])
async def test_a_limit_is_kept_for_as_long_as_was_asked(kind: str) -> None:
    now = [100.0]
    async with on_stage(clock=lambda: now[0]) as stage:
        stage.server.faults.append(Fault(status=429, headers={"Retry-After": "30", "Via": "1.1"}))
        with pytest.raises(RetryLaterError) as caught:
            await stage.platform.post(outgoing(kind))
        assert caught.value.retry_after == timedelta(seconds=30)
        now[0] += 20
        with pytest.raises(RetryLaterError) as held:
            await stage.platform.post(outgoing(kind))
        assert held.value.retry_after == timedelta(seconds=10)
        assert len(stage.server.requests) == 1
        now[0] += 10
        await stage.platform.post(outgoing(kind))


async def test_a_limit_of_one_destination_delays_no_other() -> None:
    async with on_stage() as stage:
        stage.server.faults.append(Fault(status=429, headers={"Retry-After": "30"}))
        with pytest.raises(RetryLaterError):
            await stage.platform.post(outgoing("discord"))
        assert await stage.platform.post(outgoing("slack"))


@pytest.mark.parametrize(
    "body, headers, is_shared",
    [({"global": True}, {"Via": "1.1"}, True), ({"global": False}, {"Via": "1.1"}, False), ("banned", {}, True)],
)
async def test_discords_global_limit_holds_all_of_its_webhooks(
    body: object, headers: dict[str, str], is_shared: bool
) -> None:
    async with WebhookServer() as server:
        places = [server.destination("discord", "one"), server.destination("discord", "two")]
        platform = WebhookPlatform(places, RENDERERS)
        server.faults.append(Fault(status=429, body=body, headers={"Retry-After": "30"} | headers))
        for name in ("one", "two") if is_shared else ("one",):
            with pytest.raises(RetryLaterError):
                await platform.post(outgoing(name))
        if not is_shared:
            await platform.post(outgoing("two"))
        await platform.close()


async def test_the_rest_that_discord_announces_is_kept_before_it_refuses() -> None:
    now = [100.0]
    async with on_stage(clock=lambda: now[0]) as stage:
        headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "5"}
        stage.server.faults.append(Fault(headers=headers))
        await stage.platform.post(outgoing("discord"))
        with pytest.raises(RetryLaterError):
            await stage.platform.post(outgoing("discord", delivery=8))
        now[0] += 5
        await stage.platform.post(outgoing("discord", delivery=8))


async def test_slack_is_sent_one_message_a_second() -> None:
    gaps = {"discord": timedelta(0), "slack": timedelta(seconds=3)}
    async with on_stage(gaps=gaps, clock=lambda: 100.0) as stage:
        await stage.platform.post(outgoing("slack"))
        with pytest.raises(RetryLaterError):
            await stage.platform.post(outgoing("slack", delivery=8))


@pytest.mark.parametrize(
    "status, body, expected",
    [
        (503, "", UnknownOutcomeError),
        (500, "", UnknownOutcomeError),
        (502, "<html>bad gateway</html>", UnknownOutcomeError),
        (404, {"message": "Unknown Webhook", "code": 10015}, PermanentError),
        (404, "no_service", PermanentError),
        (410, "channel_is_archived", PermanentError),
        (403, "action_prohibited", PermanentError),
        (401, {"message": "Invalid Webhook Token", "code": 50027}, PermanentError),
        (400, "no_team", PermanentError),
        (302, "", PermanentError),
        (400, "invalid_blocks", MessageRefusedError),
        (400, {"message": "Invalid Form Body", "code": 50035}, MessageRefusedError),
    ],
)
async def test_every_refusal_has_its_meaning(status: int, body: object, expected: type[PlatformError]) -> None:
    async with on_stage() as stage:
        stage.server.faults.append(Fault(status=status, body=body))
        with pytest.raises(expected) as caught:
            await stage.platform.post(outgoing("slack"))
        assert type(caught.value) is expected
        assert "sEcReT" not in str(caught.value)
        assert "[[destinations]]" in str(caught.value) or expected is not PermanentError


async def test_a_picture_that_is_refused_is_left_out() -> None:
    card = Card(title="t", text="t", image_url="https://news.example/broken.jpg")
    async with on_stage() as stage:
        stage.server.faults.append(Fault(status=400, body="invalid_blocks"))
        await stage.platform.post(outgoing("slack", card=card))
        assert "broken.jpg" not in repr(stage.server.slack)


async def test_a_lost_answer_is_unsure_and_the_repeat_is_counted_and_told(caplog: pytest.LogCaptureFixture) -> None:
    async with on_stage() as stage:
        stage.server.faults.append(Fault(drop="after"))
        with pytest.raises(UnknownOutcomeError):
            await stage.platform.post(outgoing("slack"))
        assert stage.platform.possible_repeats == 0
        with caplog.at_level(logging.WARNING):
            await stage.platform.post(outgoing("slack", unsure_since=since()))
        assert len(stage.server.slack) == 2
        assert stage.platform.possible_repeats == 1
        (told,) = [record.__dict__["fields"] for record in caplog.records if record.name == "topicwire.events"]
        assert (told["what"], told["channel"], told["delivery"]) == ("possible repeat", "slack", "7")


async def test_a_try_that_was_surely_refused_is_no_possible_repeat() -> None:
    async with on_stage() as stage:
        stage.server.faults.append(Fault(status=503, headers={"Retry-After": "1"}))
        with pytest.raises(RetryLaterError):
            await stage.platform.post(outgoing("slack", unsure_since=since()))
        assert stage.platform.possible_repeats == 0


@pytest.mark.parametrize("kind", ["discord", "slack"])
async def test_a_server_that_is_away_got_nothing(kind: str) -> None:
    async with on_stage() as stage:
        await stage.server.stop()
        with pytest.raises(RetryLaterError) as caught:
            await stage.platform.post(outgoing(kind))
        assert "sEcReT" not in str(caught.value)


async def test_an_answer_that_never_comes_is_unsure() -> None:
    async with on_stage(patience=timedelta(milliseconds=200)) as stage:
        stage.server.faults.append(Fault(drop="hold"))
        with pytest.raises(UnknownOutcomeError):
            await stage.platform.post(outgoing("slack"))


async def test_a_destination_that_left_the_file_is_told_no_more() -> None:
    async with on_stage() as stage:
        with pytest.raises(PermanentError, match=r"no longer in \[\[destinations\]\]"):
            await stage.platform.post(outgoing("old"))


async def test_an_address_shows_in_no_repr() -> None:
    async with on_stage() as stage:
        assert "sEcReT" not in repr(stage.platform) + repr(stage.server.destination("slack"))
