"""A picture comes with its answer as an attachment that the embed shows, with words for who does not see it."""

from __future__ import annotations

import pytest

from bot.domain.cards import Button, Call, Card, Picture
from bot.platforms.discord.attachments import MAX_PICTURE
from tests.platforms.discord.stage import PNG, on_stage
from tests.platforms.discord.test_conversation import text_of
from tests.servers.discord import objects as make


@pytest.mark.parametrize("slow", ["no", "yes"])
async def test_a_picture_is_attached_and_shown_in_the_embed(slow: str) -> None:
    async with on_stage() as stage:
        give = Button(label="Draw", call=Call(command="draw", arguments=(("slow", slow),)))
        await stage.platform.post(stage.outgoing(card=Card(title="T", text="t", buttons=(give,))))
        (post,) = stage.fake.posts()
        pressed = await stage.fake.press(post, f"tw:7:draw:slow={slow}")
        await pressed.response()
        stage.script.gate.set()
        assert text_of(await pressed.final()) == "a chart"
        (sent,) = [call for call in stage.fake.calls if call.files]
        assert sent.files == {"trend.png": PNG + bytes(8)}
        data = sent.body.get("data", sent.body)
        assert data["embeds"][-1]["image"]["url"] == "attachment://trend.png"
        assert [attached["description"] for attached in data["attachments"]] == ["Three a day, nine on Monday"]


async def test_a_picture_too_large_is_left_out_and_the_card_still_comes() -> None:
    async with on_stage() as stage:
        give = Button(label="Draw", call=Call(command="draw", arguments=(("size", str(MAX_PICTURE)),)))
        await stage.platform.post(stage.outgoing(card=Card(title="T", text="t", buttons=(give,))))
        (post,) = stage.fake.posts()
        pressed = await stage.fake.press(post, f"tw:7:draw:size={MAX_PICTURE}")
        answer = (await pressed.response())["data"]
        assert text_of(answer) == "a chart"
        assert "image" not in answer["embeds"][-1]
        assert not [call for call in stage.fake.calls if call.files]


async def test_where_the_bot_may_attach_nothing_a_message_comes_without_its_picture() -> None:
    async with on_stage() as stage:
        await stage.fake.deny(stage.fake.channel_id(), make.ATTACH)
        picture = Picture(name="digest.png", content=PNG, alt="Three a day")
        await stage.platform.post(stage.outgoing(picture=picture))
        (post,) = stage.fake.posts()
        assert (post["attachments"], "image" in post["embeds"][-1]) == ([], False)
