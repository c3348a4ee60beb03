"""Announcements that are handed on: once each, whatever is lost, and however many an hour."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.cards import Card
from bot.domain.errors import UnknownOutcomeError
from bot.domain.models import Channel
from bot.domain.publications import Publication
from bot.domain.records import Outgoing
from bot.platforms.discord.adapter import NAME
from bot.storage.store import SqlStore, open_store
from tests.platforms.discord.stage import QUICK, Stage, on_stage
from tests.platforms.discord.test_threads import requests
from tests.prepared import lay_database
from tests.servers.discord import objects as make
from tests.storage.making import NOW

AN_HOUR = timedelta(hours=1)
EAGER = replace(QUICK, longest_pause=timedelta(milliseconds=20))


@asynccontextmanager
async def announcing(**options: Any) -> AsyncIterator[tuple[Stage, Outgoing]]:
    async with on_stage(**options) as stage:
        channel = await stage.fake.add_channel("wire", make.ANNOUNCEMENT)
        place = replace(stage.outgoing().place, channel=channel)
        yield stage, stage.outgoing(place=place, is_published=True)


@asynccontextmanager
async def keeping(tmp_path: Path) -> AsyncIterator[tuple[Stage, Outgoing, SqlStore, Channel]]:
    """Start a bot with a store whose channel publishes, and let the hour's ten be used up but one."""
    lay_database(tmp_path / "topicwire.db")
    store = await open_store(tmp_path / "topicwire.db", exclusive=True)
    try:
        async with announcing(store=store, pace=EAGER) as (stage, outgoing):
            channel = await store.add_channel(outgoing.place)
            await store.save_channel(replace(channel, is_published=True), actor="ann", now=NOW)
            stage.fake.world.lately_published[outgoing.place.channel] = 9
            yield stage, outgoing, store, channel
    finally:
        await store.close()


async def post_three(stage: Stage, outgoing: Outgoing) -> list[str]:
    return [await stage.platform.post(replace(outgoing, key=str(number))) for number in range(3)]


async def pass_hour(stage: Stage) -> None:
    stage.fake.world.lately_published.clear()
    stage.clock.now += AN_HOUR


async def published(stage: Stage, number: int) -> list[str]:
    await stage.fake.until(lambda: len(stage.fake.world.published) >= number, 20)
    return stage.fake.world.published


async def until_kept(store: SqlStore, is_so: Callable[[list[Publication]], bool]) -> None:
    async with asyncio.timeout(20):
        while not is_so(await store.list_publications(NAME)):  # noqa: ASYNC110 - the store tells nobody of its changes
            await asyncio.sleep(0.01)


async def until_none_is_kept(store: SqlStore) -> None:
    await until_kept(store, lambda kept: not kept)


async def test_an_announcement_is_published_once_where_it_is_set() -> None:
    async with announcing() as (stage, outgoing):
        await stage.platform.post(replace(outgoing, is_published=False, key="6"))
        ident = await stage.platform.post(outgoing)
        await stage.platform.edit(replace(outgoing, key="8", card=Card(title="Two outlets", text="t")), ident)
        assert stage.fake.world.published == [ident]
        assert requests(stage, "POST", "/crosspost") == [200]
        await stage.platform.post(stage.outgoing(9, is_published=True))
        assert stage.fake.world.published == [ident], "a plain channel has nobody to hand on to"


@pytest.mark.parametrize("fault", [{"drop": "before"}, {"drop": "after"}, {"status": 503}])
async def test_a_publishing_whose_answer_was_lost_is_made_again(fault: dict[str, Any]) -> None:
    async with announcing() as (stage, outgoing):
        stage.fake.fail("POST", "/crosspost", **fault)
        with pytest.raises(UnknownOutcomeError):
            await stage.platform.post(outgoing)
        ident = await stage.platform.post(replace(outgoing, unsure_since=stage.clock.now))
        assert stage.fake.world.published == [ident]
        assert len(stage.fake.posts(outgoing.place.channel)) == 1


async def test_what_is_beyond_ten_an_hour_is_posted_at_once_and_published_when_the_hour_has_passed(
    tmp_path: Path,
) -> None:
    async with keeping(tmp_path) as (stage, outgoing, store, _):
        posted = await post_three(stage, outgoing)
        assert stage.fake.world.published == posted[:1]
        stage.clock.now += AN_HOUR - timedelta(seconds=1)
        await stage.platform.edit(replace(outgoing, card=Card(title="Two outlets", text="t")), posted[1])
        assert stage.fake.world.published == posted[:1]
        assert [kept.message_id for kept in await store.list_publications(NAME)] == posted[1:]
        stage.fake.world.lately_published.clear()
        stage.clock.now += timedelta(seconds=1)
        assert await published(stage, 3) == posted
        await until_none_is_kept(store)
        assert requests(stage, "POST", "/crosspost") == [200, 429, 429, 200, 200]


@pytest.mark.parametrize("fault", [{}, {"drop": "before"}, {"drop": "after"}, {"status": 503}])
async def test_what_waits_to_be_published_survives_a_restart_and_lost_answers(
    fault: dict[str, Any], tmp_path: Path
) -> None:
    async with keeping(tmp_path) as (stage, outgoing, store, _):
        posted = await post_three(stage, outgoing)
        await stage.platform.close()
        await pass_hour(stage)
        if fault:
            stage.fake.fail("POST", "/crosspost", **fault)
        await stage.platform.start()
        await until_none_is_kept(store)
        assert sorted(stage.fake.world.published) == posted


async def test_a_limit_that_still_holds_is_waited_for_again(tmp_path: Path) -> None:
    async with keeping(tmp_path) as (stage, outgoing, store, _):
        posted = await post_three(stage, outgoing)
        stage.clock.now += AN_HOUR
        await until_kept(store, lambda kept: min(one.due_at for one in kept) > stage.clock.now)
        assert stage.fake.world.published == posted[:1]
        await pass_hour(stage)
        assert await published(stage, 3) == posted


async def test_what_is_not_wanted_or_not_there_any_more_is_let_go(tmp_path: Path) -> None:
    async with keeping(tmp_path) as (stage, outgoing, store, channel):
        posted = await post_three(stage, outgoing)
        await stage.fake.delete_message(stage.fake.messages[posted[1]])
        await pass_hour(stage)
        assert await published(stage, 2) == [posted[0], posted[2]]
        await until_none_is_kept(store)
        await store.save_publication(outgoing.place, posted[1], due_at=stage.clock.now)
        asked = len(requests(stage, "POST", "/crosspost"))
        await store.save_channel(replace(channel, is_published=False), actor="ann", now=NOW)
        await store.save_publication(outgoing.place, posted[2], due_at=stage.clock.now)
        await until_none_is_kept(store)
        assert len(requests(stage, "POST", "/crosspost")) - asked <= 1


async def test_a_clock_that_was_put_back_does_not_keep_anything_for_days(tmp_path: Path) -> None:
    async with keeping(tmp_path) as (stage, outgoing, _, __):
        posted = await post_three(stage, outgoing)
        stage.fake.world.lately_published.clear()
        stage.clock.now -= timedelta(days=3)
        assert await published(stage, 3) == posted
