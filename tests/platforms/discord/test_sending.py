"""Deliveries on Discord: once each, whatever becomes of the answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.cards import Card, Section, line
from bot.domain.errors import (
    MessageGoneError,
    MessageRefusedError,
    PermanentError,
    PlatformError,
    PlatformRefusedError,
    RetryLaterError,
    TopicwireError,
    UnknownOutcomeError,
)
from bot.domain.models import Place, WorkspaceId
from bot.domain.records import Outgoing
from tests.platforms.discord.stage import QUICK, Clock, Script, Stage, make_platform, on_stage
from tests.servers.discord import objects as make
from tests.servers.discord.world import Call

LONG_AGO = timedelta(hours=1)


def sends(stage: Stage) -> list[Call]:
    return [c for c in stage.fake.calls if c.method == "POST" and c.path.endswith("/messages")]


@asynccontextmanager
async def hasty(**options: Any) -> AsyncIterator[Stage]:
    async with on_stage(pace=replace(QUICK, sending=timedelta(seconds=1)), **options) as stage:
        yield stage


async def test_a_post_has_the_card_its_delivery_a_nonce_and_pings_nobody() -> None:
    async with on_stage() as stage:
        ident = await stage.platform.post(stage.outgoing(title="@everyone look"))
        (post,) = stage.fake.posts()
        (sent,) = sends(stage)
        assert ident == post["id"]
        assert post["embeds"][0]["title"] == r"\@everyone look"
        assert post["components"][0]["components"][0]["custom_id"] == "tw:7:story:story=12"
        assert (sent.body["nonce"], sent.body["enforce_nonce"]) == ("tw-7", True)
        assert sent.body["allowed_mentions"]["parse"] == []
        assert post["_pings"] == set()
        assert set(sent.unknown) <= {"/embeds/0/flags"}  # the library's own, of no effect


async def test_a_post_calls_exactly_the_roles_it_mentions_and_an_edit_nobody() -> None:
    async with on_stage() as stage:
        role = "123456789012345678"
        outgoing = replace(stage.outgoing(title="<@&223456789012345678> look"), mentions=(role,))
        ident = await stage.platform.post(outgoing)
        (post,) = stage.fake.posts()
        (sent,) = sends(stage)
        assert post["content"] == f"<@&{role}>"
        allowed = sent.body["allowed_mentions"]
        assert (allowed.get("parse", []), [str(one) for one in allowed["roles"]]) == ([], [role])
        assert post["_pings"] == {f"roles:{role}"}
        await stage.platform.edit(replace(outgoing, key="8"), ident)
        edits = [c for c in stage.fake.calls if c.method == "PATCH"]
        assert edits[-1].body["allowed_mentions"]["parse"] == []
        assert not edits[-1].body["allowed_mentions"].get("roles")


async def test_a_development_replies_to_its_post() -> None:
    async with on_stage() as stage:
        first = await stage.platform.post(stage.outgoing())
        second = await stage.platform.post(stage.outgoing(8, reply_to=first))
        assert stage.fake.messages[second]["message_reference"]["message_id"] == first


async def test_coverage_edits_the_message_in_place() -> None:
    async with on_stage() as stage:
        ident = await stage.platform.post(stage.outgoing())
        await stage.platform.edit(stage.outgoing(8, title="Huawei wins, three outlets"), ident)
        (post,) = stage.fake.posts()
        assert post["embeds"][0]["title"] == "Huawei wins, three outlets"
        bare = Card(title="No buttons any more", text="x")
        await stage.platform.edit(stage.outgoing(9, card=bare), ident)
        assert post["components"] == []


async def test_a_message_that_was_deleted_is_gone_for_edits_and_replies() -> None:
    async with on_stage() as stage:
        ident = await stage.platform.post(stage.outgoing())
        await stage.fake.delete_message(stage.fake.messages[ident])
        with pytest.raises(MessageGoneError):
            await stage.platform.edit(stage.outgoing(8), ident)
        with pytest.raises(MessageGoneError):
            await stage.platform.post(stage.outgoing(8, reply_to=ident))


@pytest.mark.parametrize(
    "code, remedy",
    [(10003, "news .*Subscribe in a channel"), (50001, "news .*Give it View Channel"), (50013, "news .*Send Messages")],
)
async def test_a_channel_that_refuses_is_permanent_with_its_remedy(code: int, remedy: str) -> None:
    async with on_stage() as stage:
        channel = stage.fake.channel_id()
        ident = await stage.platform.post(stage.outgoing())
        stage.fake.refuse(channel, code)
        with pytest.raises(PermanentError, match=remedy):
            await stage.platform.post(stage.outgoing(8))
        with pytest.raises(PermanentError, match=remedy):
            await stage.platform.edit(stage.outgoing(8), ident)


@pytest.mark.parametrize(
    "denied, named",
    [
        (make.EMBED, "Embed Links"),
        (make.SEND, "Send Messages"),
        (make.SEND | make.HISTORY, "Send Messages and Read Message History"),
        (make.VIEW, "View Channel"),
    ],
)
async def test_a_permission_that_lacks_is_named_with_its_channel(denied: int, named: str) -> None:
    async with on_stage() as stage:
        await denied_in(stage, denied)
        with pytest.raises(PermanentError, match=rf"lacks {named} in #news \(Test guild\)"):
            await stage.platform.post(stage.outgoing())


async def denied_in(stage: Stage, permissions: int) -> None:
    """Take permissions from the bot, and wait until it knows."""
    await stage.fake.deny(stage.fake.channel_id(), permissions)
    await (await stage.fake.interact("news mute")).final()  # comes after it


async def test_without_the_right_to_look_back_an_old_unknown_stays_unknown_and_says_what_lacks() -> None:
    async with on_stage() as stage:
        await denied_in(stage, make.HISTORY)
        with pytest.raises(UnknownOutcomeError, match="Read Message History in #news"):
            await stage.platform.post(stage.outgoing(unsure_since=stage.clock.now - LONG_AGO))
        assert stage.fake.posts() == []


async def test_without_the_right_to_look_back_the_nonce_tells_as_long_as_it_is_known() -> None:
    async with on_stage() as stage:
        await denied_in(stage, make.HISTORY)
        first = await stage.platform.post(stage.outgoing())
        assert await stage.platform.post(stage.outgoing(unsure_since=stage.clock.now)) == first


async def test_what_the_bot_may_see_is_not_guessed_before_the_gateway_told_of_the_server() -> None:
    """After a restart in an outage: Discord shows an empty channel to whoever may not read its history."""
    async with on_stage() as stage:
        await stage.platform.post(stage.outgoing())
        await denied_in(stage, make.HISTORY)
        await stage.platform.close()
        await stage.fake.go_down()
        await stage.platform.start()
        stage.fake.world.forget_nonces()
        with pytest.raises(UnknownOutcomeError, match="not told yet"):
            await stage.platform.post(stage.outgoing(unsure_since=stage.clock.now - LONG_AGO))
        assert len(stage.fake.posts()) == 1


async def test_a_message_is_found_under_a_thousand_newer_ones() -> None:
    async with on_stage(nonce_s=0.0) as stage:
        first = await stage.platform.post(stage.outgoing())
        for number in range(1_050):
            stage.fake.world.add_message(stage.fake.channel_id(), stage.fake.plain.user, {"content": str(number)})
        assert await stage.platform.post(stage.outgoing(unsure_since=stage.clock.now)) == first


async def test_a_message_deleted_before_its_answer_was_settled_is_not_posted_again() -> None:
    """A nonce outlives its message; of a reply that says nothing about the message that it replies to."""
    async with on_stage() as stage:
        parent = await stage.platform.post(stage.outgoing())
        reply = stage.outgoing(8, reply_to=parent)
        await stage.fake.delete_message(stage.fake.messages[await stage.platform.post(reply)])
        with pytest.raises(MessageRefusedError, match="deleted"):
            await stage.platform.post(replace(reply, unsure_since=stage.clock.now))
        await stage.fake.delete_message(stage.fake.messages[parent])
        with pytest.raises(MessageGoneError):
            await stage.platform.post(stage.outgoing(unsure_since=stage.clock.now))


async def test_a_person_who_takes_no_direct_messages_is_told_of_as_such() -> None:
    async with on_stage() as stage:
        place = await stage.platform.direct(stage.fake.plain.id, stage.outgoing().place)
        stage.fake.refuse(place.channel, 50007)
        with pytest.raises(PermanentError, match="takes no direct messages"):
            await stage.platform.post(stage.outgoing(place=place))


async def test_a_renamed_channel_is_the_same_and_is_called_by_its_new_name() -> None:
    async with on_stage() as stage:
        stage.fake.channels[stage.fake.channel_id()]["name"] = "alerts"
        await stage.platform.post(stage.outgoing())
        await denied_in(stage, make.EMBED)
        with pytest.raises(PermanentError, match="#alerts"):
            await stage.platform.post(stage.outgoing(8))


async def test_a_place_that_is_no_channel_is_permanent() -> None:
    async with on_stage() as stage:
        nowhere = Place(platform="discord", workspace=WorkspaceId("discord:1"), channel="news")
        with pytest.raises(PermanentError, match="no id"):
            await stage.platform.post(stage.outgoing(place=nowhere))


async def test_an_old_lost_answer_is_settled_by_the_history() -> None:
    async with on_stage(nonce_s=0.0) as stage:
        for other in range(20, 60):
            await stage.platform.post(stage.outgoing(other))
        stage.fake.fail("POST", "/messages", drop="after")
        with pytest.raises(UnknownOutcomeError):
            await stage.platform.post(stage.outgoing())
        await stage.platform.post(stage.outgoing(77))
        posts = len(stage.fake.posts())
        since = stage.clock.now
        stage.clock.now += LONG_AGO
        ident = await stage.platform.post(stage.outgoing(unsure_since=since))
        assert len(stage.fake.posts()) == posts
        assert stage.fake.messages[ident]["components"][0]["components"][0]["custom_id"].startswith("tw:7:")


async def test_a_settling_that_cannot_be_carried_out_now_stays_unsure() -> None:
    async with on_stage() as stage:
        stage.fake.fail("POST", "/messages", status=429, retry_after=90.0)
        with pytest.raises(UnknownOutcomeError):
            await stage.platform.post(stage.outgoing(unsure_since=stage.clock.now))
        await stage.fake.stop()
        with pytest.raises(UnknownOutcomeError):
            await stage.platform.post(stage.outgoing(unsure_since=stage.clock.now))


async def test_an_old_request_that_was_never_carried_out_is_sent() -> None:
    async with on_stage(nonce_s=0.0) as stage:
        await stage.platform.post(stage.outgoing(77))
        ident = await stage.platform.post(stage.outgoing(unsure_since=stage.clock.now - LONG_AGO))
        assert [post["id"] for post in stage.fake.posts()][1:] == [ident]


@pytest.mark.parametrize("age", [timedelta(0), LONG_AGO])
async def test_a_settled_message_shows_the_card_of_now(age: timedelta) -> None:
    async with on_stage() as stage:
        await stage.platform.post(stage.outgoing(title="One outlet"))
        since = stage.clock.now
        stage.clock.now += age
        await stage.platform.post(stage.outgoing(title="Two outlets", unsure_since=since))
        assert [post["embeds"][0]["title"] for post in stage.fake.posts()] == ["Two outlets"]


async def test_a_settled_message_that_shows_the_card_is_left_alone() -> None:
    async with on_stage() as stage:
        card = Card(title=" Two  words ", text="x", sections=(Section(lines=(line("  a * b "),)),), footer=line(" f "))
        await stage.platform.post(stage.outgoing(card=card))
        await stage.platform.post(stage.outgoing(card=card, unsure_since=stage.clock.now))
        assert [call for call in stage.fake.calls if call.method == "PATCH"] == []


@pytest.mark.parametrize("status, drop", [(502, "after"), (503, "")])
async def test_after_5xx_nobody_knows_whether_it_was_carried_out_and_the_library_does_not_repeat_it(
    status: int, drop: Any
) -> None:
    async with on_stage(nonce_s=0.0) as stage:
        stage.fake.fail("POST", "/messages", status=status, drop=drop)
        with pytest.raises(UnknownOutcomeError):
            await stage.platform.post(stage.outgoing())
        assert len(sends(stage)) == 1
        await stage.platform.post(stage.outgoing(unsure_since=stage.clock.now))
        assert len(stage.fake.posts()) == 1


@pytest.mark.parametrize("scope, wait_s", [("user", 90.0), ("cloudflare", 40.0)])
async def test_a_long_rate_limit_gives_the_delivery_back_with_its_time(scope: str, wait_s: float) -> None:
    async with on_stage() as stage:
        stage.fake.fail("POST", "/messages", status=429, retry_after=wait_s, scope=scope)
        with pytest.raises(RetryLaterError) as limited:
            await stage.platform.post(stage.outgoing())
        assert limited.value.retry_after is not None
        assert wait_s <= limited.value.retry_after.total_seconds() <= wait_s + 1


@pytest.mark.parametrize("scope", ["user", "global"])
async def test_a_rate_limit_that_outlasts_the_patience_still_posts_once(scope: str) -> None:
    async with hasty() as stage:
        stage.fake.fail("POST", "/messages", status=429, retry_after=1.5, scope=scope)
        with pytest.raises(UnknownOutcomeError):
            await stage.platform.post(stage.outgoing())
        async with asyncio.timeout(20):
            ident = await _until_posted(stage, stage.outgoing(unsure_since=stage.clock.now))
        assert [post["id"] for post in stage.fake.posts()] == [ident]
        assert len(sends(stage)) == 2
        await stage.platform.post(stage.outgoing(8))


async def _until_posted(stage: Stage, outgoing: Outgoing) -> str:
    while True:
        try:
            return await stage.platform.post(outgoing)
        except UnknownOutcomeError:
            continue


async def test_a_channel_that_does_not_answer_holds_no_delivery_for_ever() -> None:
    async with hasty() as stage:
        stage.fake.fail("POST", "/messages", delay=4.0)
        async with asyncio.timeout(3):
            with pytest.raises(UnknownOutcomeError, match="in time"):
                await stage.platform.post(stage.outgoing())
            await stage.platform.post(stage.outgoing(unsure_since=stage.clock.now))
        assert len(stage.fake.posts()) == 1


async def test_a_rate_limit_is_no_problem_and_is_told_without_its_address(caplog: pytest.LogCaptureFixture) -> None:
    async with on_stage() as stage:
        stage.fake.fail("POST", "/messages", status=429, retry_after=0.01)
        with caplog.at_level(logging.INFO, "discord.http"):
            await stage.platform.post(stage.outgoing())
        [told] = [record for record in caplog.records if record.name == "discord.http"]
        assert (told.levelno, told.getMessage()) == (logging.INFO, "discord: asks to wait 0.01 s")


async def test_the_sixth_message_in_a_burst_waits_its_turn() -> None:
    async with on_stage(per_channel=(5, 1.0)) as stage:
        await asyncio.gather(*(stage.platform.post(stage.outgoing(n)) for n in range(1, 8)))
        assert len(stage.fake.posts()) == 7
        assert [call.status for call in sends(stage)] == [200] * 7


async def test_while_discord_is_down_a_delivery_is_surely_not_carried_out() -> None:
    async with on_stage() as stage:
        await stage.fake.stop()
        with pytest.raises(RetryLaterError, match="cannot be reached"):
            await stage.platform.post(stage.outgoing())


@pytest.mark.parametrize(
    "fail, error",
    [
        (lambda fake: fake.fail("PATCH", "/messages", drop="after"), UnknownOutcomeError),
        (lambda fake: fake.fail("PATCH", "/messages", status=429, retry_after=60.0), RetryLaterError),
        (lambda fake: fake.fail("PATCH", "/messages", status=401), PlatformRefusedError),
        (lambda fake: fake.fail("PATCH", "/messages", status=400), MessageRefusedError),
    ],
)
async def test_an_edit_that_fails_can_be_made_again(
    fail: Callable[[object], None], error: type[TopicwireError]
) -> None:
    async with on_stage() as stage:
        ident = await stage.platform.post(stage.outgoing())
        fail(stage.fake)
        with pytest.raises(error):
            await stage.platform.edit(stage.outgoing(8, title="New words"), ident)
        if error is UnknownOutcomeError:
            await stage.platform.edit(stage.outgoing(8, title="New words", unsure_since=stage.clock.now), ident)
            assert stage.fake.posts()[0]["embeds"][0]["title"] == "New words"


async def test_nothing_is_posted_before_the_start() -> None:
    async with on_stage() as stage:
        with pytest.raises(PlatformError, match="not started"):
            await make_platform(Script(), Clock(), []).post(stage.outgoing())


async def test_closing_leaves_what_is_under_way_unsure() -> None:
    async with on_stage() as stage:
        stage.fake.fail("POST", "/messages", delay=5.0)
        posting = asyncio.create_task(stage.platform.post(stage.outgoing()))
        while not sends(stage):  # noqa: ASYNC110 - the fake tells of a request once it is answered, and this one waits
            await asyncio.sleep(0.01)
        await stage.platform.close()
        with pytest.raises(UnknownOutcomeError):
            await posting
