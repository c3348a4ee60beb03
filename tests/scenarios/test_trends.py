"""Trends over weeks of news: what stands out is told with its story, as text and as a picture."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.commands.answers import Reply
from bot.domain.models import WorkspaceId
from bot.domain.trends import TrendView
from bot.pipeline.silence import tell_silences
from bot.pipeline.trends import find_zone, list_days, read_silence, read_trend
from tests.newsroom import WORKSPACE, Newsroom, SetClock, newsroom

DAY = timedelta(days=1)
BEGIN = datetime(2026, 1, 5, 12, tzinfo=UTC)
SUBJECTS = ("opens a laboratory in Lyon", "sponsors a marathon", "shows a folding phone", "hires in Warsaw",
            "files patents on antennas", "moves a warehouse")  # fmt: skip


@pytest.fixture(scope="session")
def five_weeks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a newsroom keeps that has read three outlets for 35 days: reading them takes a second and a half."""

    async def fill(folder: Path) -> None:
        async with newsroom(folder, clock=SetClock(BEGIN)) as room:
            await room.open_outlets("Alpha", "Beta", "Gamma")
            await read_weeks(room, 5, BEGIN)

    folder = tmp_path_factory.mktemp("weeks")
    asyncio.run(fill(folder))
    return folder


@pytest.fixture
async def room(tmp_path: Path, five_weeks: Path) -> AsyncIterator[Newsroom]:
    """A newsroom that has read three outlets for 35 days, with one story that everybody told on the 30th."""
    shutil.copytree(five_weeks, tmp_path, dirs_exist_ok=True)
    async with newsroom(tmp_path, clock=SetClock(BEGIN + 35 * DAY)) as room:
        room.go_on_with("Alpha", "Beta", "Gamma")
        yield room


async def read_weeks(room: Newsroom, weeks: int, begin: datetime) -> None:
    for week in range(weeks):
        for day in range(week * 7, week * 7 + 7):
            publish_day(room, day, begin + day * DAY)
        room.clock.now = begin + week * 7 * DAY + 6.5 * DAY
        await room.poller.poll_due()
        await room.gatherer.gather_all()
    room.clock.now = begin + weeks * 7 * DAY


def publish_day(room: Newsroom, day: int, at: datetime) -> None:
    for number in range(2):
        title = f"Huawei {SUBJECTS[(2 * day + number) % 6]}, note {at:%m%d}-{number}"
        room.publish("Alpha", title, published_at=at)
    for outlet in ("Alpha", "Beta", "Gamma") if day == 29 else ():
        for hour in range(4):
            told = f"Report {hour} of {outlet} on the decision."
            room.publish(outlet, "Ministers ban Huawei gear from the core of 5G networks", told, published_at=at)


async def read(room: Newsroom, days: int = 30, workspace: WorkspaceId = WORKSPACE) -> TrendView:
    topic = next(t for t in await room.store.list_topics(workspace) if t.id == "huawei")
    return await read_trend(room.store, workspace, topic, days=days, zone="UTC", now=room.clock())


async def test_a_day_that_stands_out_is_told_with_the_story_that_made_it(room: Newsroom) -> None:
    view = await read(room)
    (spike,) = view.spikes
    assert spike.day == (BEGIN + 29 * DAY).date()
    assert (spike.articles, spike.usual.middle) == (14, 2)
    assert spike.story is not None
    assert spike.story.headline == "Ministers ban Huawei gear from the core of 5G networks"
    assert spike.share >= 10


async def test_days_count_articles_stories_and_origins(room: Newsroom) -> None:
    days = {day.day: day for day in (await read(room)).days}
    quiet, loud = days[(BEGIN + 20 * DAY).date()], days[(BEGIN + 29 * DAY).date()]
    assert quiet.articles == 2
    assert quiet.stories <= quiet.articles
    assert loud.articles == 14
    assert loud.stories < loud.articles
    assert loud.stories <= loud.origins <= loud.articles


async def test_a_wire_report_that_everybody_prints_is_one_origin_a_day(tmp_path: Path) -> None:
    wire = "Ministers agreed on Tuesday to keep Huawei gear out of the core of the networks by the end of next year."
    async with newsroom(tmp_path, clock=SetClock(BEGIN)) as room:
        await room.open_outlets("Alpha", "Beta", "Gamma")
        for day, outlets in enumerate((("Alpha", "Beta", "Gamma"), ("Beta",))):
            for outlet in outlets:
                text = wire if outlet != "Gamma" else "Our man in the hall counted hands until the rain began to fall."
                room.publish(outlet, "Ministers ban Huawei gear from networks", text, published_at=BEGIN + day * DAY)
            room.clock.now = BEGIN + day * DAY + DAY / 24
            await room.poller.poll_due()
            await room.gatherer.gather_all()
        days = (await read(room, days=2)).days
        assert [(day.articles, day.stories, day.origins) for day in days] == [(3, 1, 2), (1, 1, 1)]


async def test_the_days_before_reading_began_are_no_measure(room: Newsroom) -> None:
    view = await read(room, days=60)
    began = (BEGIN + 6 * DAY).date()
    assert all(day.is_watched == (day.day > began) for day in view.days)
    assert all(usual is None for day, usual in zip(view.days, view.usual, strict=True) if day.day <= began + 10 * DAY)


async def test_the_answer_is_a_card_with_blocks_figures_and_the_story(room: Newsroom) -> None:
    reply = await room.ask("trend huawei 30")
    assert isinstance(reply, Reply)
    shown = [["".join(span.text for span in row) for row in section.lines] for section in reply.card.sections]
    assert reply.card.title == "Huawei · 30 days"
    assert "█" in shown[0][0]
    assert "articles" in shown[0][1]
    assert "usual: 2 articles a day" in shown[0][2]
    assert shown[1][0].startswith("① 2026-02-03 · 14 articles (usual 2) · Ministers ban Huawei")


async def test_the_answer_has_a_picture_with_words_for_who_does_not_see_it(room: Newsroom) -> None:
    reply = await room.ask("trend huawei")
    assert isinstance(reply, Reply)
    assert reply.picture is not None
    assert reply.picture.content.startswith(b"\x89PNG")
    assert reply.picture.name == "trend-huawei.png"
    assert "1. 2026-02-03, 14: Ministers ban Huawei" in reply.picture.alt


async def test_without_the_extra_the_answer_is_the_text_alone(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bot.charts.draw", None)
    reply = await room.ask("trend huawei 20")  # what was drawn for others is kept: nobody else asks for these days
    assert isinstance(reply, Reply)
    assert reply.picture is None
    assert "█" in reply.card.sections[0].lines[0][0].text


async def test_two_topics_are_compared_on_one_scale(room: Newsroom) -> None:
    reply = await room.ask("compare huawei 5g-bans")
    assert isinstance(reply, Reply)
    rows = ["".join(span.text for span in row) for row in reply.card.sections[0].lines]
    assert len(rows) == 5
    assert rows[-1].startswith("stories that tell of both: ")
    assert reply.picture is not None


@pytest.mark.parametrize(
    "asked, told",
    [
        ("compare huawei huawei", "one topic"),
        ("trend no-such-topic", "There is no topic"),
        ("trend huawei --days 3", "a whole number from 7 to 365"),
    ],
)
async def test_what_cannot_be_shown_is_refused_in_words(room: Newsroom, asked: str, told: str) -> None:
    reply = await room.ask(asked)
    assert isinstance(reply, Reply)
    assert told in reply.card.text
    assert reply.picture is None


async def test_a_topic_without_articles_says_so(room: Newsroom) -> None:
    reply = await room.ask("trend zte")
    assert isinstance(reply, Reply)
    assert "Nothing in these days." in reply.card.text
    assert reply.picture is None


async def test_nobody_sees_a_trend_of_feeds_that_are_not_theirs(room: Newsroom) -> None:
    await room.store.add_feed(
        url="https://own.example/feed", title="Own", language="en", interval=DAY, workspace=WorkspaceId("other"),
        actor="t", now=room.clock(),
    )  # fmt: skip
    room.fetcher.entries["https://own.example/feed"] = []
    await room.poller.poll_due()
    room.outlets["Own"] = "https://own.example/feed"
    room.clock.move(2 * DAY)
    room.publish("Own", "Huawei opens a hidden office nobody else reports")
    await room.poller.poll_due()
    await room.gatherer.gather_all()
    mine, theirs = await read(room), await read(room, workspace=WorkspaceId("other"))
    assert theirs.articles == mine.articles + 1


async def test_a_silence_is_found_after_days_without_an_article(room: Newsroom) -> None:
    topic = next(t.id for t in await room.store.list_topics(WORKSPACE) if t.id == "huawei")
    assert await read_silence(room.store, WORKSPACE, topic, room.clock()) is None
    found = None
    for _ in range(8):
        room.clock.move(DAY)
        found = found or await read_silence(room.store, WORKSPACE, topic, room.clock())
    assert found is not None
    assert found.usual >= 12


async def test_a_silence_is_told_once_in_the_ops_channel(room: Newsroom) -> None:
    await room.subscribe("huawei")
    await room.open_ops()
    told = []
    for _ in range(10):
        room.clock.move(DAY)
        told.append(await tell_silences(room.store, room.bells, room.clock()))
        await room.deliverer.deliver_due()
    assert sum(told) == 1
    (message,) = [m for m in room.platform.shown if m.place.channel == "ops"]
    assert message.card.title == "Huawei has fallen silent"
    assert "are usual" in message.card.sections[0].lines[0][0].text


async def test_a_silence_after_another_is_told_again(room: Newsroom) -> None:
    await room.subscribe("huawei")
    await room.open_ops()
    told = 0
    for _ in range(2):
        for _ in range(8):
            room.clock.move(DAY)
            told += await tell_silences(room.store, room.bells, room.clock())
        await read_weeks(room, 5, room.clock())
    assert told == 2


@pytest.mark.parametrize("zone, hours", [("Europe/Amsterdam", 23), ("UTC", 24)])
def test_days_follow_the_calendar_of_the_zone(zone: str, hours: int) -> None:
    dates, edges = list_days(datetime(2026, 3, 30, 9, tzinfo=UTC), 3, find_zone(zone))
    assert [day.isoformat() for day in dates] == ["2026-03-28", "2026-03-29", "2026-03-30"]
    assert (edges[2] - edges[1]) == timedelta(hours=hours)
