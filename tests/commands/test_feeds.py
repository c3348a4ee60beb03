"""Feeds in the chat."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.commands.answers import Right
from bot.commands.feeds_add import read_address
from bot.domain.errors import InputError
from bot.domain.feeds import Outcome
from bot.domain.records import FeedRequest, Reading
from bot.domain.settings import FetchSettings, Settings
from tests.commands.stage import (
    HERE,
    HOUR,
    NOW,
    Fetcher,
    Prepared,
    Stage,
    asker_with,
    card_of,
    elsewhere,
    is_rung,
    on_stage,
    read_of,
    shown,
)

URL = "https://nieuws.example/rss?key=1"


async def test_adding_reads_the_feed_once_and_says_what_it_is(stage: Stage) -> None:
    stage.fetcher.reading = read_of("Een", "Twee")
    told = await stage.told(f"feed add {URL}")
    assert stage.fetcher.asked == [URL]
    assert "Added the feed Het Nieuws" in told
    assert "It holds 2 entries in Nederlands, the newest of 2026-11-23 12:00 UTC" in told
    assert "stays silent" in told
    (feed,) = [f for f in await stage.store.list_feeds(HERE) if not f.is_declared]
    assert (feed.title, feed.host, feed.language) == ("Het Nieuws", "nieuws.example", "nl")
    due = await stage.store.claim_due_feeds(NOW, HOUR, 10)
    assert [(f.url, f.interval, f.first_polled_at) for f in due] == [(URL, timedelta(minutes=15), None)]


async def test_adding_rings_the_poller_and_failing_does_not(stage: Stage) -> None:
    stage.fetcher.reading = Reading(outcome=Outcome.FAILED, reason="gone")
    await stage.ask(f"feed add {URL}")
    assert not await is_rung(stage.bells.poll)
    stage.fetcher.reading = read_of()
    await stage.ask(f"feed add {URL}")
    assert await is_rung(stage.bells.poll)


@pytest.mark.parametrize(
    "line, title",
    [
        (f"feed add {URL} My own feed", "My own feed"),
        (f'feed add {URL} --name "My own feed"', "My own feed"),
        (f"feed add <{URL}|label>", "Het Nieuws"),
    ],
)
async def test_a_feed_gets_its_name(stage: Stage, line: str, title: str) -> None:
    assert f"Added the feed {title}" in await stage.told(line)


async def test_a_feed_without_a_name_is_called_by_its_host(stage: Stage) -> None:
    stage.fetcher.reading = read_of(name="")
    told = await stage.told(f"feed add {URL}")
    assert "Added the feed nieuws.example" in told
    assert "It is empty now" in told


async def test_what_cannot_be_read_is_refused_with_the_reason_and_nothing_is_saved(stage: Stage) -> None:
    stage.fetcher.reading = Reading(outcome=Outcome.FAILED, reason="there is nothing at this address (404)")
    told = await stage.told(f"feed add {URL}")
    assert "nothing at this address (404). Nothing was saved." in told
    assert "RSS, Atom or JSON feed" in told
    assert "key=1" not in told, "a query may hold a secret"
    assert len(await stage.store.list_feeds(HERE)) == 1


class SlowFetcher(Fetcher):
    """Never answers."""

    async def read(self, request: FeedRequest) -> Reading:
        await asyncio.Event().wait()
        return self.reading


async def test_a_fetch_without_end_is_given_up(tmp_path: Path, prepared: Prepared) -> None:
    limits = FetchSettings(timeout=timedelta(seconds=-0.975), parse_timeout=timedelta(0))
    async with on_stage(tmp_path, prepared, settings=Settings(fetch=limits), fetcher=SlowFetcher()) as stage:
        assert "no answer within 0.05 seconds" in await stage.told(f"feed add {URL}")


async def test_no_feed_is_polled_more_often_than_allowed(tmp_path: Path, prepared: Prepared) -> None:
    limits = FetchSettings(min_interval=timedelta(hours=2))
    async with on_stage(tmp_path, prepared, settings=Settings(fetch=limits)) as stage:
        assert "read every 120 minutes" in await stage.told(f"feed add {URL}")


@pytest.mark.parametrize("url", ["https://wire.example/rss", URL])
async def test_a_feed_that_is_there_is_not_added_again(stage: Stage, url: str) -> None:
    await stage.ask(f"feed add {URL}")
    stage.fetcher.asked.clear()
    assert "read here already" in await stage.told(f"feed add {url}")
    assert stage.fetcher.asked == []


@pytest.mark.parametrize(
    "typed, address",
    [
        ("https://a.example/rss", "https://a.example/rss"),
        (" HTTPS://a.example/rss#top ", "https://a.example/rss"),
        ("<http://a.example/rss>", "http://a.example/rss"),
        ("<http://a.example/rss|a.example/rss>", "http://a.example/rss"),
        ("feed://a.example/rss", "https://a.example/rss"),
        ("feed:http://a.example/rss", "http://a.example/rss"),
        ("http://[::1]:8080/rss", "http://[::1]:8080/rss"),
        ("a.example", "https://a.example"),
        ("a.example/rss", "https://a.example/rss"),
    ],
)
def test_an_address_is_read_as_people_paste_it(typed: str, address: str) -> None:
    assert read_address(typed) == address


@pytest.mark.parametrize(
    "typed, told",
    [
        ("news", "begins with https:// or http://"),
        ("ftp://a.example/rss", "begins with https:// or http://"),
        ("file:///etc/passwd", "begins with https:// or http://"),
        ("https://", "has a host"),
        ("https://a b.example/", "begins with"),
        ("https://[::1", "begins with"),
        ("ann:secret@a.example/rss", "name or password"),
        ("https://ann:secret@a.example/rss", "name or password"),
        ("https://ann@a.example/rss", "name or password"),
        ("https://a.example/" + "x" * 2_000, "at most 2000"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(typed: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        read_address(typed)
    assert told in caught.value.message
    assert "secret" not in caught.value.message


@pytest.mark.parametrize("how", ["2", "#2", "Het Nieuws", "het nieuws", URL, f"<{URL}>"])
async def test_a_feed_is_removed_by_number_name_or_address(stage: Stage, how: str) -> None:
    await stage.ask(f"feed add {URL}")
    assert "Removed the feed Het Nieuws" in await stage.told(f"feed remove {how}")
    assert len(await stage.store.list_feeds(HERE)) == 1


async def test_undo_removes_an_added_feed(stage: Stage) -> None:
    undone = await stage.press(await stage.ask(f"feed add {URL}"), "Undo")
    assert "Removed the feed" in shown(card_of(undone))


async def test_a_declared_feed_is_not_removed_and_the_reason_is_told(stage: Stage) -> None:
    told = await stage.told("feed remove The Wire")
    assert "feeds file (feeds.files)" in told
    assert len(await stage.store.list_feeds(HERE)) == 1


async def test_an_unknown_feed_names_the_nearest(stage: Stage) -> None:
    assert "Did you mean The Wire?" in await stage.told("feed remove the wier")
    await stage.ask(f"feed add {URL}")
    there = elsewhere(asker_with(*Right), "there")
    assert "There is no feed “Het Nieuws” here." in await stage.told("feed remove Het Nieuws", there)


async def test_the_list_tells_health_in_words(stage: Stage) -> None:
    await stage.ask(f"feed add {URL}")
    told = await stage.told("feed list")
    assert "2 feeds" in told
    assert "Het Nieuws (nieuws.example): not read yet · #2" in told
    assert "The Wire (wire.example): works · 0 articles · last read 2026-11-23 12:00 UTC · from the feeds file" in told
