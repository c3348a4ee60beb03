"""Stories that a channel wants to hear no more of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.commands.answers import Actor, Right
from bot.domain.models import Place, StoryId, WorkspaceId
from bot.domain.settings import CommunitySettings, Settings
from tests.commands.stage import Prepared, Stage, asker_with, calls_of, card_of, elsewhere, news, on_stage, shown

READER = asker_with()


async def _bring(stage: Stage) -> str:
    await stage.bring(news("Huawei opens a plant"))
    [story] = await stage.store.latest(READER.place.workspace, None, 1)
    return str(story.id)


async def _is_muted(stage: Stage, number: str) -> bool:
    return bool(await stage.store.list_mutes([StoryId(int(number))]))


async def test_a_story_is_muted_and_unmuted(stage: Stage) -> None:
    number = await _bring(stage)
    answer = await stage.ask(f"mute #{number}")
    assert "Muted here: Huawei opens a plant" in shown(card_of(answer))
    assert await _is_muted(stage, number)
    assert "already" in await stage.told(f"mute {number}")
    await stage.press(answer, "Undo")
    assert not await _is_muted(stage, number)
    assert "is not muted here" in await stage.told(f"unmute {number}")


async def test_wishes_of_those_who_may_not_are_counted_and_act_when_one_who_may_presses(stage: Stage) -> None:
    number = await _bring(stage)
    bob = replace(READER, actor=Actor(id="u2", name="Bob"))
    assert "One person here wants" in await stage.told(f"mute {number}", READER)
    told = await stage.told(f"mute {number}", bob)
    assert "2 people here want" in told
    assert "somebody with the right to manage this channel" in told
    assert not await _is_muted(stage, number)
    assert "Muted here" in await stage.told(f"mute {number}", asker_with(Right.MANAGE_CHANNEL))
    assert await _is_muted(stage, number)


async def test_only_a_story_that_is_seen_can_be_muted(stage: Stage) -> None:
    await _bring(stage)
    assert "There is no story #99 here" in await stage.told("mute 99")
    assert "no story's number" in await stage.told("mute it")
    assert await stage.store.find_channel(elsewhere(READER, "there").place) is None


async def test_a_community_mutes_on_both_sides_and_nobodys_own_messages(tmp_path: Path, prepared: Prepared) -> None:
    members = ("discord:1", "slack:T1")
    settings = Settings(communities=(CommunitySettings(name="press desk", members=members),))
    async with on_stage(tmp_path, prepared, settings=settings) as stage:
        await stage.bring(news("Huawei opens a plant"))
        guild = WorkspaceId("discord:1")
        places = [Place(platform=p, workspace=guild, channel=c) for p, c in (("discord", "1"), ("slack", "C1"))]
        rooms = [(await stage.store.add_channel(place)).id for place in places]
        alone = Place(platform="slack", workspace=guild, channel="D1")
        await stage.store.add_channel(alone, is_direct=True)
        [story] = await stage.store.latest(guild, None, 1)
        there = replace(asker_with(*Right), place=places[1])
        answer = await stage.ask(f"mute {story.id}", there)
        assert card_of(answer).title == "Muted everywhere in press desk: Huawei opens a plant"
        assert sorted(told.channel_id for told in await stage.store.list_mutes([story.id])) == rooms
        await stage.ask(f"unmute {story.id}", replace(there, place=places[0]))
        assert await stage.store.list_mutes([story.id]) == []
        own = await stage.told(f"mute {story.id}", replace(there, place=alone, is_direct=True))
        assert "Muted here" in own
        assert len(await stage.store.list_mutes([story.id])) == 1


async def test_unmuting_needs_the_right(stage: Stage) -> None:
    number = await _bring(stage)
    await stage.ask(f"mute {number}")
    assert "needs the right" in await stage.told(f"unmute {number}", READER)
    assert calls_of(await stage.ask(f"unmute {number}"))[0].command == "story"
