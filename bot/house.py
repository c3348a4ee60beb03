"""Everything that runs, built from a configuration: the one place that knows every room.

settings, feeds, packs -> store, library, fetcher -> desk -> platforms, poller, gatherer, deliverers
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import datetime

from bot.commands.desk import Desk
from bot.config import Configuration
from bot.domain.models import Place
from bot.domain.records import DeclaredFeed
from bot.domain.settings import Settings
from bot.feed_files import load_feeds
from bot.feeds import page_text
from bot.feeds.fetch import HttpFetcher
from bot.packs import load_topics
from bot.pipeline.bells import Bells
from bot.pipeline.clean import find_age
from bot.pipeline.compose import Composer
from bot.pipeline.deliver import Deliverer
from bot.pipeline.digest import Digester
from bot.pipeline.enrich import Enricher
from bot.pipeline.events import problem
from bot.pipeline.gather import Gatherer
from bot.pipeline.grouping import GroupingApart
from bot.pipeline.machine import MachineHelp
from bot.pipeline.membership import join_communities
from bot.pipeline.pages import Pages
from bot.pipeline.poll import Poller
from bot.pipeline.read import Reader
from bot.pipeline.rematch import Rematcher
from bot.platforms.console.adapter import ConsolePlatform
from bot.platforms.directory import Directories
from bot.platforms.table import PLATFORMS, build_webhooks
from bot.platforms.webhook import declared
from bot.ports import Platform, Store
from bot.sample.server import SampleServer
from bot.storage.store import open_store
from bot.summarizer.endpoint import EndpointWriter
from bot.summarizer.extractive import ExtractiveSummarizer
from bot.topics.library import Library
from bot.topics.names import NameFinder
from bot.web.console import Console
from bot.web.keys import Addresses, Keys

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Everything that runs, built and not yet started."""

    settings: Settings
    pages: Pages | None
    store: Store
    bells: Bells
    desk: Desk
    poller: Poller
    gatherer: Gatherer
    rematcher: Rematcher
    digester: Digester
    deliverers: Sequence[Deliverer]
    platforms: Mapping[str, Platform]
    keys: Keys
    addresses: Addresses


async def build_house(configuration: Configuration, stack: AsyncExitStack, stop: asyncio.Event, clock: Clock) -> House:
    """Build everything and make true in the database what the files declare; `stack` closes it.

    Raises ConfigError, PackError or StorageError where a start cannot succeed; each says what to do.
    """
    settings = configuration.settings
    feeds = load_feeds(settings)
    is_trial = configuration.is_trial
    if is_trial:
        sample = SampleServer(clock)
        await sample.start()
        stack.push_async_callback(sample.close)
        feeds = [*feeds, *sample.feeds]
        settings = replace(settings, fetch=replace(settings.fetch, allow=(*settings.fetch.allow, sample.address)))
        if not configuration.names_database:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="topicwire-"))
            settings = replace(settings, database=replace(settings.database, url=f"{folder}/topicwire.db"))
    store, library = await _open_store(settings, feeds, stack, clock())
    fetcher = HttpFetcher(settings.fetch, declared=feeds)
    stack.push_async_callback(fetcher.close)
    bells = Bells()
    enricher = _build_enricher(settings, store, bells, stack, clock)
    keys = await Keys.open(store)
    addresses = Addresses(keys, settings.web.public_url)
    reader = Reader(store=store, enricher=enricher, names=NameFinder(library), find_pages=addresses.stories)
    platforms: dict[str, Platform] = {}
    desk = Desk(
        store=store, fetcher=fetcher, library=library, settings=settings, bells=bells, clock=clock, reader=reader,
        directory=Directories(platforms),
    )  # fmt: skip
    platforms |= await _build_platforms(configuration, desk, stop)
    return House(
        settings=settings,
        pages=enricher.pages,
        store=store,
        bells=bells,
        desk=desk,
        poller=_build_poller(settings, store, fetcher, bells, clock),
        gatherer=_build_gatherer(store, library, bells, stack, clock),
        rematcher=Rematcher(store=store, library=library, bells=bells),
        digester=Digester(store=store, composer=Composer(store=store, names=reader.names), bells=bells, clock=clock),
        deliverers=[
            Deliverer(store=store, platform=platform, reader=reader, bells=bells, clock=clock)
            for platform in platforms.values()
        ],
        platforms=platforms,
        keys=keys,
        addresses=addresses,
    )


async def _build_platforms(configuration: Configuration, desk: Desk, stop: asyncio.Event) -> dict[str, Platform]:
    """Build what is set up; for a first look the terminal, and a page that is a chat, both watching every topic."""
    settings = configuration.settings
    built: dict[str, Platform] = {
        kind.name: kind.build(configuration.platforms[kind.name], desk)
        for kind in PLATFORMS
        if kind.name in configuration.platforms
    }
    if settings.destinations:
        built["webhook"] = build_webhooks(settings.destinations)
    if configuration.is_trial:
        built[ConsolePlatform.name] = ConsolePlatform(desk, on_exit=stop.set, notes=(_database_note(configuration),))
        await _subscribe(desk.store, ConsolePlatform.place, desk.clock())
        if settings.web.bind:
            built[Console.name] = Console(desk)
            await _subscribe(desk.store, Console.place, desk.clock())
    return built


def _build_poller(settings: Settings, store: Store, fetcher: HttpFetcher, bells: Bells, clock: Clock) -> Poller:
    age = find_age(settings.retention)
    return Poller(store=store, fetcher=fetcher, settings=settings.fetch, bells=bells, clock=clock, retention=age)


def _build_gatherer(store: Store, library: Library, bells: Bells, stack: AsyncExitStack, clock: Clock) -> Gatherer:
    grouping = GroupingApart()
    stack.push_async_callback(grouping.close)
    return Gatherer(store=store, library=library, bells=bells, clock=clock, grouping=grouping)


def _build_enricher(settings: Settings, store: Store, bells: Bells, stack: AsyncExitStack, clock: Clock) -> Enricher:
    """Build what adds to stories beyond their feeds, as far as it is set up and installed."""
    pages: Pages | None = None
    machine: MachineHelp | None = None
    if settings.pages.read and page_text.is_installed():
        from bot.feeds.pages import WebPages

        reader = WebPages(settings.pages, settings.fetch, clock=clock)
        stack.push_async_callback(reader.close)
        pages = Pages(store=store, reader=reader, bells=bells, clock=clock, settings=settings.pages)
        stack.push_async_callback(pages.close)
    elif settings.pages.read:
        log.info("bare headlines stay as they are: pages are read with the extra topicwire[pages]")
    if settings.summarizer.url:
        writer = EndpointWriter(settings.summarizer)
        stack.push_async_callback(writer.close)
        machine = MachineHelp(store=store, writer=writer, settings=settings.summarizer, clock=clock)
    return Enricher(summarizer=ExtractiveSummarizer(), pages=pages, machine=machine)


async def _open_store(
    settings: Settings, feeds: Sequence[DeclaredFeed], stack: AsyncExitStack, now: datetime
) -> tuple[Store, Library]:
    """Open the database, take over what an earlier run left, and make what the files declare true in it.

    Returns what the packs say as well; one that had to give way is told.
    """
    store: Store = await open_store(settings.database.url, exclusive=True)
    stack.push_async_callback(_close_store, store)
    await store.take_over(now)
    await join_communities(store, settings.communities, now)
    library = await load_topics(settings, store, now)
    for told in library.problems:
        problem(told)
    await store.reconcile_feeds(feeds, now)
    await declared.reconcile(store, settings.destinations, now)
    return store, library


def _database_note(configuration: Configuration) -> str:
    if configuration.names_database:
        return f"Everything is kept in {configuration.settings.database.url}."
    return "Everything is kept in a temporary database that ends with this run; set TOPICWIRE_DATABASE to keep it."


async def _close_store(store: Store) -> None:
    try:
        await store.release_leases()
    finally:
        await store.close()


async def _subscribe(store: Store, place: Place, now: datetime) -> None:
    """Watch every shipped topic at a place, so that a first look shows alerts without a command."""
    channel = await store.add_channel(place)
    for topic in await store.list_topics(place.workspace):
        await store.save_subscription(channel.id, topic.id, actor="console", now=now)
