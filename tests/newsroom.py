"""A newsroom for tests: the real store, pipeline and desk, with feeds that are scripted and a platform that records."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from bot import packs
from bot.commands.answers import Actor, Answer, Asker, Right
from bot.commands.desk import Desk
from bot.domain.cards import Card
from bot.domain.feed_lists import FeedList
from bot.domain.feeds import Entry, Outcome, Validators
from bot.domain.finds import Discovery, FoundFeed, Page
from bot.domain.models import Channel, Filters, Mode, Place, Sensitivity, TopicId, WorkspaceId
from bot.domain.records import DeclaredFeed, FeedRequest, Outgoing, Reading, Watching
from bot.domain.settings import FetchSettings, Settings
from bot.domain.troubles import Trouble
from bot.feeds.guard import Guard
from bot.feeds.identity import document_keys
from bot.feeds.opml import read_opml
from bot.pipeline.bells import Bells
from bot.pipeline.compose import Composer
from bot.pipeline.deliver import Deliverer
from bot.pipeline.digest import Digester
from bot.pipeline.enrich import Enricher
from bot.pipeline.gather import Gatherer
from bot.pipeline.poll import Poller
from bot.pipeline.read import Reader
from bot.platforms.directory import Directories
from bot.ports import Store
from bot.storage.store import open_store
from bot.summarizer.extractive import ExtractiveSummarizer
from bot.topics.library import Library
from bot.topics.names import NameFinder
from tests.prepared import lay_database

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORKSPACE = WorkspaceId("test")
INTERVAL = timedelta(minutes=10)
UNFILTERED = Filters()


class SetClock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self.now += by


class ScriptedFetcher:
    """Feeds that say what the test wrote; `fail` makes one fail with a reason, of a kind of `trouble`,
    `moved` sends one on for good."""

    def __init__(self) -> None:
        self.entries: dict[str, list[Entry]] = {}
        self.fail: dict[str, str] = {}
        self.trouble: Trouble | None = None
        self.moved: dict[str, str] = {}
        self.retry_after: timedelta | None = None
        self.asked: list[FeedRequest] = []

    async def read(self, request: FeedRequest) -> Reading:
        """Return the feed's entries, newest first as most feeds have them."""
        self.asked.append(request)
        if reason := self.fail.get(request.url):
            failed = Reading(outcome=Outcome.FAILED, reason=reason, retry_after=self.retry_after)
            return replace(failed, trouble=self.trouble, validators=request.validators)
        moved_to = self.moved.get(request.url)
        entries = tuple(reversed(self.entries.get(moved_to or request.url, [])))
        etag = str(len(entries))
        if entries and request.validators.etag == etag:
            return Reading(outcome=Outcome.NOT_MODIFIED, validators=request.validators, moved_to=moved_to)
        keys = tuple(document_keys(entries, request.url))
        validators = Validators(etag=etag)
        found = Reading(outcome=Outcome.NEW, entries=entries, keys=keys, validators=validators, language="en")
        return replace(found, moved_to=moved_to)

    async def read_document(self, body: bytes, *, url: str, content_type: str = "") -> Reading:
        """Scripted feeds have no documents."""
        return Reading(outcome=Outcome.FAILED, reason="not a feed")

    async def fetch_page(self, url: str) -> Page:
        """Scripted feeds have no pages."""
        return Page(url=url, problem="there is no such page")

    async def read_list(self, body: bytes, content_type: str = "") -> FeedList:
        """Read a list here; no worker is started for it."""
        return read_opml(body, Guard.of(()), content_type)

    async def discover(self, url: str) -> Discovery:
        """Find the feed that the address is."""
        reading = await self.read(FeedRequest(url=url))
        if reading.outcome is Outcome.FAILED:
            return Discovery(problem=reading.reason)
        return Discovery(feeds=(FoundFeed(url=url, title=reading.title, reading=reading),))

    async def close(self) -> None:
        """Nothing is open."""


@dataclass
class Shown:
    """A message as the recording platform holds it."""

    id: str
    place: Place
    card: Card
    reply_to: str | None
    edits: int = 0


@dataclass
class RecordingPlatform:
    """A platform that keeps what it was asked to show; `errors` are raised one by one before anything is shown.

    With `lost_answers` or `lost_edits`, a message or its edit is shown and the answer then lost.
    """

    name: str = "test"
    shown: list[Shown] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)
    lost_answers: list[Exception] = field(default_factory=list)
    lost_edits: list[Exception] = field(default_factory=list)
    asked: list[Outgoing] = field(default_factory=list)
    _ids: itertools.count[int] = field(default_factory=itertools.count)
    _by_delivery: dict[str, str] = field(default_factory=dict)

    async def start(self) -> None:
        """Nothing connects."""

    async def post(self, outgoing: Outgoing) -> str:
        """Keep a message; one that was unsure is found again by its delivery, as Discord does by a button."""
        self.asked.append(outgoing)
        assert any(button.call for button in outgoing.card.buttons), f"not to be found again: {outgoing.card}"
        if self.errors:
            raise self.errors.pop(0)
        if outgoing.unsure_since is not None and (found := self._by_delivery.get(outgoing.key)):
            next(m for m in self.shown if m.id == found).card = outgoing.card
            return found
        message = Shown(f"m{next(self._ids)}", outgoing.place, outgoing.card, outgoing.reply_to)
        self.shown.append(message)
        self._by_delivery[outgoing.key] = message.id
        if self.lost_answers:
            raise self.lost_answers.pop(0)
        return message.id

    async def edit(self, outgoing: Outgoing, message_id: str) -> None:
        """Show another card in a message."""
        self.asked.append(outgoing)
        if self.errors:
            raise self.errors.pop(0)
        message = next(m for m in self.shown if m.id == message_id)
        message.card = outgoing.card
        message.edits += 1
        if self.lost_edits:
            raise self.lost_edits.pop(0)

    async def direct(self, actor: str, place: Place) -> Place:
        """Everybody has a channel of direct messages."""
        return replace(place, channel=f"dm-{actor}")

    def link_to(self, place: Place, message_id: str) -> str | None:
        """Every message has an address."""
        return f"https://chat.example/{place.channel}/{message_id}"

    async def close(self) -> None:
        """Nothing is open."""

    def titles(self) -> list[str]:
        """What the messages say, oldest first; replies are marked."""
        return [f"{'↳ ' if m.reply_to else ''}{m.card.title}" for m in self.shown]


@dataclass(kw_only=True)
class Newsroom:
    """Everything of a run but its sockets."""

    store: Store
    library: Library
    clock: SetClock
    fetcher: ScriptedFetcher
    platform: RecordingPlatform
    bells: Bells
    poller: Poller
    gatherer: Gatherer
    digester: Digester
    deliverer: Deliverer
    reader: Reader
    desk: Desk
    outlets: dict[str, str] = field(default_factory=dict)
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    async def open_outlets(self, *names: str, language: str = "en") -> None:
        """Declare outlets; their first, silent sight is over when this returns."""
        self._name(names)
        await self.store.reconcile_feeds(
            [
                DeclaredFeed(url=url, title=name, language=language, interval=INTERVAL)
                for name, url in self.outlets.items()
            ],
            self.clock(),
        )
        await self.tick()

    def go_on_with(self, *names: str) -> None:
        """Take up outlets that the database knows already; what they published is in their feeds no more."""
        self._name(names)
        self._numbers = itertools.count(1_000_000)

    def _name(self, names: Sequence[str]) -> None:
        self.outlets |= {name: f"https://{name.casefold().replace(' ', '-')}.example/feed" for name in names}

    def publish(self, outlet: str, title: str, text: str = "", **more: object) -> None:
        """Put an article into an outlet's feed."""
        number = next(self._numbers)
        url = self.outlets[outlet]
        entry: dict[str, object] = {
            "guid": f"g{number}",
            "link": f"{url.removesuffix('/feed')}/{number}",
            "title": title,
            "text": text,
            "published_at": self.clock(),
        }
        self.fetcher.entries.setdefault(url, []).append(Entry(**(entry | more)))  # type: ignore[arg-type]

    async def subscribe(
        self,
        topic: str,
        *,
        channel: str = "news",
        workspace: WorkspaceId = WORKSPACE,
        mode: Mode = Mode.LIVE,
        sensitivity: Sensitivity | None = None,
        outlets: int = 1,
        filters: Filters = UNFILTERED,
        mention: str | None = None,
    ) -> Channel:
        """Watch a topic in a channel."""
        place = Place(platform="test", workspace=workspace, channel=channel)
        found = await self.store.add_channel(place)
        how = Watching(mode=mode, sensitivity=sensitivity, min_outlets=outlets, filters=filters, mention=mention)
        await self.store.save_subscription(found.id, TopicId(topic), how, actor="t", now=self.clock())
        return found

    async def open_ops(self, workspace: WorkspaceId = WORKSPACE, channel: str = "ops") -> Channel:
        """Make a channel that hears of the bot's health."""
        found = await self.store.add_channel(Place(platform="test", workspace=workspace, channel=channel))
        await self.store.save_channel(replace(found, is_ops=True), actor="t", now=self.clock())
        return replace(found, is_ops=True)

    async def tick(self, passing: timedelta = INTERVAL * 1.2) -> None:
        """Let time pass, then poll, gather and deliver everything that is due."""
        self.clock.move(passing)
        await self.poller.poll_due()
        await self.gatherer.gather_all()
        await self.digester.digest_due()
        await self.deliverer.deliver_due()

    async def ask(
        self, text: str, *, rights: Sequence[Right] = tuple(Right), workspace: str = WORKSPACE, channel: str = "news"
    ) -> Answer:
        """Type a command in a channel."""
        place = Place(platform="test", workspace=WorkspaceId(workspace), channel=channel)
        asker = Asker(actor=Actor(id="u1", name="reader"), place=place, rights=frozenset(rights))
        return await self.desk.run_line(text, asker)


@cache
def _shipped_library() -> Library:
    """Read the shipped packs once for all tests: they never change."""
    return packs.load_library(Settings())


@cache
def _shipped_names() -> NameFinder:
    return NameFinder(_shipped_library())


@asynccontextmanager
async def newsroom(
    folder: Path,
    *,
    fetcher: ScriptedFetcher | None = None,
    platform: RecordingPlatform | None = None,
    clock: SetClock | None = None,
) -> AsyncIterator[Newsroom]:
    """Open a newsroom on a database in `folder`; a second one on the same folder is a restart."""
    settings = Settings(fetch=FetchSettings(min_interval=timedelta(seconds=1)))
    clock = clock or SetClock()
    fetcher = fetcher or ScriptedFetcher()
    platform = platform or RecordingPlatform()
    library = _shipped_library()
    lay_database(folder / "newsroom.db")
    store: Store = await open_store(str(folder / "newsroom.db"), exclusive=True)
    await store.take_over(clock())
    await store.reconcile_topics(library.topics)
    bells = Bells()
    reader = Reader(store=store, enricher=Enricher(summarizer=ExtractiveSummarizer()), names=_shipped_names())
    try:
        yield Newsroom(
            store=store,
            library=library,
            clock=clock,
            fetcher=fetcher,
            platform=platform,
            bells=bells,
            poller=Poller(store=store, fetcher=fetcher, settings=settings.fetch, bells=bells, clock=clock),
            gatherer=Gatherer(store=store, library=library, bells=bells, clock=clock),
            digester=Digester(
                store=store, composer=Composer(store=store, names=_shipped_names()), bells=bells, clock=clock
            ),
            deliverer=Deliverer(store=store, platform=platform, reader=reader, bells=bells, clock=clock),
            reader=reader,
            desk=Desk(
                store=store,
                fetcher=fetcher,
                library=library,
                settings=settings,
                bells=bells,
                clock=clock,
                reader=reader,
                directory=Directories({platform.name: platform}),
            ),
        )
    finally:
        await store.release_leases()
        await store.close()
