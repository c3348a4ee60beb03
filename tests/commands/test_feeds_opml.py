"""Lists of feeds in the chat: in from an address, a text or addresses, out as OPML."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands.answers import FieldKind, Reply
from bot.commands.feeds_opml import FILE_NAME
from bot.domain.feed_lists import ListedFeed
from bot.domain.settings import FeedsSettings, Settings
from bot.feeds.guard import Guard
from bot.feeds.opml import read_opml_text
from tests.commands.stage import HERE, HOUR, NOW, Prepared, Stage, card_of, form_of, is_rung, on_stage, shown

LIST = """<opml version="1.0"><body>
<outline text="Asia"><outline text="Alpha & Co" xmlUrl="https://alpha.example/rss"/>
<outline text="Beta" xmlUrl="https://beta.example/?feed=rss2"/></outline>
<outline text="Alpha again" xmlUrl="http://alpha.example/rss/"/>
<outline text="Wire" xmlUrl="https://wire.example/rss"/>
<outline text="Intranet" xmlUrl="http://10.1.2.3/rss"/>
</body></opml>"""
ADDRESS = "https://lists.example/mine.opml?key=1"


async def own(stage: Stage) -> dict[str, tuple[str, ...]]:
    return {use.url: use.tags for use in await stage.store.list_feed_uses(HERE) if use.is_own}


@pytest.mark.parametrize("source", [ADDRESS, f"<{ADDRESS}>", LIST])
async def test_a_list_comes_in_by_address_or_text(stage: Stage, source: str) -> None:
    stage.fetcher.page = LIST
    told = await stage.told(f"feed import {source}")
    assert "Imported 2 feeds" in told
    assert "New here: Alpha & Co, Beta" in told
    assert "1 of the list are read here already" in told
    assert "1 stood in the list more than once" in told
    assert "Refused: Intranet: it is a private address" in told
    assert await own(stage) == {"https://alpha.example/rss": ("Asia",), "https://beta.example/?feed=rss2": ("Asia",)}
    assert await is_rung(stage.bells.poll)


async def test_the_answer_leads_to_how_far_it_is(stage: Stage) -> None:
    answer = await stage.ask(f"feed import {LIST}")
    assert "3 feeds, 2 not read yet" in shown(card_of(await stage.press(answer, "How far is it?")))


async def test_bare_addresses_come_in_with_tags(stage: Stage) -> None:
    told = await stage.told("feed import https://a.example/rss https://b.example/rss --tags Mine, x")
    assert "Imported 2 feeds" in told
    assert await own(stage) == {"https://a.example/rss": ("Mine", "x"), "https://b.example/rss": ("Mine", "x")}


async def test_without_a_source_a_form_with_room_asks_for_it(stage: Stage) -> None:
    form = form_of(await stage.ask("feed import"))
    assert [(field.name, field.kind) for field in form.fields] == [
        ("source", FieldKind.TEXT),
        ("tags", FieldKind.LINE),
    ]
    assert "Imported 2 feeds" in shown(card_of(await stage.fill(form, source=LIST, tags="Ours")))
    assert set((await own(stage)).values()) == {("Ours", "Asia")}


@pytest.mark.parametrize(
    "page, source, told",
    [
        ("", ADDRESS, "lists.example/mine.opml: it could not be read: there is no such page (404)."),
        ("<rss/>", ADDRESS, "It is not OPML"),
        ("<opml><outline text='x'/></opml>", ADDRESS, "not a list of feeds"),
        ("", "what now", "neither OPML nor an address"),
    ],
)
async def test_what_is_no_list_comes_back_with_the_reason(stage: Stage, page: str, source: str, told: str) -> None:
    stage.fetcher.page = page
    form = form_of(await stage.ask(f"feed import {source}"))
    (error,) = [field.error for field in form.fields if field.error]
    assert told in error
    assert "Nothing was changed." in error
    assert "key=1" not in error
    assert await own(stage) == {}


async def test_what_the_quota_has_no_room_for_is_named(tmp_path: Path, prepared: Prepared) -> None:
    async with on_stage(tmp_path, prepared, settings=Settings(feeds=FeedsSettings(per_workspace=1))) as stage:
        told = await stage.told(f"feed import {LIST}")
        assert "Imported 1 feed\n" in told
        assert "1 were left out: at most 1 feeds are allowed in a workspace (feeds.per_workspace)" in told
        assert "Beta" in told


async def test_an_export_comes_in_again_as_it_was(stage: Stage) -> None:
    await stage.ask(f"feed import {LIST}")
    answer = await stage.ask("feed export")
    assert isinstance(answer, Reply)
    assert answer.is_private
    assert answer.file is not None
    assert answer.file.name == FILE_NAME
    assert "3 feeds as OPML" in shown(answer.card)
    again = read_opml_text(answer.file.content, Guard())
    assert {feed.url: feed.tags for feed in again.feeds} == await own(stage) | {"https://wire.example/rss": ()}


async def test_an_export_of_a_tag_holds_only_its_feeds(stage: Stage) -> None:
    await stage.ask(f"feed import {LIST}")
    answer = await stage.ask("feed export asia")
    assert isinstance(answer, Reply)
    assert answer.file is not None
    assert "wire.example" not in answer.file.content
    assert "No feed here has the tag" in await stage.told("feed export zzz")


async def test_no_secret_leaves_in_an_export(stage: Stage) -> None:
    feeds = [
        ListedFeed(url="https://a.example/rss?token=hunter2", title="Paid"),
        ListedFeed(url="https://b.example/?format=rss", title="Open"),
    ]
    await stage.store.import_feeds(feeds, interval=HOUR, workspace=HERE, actor="t", now=NOW)
    answer = await stage.ask("feed export")
    assert isinstance(answer, Reply)
    assert answer.file is not None
    assert "hunter2" not in answer.file.content
    assert "a.example" not in answer.file.content, "half an address is another feed"
    assert "https://b.example/?format=rss" in answer.file.content
    assert "may be a secret: Paid." in shown(answer.card)
    assert "hunter2" not in shown(answer.card)
