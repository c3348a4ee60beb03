"""Alerts of bare headlines: they wait a little for the page, never longer, and a machine's words are marked as such."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.cards import Card
from bot.domain.errors import WriterError
from bot.domain.models import StoryId, WorkspaceId
from bot.domain.pages import MachineText, PageText
from bot.domain.settings import PagesSettings, SummarizerSettings
from bot.pipeline.deliver import Deliverer
from bot.pipeline.enrich import Enricher
from bot.pipeline.machine import PAUSE, MachineHelp
from bot.pipeline.pages import Pages
from bot.pipeline.read import Reader
from bot.summarizer.extractive import ExtractiveSummarizer
from tests.newsroom import Newsroom, newsroom

HEADLINE = "Ministers ban Huawei gear from 5G networks"
PAGE = "Ministers of six countries agreed to ban gear of one maker. The ban takes effect in March 2027. " * 4
ONLY = StoryId(1)
QUICK = PagesSettings(deadline=timedelta(milliseconds=300))


@dataclass
class ScriptedPages:
    """Pages that say what the test wrote; `gate` is what slow ones wait for."""

    page: PageText = field(default_factory=lambda: PageText(text=PAGE))
    asked: list[str] = field(default_factory=list)
    gate: asyncio.Event | None = None

    async def read_page(self, url: str) -> PageText:
        """Return the page once the gate is open."""
        self.asked.append(url)
        if self.gate is not None:
            await self.gate.wait()
        return self.page

    async def close(self) -> None:
        """Nothing is open."""


@dataclass
class ScriptedWriter:
    """A machine that writes the same of everything, or fails as told."""

    error: WriterError | None = None
    summary: str = ""
    delay: float = 0
    asked: list[tuple[str, str]] = field(default_factory=list)

    async def write(self, title: str, text: str, *, language: str) -> MachineText:
        """Write after the delay."""
        self.asked.append((title, language))
        await asyncio.sleep(self.delay)
        if self.error is not None:
            raise self.error
        summary = self.summary or f"Samenvatting ({language})."
        return MachineText(headline=f"Kop ({language})", summary=summary, language=language)

    async def close(self) -> None:
        """Nothing is open."""


@dataclass
class Desk:
    """A newsroom whose deliveries are enriched."""

    room: Newsroom
    pages: Pages
    reader: ScriptedPages
    machine: MachineHelp
    writer: ScriptedWriter

    async def bring(self, title: str = HEADLINE, text: str = "") -> None:
        """Publish, poll and gather."""
        self.room.publish("Alpha", title, text)
        self.room.clock.move(timedelta(hours=1))
        await self.room.poller.poll_due()
        await self.room.gatherer.gather_all()

    def card(self) -> Card:
        return self.room.platform.shown[-1].card


@asynccontextmanager
async def opened(
    tmp_path: Path, *, settings: PagesSettings = QUICK, machine: SummarizerSettings | None = None
) -> AsyncIterator[Desk]:
    async with newsroom(tmp_path) as room:
        reader, writer = ScriptedPages(), ScriptedWriter()
        pages = Pages(store=room.store, reader=reader, bells=room.bells, clock=room.clock, settings=settings)
        given = machine or SummarizerSettings(deadline=timedelta(milliseconds=500))
        helper = MachineHelp(store=room.store, writer=writer, settings=given, clock=room.clock)
        enricher = Enricher(
            summarizer=ExtractiveSummarizer(), pages=pages, machine=helper if machine is not None else None
        )
        shown = Reader(store=room.store, enricher=enricher)
        room.deliverer = Deliverer(
            store=room.store, platform=room.platform, reader=shown, bells=room.bells, clock=room.clock
        )
        await room.open_outlets("Alpha")
        await room.subscribe("huawei")
        yield Desk(room, pages, reader, helper, writer)
        await pages.close()


async def until(look: Callable[[], Awaitable[object]]) -> None:
    async with asyncio.timeout(5):
        while not await look():  # noqa: ASYNC110 - a row rings no event
            await asyncio.sleep(0)


def said(card: Card) -> str:
    return "\n".join("".join(span.text for span in row) for section in card.sections for row in section.lines)


async def test_a_bare_headline_is_told_with_a_summary_of_its_page(tmp_path: Path) -> None:
    async with opened(tmp_path) as desk:
        await desk.bring()
        await desk.room.deliverer.deliver_due()
        assert "takes effect in March 2027" in said(desk.card())
        assert desk.reader.asked == ["https://alpha.example/0"]


@pytest.mark.parametrize("text, is_read", [("", True), (f"{HEADLINE} - The Outlet", True), ("Word " * 16, False)])
async def test_a_headline_said_twice_is_still_a_headline(tmp_path: Path, text: str, is_read: bool) -> None:
    async with opened(tmp_path) as desk:
        await desk.bring(text=text)
        await desk.pages.begin()
        await desk.room.deliverer.deliver_due()
        assert bool(desk.reader.asked) is is_read


async def test_an_article_with_text_is_not_read_again(tmp_path: Path) -> None:
    async with opened(tmp_path) as desk:
        await desk.bring(text="Own words of the feed. " * 20)
        await desk.pages.begin()
        await desk.room.deliverer.deliver_due()
        assert desk.reader.asked == []
        assert "Own words" in said(desk.card())


async def test_an_alert_goes_out_without_a_page_that_is_late_and_is_edited_when_it_came(tmp_path: Path) -> None:
    async with opened(tmp_path) as desk:
        desk.reader.gate = asyncio.Event()
        await desk.bring()
        async with asyncio.timeout(10):
            await desk.room.deliverer.deliver_due()
        assert desk.card().title == HEADLINE
        assert "March" not in said(desk.card())
        desk.reader.gate.set()
        (article,) = (await desk.room.store.get_story(ONLY)).articles
        await until(lambda: desk.room.store.list_pages([article]))
        desk.room.clock.move(timedelta(seconds=1))
        assert await desk.room.deliverer.deliver_due() == 1
        assert "March 2027" in said(desk.card())
        assert len(desk.room.platform.shown) == len(desk.reader.asked) == 1
        assert await desk.room.deliverer.deliver_due() == 0


async def test_a_late_page_that_gives_nothing_edits_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as desk:
        desk.reader.gate, desk.reader.page = asyncio.Event(), PageText(problem="it is a wall")
        await desk.bring()
        await desk.room.deliverer.deliver_due()
        desk.reader.gate.set()
        (article,) = (await desk.room.store.get_story(ONLY)).articles
        await until(lambda: desk.room.store.list_pages([article]))
        desk.room.clock.move(timedelta(seconds=1))
        assert await desk.room.deliverer.deliver_due() == 0


async def test_the_wait_counts_from_the_decision(tmp_path: Path) -> None:
    async with opened(tmp_path, settings=PagesSettings(deadline=timedelta(seconds=0.4))) as desk:
        desk.reader.gate = asyncio.Event()
        await desk.bring()
        await desk.pages.begin()
        await asyncio.sleep(0.45)
        began = asyncio.get_running_loop().time()
        chosen, text = await desk.pages.choose(await desk.room.store.list_visible_articles(WorkspaceId("test"), ONLY))
        assert asyncio.get_running_loop().time() - began < 0.35
        assert (chosen.title, text) == (HEADLINE, "")


async def test_an_alert_that_is_late_already_waits_no_more(tmp_path: Path) -> None:
    async with opened(tmp_path, settings=PagesSettings(deadline=timedelta(seconds=20))) as desk:
        desk.reader.gate = asyncio.Event()
        await desk.bring()
        desk.room.clock.move(timedelta(seconds=21))
        async with asyncio.timeout(10):
            await desk.room.deliverer.deliver_due()
        assert desk.card().title == HEADLINE


@pytest.mark.parametrize("problem", ["its site asks robots not to read it (robots.txt)", "it is larger than 2"])
async def test_a_page_that_gives_nothing_is_not_asked_again(tmp_path: Path, problem: str) -> None:
    async with opened(tmp_path) as desk:
        desk.reader.page = PageText(problem=problem)
        await desk.bring()
        await desk.room.deliverer.deliver_due()
        await desk.pages.begin()
        await desk.room.deliverer.reader.story(WorkspaceId("test"), ONLY)
        assert desk.card().title == HEADLINE
        assert len(desk.reader.asked) == 1


async def test_what_alerts_need_is_read_before_they_are_shown(tmp_path: Path) -> None:
    async with opened(tmp_path) as desk:
        await desk.bring()
        running = asyncio.create_task(desk.pages.run())
        await until(lambda: asyncio.sleep(0.01, desk.reader.asked))
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


MACHINE = SummarizerSettings(url="http://127.0.0.1:1/v1", model="m", deadline=timedelta(milliseconds=500), per_day=2)


async def test_a_machines_words_are_marked_and_stand_for_the_summary(tmp_path: Path) -> None:
    async with opened(tmp_path, machine=MACHINE) as desk:
        await desk.bring()
        await desk.room.deliverer.deliver_due()
        assert "Samenvatting (en). (machine-made)" in said(desk.card())
        assert "Kop" not in said(desk.card())


async def test_in_another_language_the_headline_comes_along_and_the_title_stays(tmp_path: Path) -> None:
    async with opened(tmp_path, machine=MACHINE) as desk:
        await desk.room.ask("settings --language nl")
        await desk.bring()
        await desk.room.deliverer.deliver_due()
        assert desk.card().title == HEADLINE
        assert "Kop (nl) (door een machine gemaakt)\nSamenvatting (nl)." in said(desk.card())


@pytest.mark.parametrize("kind", ["refused", "slow", "shape", "language", "budget"])
async def test_whatever_goes_wrong_the_articles_own_sentences_stand_in_and_it_is_told_once(
    tmp_path: Path, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings = MACHINE if kind != "budget" else SummarizerSettings(url=MACHINE.url, model="m", per_day=0)
    async with opened(tmp_path, machine=settings) as desk:
        desk.writer.delay = 5 if kind == "slow" else 0
        desk.writer.error = WriterError(kind, "a reason") if kind in ("refused", "shape") else None  # type: ignore[arg-type]
        if kind == "language":
            desk.writer.summary = "De raad van de stad heeft het besluit van de minister niet in de krant gelezen."
        reports = {
            HEADLINE: "The ban takes effect in March 2027. ",
            "Huawei opens a laboratory in Lyon": "Eighty engineers in France begin to work on antennas for Huawei. ",
        }
        for title, text in reports.items():
            await desk.bring(title, text * 8)
            await desk.room.deliverer.deliver_due()
            desk.room.clock.move(2 * PAUSE)
        assert len(desk.room.platform.shown) == 2
        assert len(desk.writer.asked) == (0 if kind == "budget" else 2)
        assert "Eighty engineers" in said(desk.card())
        told = [record.__dict__.get("fields", {}).get("what", "") for record in caplog.records]
        assert len([what for what in told if "summarizer" in what]) == 1


async def test_a_machine_is_asked_once_for_one_thing(tmp_path: Path) -> None:
    async with opened(tmp_path, machine=MACHINE) as desk:
        await desk.bring()
        for _ in range(3):
            await desk.room.deliverer.reader.story(WorkspaceId("test"), ONLY, language="en")
        assert len(desk.writer.asked) == 1


async def test_the_budget_of_a_day_outlives_a_restart_and_ends_with_the_day(tmp_path: Path) -> None:
    async with opened(tmp_path, machine=MACHINE) as desk:
        store, day = desk.room.store, desk.room.clock().date()
        assert [await store.claim_machine_call(day, 2) for _ in range(3)] == [True, True, False]
    async with opened(tmp_path, machine=MACHINE) as desk:
        assert not await desk.room.store.claim_machine_call(day, 2)
        assert await desk.room.store.claim_machine_call(day + timedelta(days=1), 2)


async def test_an_endpoint_that_failed_is_left_alone_for_a_while(tmp_path: Path) -> None:
    async with opened(tmp_path, machine=MACHINE) as desk:
        desk.writer.error = WriterError("refused", "it answered 500")
        await desk.bring()
        for _ in range(3):
            await desk.room.deliverer.reader.story(WorkspaceId("test"), ONLY, language="en")
        assert len(desk.writer.asked) == 1
