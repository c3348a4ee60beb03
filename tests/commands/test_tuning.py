"""What a workspace teaches its topics: offered at a story, put in force, listed and undone."""

from __future__ import annotations

from datetime import timedelta

from bot.commands.answers import Answer, Right
from bot.domain.models import Clause, Topic, TopicId
from tests.commands.stage import HERE, NOW, Stage, asker_with, card_of, elsewhere, is_rung, news, shown

EARLIER = NOW - timedelta(hours=2)


async def _bring(stage: Stage) -> None:
    await stage.bring(news("Huawei Cup kicks off", text="Football for all"), at=EARLIER)
    await stage.bring(news("Huawei sells phones in Orlanda", text="Shops open"), at=EARLIER)


async def _number(stage: Stage, title: str) -> int:
    return next(s.id for s in await stage.store.latest(HERE, None, 9) if s.headline == title)


async def _teach(stage: Stage) -> Answer:
    number = await _number(stage, "Huawei Cup kicks off")
    offered = await stage.ask(f"tuning wrong {number}")
    taught = await stage.press(offered, "Pass over “Huawei Cup”")
    await stage.rematch()
    return taught


async def test_the_phrases_around_the_hit_are_offered_with_what_they_would_take_away(stage: Stage) -> None:
    await _bring(stage)
    offered = await stage.ask(f"tuning wrong {await _number(stage, 'Huawei Cup kicks off')}")
    told = shown(card_of(offered))
    assert "“Huawei Cup” · 1 hit of the last 30 days falls · /news tuning apply 1" in told
    assert [b.label for b in card_of(offered).buttons] == [
        "Pass over “Huawei Cup”",
        "Pass over “Huawei Cup kicks”",
        "Mute",
    ]
    assert "Huawei Cup kicks off" in await stage.told("latest huawei"), "nothing is in force yet"


async def test_what_was_taught_holds_for_what_is_kept_and_what_comes(stage: Stage) -> None:
    await _bring(stage)
    taught = await _teach(stage)
    assert "Huawei passes over “Huawei Cup” in this workspace" in shown(card_of(taught))
    assert stage.bells.topics.is_set()
    assert await is_rung(stage.bells.rematch)
    told = await stage.told("latest huawei")
    assert "Huawei sells phones" in told
    assert "Huawei Cup" not in told
    await stage.bring(news("Crowds at the Huawei Cup final"), news("Huawei hires in Farland"))
    told = await stage.told("latest huawei")
    assert "Huawei hires" in told
    assert "Huawei Cup" not in told


async def test_a_trial_and_the_topic_itself_know_what_was_taught(stage: Stage) -> None:
    await _bring(stage)
    await _teach(stage)
    assert "1 article a day: 1 in 1 day" in await stage.told("topic test huawei")
    told = await stage.told("topic show huawei")
    assert "Passes over in this workspace\n“Huawei Cup”" in told
    assert "Hits: 1 in 7 days" in told


async def test_other_workspaces_hear_what_they_heard(stage: Stage) -> None:
    await _bring(stage)
    await _teach(stage)
    there = elsewhere(asker_with(*Right), "there")
    assert "Huawei Cup" in await stage.told("latest huawei", there)
    assert "Passes over in this workspace" not in await stage.told("topic show huawei", there)
    assert "Nothing yet" in await stage.told("tuning list", there)
    assert "There is no tuning #1 here" in await stage.told("tuning undo 1", there)
    assert "There is no tuning #1 here" in await stage.told("tuning apply 1", there)


async def test_the_story_is_on_the_topic_no_more(stage: Stage) -> None:
    await _bring(stage)
    number = await _number(stage, "Huawei Cup kicks off")
    await _teach(stage)
    assert "on no topic here any more" in await stage.told(f"tuning wrong {number}")


async def test_what_was_taught_is_listed_with_who_and_where_and_undone(stage: Stage) -> None:
    await _bring(stage)
    number = await _number(stage, "Huawei Cup kicks off")
    await _teach(stage)
    listed = await stage.ask("tuning list")
    assert f"#1 huawei passes over “Huawei Cup” · by you, at story #{number} " in shown(card_of(listed))
    assert "by u1" in await stage.told("tuning list", asker_with(person="bob"))
    undone = await stage.press(listed, "Undo #1")
    assert "“Huawei Cup” counts again" in shown(card_of(undone))
    await stage.rematch()
    assert "Huawei Cup kicks off" in await stage.told("latest huawei")
    assert "Nothing yet" in await stage.told("tuning list")
    assert "was undone already" in await stage.told("tuning undo 1")
    await stage.press(undone, "Teach it again")
    assert "#1 huawei" in await stage.told("tuning list")


async def test_wishes_of_others_are_counted_and_teach_nothing(stage: Stage) -> None:
    await _bring(stage)
    number = await _number(stage, "Huawei Cup kicks off")
    assert "One person here finds" in await stage.told(f"tuning wrong {number}", asker_with(person="ann"))
    assert "2 people here find" in await stage.told(f"tuning wrong {number}", asker_with(person="bob"))
    assert "needs the right to manage this channel" in await stage.told("tuning apply 1", asker_with())
    assert "Nothing yet" in await stage.told("tuning list")


async def test_of_several_topics_the_wrong_one_is_asked_for(stage: Stage) -> None:
    await stage.bring(news("Huawei Cup hosts trade talks in town"), at=EARLIER)
    number = await _number(stage, "Huawei Cup hosts trade talks in town")
    asked = await stage.ask(f"tuning wrong {number}")
    assert "Which topic is it not about?" in shown(card_of(asked))
    assert "Not about Trade talks" in shown(card_of(await stage.press(asked, "Trade talks")))
    assert "not on “fish”, but on: huawei, trade-talks" in await stage.told(f"tuning wrong {number} fish")


async def test_where_nothing_stands_beside_the_hit_there_is_nothing_to_learn(stage: Stage) -> None:
    await stage.bring(news("Huawei"), at=EARLIER)
    offered = await stage.ask(f"tuning wrong {await _number(stage, 'Huawei')}")
    assert "Nothing stands beside the words that fired" in shown(card_of(offered))


async def test_a_workspaces_own_topic_can_be_edited_instead(stage: Stage) -> None:
    own = Topic(
        id=TopicId("cups@here"), name="cups", title="Cups", clauses=(Clause(query="cup", score=1.0),), owner=HERE
    )
    await stage.store.save_topic(own, actor="u1", now=NOW)
    stage.bells.topics.set()
    await stage.bring(news("A cup of tea"), at=EARLIER)
    offered = await stage.ask(f"tuning wrong {await _number(stage, 'A cup of tea')}")
    assert "Edit" in [b.label for b in card_of(offered).buttons]


async def test_a_story_that_is_not_here_is_told(stage: Stage) -> None:
    assert "There is no story #99 here" in await stage.told("tuning wrong 99")
