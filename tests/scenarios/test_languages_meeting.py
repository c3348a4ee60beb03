"""One event in two languages: joined when that is sure, else shown as possibly the same."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.domain.records import DeclaredFeed
from tests.newsroom import INTERVAL, WORKSPACE, Newsroom, newsroom
from tests.stories.test_links import OTHER, SAME

SURE, POSSIBLE, LOOKS_ALIKE = SAME[0], SAME[3], OTHER[0]


async def open_outlets(room: Newsroom, *languages: str) -> None:
    for language in languages:
        room.outlets[language] = f"https://{language}.example/feed"
    feeds = [
        DeclaredFeed(url=url, title=f"Outlet {name}", language=name, interval=INTERVAL)
        for name, url in room.outlets.items()
    ]
    await room.store.reconcile_feeds(feeds, room.clock())
    await room.tick()
    for topic in ("huawei", "zte", "5g-bans"):
        await room.subscribe(topic)


async def tell(room: Newsroom, pair: dict[str, dict[str, str]], passing: timedelta = INTERVAL * 1.2) -> None:
    for side in ("a", "b"):
        told = pair[side]
        room.publish(told["language"], told["title"], told["text"])
        await room.tick(passing)


async def test_what_is_surely_one_event_is_one_story_in_both_languages(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await open_outlets(room, "nl", "en")
        await tell(room, SURE)
        await room.tick()
        [line] = await room.store.latest(WORKSPACE, None, 20)
        assert line.outlets == 2
        room.publish("en", SURE["b"]["title"] + " again", SURE["b"]["text"])
        await room.tick()
        assert len(await room.store.latest(WORKSPACE, None, 20)) == 1


async def test_what_may_be_one_event_is_shown_beside_each_other(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await open_outlets(room, "de", "en")
        await tell(room, POSSIBLE)
        one, other = await room.store.latest(WORKSPACE, None, 20)
        for this, that in ((one, other), (other, one)):
            shown = repr(await room.ask(f"story {this.id}"))
            assert "Possibly the same" in shown
            assert that.headline in shown


async def test_what_only_looks_alike_or_comes_days_later_is_not_linked(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await open_outlets(room, "nl", "en")
        await tell(room, LOOKS_ALIKE)
        assert len(await room.store.latest(WORKSPACE, None, 20)) == 2
    late = tmp_path / "late"
    late.mkdir()
    async with newsroom(late) as room:
        await open_outlets(room, "nl", "en")
        await tell(room, SURE, timedelta(hours=50))
        assert len(await room.store.latest(WORKSPACE, None, 20)) == 2


async def test_languages_meet_after_a_restart_as_well(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await open_outlets(room, "nl", "en")
        room.publish("nl", SURE["a"]["title"], SURE["a"]["text"])
        await room.tick()
        clock, fetcher, platform = room.clock, room.fetcher, room.platform
    async with newsroom(tmp_path, clock=clock, fetcher=fetcher, platform=platform) as room:
        await open_outlets(room, "nl", "en")
        room.publish("en", SURE["b"]["title"], SURE["b"]["text"])
        await room.tick()
        [line] = await room.store.latest(WORKSPACE, None, 20)
        assert line.outlets == 2


async def test_what_the_other_language_told_before_is_no_news_when_the_two_become_one(tmp_path: Path) -> None:
    truce = "De VS en China schorten de heffingen 90 dagen op na handelsoverleg in Wenen, met 35 procent op chips."
    async with newsroom(tmp_path) as room:
        await open_outlets(room, "nl", "en")
        await room.subscribe("trade-talks")
        room.publish("en", "US and China open trade talks in Vienna", "Negotiators met in Vienna for trade talks.")
        room.publish("nl", "Handelsoverleg VS-China in Wenen begonnen", "Het handelsoverleg in Wenen duurt drie dagen.")
        await room.tick()
        assert len(await room.store.latest(WORKSPACE, None, 20)) == 2
        room.publish(
            "en",
            "US-China trade talks in Vienna bring tariff pause of 90 days",
            "The US and China suspend tariffs of 35 percent on chips for 90 days after trade talks in Vienna.",
        )
        await room.tick()
        room.publish("nl", "Handelsoverleg VS-China in Wenen levert heffingspauze van 90 dagen op", truce)
        await room.tick()
        [line] = await room.store.latest(WORKSPACE, None, 20)
        assert line.outlets == 2
        replies = [title for title in room.platform.titles() if title.startswith("↳")]
        assert len([title for title in replies if "90" in title]) == 1, replies
        assert len((await room.store.get_story(line.id)).developments) == 1
