"""What channels hear of one event as they chose: filters, mutes, follows, threads and mentions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands.answers import Reply
from bot.domain.habits import ThreadHabit
from bot.domain.models import Channel, Filters, StoryId
from tests.newsroom import WORKSPACE, Newsroom, newsroom
from tests.scenarios.test_one_story import AGAIN, AGAIN_TEXT, BAN, BAN_TEXT


def _wins(room: Newsroom, outlet: str, contracts: int) -> None:
    room.publish(
        outlet,
        f"ZTE wins {contracts} network contracts in East Island",
        f"ZTE now counts {contracts} network contracts in East Island.",
    )


async def _publish_twice(room: Newsroom) -> None:
    room.publish("Ledger", BAN, BAN_TEXT)
    await room.tick()
    room.publish("Wire", AGAIN, AGAIN_TEXT)
    await room.tick()


@pytest.mark.parametrize(
    "filters, titles",
    [
        (Filters(), [BAN]),
        (Filters(languages=("nl",)), []),
        (Filters(outlets_out=("ledg",)), [BAN]),
        (Filters(outlets_in=("Gazette",)), []),
        (Filters(words_out=("operators",)), []),
    ],
)
async def test_a_channel_hears_what_its_filters_let_through(
    tmp_path: Path, filters: Filters, titles: list[str]
) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger", "Wire")
        await room.subscribe("huawei", filters=filters)
        await _publish_twice(room)
        assert room.platform.titles() == titles


async def _story(room: Newsroom) -> StoryId:
    [story] = await room.store.latest(WORKSPACE, None, 1)
    return story.id


async def test_a_muted_story_stays_as_it_is_and_sends_nothing_more(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger", "Wire")
        await room.subscribe("zte")
        await room.subscribe("zte", channel="other")
        _wins(room, "Ledger", 14)
        await room.tick()
        [button] = [b for b in room.platform.shown[0].card.buttons if b.label == "Mute"]
        assert button.call is not None
        answer = await room.ask(f"mute {dict(button.call.arguments)['story']}")
        assert isinstance(answer, Reply)
        _wins(room, "Wire", 25)
        await room.tick()
        edits = {m.place.channel: m.edits for m in room.platform.shown if not m.reply_to}
        assert edits == {"news": 0, "other": 1}
        assert [m.place.channel for m in room.platform.shown if m.reply_to] == ["other"]
        await room.ask(f"unmute {await _story(room)}")
        _wins(room, "Ledger", 31)
        await room.tick()
        assert sorted(m.place.channel for m in room.platform.shown if m.reply_to) == ["news", "other", "other"]


async def _set(room: Newsroom, channel: Channel, threads: ThreadHabit) -> None:
    await room.store.save_channel(replace(channel, threads=threads), actor="t", now=room.clock())


async def test_a_channel_without_threads_gets_a_development_as_an_edit(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger", "Wire")
        await _set(room, await room.subscribe("zte"), ThreadHabit.EDIT)
        _wins(room, "Ledger", 14)
        await room.tick()
        _wins(room, "Wire", 25)
        await room.tick()
        [message] = room.platform.shown
        assert message.edits == 1


@pytest.mark.parametrize("habit", ThreadHabit)
async def test_a_development_names_its_thread_where_the_channel_has_threads(tmp_path: Path, habit: ThreadHabit) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger", "Wire")
        await _set(room, await room.subscribe("zte"), habit)
        _wins(room, "Ledger", 14)
        await room.tick()
        _wins(room, "Wire", 25)
        await room.tick()
        assert room.platform.asked[0].topics == ("zte",)
        replies = [(outgoing.thread, outgoing.topics) for outgoing in room.platform.asked if outgoing.reply_to]
        first = "ZTE wins 14 network contracts in East Island"
        threads = {ThreadHabit.THREAD: [(first, ())], ThreadHabit.REPLY: [(None, ())], ThreadHabit.EDIT: []}
        assert replies == threads[habit]


async def test_what_an_announcement_channel_is_told_is_published_where_it_is_set(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        channel = await room.subscribe("zte")
        await room.store.save_channel(replace(channel, is_published=True), actor="t", now=room.clock())
        await room.subscribe("zte", channel="other")
        _wins(room, "Ledger", 14)
        await room.store.add_notice(channel.id, text="Welcome", key="welcome", now=room.clock())
        await room.tick()
        told = {
            (outgoing.place.channel, outgoing.card.title[:3]): outgoing.is_published for outgoing in room.platform.asked
        }
        assert told == {("news", "ZTE"): True, ("other", "ZTE"): False, ("news", "Wel"): False}


async def test_a_new_story_calls_whom_the_matching_subscriptions_mention_and_an_edit_nobody(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger", "Wire")
        await room.subscribe("huawei", mention="1")
        await room.subscribe("zte", mention="2")
        await room.subscribe("5g-bans", mention="1")
        await room.subscribe("trade-talks", mention="3")
        await _publish_twice(room)
        assert [outgoing.mentions for outgoing in room.platform.asked] == [("1", "2"), ()]


async def test_a_followed_story_comes_by_direct_message_now_and_grows_there(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger", "Wire")
        _wins(room, "Ledger", 14)
        await room.tick()
        assert room.platform.titles() == []
        number = await _story(room)
        for _ in range(2):
            assert isinstance(await room.ask(f"follow {number}", rights=()), Reply)
        await room.tick()
        [message] = room.platform.shown
        assert (message.place.channel, message.reply_to) == ("dm-u1", None)
        _wins(room, "Wire", 25)
        await room.tick()
        assert [m.place.channel for m in room.platform.shown if m.reply_to] == ["dm-u1"]
        assert message.edits == 1
        await room.ask(f"unfollow #{number}", rights=())
        _wins(room, "Ledger", 31)
        await room.tick()
        assert len(room.platform.shown) == 2


async def test_a_followed_topic_is_told_by_direct_message_until_it_is_unfollowed(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        await room.ask("follow huawei", rights=())
        room.publish("Ledger", BAN, BAN_TEXT)
        await room.tick()
        assert [m.place.channel for m in room.platform.shown] == ["dm-u1"]
        await room.ask("unfollow huawei", rights=())
        room.publish("Ledger", "Huawei opens a plant in Southland", "It employs 900 people.")
        await room.tick()
        assert len(room.platform.shown) == 1


@pytest.mark.parametrize(
    "line, told",
    [
        ("follow 99", "There is no story #99 here"),
        ("follow huwei", "Did you mean huawei?"),
        ("unfollow huawei", "You do not follow Huawei"),
        ("unfollow 99", "You do not follow story #99"),
    ],
)
async def test_what_cannot_be_followed_is_said(tmp_path: Path, line: str, told: str) -> None:
    async with newsroom(tmp_path) as room:
        answer = await room.ask(line, rights=())
        assert isinstance(answer, Reply)
        assert told in f"{answer.card.title} {answer.card.text}"
