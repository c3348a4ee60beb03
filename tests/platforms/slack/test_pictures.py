"""A picture is brought to Slack, shared where its answer is seen, and never takes the answer down with it."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.cards import Picture
from bot.domain.errors import RetryLaterError
from tests.platforms.slack.stage import CHANNEL, PNG, on_stage, outgoing, text_of
from tests.platforms.slack.test_conversation import ask
from tests.servers.slack.world import HUMAN


async def test_a_public_picture_is_shared_in_the_channel() -> None:
    async with on_stage() as stage:
        order = await ask(stage, "draw here")
        assert "a chart" in text_of(await order.response())
        await stage.fake.until(lambda: [f for f in stage.fake.uploads.files.values() if f.channel])
        (shared,) = stage.fake.uploads.files.values()
        assert (shared.name, shared.title, shared.content, shared.channel) == ("trend.png", "Chips", PNG, CHANNEL)
        assert shared.alt == "Three a day, nine on Monday"


async def test_the_token_does_not_go_where_the_bytes_go() -> None:
    async with on_stage() as stage:
        await (await ask(stage, "draw here")).response()
        await stage.fake.until(lambda: [f for f in stage.fake.uploads.files.values() if f.channel])
        (shared,) = stage.fake.uploads.files.values()
        assert "Authorization" not in shared.headers


async def test_a_private_picture_goes_into_the_askers_direct_messages_and_that_is_said() -> None:
    async with on_stage() as stage:
        order = await ask(stage, "draw apart")
        await order.until(lambda: len(order.responses) == 2)
        (shared,) = stage.fake.uploads.files.values()
        assert shared.channel == stage.fake.world.add_direct(HUMAN)
        assert "direct messages" in order.responses[1]["text"]
        assert all(response["response_type"] == "ephemeral" for response in order.responses)


async def test_where_the_bot_is_no_member_the_picture_goes_to_the_asker() -> None:
    async with on_stage() as stage:
        stage.fake.world.refuse(CHANNEL, "not_in_channel")
        order = await ask(stage, "draw here")
        await order.response()
        direct = stage.fake.world.add_direct(HUMAN)
        await stage.fake.until(lambda: [f for f in stage.fake.uploads.files.values() if f.channel == direct])


@pytest.mark.parametrize("trouble", ["upload", "ask", "complete"])
async def test_a_picture_that_cannot_be_shared_leaves_the_answer_in_text(
    trouble: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with on_stage() as stage:
        if trouble == "upload":
            stage.fake.uploads.refuse_upload = 500
        elif trouble == "ask":
            stage.fake.fail("files.getUploadURLExternal", error="missing_scope")
        else:
            stage.fake.fail("files.completeUploadExternal", error="file_upload_size_restricted", times=2)
        order = await ask(stage, "draw apart")
        assert "a chart" in text_of(await order.response())
        async with asyncio.timeout(5):
            while "was not shown" not in caplog.text:  # noqa: ASYNC110 - a log rings no event
                await asyncio.sleep(0.01)
        assert not [f for f in stage.fake.uploads.files.values() if f.channel]
        assert len(order.responses) == 1


DIGEST = Picture(name="digest.png", content=PNG, alt="Three a day, nine on Monday")


async def test_a_message_waits_while_slack_works_on_its_picture() -> None:
    async with on_stage() as stage:
        stage.fake.uploads.unready = 2
        await stage.platform.post(outgoing(picture=DIGEST))
        (post,) = stage.fake.posts()
        assert [block["alt_text"] for block in post["blocks"] if "slack_file" in block] == [DIGEST.alt]
        assert len(stage.fake.uploads.files) == 1


async def test_a_message_that_has_to_wait_brings_its_picture_once() -> None:
    async with on_stage() as stage:
        stage.fake.fail("chat.postMessage", status=429, retry_after=1)
        with pytest.raises(RetryLaterError):
            await stage.platform.post(outgoing(picture=DIGEST))
        await asyncio.sleep(1.1)
        await stage.platform.post(outgoing(picture=DIGEST))
        assert len(stage.fake.posts()) == len(stage.fake.uploads.files) == 1


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
async def test_a_message_whose_picture_cannot_be_brought_comes_without_it(method: str) -> None:
    async with on_stage() as stage:
        stage.fake.fail(method, error="missing_scope")
        await stage.platform.post(outgoing(picture=DIGEST))
        (post,) = stage.fake.posts()
        assert "slack_file" not in repr(post["blocks"])
