"""A real discord.py bot against the fake Discord over real sockets: commands, forms, limits, faults, recovery."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import aiohttp
import discord
import pytest

from tests.servers.discord import FakeDiscord, turned_to
from tests.servers.discord.gateway import Disturbance
from tests.servers.discord_bot import Bot, running


async def test_commands_are_registered_and_a_nonce_posts_once() -> None:
    async with running() as (fake, _, channel):
        assert {c["name"] for c in fake.commands[""]} == {"news", "late"}
        first = await channel.send("hi", embed=discord.Embed(title="T", url="https://x.example"), nonce=7)
        again = await channel.send("other words", nonce=7)
        assert first.id == again.id
        assert [m["content"] for m in fake.posts()] == ["hi"]
        assert [c.status for c in fake.calls if c.path.endswith("/messages")] == [200, 200]


async def test_a_nonce_is_forgotten_after_its_window_and_never_in_the_history() -> None:
    async with running(nonce_s=0.0) as (fake, _, channel):
        first, again = await channel.send("hi", nonce=7), await channel.send("hi", nonce=7)
        assert first.nonce == "7"
        assert first.id != again.id
        assert [m.nonce async for m in channel.history()] == [None, None]
        assert not any("nonce" in m for m in fake.messages.values())


async def test_history_goes_newest_first_and_pages_by_id() -> None:
    async with running(per_channel=(100, 5.0)) as (_, _, channel):
        sent = [await channel.send(str(n)) for n in range(5)]
        assert [m.content async for m in channel.history(limit=2)] == ["4", "3"]
        assert [m.content async for m in channel.history(before=sent[2])] == ["1", "0"]
        assert [m.content async for m in channel.history(after=sent[2], oldest_first=True)] == ["3", "4"]


async def test_a_group_a_subcommand_and_its_autocomplete_are_found_by_path() -> None:
    async with running() as (fake, bot, _):
        offered = await fake.interact("news topic show", {"topic": "eco"}, focused="topic")
        assert await offered.choices() == ["economy", "ecology"]
        shown = await fake.interact("news topic show", {"topic": "economy"})
        assert (await shown.final())["content"] == "economy"
        latest = await fake.interact("news latest", {"where": fake.channel_id(), "count": 3})
        assert (await latest.final())["content"] == "3 of news; manager: True"
        assert latest.is_ephemeral
        assert not bot.errors


@pytest.mark.parametrize(
    "path, options, error",
    [
        ("nope", {}, LookupError),
        ("news topic", {}, LookupError),
        ("news topic show", {}, ValueError),
        ("news topic show", {"topics": "x"}, LookupError),
        ("news latest", {"count": "three"}, ValueError),
        ("news latest", {"where": "1"}, LookupError),
    ],
)
async def test_what_the_client_would_not_send_is_refused(
    path: str, options: dict[str, Any], error: type[Exception]
) -> None:
    async with running() as (fake, _, _):
        with pytest.raises(error):
            await fake.interact(path, options)


async def test_permissions_are_those_of_the_person() -> None:
    async with running() as (fake, _, _):
        answer = await fake.interact("news latest", by=fake.plain)
        assert (await answer.final())["content"] == "1 of here; manager: False"
        assert answer.payload["member"]["user"]["username"] == "reader"


async def test_a_deferred_answer_arrives_and_pings_nobody() -> None:
    async with running() as (fake, _, _):
        order = await fake.interact("news digest")
        assert (await order.response())["type"] == 5
        message = await order.final()
        assert message["content"].startswith("digest")
        assert message["_pings"] == set()


async def test_a_button_edits_its_message() -> None:
    async with running() as (fake, _, _):
        message = await (await fake.interact("news menu")).final()
        pressed = await fake.press(message, "more:7")
        assert (await pressed.response())["type"] == 7
        assert message["content"] == "page 2"
        with pytest.raises(LookupError, match="more:7"):
            await fake.press(message, "other")


async def test_a_form_comes_back_with_the_typed_values() -> None:
    async with running() as (fake, bot, _):
        opened = await fake.interact("news topic add")
        answer = await fake.submit(opened, {"name": "Chips", "Query": "huawei OR zte", "Mode": "digest"})
        assert (await answer.final())["content"] == "Chips: huawei OR zte (digest)"
        prefilled = await fake.submit(await fake.interact("news topic add"), {"Name": "Chips", "mode": "live"})
        assert (await prefilled.final())["content"] == "Chips: zte (live)"
        assert [c["type"] for c in prefilled.payload["data"]["components"]] == [1, 18, 18]
        assert prefilled.payload["data"]["components"][1]["component"]["value"] == "zte"
        assert not bot.errors


@pytest.mark.parametrize(
    "values, error",
    [
        ({"mode": "live"}, ValueError),
        ({"name": "x" * 21, "mode": "live"}, ValueError),
        ({"name": "x", "mode": "weekly"}, ValueError),
        ({"name": "x", "mode": "live", "nope": "x"}, LookupError),
    ],
)
async def test_a_form_that_the_client_would_not_send_is_refused(values: dict[str, str], error: type[Exception]) -> None:
    async with running() as (fake, _, _):
        with pytest.raises(error):
            await fake.submit(await fake.interact("news topic add"), values)


async def test_a_late_acknowledgement_is_refused() -> None:
    async with running(ack_s=0.2) as (fake, bot, _):
        order = await fake.interact("late")
        await fake.until(lambda: [c for c in fake.calls if c.path.endswith("/callback") and c.status == 404])
        assert order.callback is None
        await asyncio.wait_for(bot.was_wrong.wait(), 2)
        assert "10062" in str(bot.errors[0])


async def test_a_reply_names_its_message_and_one_to_a_missing_message_fails() -> None:
    async with running() as (fake, _, channel):
        first = await channel.send("story")
        reply = await channel.send("development", reference=first.to_reference())
        assert reply.reference is not None
        assert reply.reference.message_id == first.id
        assert fake.messages[str(reply.id)]["message_reference"]["message_id"] == str(first.id)
        await first.delete()
        with pytest.raises(discord.HTTPException, match="Unknown message") as refused:
            await channel.send("late", reference=first.to_reference())
        assert refused.value.code == 50035
        alone = await channel.send("late", reference=first.to_reference(fail_if_not_exists=False))
        assert alone.reference is None
        assert "message_reference" not in fake.messages[str(alone.id)]


@pytest.mark.parametrize("code, reads", [(10003, False), (50001, False), (50013, True)])
async def test_a_channel_can_refuse_the_bot(code: int, reads: bool) -> None:
    async with running() as (fake, _, channel):
        fake.refuse(fake.channel_id(), code)
        with pytest.raises(discord.HTTPException) as refused:
            await channel.send("x")
        assert refused.value.code == code
        if reads:
            assert [m async for m in channel.history()] == []
        else:
            with pytest.raises(discord.HTTPException):
                _ = [m async for m in channel.history()]
        fake.allow(fake.channel_id())
        await channel.send("x")
        assert fake.posts()


async def test_a_deleted_channel_is_told_and_gone() -> None:
    async with running() as (fake, bot, channel):
        added = await fake.add_channel("second")
        await fake.delete_channel(fake.channel_id("news"))
        assert fake.channel_id() == added
        with pytest.raises(discord.NotFound) as refused:
            await channel.send("x")
        assert refused.value.code == 10003
        assert bot.gone == ["news"]


async def test_a_message_deleted_by_others_is_missed_at_the_next_edit() -> None:
    async with running() as (fake, _, channel):
        message = await channel.send("x")
        await fake.delete_message(fake.posts()[0])
        with pytest.raises(discord.NotFound) as refused:
            await message.edit(content="y")
        assert refused.value.code == 10008


async def test_messages_of_others_are_in_the_history_and_not_ours_to_edit() -> None:
    async with running() as (fake, _, channel):
        said = await fake.say("hello")
        assert fake.posts() == []
        assert [m.author.name async for m in channel.history()] == ["reader"]
        with pytest.raises(discord.Forbidden) as refused:
            await channel.get_partial_message(int(said["id"])).edit(content="y")
        assert refused.value.code == 50005


@pytest.mark.parametrize(
    "body, code",
    [
        ({"content": "x" * 2001}, 50035),
        ({"embed": discord.Embed(title="t" * 257)}, 50035),
        ({"embed": discord.Embed(description="d" * 4097)}, 50035),
        ({"embeds": [discord.Embed(description="d" * 3500)] * 2}, 50035),
        ({"content": "x", "nonce": "n" * 26}, 50035),
        ({"content": ""}, 50006),
    ],
)
async def test_a_body_beyond_a_limit_is_refused(body: dict[str, Any], code: int) -> None:
    async with running() as (fake, _, channel):
        with pytest.raises(discord.HTTPException) as refused:
            await channel.send(**body)
        assert refused.value.code == code
        assert not fake.messages


async def test_the_channel_limit_is_told_in_headers_and_kept() -> None:
    async with running(per_channel=(5, 0.5)) as (fake, _, channel):
        begun = time.monotonic()
        await asyncio.gather(*(channel.send(str(n)) for n in range(11)))
        statuses = [c.status for c in fake.calls if c.path.endswith("/messages")]
        assert statuses.count(200) == 11
        assert time.monotonic() - begun >= 0.9


async def test_a_429_is_waited_for_unless_it_is_a_ban() -> None:
    async with running() as (fake, _, channel):
        begun = time.monotonic()
        fake.fail("POST", "/messages", status=429, retry_after=0.2, times=2)
        fake.fail("POST", "/messages", status=429, retry_after=0.2, scope="global")
        await channel.send("after three")
        assert time.monotonic() - begun >= 0.6
        fake.fail("POST", "/messages", status=429, scope="cloudflare")
        with pytest.raises(discord.HTTPException):
            await channel.send("banned")


async def test_the_overall_limit_answers_429() -> None:
    async with running(overall=(20, 0.5), per_channel=(1000, 1.0)) as (fake, _, channel):
        await asyncio.gather(*(channel.send(str(n)) for n in range(30)))
        statuses = [c.status for c in fake.calls if c.path.endswith("/messages")]
        assert statuses.count(200) == 30
        assert 429 in statuses


async def test_a_lost_answer_leaves_the_message_and_the_nonce_finds_it() -> None:
    async with running() as (fake, _, channel):
        fake.fail("POST", "/messages", drop="after")
        with pytest.raises((aiohttp.ClientError, OSError)):
            await channel.send("story", nonce=99)
        assert len(fake.posts()) == 1
        assert (await channel.send("story", nonce=99)).id == int(fake.posts()[0]["id"])
        assert len(fake.posts()) == 1
        fake.fail("POST", "/messages", drop="before")
        with pytest.raises((aiohttp.ClientError, OSError)):
            await channel.send("other", nonce=100)
        assert len(fake.posts()) == 1
        fake.fail("POST", "/messages", status=503)
        with pytest.raises(discord.DiscordServerError):
            await channel.send("discord.py does not try again")


RESUMING: list[Disturbance] = [4000, 1006, "reconnect"]


@pytest.mark.parametrize("how", RESUMING)
async def test_what_happens_while_the_gateway_is_away_is_replayed(how: Disturbance) -> None:
    async with running() as (fake, bot, _):
        await fake.cut(how)
        order = await fake.interact("news topic show", {"topic": "sports"})
        assert (await order.response(8))["data"]["content"] == "sports"
        assert fake.gateway_side.resumed == 1
        assert bot.readies == 1


FORGETTING: list[Disturbance] = [4009, "invalidate"]


@pytest.mark.slow  # discord.py waits five seconds before it identifies anew
@pytest.mark.parametrize("how", FORGETTING)
async def test_a_session_that_is_lost_is_followed_by_a_new_one(how: Disturbance) -> None:
    async with running() as (fake, bot, _):
        bot.was_ready.clear()
        await fake.cut(how)
        await asyncio.wait_for(bot.was_ready.wait(), 15)
        assert fake.gateway_side.identified == 2
        order = await fake.interact("news topic show", {"topic": "sports"})
        await order.response()


async def test_a_gateway_that_falls_silent_is_left() -> None:
    async with running({"heartbeat_timeout": 0.5}, heartbeat_ms=200) as (fake, bot, _):
        await fake.cut("mute")
        await asyncio.wait_for(bot.was_resumed.wait(), 8)
        assert fake.gateway_side.resumed == 1


async def test_a_wrong_token_does_not_log_in() -> None:
    async with FakeDiscord() as fake:
        with turned_to(fake):
            bot = Bot()
            with pytest.raises(discord.LoginFailure):
                await bot.login("nope")
            await bot.close()


async def test_intents_that_are_not_allowed_end_the_start() -> None:
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with running(allowed_intents=0):
            pytest.fail("the bot started")
