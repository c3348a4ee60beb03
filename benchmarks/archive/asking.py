"""What is asked of an archive, and how long each takes: the program's own store, commands, gatherer and story view."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from benchmarks.archive.filling import FEEDS, NOW, PAIR, RARE, TEXT_WORDS, TITLE_WORDS, TOPICS, Filled, Invention
from bot.commands.answers import Actor, Asker, Right
from bot.commands.desk import Desk
from bot.domain.feeds import EntryKeys, NewArticle, Outcome, Validators
from bot.domain.models import FeedId, Place, StoryId, TopicId, WorkspaceId
from bot.domain.records import Poll
from bot.domain.settings import FetchSettings, Settings
from bot.feeds.fetch import HttpFetcher
from bot.packs import load_library
from bot.pipeline.bells import Bells
from bot.pipeline.enrich import Enricher
from bot.pipeline.gather import Gatherer
from bot.pipeline.read import Reader
from bot.ports import Store
from bot.storage.store import open_store
from bot.summarizer.extractive import ExtractiveSummarizer
from bot.topics.names import NameFinder

VIEWER = WorkspaceId("benchmark")
PLACE = Place(platform="console", workspace=VIEWER, channel="news")
ROUNDS = 9
BROUGHT = 20
"""How many new articles a poll brings, and a gathering takes."""
INTERVAL = timedelta(minutes=15)
Ask = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """What one question took of the processor, in milliseconds: the median of the rounds, and the most."""

    name: str
    median_ms: float
    worst_ms: float


@dataclass
class SteppingClock:
    """Everything is asked when the last article has just come; each poll is an interval later."""

    steps: int = 1

    def __call__(self) -> datetime:
        """Return the present instant."""
        return NOW + INTERVAL * self.steps


@dataclass(kw_only=True)
class Archive:
    """A filled database, opened as the program opens it."""

    filled: Filled
    store: Store
    desk: Desk
    reader: Reader
    gatherer: Gatherer
    invention: Invention
    asker: Asker
    clock: SteppingClock

    async def command(self, text: str) -> None:
        """Type a command; raises AssertionError where it is refused."""
        answer = await self.desk.run_line(text, self.asker)
        assert "did not work" not in repr(answer), answer

    async def prepare_poll(self) -> Poll:
        """Make the poll of a feed that brings new articles; nothing of this is timed."""
        self.clock.steps += 1
        return Poll(
            feed_id=FeedId(self.clock.steps % FEEDS + 1),
            at=self.clock(),
            outcome=Outcome.NEW,
            reason="",
            title="",
            language="en",
            validators=Validators(etag="1"),
            failures=0,
            next_check_at=self.clock() + INTERVAL,
            articles=tuple(self._arrival(n) for n in range(BROUGHT)),
        )

    def _arrival(self, number: int) -> NewArticle:
        name = f"new-{self.filled.articles}-{self.clock.steps}-{number}"  # new also where an earlier run has polled
        title = self.invention.text(TITLE_WORDS)
        return NewArticle(
            keys=EntryKeys(guid=name, url=f"https://outlet.example/{name}", title_day=None),
            link=f"https://outlet.example/{name}",
            outlet="Outlet",
            title=f"Huawei {title}" if number == 0 else title,
            text=self.invention.text(TEXT_WORDS),
            language="en",
            published_at=self.clock(),
            image_url=None,
            is_silent=False,
        )


@asynccontextmanager
async def opened(path: Path, filled: Filled) -> AsyncIterator[Archive]:
    """Open a filled database, subscribe a channel to every topic."""
    library, settings = load_library(Settings()), Settings()
    store: Store = await open_store(path, exclusive=True)
    fetcher = HttpFetcher(FetchSettings())
    reader = Reader(store=store, enricher=Enricher(summarizer=ExtractiveSummarizer()), names=NameFinder(library))
    bells, clock = Bells(), SteppingClock()
    try:
        desk = Desk(
            store=store, reader=reader, fetcher=fetcher, library=library, settings=settings, bells=bells,
            clock=clock,
        )  # fmt: skip
        gatherer = Gatherer(store=store, library=library, bells=bells, clock=clock)
        asker = Asker(actor=Actor(id="u", name="reader"), place=PLACE, rights=frozenset(Right))
        archive = Archive(
            filled=filled,
            store=store,
            desk=desk,
            reader=reader,
            gatherer=gatherer,
            invention=Invention(11),
            asker=asker,
            clock=clock,
        )
        channel = await store.add_channel(PLACE)
        for topic in TOPICS:
            await store.save_subscription(channel.id, TopicId(topic), actor="u", now=NOW)
        yield archive
    finally:
        await fetcher.close()
        await store.close()


async def list_stories(archive: Archive) -> list[StoryId]:
    """List stories to show: the latest of every topic, by number."""
    return [line.id for topic in TOPICS for line in await archive.store.latest(VIEWER, TopicId(topic), 5)]


async def measure(archive: Archive) -> list[Took]:
    """Ask everything; the order is that of the table."""
    frequent, common, _ = archive.filled.common
    stories = await list_stories(archive)
    questions: dict[str, Ask] = {
        "search a word that half the articles have": lambda: archive.command(f"search {frequent}"),
        "search a common word": lambda: archive.command(f"search {common}"),
        "search both of two common words": lambda: archive.command(f"search {frequent} {common}"),
        "search two words that rarely meet": lambda: archive.command(f"search {PAIR[0]} {PAIR[1]}"),
        "search a word's beginning": lambda: archive.command(f"search {common[:5]}*"),
        "search a rare word": lambda: archive.command(f"search {RARE}"),
        "search a phrase": lambda: archive.command(f'search "{PAIR[0]} {PAIR[1]}"'),
        "search what nothing has": lambda: archive.command("search xyzzyplugh"),
        "latest": lambda: archive.command("latest"),
        "latest of a topic": lambda: archive.command("latest huawei"),
        "digest preview": lambda: archive.command("digest preview"),
        "trend of a topic, 30 days": lambda: archive.command("trend huawei 30"),
        "status": lambda: archive.command("status"),
        "/metrics": archive.store.measure,
    }
    took = [await _time(name, [ask] * ROUNDS) for name, ask in questions.items()]
    took.append(
        await _time("story page", [lambda s=s: archive.reader.story(VIEWER, s) for s in stories[:ROUNDS]])  # type: ignore[misc]
    )
    return [*await _write(archive), *took]


async def _write(archive: Archive) -> list[Took]:
    """Time polls that bring articles, and the gathering of each."""
    polls, gatherings = [], []
    await archive.gatherer.gather_all()  # builds its matcher
    for _ in range(ROUNDS + 1):
        poll = await archive.prepare_poll()
        polls.append(await _clock(lambda poll=poll: archive.store.save_poll(poll)))  # type: ignore[misc]
        gatherings.append(await _clock(archive.gatherer.gather_all))
    return [_took(f"poll, {BROUGHT} new articles", polls[1:]), _took(f"gather, {BROUGHT} articles", gatherings[1:])]


async def _time(name: str, asks: list[Ask]) -> Took:
    return _took(name, [await _clock(ask) for ask in asks])


async def _clock(ask: Ask) -> float:
    # Of every thread, the database's included; the wall tells as much of the machine's neighbours.
    began = time.process_time()
    await ask()
    return (time.process_time() - began) * 1000


def _took(name: str, laps: list[float]) -> Took:
    return Took(name=name, median_ms=median(laps), worst_ms=max(laps))
