"""Adding feeds in the chat: a site's choice, tags, rights and the quota; long lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.commands.answers import Right
from bot.domain.feed_lists import ListedFeed
from bot.domain.finds import Discovery, FoundFeed
from bot.domain.models import EVERYONE
from bot.domain.settings import FeedsSettings, Settings
from bot.domain.troubles import Trouble
from tests.commands.stage import (
    HERE,
    HOUR,
    NOW,
    Fetcher,
    Prepared,
    Stage,
    asker_with,
    calls_of,
    card_of,
    on_stage,
    read_of,
    shown,
)
from tests.storage.test_migrate import ask

SITE = "https://nieuws.example"
URL = f"{SITE}/rss"


@dataclass
class SiteFetcher(Fetcher):
    """Finds the feeds that the test set by address; every other address has a problem."""

    sites: dict[str, tuple[str, ...]] = field(default_factory=dict)

    async def discover(self, url: str) -> Discovery:
        self.asked.append(url)
        found = self.sites.get(url, ())
        feeds = tuple(FoundFeed(url=f, title=f.rpartition("/")[2], reading=read_of("Een", name="")) for f in found)
        if "10.0.0.1" in url:
            return Discovery(problem="it is a private address", trouble=Trouble.GUARD)
        return Discovery(feeds=feeds, problem="" if feeds else "there is no feed", left_out=12 if len(feeds) > 3 else 0)


def feeds_of(**settings: object) -> Settings:
    return Settings(feeds=FeedsSettings(**settings))  # type: ignore[arg-type]


async def test_a_sites_only_feed_is_added_at_once(tmp_path: Path, prepared: Prepared) -> None:
    fetcher = SiteFetcher(sites={SITE: (URL,)})
    async with on_stage(tmp_path, prepared, fetcher=fetcher) as stage:
        told = await stage.told("feed add nieuws.example")
        assert "Added the feed rss" in told
        assert f"It was found at {URL}." in told
        assert "read here already" in await stage.told("feed add nieuws.example")
        assert "read here already" in await stage.told(f"feed add {URL}")


async def test_several_feeds_are_offered_and_a_button_adds_one(tmp_path: Path, prepared: Prepared) -> None:
    offered = tuple(f"{SITE}/{name}" for name in ("rss", "sport", "world"))
    fetcher = SiteFetcher(sites={SITE: offered, URL: (URL,)})
    async with on_stage(tmp_path, prepared, fetcher=fetcher) as stage:
        answer = await stage.ask("feed add nieuws.example Nieuws --tags Asia, chips")
        told = shown(card_of(answer))
        assert "nieuws.example has 3 feeds" in told
        assert "2. sport · It holds 1 entry" in told
        assert f"/news feed add {SITE}/world" in told
        assert len(await stage.store.list_feeds(HERE)) == 1, "nothing is added before somebody chooses"
        assert len(calls_of(answer)) == 3
        added = await stage.press(answer, "Add 1: rss")
        assert "Added the feed Nieuws" in shown(card_of(added))
        assert "Tags: Asia, chips" in shown(card_of(added))


async def test_http_is_tried_where_no_scheme_was_typed(tmp_path: Path, prepared: Prepared) -> None:
    fetcher = SiteFetcher(sites={"http://nieuws.example": (URL,)})
    async with on_stage(tmp_path, prepared, fetcher=fetcher) as stage:
        assert "could not be read: there is no feed. Nothing was saved." in await stage.told(f"feed add {SITE}")
        assert fetcher.asked == [SITE]
        assert "Added the feed" in await stage.told("feed add nieuws.example")
        assert "read here already" in await stage.told("feed add feed:nieuws.example/rss")
        assert "Only the operator can let it through" in await stage.told("feed add http://10.0.0.1/")


async def test_feeds_that_are_not_offered_are_counted(tmp_path: Path, prepared: Prepared) -> None:
    fetcher = SiteFetcher(sites={SITE: tuple(f"{SITE}/{number}" for number in range(9))})
    async with on_stage(tmp_path, prepared, fetcher=fetcher) as stage:
        told = await stage.told(f"feed add {SITE}")
        assert "nieuws.example has 21 feeds" in told
        assert "It links 13 more" in told


@pytest.mark.parametrize(
    "managed_by, right, may",
    [
        ("workspace", Right.MANAGE_WORKSPACE, True),
        ("workspace", Right.MANAGE_CHANNEL, False),
        ("channel", Right.MANAGE_CHANNEL, True),
        ("channel", None, False),
        ("everyone", None, True),
    ],
)
async def test_the_operator_says_who_may_change_feeds(
    tmp_path: Path, prepared: Prepared, managed_by: str, right: Right | None, may: bool
) -> None:
    asker = asker_with(*([right] if right else []))
    async with on_stage(tmp_path, prepared, settings=feeds_of(managed_by=managed_by)) as stage:
        for line in (f"feed add {URL}", "feed export", f"feed import {URL} {URL}2", "feed remove 2"):
            told = await stage.told(line, asker)
            assert ("needs the right to" not in told) is may, line
        helped = await stage.told("help feed add")
        assert ("Needs the right to" in helped) is (managed_by != "everyone")


async def test_the_quota_is_told_with_its_number_and_remedy(tmp_path: Path, prepared: Prepared) -> None:
    async with on_stage(tmp_path, prepared, settings=feeds_of(per_workspace=1)) as stage:
        assert "Added" in await stage.told(f"feed add {URL}")
        told = await stage.told(f"feed add {URL}2")
        assert "reads 1 feeds, and at most 1 are allowed (feeds.per_workspace)" in told
        assert "/news feed remove" in told


async def test_adding_and_removing_leave_their_actor(stage: Stage) -> None:
    await stage.ask(f"feed add {URL}")
    await stage.ask("feed remove 2")
    rows = ask(stage.path, "SELECT actor, action, subject FROM audit_log ORDER BY id")
    assert rows == [("u1", "feed.add", "2"), ("u1", "feed.remove", "2")]


async def test_tags_are_shown_and_filter_the_list(stage: Stage) -> None:
    await stage.ask(f"feed add {URL} --tags Asia, chips")
    told = await stage.told("feed list asia")
    assert "1 feed tagged" in told
    assert "#2 · Asia, chips" in told
    assert "wire" not in told
    assert "Did you mean Asia?" in await stage.told("feed list Asai")
    assert "There are: Asia, chips." in await stage.told("feed list zzz")
    assert "Its tags are now: Europe." in await stage.told(f"feed add {URL} --tags Europe")
    choices = await stage.desk.suggest("feed list", "tag", "eu", asker_with())
    assert [choice.value for choice in choices] == ["Europe"]


async def test_without_tags_the_list_says_how_to_get_some(stage: Stage) -> None:
    assert "None has one yet" in await stage.told("feed list asia")
    assert "Nothing was changed" in await stage.told("feed add https://wire.example/rss --tags Asia")


async def test_a_long_list_has_pages(stage: Stage) -> None:
    feeds = [ListedFeed(url=f"https://f{n:03}.example/rss", title=f"Feed {n:03}") for n in range(200)]
    await stage.store.import_feeds(feeds, interval=HOUR, workspace=HERE, actor="t", now=NOW)
    first = await stage.ask("feed list")
    told = shown(card_of(first))
    assert "201 feeds, 200 not read yet" in told
    assert "page 1 of 11" in told
    assert [button.label for button in card_of(first).buttons] == ["Next"]
    second = await stage.press(first, "Next")
    assert "Feed 020" in shown(card_of(second))
    assert [button.label for button in card_of(second).buttons] == ["Previous", "Next"]
    last = shown(card_of(await stage.ask("feed list 11")))
    assert "The Wire" in last
    assert "There is no page 12: the list has 11 pages." in await stage.told("feed list --page 12")


async def test_what_the_operator_imported_for_everyone_is_not_removed_here(stage: Stage) -> None:
    feeds = [ListedFeed(url=URL, title="Shared")]
    await stage.store.import_feeds(feeds, interval=HOUR, workspace=EVERYONE, actor="operator", now=NOW)
    assert "imported by the operator for everyone" in await stage.told("feed remove Shared")
