"""Topics in the chat."""

from __future__ import annotations

import pytest

from bot.commands.answers import Right
from bot.domain.models import Clause, Sensitivity, Topic
from tests.commands.stage import HERE, Stage, asker_with, card_of, elsewhere, form_of, is_rung, news, shown


async def _own(stage: Stage) -> list[Topic]:
    return [topic for topic in await stage.store.list_topics(HERE) if topic.owner is not None]


async def test_a_topic_on_one_line_is_saved_at_once(stage: Stage) -> None:
    answer = await stage.save('topic add Chip-Exports chip* OR "export controls" --sensitivity wide')
    assert "The topic chip-exports is saved" in shown(card_of(answer))
    (topic,) = await _own(stage)
    assert topic == Topic(
        id=topic.id,
        name="chip-exports",
        title="Chip exports",
        clauses=(Clause(query='chip* OR "export controls"', score=1.0),),
        sensitivity=Sensitivity.WIDE,
        owner=HERE,
    )
    assert topic.id == "chip-exports@here"


async def test_a_filled_form_saves_the_topic(stage: Stage) -> None:
    form = form_of(await stage.ask("topic add"))
    wrong = form_of(await stage.fill(form, name="chips", query="chip* AND )"))
    right = await stage.fill(wrong, query="chip* AND asml")
    assert not await _own(stage), "it is tried first"
    assert "chips is saved" in shown(card_of(await stage.press(right, "Save")))
    assert [t.clauses[0].query for t in await _own(stage)] == ["chip* AND asml"]


async def test_a_saved_topic_is_matched_from_then_on_and_can_be_watched_by_a_press(stage: Stage) -> None:
    answer = await stage.save("topic add cats cat*")
    assert stage.bells.topics.is_set()
    assert await is_rung(stage.bells.gather)
    watching = await stage.press(answer, "Watch it here")
    assert "now watches Cats" in shown(card_of(watching))
    await stage.bring(news("Cats found"))
    assert "Cats found" in await stage.told("latest cats")


async def test_saving_rings_the_bells_and_refusing_does_not(stage: Stage) -> None:
    stage.bells.topics.clear()
    await stage.ask("topic add two words AND )")
    await stage.ask("topic remove huawei")
    assert not stage.bells.topics.is_set()
    await stage.save("topic add cats cat*")
    assert stage.bells.topics.is_set()


@pytest.mark.parametrize("name", ["café", "5g", "华为手机", "हिन्दी", "a-b-c"])
async def test_names_in_any_script_are_taken(stage: Stage, name: str) -> None:
    assert "is saved" in shown(card_of(await stage.save(f"topic add {name} word")))


@pytest.mark.parametrize("name", ["huawei", "Huawei", "TRADE-talks", "trade--talks", "cats"])
async def test_a_name_that_is_taken_is_refused(stage: Stage, name: str) -> None:
    await stage.save("topic add cats cat*")
    form = form_of(await stage.ask(f"topic add {name} word"))
    assert "is taken" in form.fields[0].error


async def test_two_workspaces_may_use_one_name_and_see_only_their_own(stage: Stage) -> None:
    there = elsewhere(asker_with(*Right), "there")
    await stage.save("topic add cats cat*")
    await stage.save("topic add cats kitten*", there)
    assert "cat*" in await stage.told("topic show cats")
    assert "kitten*" in await stage.told("topic show cats", there)
    assert await stage.told("topic remove cats", there)
    assert [t.name for t in await _own(stage)] == ["cats"]


async def test_removing_ends_the_subscriptions_too(stage: Stage) -> None:
    await stage.save("topic add cats cat*")
    await stage.ask("subscribe cats")
    told = await stage.told("topic remove cats")
    assert "The topic cats is removed" in told
    assert "cat*" in told, "so that it can be made again"
    assert "watches nothing yet" in await stage.told("subscriptions")
    assert "no topic “cats”" in await stage.told("topic show cats")


async def test_a_packs_topic_is_not_removed_and_the_reason_is_told(stage: Stage) -> None:
    told = await stage.told("topic remove huawei")
    assert "comes from a topic pack" in told
    assert "/news unsubscribe huawei" in told
    assert "huawei" in await stage.told("topic list")


async def test_a_topic_explains_itself(stage: Stage) -> None:
    told = await stage.told("topic show Huawei")
    for words in ("@firm · score 0.9", "Everywhere: Huawei", "中文: 华为", "normal:", "From a topic pack"):
        assert words in told
    assert "fantasy trade talks" in await stage.told("topic show trade-talks")


async def test_the_list_marks_the_workspaces_own(stage: Stage) -> None:
    assert "made in this workspace" not in await stage.told("topic list")
    await stage.save("topic add cats cat*")
    told = await stage.told("topic list")
    assert "cats · Cats · normal •" in told
    assert "• made in this workspace" in told
    assert [c.value for c in await stage.desk.suggest("topic remove", "name", "", asker_with())] == ["cats"]


@pytest.mark.parametrize(
    "query, told",
    [
        ("since:7d cat", "topic watches what comes"),
        ("lang:nl NOT cat", ""),
        ("NOT cat", "nearly everything"),
        ("@nobody", "@firm"),
        ("cat AND (dog", "missing )"),
    ],
)
async def test_a_query_that_no_topic_can_have_is_pointed_at(stage: Stage, query: str, told: str) -> None:
    answer = await stage.ask(f"topic add cats {query}")
    if not told:
        assert "Not saved yet" in shown(card_of(answer))
        return
    field = form_of(answer).fields[1]
    assert told in field.error
    assert "▸" in field.error
    assert field.value == query
