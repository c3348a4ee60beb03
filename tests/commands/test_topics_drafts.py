"""A topic is typed, tried, and only then saved; nothing typed is lost on the way."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.commands.answers import Form, Right
from bot.domain.cards import Call
from bot.domain.models import Sensitivity, Topic
from bot.domain.settings import Settings, TopicsSettings
from tests.commands.stage import (
    HERE,
    NOW,
    Prepared,
    Stage,
    asker_with,
    card_of,
    form_of,
    is_rung,
    news,
    on_stage,
    shown,
)

DAY = timedelta(days=1)
LONG = " OR ".join(f"word{n}" for n in range(60))


async def _own(stage: Stage) -> list[Topic]:
    return [topic for topic in await stage.store.list_topics(HERE) if topic.owner is not None]


def _labels(answer: object) -> list[str]:
    return [button.label for button in card_of(answer).buttons]  # type: ignore[arg-type]


async def _fill_archive(stage: Stage) -> None:
    await stage.bring(
        *(news(f"Chips are short, week {n}", text="Wafers by Orlanda Foundry") for n in range(6)),
        *(news(f"Fish is cheap, week {n}") for n in range(20)),
        news("Chipmakers meet", text="They speak of chips"),
        news("Chipsfabriek opent", language="nl"),
        at=NOW - DAY,
    )


async def test_a_topic_is_tried_before_it_is_saved(stage: Stage) -> None:
    await _fill_archive(stage)
    tried = await stage.ask("topic add chip-news chips")
    told = shown(card_of(tried))
    assert await _own(stage) == []
    for words in (
        "chip-news",
        "7 articles a day: 7 in 1 day",
        "Tried on 28 articles since 2026-11-22 · normal",
        "Chips are short, week 5 · “Chips” (title) · The Wire",
        "Chipmakers meet · “chips” (lead)",
        "chips (7)",
        "chipsfabriek: 1 more article · Chipsfabriek opent",
        "Orlanda Foundry (6/6)",
        "Not saved yet: /news topic save 1",
    ):
        assert words in told
    assert _labels(tried) == ["Save", "Change", "Cancel"]


async def test_what_matches_nothing_says_so(stage: Stage) -> None:
    await _fill_archive(stage)
    told = await stage.told("topic add whales whale*")
    assert "Nothing that was kept would have matched" in told
    assert "Examples" not in told


async def test_saving_has_the_archive_matched_silently(stage: Stage) -> None:
    await _fill_archive(stage)
    saved = await stage.save("topic add chip-news chips")
    assert "is saved" in shown(card_of(saved))
    assert await is_rung(stage.bells.rematch)
    assert "No story about Chip news yet" in await stage.told("latest chip-news")
    await stage.ask("subscribe chip-news")
    await stage.rematch()
    assert "Chips are short" in await stage.told("latest chip-news")
    assert await stage.store.claim_due_deliveries(NOW + 9 * DAY, DAY, 9) == []


async def test_change_gives_back_everything_that_was_typed(stage: Stage) -> None:
    tried = await stage.ask(f"topic add chip-news {LONG} --sensitivity wide")
    form = form_of(await stage.press(tried, "Change"))
    assert {field.name: field.value for field in form.fields} == {
        "name": "chip-news",
        "query": LONG,
        "sensitivity": "wide",
    }
    again = await stage.fill(form, query="chips")
    assert "is saved" in shown(card_of(await stage.press(again, "Save")))
    assert [(t.clauses[0].query, t.sensitivity) for t in await _own(stage)] == [("chips", Sensitivity.WIDE)]


async def test_cancel_saves_nothing_and_keeps_what_was_typed(stage: Stage) -> None:
    tried = await stage.ask("topic add chip-news chips")
    cancelled = await stage.press(tried, "Cancel")
    assert "What was typed: chips" in shown(card_of(cancelled))
    assert await _own(stage) == []
    assert form_of(await stage.press(cancelled, "Change")).fields[1].value == "chips"


async def test_a_draft_that_was_saved_cannot_be_saved_twice(stage: Stage) -> None:
    tried = await stage.ask("topic add chip-news chips")
    await stage.press(tried, "Save")
    assert "There is no draft 1 here" in shown(card_of(await stage.press(tried, "Save")))


async def test_a_name_that_was_taken_meanwhile_comes_back_with_everything_typed(stage: Stage) -> None:
    first, second = [await stage.ask(f"topic add chip-news {query}") for query in ("chips", "wafers")]
    await stage.press(first, "Save")
    form = form_of(await stage.press(second, "Save"))
    assert "is taken" in form.fields[0].error
    assert form.fields[1].value == "wafers"
    right = await stage.fill(form, name="wafer-news")
    assert "wafer-news is saved" in shown(card_of(await stage.press(right, "Save")))


async def test_editing_opens_with_what_there_is(stage: Stage) -> None:
    await stage.save("topic add chip-news chips --sensitivity wide")
    form = form_of(await stage.ask("topic edit chip-news"))
    assert [(f.name, f.label, f.value) for f in form.fields] == [
        ("rename", "Name", "chip-news"),
        ("query", "Query", "chips"),
        ("sensitivity", "Sensitivity", "wide"),
    ]
    assert form.call == Call(command="topic edit", arguments=(("name", "chip-news"),))


async def test_editing_shows_what_is_gained_and_lost(stage: Stage) -> None:
    await _fill_archive(stage)
    await stage.save("topic add chip-news chips")
    tried = await stage.ask("topic edit chip-news fish NOT chips")
    told = shown(card_of(tried))
    assert "+20 gained, −7 lost" in told
    assert "+ Fish is cheap, week 19" in told
    assert "− Chips are short, week 5" in told
    assert (await _own(stage))[0].clauses[0].query == "chips"
    await stage.press(tried, "Save")
    assert (await _own(stage))[0].clauses[0].query == "fish NOT chips"


async def test_an_edit_replaces_what_the_topic_matched(stage: Stage) -> None:
    await _fill_archive(stage)
    await stage.save("topic add chip-news chips")
    await stage.rematch()
    await stage.save("topic edit chip-news fish")
    await stage.rematch()
    told = await stage.told("latest chip-news")
    assert "Fish is cheap" in told
    assert "Chips are short" not in told


async def test_a_topic_keeps_its_subscriptions_when_it_gets_another_name(stage: Stage) -> None:
    await stage.save("topic add chip-news chips")
    await stage.ask("subscribe chip-news")
    saved = await stage.save("topic edit chip-news --rename wafer-news")
    assert "wafer-news is saved" in shown(card_of(saved))
    assert "wafer-news" in await stage.told("subscriptions")
    await stage.save("topic add chip-news fish")
    topics = {topic.name: topic for topic in await _own(stage)}
    assert topics["wafer-news"].clauses[0].query == "chips"
    assert (topics["wafer-news"].title, topics["chip-news"].id) == ("Wafer news", "chip-news-2@here")


@pytest.mark.parametrize(
    "line, field, told",
    [
        ("topic edit chip-news (chips", "query", "missing )"),
        ("topic edit chip-news since:7d chips", "query", "topic watches what comes"),
        ("topic edit chip-news --rename huawei", "rename", "is taken"),
        ("topic edit chip-news --rename 'a b'", "rename", "cannot be in it"),
        ("topic edit huawei fish", "name", "comes from a topic pack"),
    ],
)
async def test_a_mistake_in_an_edit_stands_at_its_field(stage: Stage, line: str, field: str, told: str) -> None:
    await stage.save("topic add chip-news chips")
    form = form_of(await stage.ask(line))
    assert told in next(f.error for f in form.fields if f.name == field)
    assert (await _own(stage))[0].clauses[0].query == "chips"


async def test_an_edit_of_a_topic_that_is_gone_gives_back_what_was_typed(stage: Stage) -> None:
    form = form_of(await stage.ask(f"topic edit chip-news {LONG}"))
    assert "There is no topic “chip-news”" in form.error
    assert LONG in [field.value for field in form.fields]


async def test_a_fault_in_the_middle_gives_back_what_was_typed(stage: Stage) -> None:
    form = form_of(await stage.ask("topic add"))
    await stage.store.close()
    again = await stage.fill(form, name="chip-news", query=LONG)
    assert isinstance(again, Form)
    assert "closed" in again.error
    assert again.fields[1].value == LONG


async def test_only_its_maker_or_a_manager_changes_a_topic(stage: Stage) -> None:
    channel_only = asker_with(Right.MANAGE_CHANNEL)
    await stage.save("topic add chip-news chips", channel_only)
    assert form_of(await stage.ask("topic edit chip-news", channel_only)).title == "Change chip-news"
    assert form_of(await stage.ask("topic edit chip-news")).title == "Change chip-news"
    bob = asker_with(Right.MANAGE_CHANNEL, person="bob")
    assert "was made by somebody else" in await stage.told("topic edit chip-news", bob)
    tried = await stage.ask("topic edit chip-news fish")
    save = next(c for c in card_of(tried).buttons if c.label == "Save").call
    assert save is not None
    assert "was made by somebody else" in shown(card_of(await stage.desk.run(save, bob)))


async def test_a_topic_that_matches_too_much_needs_a_second_yes(tmp_path: Path, prepared: Prepared) -> None:
    settings = Settings(topics=TopicsSettings(daily_bound=5))
    async with on_stage(tmp_path, prepared, settings=settings) as stage:
        await _fill_archive(stage)
        tried = await stage.ask("topic add chip-news chips")
        assert "more than the 5 a day" in shown(card_of(tried))
        asked = await stage.press(tried, "Save")
        assert "is not saved yet" in shown(card_of(asked))
        assert await _own(stage) == []
        assert _labels(asked) == ["Save all the same", "Change", "Cancel"]
        assert "is saved" in shown(card_of(await stage.press(asked, "Save all the same")))
        assert len(await _own(stage)) == 1


@pytest.mark.parametrize("bound", [0, 7])
async def test_a_topic_within_the_bound_is_saved_at_once(tmp_path: Path, prepared: Prepared, bound: int) -> None:
    async with on_stage(tmp_path, prepared, settings=Settings(topics=TopicsSettings(daily_bound=bound))) as stage:
        await _fill_archive(stage)
        assert "is saved" in shown(card_of(await stage.save("topic add chip-news chips")))


async def test_any_topic_is_tested_at_any_time(stage: Stage) -> None:
    await stage.bring(news("Huawei opens a laboratory"), at=NOW - DAY)
    told = await stage.told("topic test huawei")
    assert "1 article" in told
    assert "Huawei opens a laboratory · “Huawei” @firm (title)" in told
    assert "Nothing was changed" in told


async def test_a_topic_tells_its_past(stage: Stage) -> None:
    await _fill_archive(stage)
    await stage.save("topic add chip-news chips NOT fish")
    await stage.rematch()
    told = await stage.told("topic show chip-news")
    for words in ("“chips”; but not “fish”", "Hits: 7 in 7 days, 7 in 30 days", "Made by you", "Sensitivity: normal"):
        assert words in told
    assert "Made by u1" in await stage.told("topic show chip-news", asker_with(person="bob"))
    assert _labels(await stage.ask("topic show chip-news")) == ["Watch it here", "Test it", "Edit"]
    assert _labels(await stage.ask("topic show huawei")) == ["Watch it here", "Test it"]


async def test_a_trial_speaks_the_channels_language(stage: Stage) -> None:
    await _fill_archive(stage)
    await stage.ask("settings --language nl")
    tried = await stage.ask("topic add chip-news chips")
    assert "7 artikelen per dag: 7 in 1 dag" in shown(card_of(tried))
    assert _labels(tried) == ["Opslaan", "Wijzigen", "Annuleren"]
