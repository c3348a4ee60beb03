"""Stories that a channel wants to hear no more of."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.answers import Actor, Right
from bot.domain.models import StoryId
from tests.commands.stage import Stage, asker_with, calls_of, card_of, elsewhere, news, shown

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


async def test_unmuting_needs_the_right(stage: Stage) -> None:
    number = await _bring(stage)
    await stage.ask(f"mute {number}")
    assert "needs the right" in await stage.told(f"unmute {number}", READER)
    assert calls_of(await stage.ask(f"unmute {number}"))[0].command == "story"
