"""What the tests of commands share: a desk over a real store, a fetcher that answers as told, and news to ask about."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.commands.answers import Actor, Answer, Asker, Form, Reply, Right
from bot.commands.desk import Desk
from bot.domain.cards import Call, Card
from bot.domain.feed_lists import FeedList
from bot.domain.feeds import Entry, EntryKeys, Feed, NewArticle, Outcome, Validators
from bot.domain.finds import Discovery, FoundFeed, Page
from bot.domain.models import Place, WorkspaceId
from bot.domain.records import DeclaredFeed, FeedRequest, Poll, Reading
from bot.domain.settings import Settings
from bot.feeds.guard import Guard
from bot.feeds.opml import read_opml
from bot.pipeline.bells import Bell, Bells
from bot.pipeline.enrich import Enricher
from bot.pipeline.gather import Gatherer
from bot.pipeline.read import Reader
from bot.pipeline.rematch import Rematcher
from bot.storage.store import SqlStore, open_store
from bot.summarizer.extractive import ExtractiveSummarizer
from bot.topics.library import PackSource, load_library

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
HERE = WorkspaceId("here")
PACK = PackSource(
    name="invented.toml",
    text="""
format = 1
[groups.firm]
any = ["Huawei"]
zh = ["华为"]
[topics.huawei]
title = "Huawei"
clauses = [{ query = "@firm", score = 0.9 }]
[topics.trade-talks]
title = "Trade talks"
clauses = [{ query = '"trade talks" OR handelsoverleg', score = 0.9 }]
mask = { en = ["fantasy trade talks"] }
""",
)
LIBRARY = load_library([PACK])
WIRE = DeclaredFeed(url="https://wire.example/rss", title="The Wire", language="en", interval=HOUR)


def read_of(*titles: str, name: str = "Het Nieuws") -> Reading:
    """Make a good reading with entries of these titles."""
    entries = tuple(
        Entry(guid=t, link=f"https://nieuws.example/{n}", title=t, text="", published_at=NOW - n * HOUR)
        for n, t in enumerate(titles)
    )
    return Reading(outcome=Outcome.NEW, entries=entries, title=name, language="nl")


@dataclass
class Fetcher:
    """Answers every address with the reading that the test set; `asked` are those that were fetched."""

    reading: Reading = field(default_factory=read_of)
    asked: list[str] = field(default_factory=list)
    page: str = ""

    async def read(self, request: FeedRequest) -> Reading:
        self.asked.append(request.url)
        return self.reading

    async def read_document(self, body: bytes, *, url: str, content_type: str = "") -> Reading:
        return self.reading

    async def fetch_page(self, url: str) -> Page:
        self.asked.append(url)
        return Page(url=url, body=self.page.encode(), problem="" if self.page else "there is no such page (404)")

    async def read_list(self, body: bytes, content_type: str = "") -> FeedList:
        """Read a list here; no worker is started for it."""
        return read_opml(body, Guard.of(()), content_type)

    async def discover(self, url: str) -> Discovery:
        reading = await self.read(FeedRequest(url=url))
        if reading.outcome is Outcome.FAILED:
            return Discovery(problem=reading.reason, requests=1)
        return Discovery(feeds=(FoundFeed(url=url, title=reading.title, reading=reading),), requests=1)

    async def close(self) -> None:
        """Nothing is open."""


@dataclass
class Stage:
    """A desk with everything behind it."""

    path: Path
    desk: Desk
    store: SqlStore
    fetcher: Fetcher
    bells: Bells
    feed: Feed

    async def ask(self, text: str, asker: Asker | None = None) -> Answer:
        """Ask as somebody does who types after /news."""
        return await self.desk.run_line(text, asker or asker_with(*Right))

    async def told(self, text: str, asker: Asker | None = None) -> str:
        """Ask, and return everything that the card shows."""
        return shown(card_of(await self.ask(text, asker)))

    async def press(self, answer: Answer, label: str) -> Answer:
        """Press a button of a card."""
        call = next(button.call for button in card_of(answer).buttons if button.label == label)
        assert call is not None
        return await self.desk.run(call, asker_with(*Right))

    async def save(self, text: str, asker: Asker | None = None) -> Answer:
        """Type a topic that is tried first, and save it as it was tried."""
        tried = await self.ask(text, asker)
        call = next(c for c in calls_of(tried) if c.command == "topic save")
        return await self.desk.run(call, asker or asker_with(*Right))

    async def fill(self, form: Form, **values: str) -> Answer:
        """Send a form with what stands in its fields, these changed."""
        standing = {f.name: f.value for f in form.fields}
        return await self.desk.run(form.filled(standing | values), asker_with(*Right))

    async def bring(self, *news: NewArticle, at: datetime = NOW) -> None:
        """Let the feed bring articles, and gather them."""
        await self.store.save_poll(poll_of(self.feed, *news, at=at))
        gatherer = Gatherer(store=self.store, library=LIBRARY, bells=self.bells, clock=lambda: at)
        await gatherer.gather_all()

    async def rematch(self) -> None:
        """Match the archive anew with what was saved."""
        await Rematcher(store=self.store, library=LIBRARY, bells=self.bells).rematch_all()


def news(
    title: str, *, text: str = "", outlet: str = "The Wire", language: str = "en", at: datetime = NOW
) -> NewArticle:
    """Make an unseen entry."""
    slug = title.lower().replace(" ", "-")
    return NewArticle(
        keys=EntryKeys(guid=slug, url=f"https://wire.example/{slug}", title_day=None),
        link=f"https://wire.example/{slug}",
        outlet=outlet,
        title=title,
        text=text,
        language=language,
        published_at=at,
        image_url=None,
        is_silent=False,
    )


def asker_with(*rights: Right, channel: str = "general", workspace: WorkspaceId = HERE, person: str = "u1") -> Asker:
    """Make somebody with these rights."""
    place = Place(platform="console", workspace=workspace, channel=channel)
    return Asker(actor=Actor(id=person, name="Ann"), place=place, rights=frozenset(rights))


def card_of(answer: Answer) -> Card:
    assert isinstance(answer, Reply), answer
    return answer.card


def form_of(answer: Answer) -> Form:
    assert isinstance(answer, Form), answer
    return answer


def shown(card: Card) -> str:
    """Return a card as plain lines."""
    rows = [card.title]
    for section in card.sections:
        rows += [section.heading] if section.heading else []
        rows += ["".join(span.text for span in row) for row in section.lines]
    return "\n".join([*rows, "".join(span.text for span in card.footer)])


def calls_of(answer: Answer) -> Sequence[Call]:
    return [button.call for button in card_of(answer).buttons if button.call is not None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A database with the invented pack and one declared feed that was polled before: what it brings now is news."""

    path: Path
    feed: Feed

    @classmethod
    async def make(cls, folder: Path) -> Prepared:
        """Make it once for many tests, which each take a copy."""
        path = folder / "prepared.db"
        store = await open_store(path, exclusive=True)
        try:
            await store.reconcile_topics(LIBRARY.topics)
            await store.reconcile_feeds([WIRE], NOW)
            (feed,) = await store.claim_due_feeds(NOW, HOUR, 1)
            await store.save_poll(poll_of(feed))
        finally:
            await store.close()
        return cls(path, feed)


def poll_of(feed: Feed, *news: NewArticle, at: datetime = NOW) -> Poll:
    """Make a good poll that brought these entries."""
    return Poll(
        feed_id=feed.id,
        at=at,
        outcome=Outcome.NEW,
        reason="",
        title=feed.title,
        language="en",
        validators=Validators(),
        failures=0,
        next_check_at=at + HOUR,
        articles=news,
    )


@asynccontextmanager
async def on_stage(
    folder: Path, prepared: Prepared, *, settings: Settings | None = None, fetcher: Fetcher | None = None
) -> AsyncIterator[Stage]:
    """Open a copy of the prepared database, and a desk over it."""
    shutil.copy(prepared.path, folder / "topicwire.db")
    store = await open_store(folder / "topicwire.db", exclusive=True)
    try:
        fetcher, bells = fetcher or Fetcher(), Bells()
        desk = Desk(
            store=store,
            reader=Reader(store=store, enricher=Enricher(summarizer=ExtractiveSummarizer())),
            fetcher=fetcher,
            library=LIBRARY,
            settings=settings or Settings(),
            bells=bells,
            clock=lambda: NOW,
        )
        yield Stage(
            path=folder / "topicwire.db", desk=desk, store=store, fetcher=fetcher, bells=bells, feed=prepared.feed
        )
    finally:
        await store.close()


async def is_rung(bell: Bell) -> bool:
    """Tell whether a bell was rung since it was heard last."""
    began = asyncio.get_running_loop().time()
    await bell.wait(timedelta(seconds=0.3))
    return asyncio.get_running_loop().time() - began < 0.2


def elsewhere(asker: Asker, workspace: str) -> Asker:
    """Put somebody into another workspace."""
    return replace(asker, place=replace(asker.place, workspace=WorkspaceId(workspace)))
