"""Looking stories up: latest, story, search, digest, status."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.commands import search as search_module
from tests.commands.stage import (
    HOUR,
    NOW,
    Prepared,
    Stage,
    asker_with,
    calls_of,
    card_of,
    elsewhere,
    news,
    on_stage,
    poll_of,
    shown,
)


async def _bring_news(folder: Path, prepared: Prepared) -> Prepared:
    """Bring a little news, the oldest two days old."""
    old = NOW - timedelta(days=2)
    async with on_stage(folder, prepared) as stage:
        await stage.bring(news("Huawei opens a plant in Lisbon", at=old), at=old)
        talks = news("Trade talks resume in Geneva", text="Delegations meet again.", outlet="Herald")
        await stage.bring(talks, at=NOW - HOUR)
        await stage.bring(
            news("Huawei wins a court case", text="The judges heard both sides of the trade dispute."),
            news("华为发布新手机", language="zh"),
            news("A cat was found", text="Nothing to do with any topic."),
            at=NOW,
        )
        return Prepared(stage.path, stage.feed)


@pytest.fixture(scope="module")
def prepared(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Gather the news once for all tests here."""
    return asyncio.run(_bring_news(tmp_path_factory.mktemp("news"), prepared))


async def test_latest_shows_stories_of_topics_newest_first(stage: Stage) -> None:
    told = await stage.told("latest")
    assert told.index("Huawei wins") < told.index("Trade talks") < told.index("Lisbon")
    assert "A cat" not in told
    assert "/news story" in told


async def test_latest_keeps_to_a_topic_and_a_count(stage: Stage) -> None:
    assert "Huawei" not in (await stage.told("latest trade talks")).removeprefix("Latest: Trade talks")
    assert len(card_of(await stage.ask("latest 2")).sections[0].lines) == 2
    assert "Geneva" not in await stage.told("latest huawei 20")
    assert "from 1 to 20" in await stage.told("latest --count 21")


async def test_latest_of_nothing_says_so(stage: Stage) -> None:
    await stage.save("topic add chips chip*")
    assert "No story about Chips yet" in await stage.told("latest chips")


async def test_a_story_is_shown_with_its_context(stage: Stage) -> None:
    stories = await stage.store.latest(asker_with().place.workspace, None, 10)
    number = next(s.id for s in stories if "court" in s.headline)
    for typed in (str(number), f"#{number}"):
        told = await stage.told(f"story {typed}")
        assert told.startswith("Huawei wins a court case")
        assert "Lisbon" in told, "what happened before"
    assert [call.command for call in calls_of(await stage.ask(f"story {number}"))] == ["follow"]


@pytest.mark.parametrize(
    "typed, told", [("x", "no story's number"), ("999", "no story #999"), ("9" * 30, "no story's number")]
)
async def test_a_story_that_is_not_there_is_told(stage: Stage, typed: str, told: str) -> None:
    assert told in await stage.told(f"story {typed}")


async def test_stories_are_completed_by_words_and_numbers(stage: Stage) -> None:
    found = await stage.desk.suggest("story", "story", "geneva", asker_with())
    assert [("Geneva" in c.label, c.value.isdecimal()) for c in found] == [(True, True)]
    number = found[0].value
    assert number in [c.value for c in await stage.desk.suggest("story", "story", f"#{number}", asker_with())]
    assert len(await stage.desk.suggest("story", "story", "", asker_with())) == 4


@pytest.mark.parametrize(
    "query, found",
    [
        ("huawei", {"Lisbon", "court"}),
        ("HUAWEI -court", {"Lisbon"}),
        ("huawei OR cat", {"Lisbon", "court", "cat"}),
        ('"trade talks"', {"Geneva"}),
        ('"trade dispute" OR "talks trade"', {"court"}),
        ("trade", {"Geneva", "court"}),
        ("title:trade", {"Geneva"}),
        ("@firm", {"Lisbon", "court", "华为"}),
        ("华为", {"华为"}),
        ("trade outlet:herald", {"Geneva"}),
        ("huawei since:1d", {"court"}),
        ("huawei before:2026-11-23", {"Lisbon"}),
        ("hua*", {"Lisbon", "court"}),
        ('feed:wire "trade talks"', {"Geneva"}),
        ("feed:herald trade", set()),
        ("nothingness", set()),
        ("outlet:herald", {"Geneva"}),
        ("*sbon", {"Lisbon"}),
        ("NOT huawei", {"Geneva", "cat", "华为"}),
    ],
)
async def test_search_finds_what_the_query_hits(stage: Stage, query: str, found: set[str]) -> None:
    told = await stage.told(f"search {query}")
    rows = told.splitlines()[1:]
    marks = {"Lisbon", "court", "Geneva", "cat", "华为"}
    assert {mark for mark in marks for row in rows if mark in row} == found
    assert ("Nothing found" in told) is (not found)


@pytest.mark.parametrize(
    "query, told",
    [
        ("", "needs query"),
        ("huawei AND", "AND needs something on its right"),
        ("@nobody", "there is no term group @nobody"),
        ('"open', "missing closing quote"),
    ],
)
async def test_a_search_that_cannot_be_made_says_why(stage: Stage, query: str, told: str) -> None:
    assert told in await stage.told(f"search {query}")


async def test_search_says_how_many(stage: Stage) -> None:
    assert "2 articles" in await stage.told("search huawei")
    await stage.bring(*(news(f"Huawei report number {n}", at=NOW - n * HOUR) for n in range(30)))
    told = await stage.told("search huawei")
    assert "32 articles, the newest 10 shown" in told
    assert len(card_of(await stage.ask("search huawei")).sections[0].lines) == 10


async def test_a_search_that_was_cut_says_so(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_module, "MOST_LOOKED_AT", 2)
    assert "At least 2 articles" in await stage.told("search huawei")
    assert "2 newest candidates" in await stage.told("search huawei outlet:nobody")


async def test_others_see_nothing_of_a_workspaces_own_feed(stage: Stage) -> None:
    await stage.ask("feed add https://own.example/rss Own")
    (own,) = await stage.store.claim_due_feeds(NOW, HOUR, 10)
    await stage.store.save_poll(poll_of(own, news("Zebra secrets of Huawei")))
    await stage.bring()
    there = elsewhere(asker_with(), "there")
    assert "Zebra" in (await stage.told("search zebra")).splitlines()[1]
    assert "Nothing found" in await stage.told("search zebra", there)
    assert "Zebra" not in await stage.told("latest 20", there)
    assert "Zebra" not in await stage.told("feed list", there)


async def test_the_digest_holds_the_last_day_of_the_channels_topics(stage: Stage) -> None:
    await stage.ask("subscribe huawei digest")
    told = await stage.told("digest preview")
    assert "Digest: 2 stories" in told
    assert "court" in told
    assert "\n• Huawei opens" not in told, "older than a day"
    assert "before 2026-11-21: Huawei opens" in told, "but it came before"
    assert "Geneva" not in told, "another topic"
    await stage.ask("subscribe trade-talks")
    assert "\nTrade talks\n" not in await stage.told("digest preview"), "told live, while Huawei is gathered"
    await stage.ask("subscribe trade-talks both")
    told = await stage.told("digest preview")
    assert "\nHuawei\n" in told
    assert "\nTrade talks\n" in told


async def test_status_counts_and_leads_to_the_feeds(stage: Stage) -> None:
    answer = await stage.ask("status")
    assert "Articles: 5" in shown(card_of(answer))
    assert shown(card_of(await stage.press(answer, "Feeds"))).startswith("1 feed")
