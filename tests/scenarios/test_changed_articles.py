"""An article that is written anew is the same article: no second alert, and a reply where what it says has changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.models import ArticleId
from bot.storage.store import SqlStore
from tests.newsroom import WORKSPACE, Newsroom, newsroom

TITLE = "Norland bans Huawei from its 5G networks"
TEXT = "Norland will exclude Huawei from its 5G networks, minister Per Aasgaard said. The order covers 1,900 masts."


async def _tell(room: Newsroom) -> None:
    await room.open_outlets("Ledger")
    await room.subscribe("huawei")
    room.publish("Ledger", TITLE, TEXT)
    await room.tick()


async def _rewrite(room: Newsroom, title: str = TITLE, text: str = TEXT) -> None:
    entries = room.fetcher.entries[room.outlets["Ledger"]]
    entries[0] = replace(entries[0], title=title, text=text)
    room.publish("Ledger", "A quiet day at the museum")
    await room.tick()


@pytest.mark.parametrize(
    "title, text, told, before, after",
    [
        ("Norland considers ban on Huawei in 5G networks", TEXT, "Changed: headline", TITLE, "Norland considers"),
        (TITLE, TEXT.replace("1,900", "2,400"), "Changed: number", "1,900 masts", "2,400 masts"),
        (TITLE, f"Retraction: this report was wrong. {TEXT}", "Changed: retracted", TITLE, "Retraction: this report"),
        (f"{TITLE} (corrected)", TEXT, "Changed: corrected", TITLE, "(corrected)"),
    ],
)
async def test_what_an_article_takes_back_is_replied(
    tmp_path: Path, title: str, text: str, told: str, before: str, after: str
) -> None:
    async with newsroom(tmp_path) as room:
        await _tell(room)
        await _rewrite(room, title, text)
        assert room.platform.titles() == [TITLE, f"↳ {told}"]
        said = "\n".join(
            "".join(span.text for span in line) for part in room.platform.shown[1].card.sections for line in part.lines
        )
        assert before in said.split("now: ")[0]
        assert after in said.split("now: ")[1]


@pytest.mark.parametrize(
    "title, text",
    [
        ("Norland bans Huawei from its 5G networks.", TEXT),
        ("UPDATE 1-Norland bans Huawei from its 5G networks", TEXT),
        ("Norland bans Huawei from 5G networks", TEXT),
        (TITLE, f"{TEXT} Both firms said the decision was without ground."),
        (TITLE, f"{TEXT} 14 comments"),
    ],
)
async def test_a_change_of_style_is_silent(tmp_path: Path, title: str, text: str) -> None:
    async with newsroom(tmp_path) as room:
        await _tell(room)
        await _rewrite(room, title, text)
        assert room.platform.titles() == [TITLE]
        assert room.platform.shown[0].edits == 0


async def test_the_versions_are_kept_and_told_once_over_a_restart(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await _tell(room)
        await _rewrite(room, TITLE, TEXT.replace("1,900", "2,400"))
        store = room.store
        assert isinstance(store, SqlStore)
        assert [version.text for version in await store.list_versions(WORKSPACE, [ArticleId(1)])] == [
            TEXT.replace("1,900", "2,400")
        ]
        [article] = await store.get_articles([ArticleId(1)])
        assert (article.title, article.text) == (TITLE, TEXT)
        assert await store.list_changed(10) == []
    async with newsroom(tmp_path, fetcher=room.fetcher, platform=room.platform, clock=room.clock) as again:
        await again.tick()
        assert len(room.platform.shown) == 2


async def test_an_article_that_always_changes_is_told_three_times(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await _tell(room)
        for number in range(6):
            await _rewrite(room, TITLE, TEXT.replace("1,900", str(2_400 + 500 * number)))
        assert len(room.platform.shown) == 4


async def test_a_change_in_a_story_that_nobody_was_told_is_told_nobody(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        room.publish("Ledger", TITLE, TEXT)
        await room.tick()
        await room.subscribe("huawei")
        await _rewrite(room, TITLE, TEXT.replace("1,900", "2,400"))
        assert room.platform.titles() == []


@pytest.mark.parametrize("is_restarted", [False, True])
async def test_what_a_changed_article_told_is_no_news_when_another_outlet_tells_it(
    tmp_path: Path, *, is_restarted: bool
) -> None:
    changed = "Norland bans Huawei and 14 others from its 5G networks"
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger", "Wire")
        await _tell(room)
        await _rewrite(room, changed)
        if not is_restarted:
            room.publish("Wire", changed, TEXT)
            await room.tick()
    if is_restarted:
        async with newsroom(tmp_path, fetcher=room.fetcher, platform=room.platform, clock=room.clock) as again:
            again.outlets, again._numbers = room.outlets, room._numbers
            again.publish("Wire", changed, TEXT)
            await again.tick()
    assert room.platform.titles() == [TITLE, "↳ Changed: headline"]
    assert "Wire" in repr(room.platform.shown[0].card)
