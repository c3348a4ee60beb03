"""Developments in threads, stories as posts of a forum: once each, come what may."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.errors import MessageGoneError, PermanentError, RetryLaterError, UnknownOutcomeError
from bot.domain.models import Place, WorkspaceId
from bot.domain.records import Outgoing
from bot.platforms.discord.message_ids import Spot, pack_spot, read_spot
from bot.platforms.discord.threads import name_thread
from tests.platforms.discord.stage import Stage, on_stage
from tests.servers.discord import objects as make

LONG_AGO = timedelta(hours=1)
TAGS = ("5G bans", "Trade talks", "!Huawei")


def development(stage: Stage, parent: str, delivery: int = 8, **more: Any) -> Outgoing:
    changes = {"reply_to": parent, "thread": "Huawei wins a court case", "title": "names ZTE"} | more
    return stage.outgoing(delivery, **changes)


def requests(stage: Stage, method: str, ending: str) -> list[int]:
    """Give the statuses of what was asked."""
    return [call.status for call in stage.fake.calls if call.method == method and call.path.endswith(ending)]


async def settle(stage: Stage, outgoing: Outgoing, ago: timedelta = LONG_AGO) -> str:
    stage.fake.world.forget_nonces()
    return await stage.platform.post(replace(outgoing, unsure_since=stage.clock.now - ago))


@asynccontextmanager
async def in_forum(*, is_tag_required: bool = False) -> AsyncIterator[Stage]:
    async with on_stage() as stage:
        forum = await stage.fake.add_channel("stories", make.FORUM, TAGS, is_tag_required=is_tag_required)
        place = replace(stage.outgoing().place, channel=forum)
        usual = stage.outgoing
        stage.outgoing = lambda *args, **changes: usual(*args, **({"place": place} | changes))  # type: ignore[method-assign]
        yield stage


def threads(stage: Stage) -> list[dict[str, Any]]:
    return list(stage.fake.world.threads.values())


def texts(stage: Stage, channel: str) -> list[str]:
    return [post["embeds"][0]["title"] for post in stage.fake.posts(channel)]


async def test_the_first_development_makes_the_thread_and_the_next_goes_into_it() -> None:
    async with on_stage() as stage:
        parent = await stage.platform.post(stage.outgoing())
        first = await stage.platform.post(development(stage, parent))
        await stage.platform.post(development(stage, parent, 9, title="now 25 ships"))
        (thread,) = threads(stage)
        assert (thread["id"], thread["name"]) == (parent, "Huawei wins a court case")
        assert texts(stage, parent) == ["names ZTE", "now 25 ships"]
        assert len(stage.fake.posts()) == 1
        assert requests(stage, "POST", "/threads") == [201]
        place = stage.outgoing().place
        assert stage.platform.link_to(place, first) == f"https://discord.com/channels/1/{parent}/{first.split('/')[1]}"


async def test_a_thread_that_the_bot_does_not_know_of_any_more_is_found_by_asking_for_it() -> None:
    async with on_stage() as stage:
        parent = await stage.platform.post(stage.outgoing())
        await stage.platform.post(development(stage, parent))
        await stage.fake.world.archive(parent)
        await stage.platform.close()
        await stage.platform.start()
        await stage.platform.post(development(stage, parent, 9, title="now 25 ships"))
        assert texts(stage, parent) == ["names ZTE", "now 25 ships"]
        assert not threads(stage)[0]["thread_metadata"]["archived"]
        assert len(threads(stage)) == 1


async def lock(stage: Stage, parent: str) -> None:
    await stage.platform.post(development(stage, parent, 77))
    await stage.fake.world.archive(parent, is_locked=True)


async def forbid(stage: Stage, parent: str) -> None:
    await stage.fake.deny(stage.fake.channel_id(), make.CREATE_THREADS)


async def forbid_writing(stage: Stage, parent: str) -> None:
    await stage.fake.deny(stage.fake.channel_id(), make.SEND_IN_THREADS)


async def fill(stage: Stage, parent: str) -> None:
    body = {"code": 160006, "message": "Maximum number of active threads reached"}
    stage.fake.fail("POST", "/threads", status=400)
    stage.fake.faults[-1].body = body


async def tire(stage: Stage, parent: str) -> None:
    stage.fake.fail("POST", "/threads", status=429, retry_after=280.0)


@pytest.mark.parametrize("hinder", [lock, forbid, forbid_writing, fill, tire])
async def test_where_there_can_be_no_thread_a_development_replies_in_the_channel(hinder: Any) -> None:
    async with on_stage() as stage:
        parent = await stage.platform.post(stage.outgoing())
        await hinder(stage, parent)
        ident = await stage.platform.post(development(stage, parent))
        posted = stage.fake.posts()[-1]
        assert (posted["id"], posted["message_reference"]["message_id"]) == (ident, parent)


async def test_a_deleted_thread_is_made_anew() -> None:
    async with on_stage() as stage:
        parent = await stage.platform.post(stage.outgoing())
        await stage.platform.post(development(stage, parent))
        await stage.fake.delete_thread(parent)
        await stage.platform.post(development(stage, parent, 9, title="now 25 ships"))
        assert texts(stage, parent) == ["now 25 ships"]


async def test_direct_messages_have_no_threads_so_a_development_replies() -> None:
    async with on_stage() as stage:
        place = await stage.platform.direct(stage.fake.plain.id, stage.outgoing().place)
        parent = await stage.platform.post(stage.outgoing(place=place))
        await stage.platform.post(development(stage, parent, place=place))
        assert [m.get("message_reference", {}).get("message_id") for m in stage.fake.posts(place.channel)] == [
            None,
            parent,
        ]


async def test_a_development_of_a_message_that_was_deleted_is_gone() -> None:
    async with on_stage() as stage:
        parent = await stage.platform.post(stage.outgoing())
        await stage.fake.delete_message(stage.fake.messages[parent])
        with pytest.raises(MessageGoneError):
            await stage.platform.post(development(stage, parent))


@pytest.mark.parametrize("drop", ["before", "after"])
@pytest.mark.parametrize("ago", [timedelta(0), LONG_AGO])
async def test_a_lost_answer_about_a_thread_is_settled(drop: Any, ago: timedelta) -> None:
    async with on_stage() as stage:
        parent = await stage.platform.post(stage.outgoing())
        stage.fake.fail("POST", "/threads$", drop=drop)
        outgoing = development(stage, parent)
        with pytest.raises(UnknownOutcomeError):
            await stage.platform.post(outgoing)
        if ago:
            await settle(stage, outgoing)
        else:
            await stage.platform.post(replace(outgoing, unsure_since=stage.clock.now))
        assert texts(stage, parent) == ["names ZTE"]
        assert len(stage.fake.posts()) == len(threads(stage)) == 1


async def test_a_development_that_replied_for_want_of_a_thread_is_found_in_the_channel() -> None:
    async with on_stage() as stage:
        parent = await stage.platform.post(stage.outgoing())
        await forbid(stage, parent)
        stage.fake.fail("POST", r"/messages$", drop="after")
        with pytest.raises(UnknownOutcomeError):
            await stage.platform.post(development(stage, parent))
        await stage.fake.deny(stage.fake.channel_id(), 0)
        await settle(stage, development(stage, parent))
        assert (len(stage.fake.posts()), texts(stage, parent)) == (2, [])


async def test_a_story_is_a_post_of_a_forum_with_the_tags_of_its_topics() -> None:
    async with in_forum() as stage:
        ident = await stage.platform.post(stage.outgoing(topics=("5g-bans", "huawei", "zte"), mentions=("5",)))
        (thread,) = threads(stage)
        names = {tag["id"]: tag["name"] for tag in stage.fake.channels[thread["parent_id"]]["available_tags"]}
        assert [names[tag] for tag in thread["applied_tags"]] == ["5G bans"]
        assert thread["name"] == "Huawei wins a court case"
        (first,) = stage.fake.posts(thread["id"])
        assert first["_pings"] == {"roles:5"}
        assert ident == f"{thread['id']}/{first['id']}"
        assert stage.platform.link_to(stage.outgoing().place, ident) == f"https://discord.com/channels/1/{ident}"


async def test_where_a_forum_asks_for_a_tag_and_none_fits_the_first_free_one_stands_in() -> None:
    async with in_forum(is_tag_required=True) as stage:
        await stage.platform.post(stage.outgoing(topics=("huawei",)))
        assert len(threads(stage)[0]["applied_tags"]) == 1


async def test_a_forums_post_is_edited_and_replied_to_in_its_own_thread_also_when_archived() -> None:
    async with in_forum() as stage:
        ident = await stage.platform.post(stage.outgoing())
        (thread,) = threads(stage)
        await stage.fake.world.archive(thread["id"])
        await stage.platform.edit(stage.outgoing(8, title="Two outlets"), ident)
        assert texts(stage, thread["id"]) == ["Two outlets"]
        await stage.fake.world.archive(thread["id"])
        await stage.platform.post(development(stage, ident, 9))
        assert texts(stage, thread["id"]) == ["Two outlets", "names ZTE"]
        assert len(threads(stage)) == 1


@pytest.mark.parametrize("is_archived", [True, False])
async def test_people_who_lock_a_forums_post_hear_no_more_of_its_story(is_archived: bool) -> None:
    async with in_forum() as stage:
        ident = await stage.platform.post(stage.outgoing())
        await stage.fake.world.archive(threads(stage)[0]["id"], is_locked=True, is_archived=is_archived)
        with pytest.raises(MessageGoneError, match="locked"):
            await stage.platform.post(development(stage, ident))
        if is_archived:
            with pytest.raises(MessageGoneError, match="locked"):
                await stage.platform.edit(stage.outgoing(9, title="Two outlets"), ident)


async def test_a_thread_that_is_itself_a_place_is_opened_again_for_an_edit_and_told_of_when_locked() -> None:
    async with on_stage() as stage:
        thread = await stage.fake.add_thread(stage.fake.channel_id(), "Chips")
        place = replace(stage.outgoing().place, channel=thread)
        ident = await stage.platform.post(stage.outgoing(place=place))
        await stage.fake.world.archive(thread)
        await stage.platform.edit(stage.outgoing(8, place=place, title="Two outlets"), ident)
        assert texts(stage, thread) == ["Two outlets"]
        await stage.fake.world.archive(thread)
        await stage.platform.post(development(stage, ident, 9, place=place))
        assert texts(stage, thread) == ["Two outlets", "names ZTE"]
        await stage.fake.world.archive(thread, is_locked=True)
        with pytest.raises(PermanentError, match="was locked on Discord"):
            await stage.platform.post(stage.outgoing(10, place=place))


async def test_a_deleted_post_of_a_forum_is_gone() -> None:
    async with in_forum() as stage:
        ident = await stage.platform.post(stage.outgoing())
        await stage.fake.delete_thread(threads(stage)[0]["id"])
        with pytest.raises(MessageGoneError):
            await stage.platform.post(development(stage, ident))
        with pytest.raises(MessageGoneError):
            await stage.platform.edit(stage.outgoing(9), ident)


@pytest.mark.parametrize("fault, is_archived", [({"drop": "after"}, True), ({"status": 502}, False)])
async def test_a_forums_post_whose_answer_was_lost_is_found_by_its_buttons(
    fault: dict[str, Any], is_archived: bool
) -> None:
    async with in_forum() as stage:
        await stage.platform.post(stage.outgoing(6, title="Another"))
        stage.fake.fail("POST", "/threads", **fault)
        with pytest.raises(UnknownOutcomeError):
            await stage.platform.post(stage.outgoing())
        assert len(requests(stage, "POST", "/threads")) == 2, "the library's repeat was stopped"
        if is_archived:
            await stage.fake.world.archive(threads(stage)[-1]["id"])
        found = await stage.platform.post(stage.outgoing(unsure_since=stage.clock.now))
        assert sorted(thread["name"] for thread in threads(stage)) == ["Another", "Huawei wins a court case"]
        assert found.startswith(threads(stage)[-1]["id"])


async def test_a_forums_post_waits_out_a_rate_limit_and_a_long_one_is_given_back() -> None:
    async with in_forum() as stage:
        stage.fake.fail("POST", "/threads", status=429, retry_after=0.1)
        await stage.platform.post(stage.outgoing())
        stage.fake.fail("POST", "/threads", status=429, retry_after=90.0)
        with pytest.raises(RetryLaterError):
            await stage.platform.post(stage.outgoing(8))
        assert len(threads(stage)) == 1


async def test_a_forum_that_the_gateway_has_not_told_of_is_asked_for() -> None:
    async with in_forum() as stage:
        forum = stage.fake.world.add_channel("quiet", make.FORUM)
        await stage.platform.post(stage.outgoing(place=replace(stage.outgoing().place, channel=forum)))
        assert [thread["parent_id"] for thread in threads(stage)] == [forum]


async def test_a_forum_without_the_right_to_post_is_permanent() -> None:
    async with in_forum() as stage:
        await stage.fake.deny(stage.outgoing().place.channel, make.SEND)
        with pytest.raises(PermanentError):
            await stage.platform.post(stage.outgoing())


@pytest.mark.parametrize("headline, name", [("", "…"), ("a\nb", "a b"), ("字" * 101, "字" * 99 + "…")])
def test_a_thread_has_a_name_of_a_hundred_characters_at_most(headline: str, name: str) -> None:
    assert name_thread(headline) == name
    assert len(name_thread(headline)) <= 100


@pytest.mark.parametrize("spot, text", [(Spot(5, 7), "7"), (Spot(7, 7), "7/7")])
def test_message_ids_come_back_as_they_were(spot: Spot, text: str) -> None:
    place = Place(platform="discord", workspace=WorkspaceId("discord:1"), channel="5")
    assert pack_spot(spot, place) == text
    assert read_spot(text, place) == spot
