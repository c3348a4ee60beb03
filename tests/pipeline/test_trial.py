"""Topics tried on the real store, and the archive matched anew: nothing missed, nothing told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.models import Clause, Sensitivity, StoryId, Topic, TopicId, WorkspaceId
from bot.domain.records import Gathering
from bot.pipeline import trial
from bot.pipeline.rematch import Rematcher
from bot.pipeline.trial import Trier
from bot.pipeline.wanted import find_wanted
from bot.topics.backtest import Tally
from tests.newsroom import INTERVAL, WORKSPACE, Newsroom, newsroom

TITLES = (
    "Chips are short",
    "Chipmakers meet in Orlanda",
    "The Arbeitsmarkt is cold",
    "Handelsoverleg hervat",
    "中国芯片出口",
    "Fish is cheap",
    "Zölle auf Fisch und Fische",
    "Fisch-Markt eröffnet",
    "Gesprek over chips",
    "화웨이는 칩을",
    "รัฐมนตรีจีนเยือนสหรัฐ",
)
QUERIES = (
    "chips",
    "chip*",
    "*markt",
    "*overleg*",
    "*chip* OR *markt",
    "芯片",
    "fish OR chips",
    "(chip* OR fisch) NOT makers",
    "zolle",
    "lang:en",
    "outlet:ledger fisch",
    "chips NEAR/3 short",
    "title:*markt",
    "화웨이",
    "*sprek NEAR/4 chip*",
    "จีน",
)


@asynccontextmanager
async def archive(folder: Path) -> AsyncIterator[Newsroom]:
    async with newsroom(folder) as room:
        await room.open_outlets("Ledger", "Wire")
        for number, title in enumerate(TITLES):
            room.publish("Ledger" if number % 2 else "Wire", title, f"{title}. Told at length, part {number}.")
        await room.tick()
        yield room


def topic(query: str) -> Topic:
    return Topic(
        id=TopicId("mine@test"), name="mine", title="Mine", clauses=(Clause(query=query, score=1.0),), owner=WORKSPACE
    )


async def hits(room: Newsroom, query: str) -> set[str]:
    """What the matcher says of every article, whatever the full text was asked."""
    found = Tally.of(topic(query), room.library)
    articles = await room.store.list_archive(None, None, limit=99)
    feeds = {f.id: f"{f.title} {f.host}" for f in await room.store.list_feeds(WORKSPACE)}
    found.judge(articles, feeds)
    return {hit.title for hit in found.hits.values()}


async def test_a_trial_misses_nothing_that_the_matcher_hits(tmp_path: Path) -> None:
    async with archive(tmp_path) as room:
        trier = Trier(store=room.store, library=room.library, viewer=WORKSPACE, now=room.clock())
        for query in QUERIES:
            report = await trier.try_topic(topic(query))
            expected = await hits(room, query)
            assert expected, query
            assert report.trial.hits == len(expected), query


async def test_a_words_end_is_looked_up_and_what_has_no_word_is_not(tmp_path: Path) -> None:
    async with archive(tmp_path) as room:
        wanted = await find_wanted(room.store, room.library, [topic("*markt")])
        assert wanted is not None
        assert set(wanted[0][0]) == {"markt", "arbeitsmarkt"}
        assert await find_wanted(room.store, room.library, [topic("lang:de")]) is None
        assert await find_wanted(room.store, room.library, [topic("chips"), topic("lang:de")]) is None


async def test_saving_matches_what_is_kept_as_gathering_would_have(tmp_path: Path) -> None:
    async with archive(tmp_path) as room:
        rematcher = Rematcher(store=room.store, library=room.library, bells=room.bells)
        for query in QUERIES:
            await room.store.save_topic(topic(query), actor="t", now=room.clock())
            assert await rematcher.rematch_all() == 1
            matched = await room.store.get_articles(await room.store.list_matched(TopicId("mine@test")))
            assert {article.title for article in matched} == await hits(room, query), query
            assert await room.store.list_rematches() == []
        assert room.platform.shown == []


async def test_slices_and_bounds_change_no_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with archive(tmp_path) as room:
        trier = Trier(store=room.store, library=room.library, viewer=WORKSPACE, now=room.clock())
        monkeypatch.setitem(vars(trial), "SLICE", 2)
        assert (await trier.try_topic(topic("part"))).trial.hits == len(TITLES)
        monkeypatch.setitem(vars(trial), "MOST_LOOKED_AT", 4)
        cut = (await trier.try_topic(topic("part"))).trial
        assert (cut.hits, cut.looked_at, cut.is_cut) == (4, 4, True)


async def test_an_alias_is_offered_only_where_it_brings_more(tmp_path: Path) -> None:
    async with archive(tmp_path) as room:
        trier = Trier(store=room.store, library=room.library, viewer=WORKSPACE, now=room.clock())
        near = (await trier.try_topic(topic("fisch"))).near
        assert near == ()
        [miss] = (await trier.try_topic(topic("chipmaker"))).near
        assert (miss.alias.word, miss.articles, miss.example.title) == ("chipmakers", 1, "Chipmakers meet in Orlanda")
        assert miss.query == "chipmaker OR chipmakers"
        assert (await trier.try_topic(topic("chipmaker AND whales"))).near == (), "the alias alone would not do"
        crowd = " OR ".join(f"nothing{n}" for n in range(60))
        [miss] = (await trier.try_topic(topic(f"{crowd} OR markt"))).near
        assert (miss.alias.word, miss.alias.term) == ("arbeitsmarkt", "markt"), "what fires comes first"
        several = replace(topic("fisch"), clauses=tuple(Clause(query=q, score=0.9) for q in ("fisch", "chipmaker")))
        [miss] = (await trier.try_topic(several)).near
        assert (miss.alias.word, miss.articles, miss.query) == ("chipmakers", 1, "chipmaker OR chipmakers")


FELLOWS = (
    (
        "Zunova fined by the court of Orlanda over unpaid taxes",
        "Zunova must pay 40 million, the court of Orlanda ruled.",
    ),
    ("Zunova recalls 9,000 tablets after fires in Hallmere", "Zunova said tablets caught fire in Hallmere homes."),
    ("Zunova opens a factory for batteries in Brennick", "Zunova will hire 700 people for batteries in Brennick."),
    ("Zunova loses its licence for radio masts in Tollan", "Zunova lost the licence for radio masts in Tollan."),
)
FISH = ("cod", "herring", "plaice", "tuna", "eel", "carp", "pike", "trout", "bream", "sole", "hake", "ling")


async def test_an_alias_is_found_in_the_company_of_the_hits(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger", "Wire")
        for title, text in FELLOWS:
            room.publish("Ledger", title, text)
            room.publish("Wire", title.replace("Zunova", "Hualin"), text.replace("Zunova", "Hualin"))
        for kind in FISH:
            room.publish("Ledger", f"Catch of {kind} grows", f"Boats bring more {kind} than ever to the harbour.")
        await room.tick()
        trier = Trier(store=room.store, library=room.library, viewer=WORKSPACE, now=room.clock())
        [miss] = (await trier.try_topic(topic("zunova"))).near
        assert (miss.alias.word, miss.articles, miss.query) == ("Hualin", 4, "zunova OR Hualin")
        [miss] = (await trier.try_topic(topic("zunova AND (batter* OR tablets OR licence OR taxes)"))).near
        assert (miss.articles, miss.query) == (
            4,
            "(zunova OR Hualin) AND (batter* OR tablets OR licence OR taxes)",
        )
        assert (await trier.try_topic(topic("zunova OR hualin"))).near == ()
        assert (await trier.try_topic(topic("cod OR herring OR eel"))).near == ()


async def test_a_mask_is_counted_before_it_is_taught(tmp_path: Path) -> None:
    async with archive(tmp_path) as room:
        trier = Trier(store=room.store, library=room.library, viewer=WORKSPACE, now=room.clock())
        assert await trier.count_masked(topic("chips"), "chips are") == 1
        assert await trier.count_masked(topic("chips"), "fish is") == 0


async def test_a_change_is_told_against_what_there_was(tmp_path: Path) -> None:
    async with archive(tmp_path) as room:
        trier = Trier(store=room.store, library=room.library, viewer=WORKSPACE, now=room.clock())
        report = await trier.try_topic(topic("chips NOT short"), before=topic("chips OR fish"))
        assert report.difference is not None
        assert (report.difference.gained, report.difference.lost) == (0, 2)
        assert report.trial.hits == 1


async def test_a_private_article_is_tried_by_its_own_workspace_alone(tmp_path: Path) -> None:
    async with archive(tmp_path) as room:
        await room.store.add_feed(
            url="https://inner.example/feed", title="Inner", language="en", interval=INTERVAL,
            workspace=WORKSPACE, actor="t", now=room.clock(),
        )  # fmt: skip
        room.outlets["Inner"] = "https://inner.example/feed"
        room.publish("Inner", "A whale was seen")
        await room.tick()
        counts = []
        for viewer in (WORKSPACE, WorkspaceId("elsewhere")):
            trier = Trier(store=room.store, library=room.library, viewer=viewer, now=room.clock())
            counts.append((await trier.try_topic(topic("whale"))).trial.hits)
        assert counts == [1, 0]


@pytest.mark.parametrize("sensitivity, count", [(Sensitivity.STRICT, 1), (Sensitivity.WIDE, 2)])
async def test_sensitivity_is_that_of_the_topic_tried(tmp_path: Path, sensitivity: Sensitivity, count: int) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        room.publish("Ledger", "Whales", "")
        room.publish("Ledger", "Elsewhere", "word " * 100 + "whales")
        await room.tick()
        trier = Trier(store=room.store, library=room.library, viewer=WORKSPACE, now=room.clock())
        tried = Topic(
            id=TopicId("x@test"), name="x", title="X", clauses=(Clause(query="whales", score=1.0),),
            sensitivity=sensitivity, owner=WORKSPACE,
        )  # fmt: skip
        assert (await trier.try_topic(tried)).trial.hits == count


async def test_a_batch_in_flight_leaves_nothing_of_what_a_topic_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with archive(tmp_path) as room:
        await room.store.save_topic(topic("chips"), actor="t", now=room.clock())
        room.bells.topics.set()
        entered, go_on = asyncio.Event(), asyncio.Event()
        save = room.store.save_gathering

        async def save_late(gathering: Gathering) -> Sequence[StoryId]:
            entered.set()
            await go_on.wait()
            return await save(gathering)

        monkeypatch.setattr(room.store, "save_gathering", save_late)
        room.publish("Wire", "Chips again", "Told at length.")
        room.clock.move(INTERVAL * 1.2)
        await room.poller.poll_due()
        gathering = asyncio.create_task(room.gatherer.gather_all())
        await entered.wait()
        await room.store.save_topic(topic("fish"), actor="t", now=room.clock())
        rematcher = Rematcher(store=room.store, library=room.library, bells=room.bells)
        rematching = asyncio.create_task(rematcher.rematch_all())
        await room.store.list_matched(TopicId("mine@test"))
        go_on.set()
        await asyncio.gather(gathering, rematching)
        matched = await room.store.get_articles(await room.store.list_matched(TopicId("mine@test")))
        assert {article.title for article in matched} == await hits(room, "fish")
