"""The fake Discord's own answers, held against the response schemas of Discord's description."""

from __future__ import annotations

import discord
import pytest

from tests.servers.discord import FakeDiscord
from tests.servers.discord import objects as make
from tests.servers.discord_bot import DESCRIPTION, Bot, described, running
from tests.shared_data import needs_shared

# The shared folder may be there without the description, so each is asked for by name.
needs_description = pytest.mark.skipif(not DESCRIPTION.is_file(), reason=f"there is no {DESCRIPTION.name} to hold to")
pytestmark = [needs_shared, needs_description]


async def test_every_answer_is_as_described() -> None:
    spec = described()
    assert spec
    async with running() as (fake, bot, channel):
        first = await channel.send("hi", embed=discord.Embed(title="T"), nonce="n1")
        reply = await channel.send("more", reference=first.to_reference(), view=discord.ui.View())
        await first.edit(content="x")
        await channel.fetch_message(reply.id)
        _ = [m async for m in channel.history()]
        await (await fake.interact("news topic show", {"topic": "eco"}, focused="topic")).response()
        await (await fake.interact("news digest")).final()
        menu = await fake.interact("news menu")
        await (await fake.press(await menu.final(), "more:7")).response()
        form = await fake.interact("news topic add")
        await (await fake.submit(form, {"Name": "x", "Mode": "live"})).final()
        await _use_threads(fake, bot, first)
        with pytest.raises(discord.HTTPException):
            await channel.send("x" * 2001)
        await first.delete()
        assert not bot.errors
        wrong = {
            f"{c.method} {c.path}: {problem}"
            for c in fake.calls
            for problem in spec.answer_errors(c.method, c.path, c.status, _answer(c.status, c.answer))
        }
        assert not wrong
        undescribed = {member.rpartition("/")[2] for c in fake.calls for member in c.unknown}
        assert undescribed == {"nsfw", "tts", "flags"}  # discord.py sends them, and Discord passes over them


async def _use_threads(fake: FakeDiscord, bot: Bot, message: discord.Message) -> None:
    thread = await message.create_thread(name="Developments")
    await thread.send("more")
    with pytest.raises(discord.HTTPException):
        await bot.http.start_thread_with_message(message.channel.id, message.id, name="x", auto_archive_duration=60)
    forum = await bot.fetch_channel(int(await fake.add_channel("stories", make.FORUM, ("ZTE",))))
    assert isinstance(forum, discord.ForumChannel)
    post = await forum.create_thread(name="A story", content="text", applied_tags=forum.available_tags)
    await fake.world.archive(str(post.thread.id))
    assert [old.id async for old in forum.archived_threads()] == [post.thread.id]
    assert [active.id for active in await forum.guild.active_threads()] == [thread.id]
    await bot.http.edit_channel(post.thread.id, archived=False)
    wire = int(await fake.add_channel("wire", make.ANNOUNCEMENT))
    await (await bot.get_partial_messageable(wire).send("now")).publish()


def _answer(status: int, body: object) -> object:
    """Leave out what the description has otherwise: it types error codes as integers, Discord sends words."""
    return {k: v for k, v in body.items() if k != "errors"} if status == 400 and isinstance(body, dict) else body


async def test_a_body_with_a_wrong_member_is_refused_with_its_place() -> None:
    async with running() as (_, bot, channel):
        post = discord.http.Route("POST", "/channels/{channel_id}/messages", channel_id=channel.id)
        with pytest.raises(discord.HTTPException) as refused:
            await bot.http.request(post, json={"embeds": [{"title": "T", "color": "red"}]})
        assert refused.value.code == 50035
        assert "color" in str(refused.value)


def test_a_member_that_is_not_described_is_told() -> None:
    spec = described()
    assert spec
    assert spec.unknown("POST", "/channels/1/messages", {"content": "x", "contnet": "y"}) == ["/contnet"]
    assert spec.errors("POST", "/nowhere", {}) == ["POST /nowhere: no such operation"]
