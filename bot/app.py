"""The composition root: builds everything, keeps the loops alive, runs until told to stop.

store, library, fetcher -> desk -> platforms
poll | gather | deliver, the last once for each platform, in supervised loops; the scheduler only rings their bells
"""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import __version__
from bot.commands.desk import Desk
from bot.config import Configuration, load_feeds
from bot.domain.errors import ConfigError, TopicwireError
from bot.domain.models import Place
from bot.domain.records import DeclaredFeed
from bot.domain.settings import Settings
from bot.feeds import page_text
from bot.feeds.fetch import HttpFetcher
from bot.packs import load_topics
from bot.pipeline.bells import Bells
from bot.pipeline.clean import Cleaner, find_age
from bot.pipeline.compose import Composer
from bot.pipeline.deliver import Deliverer
from bot.pipeline.digest import Digester
from bot.pipeline.enrich import Enricher
from bot.pipeline.events import emit, problem
from bot.pipeline.gather import Gatherer
from bot.pipeline.grouping import GroupingApart
from bot.pipeline.jumps import ClockWatch
from bot.pipeline.machine import MachineHelp
from bot.pipeline.membership import join_communities
from bot.pipeline.pages import Pages
from bot.pipeline.poll import Poller
from bot.pipeline.read import Reader
from bot.pipeline.rematch import Rematcher
from bot.pipeline.silence import SilenceWatch
from bot.pipeline.supervise import Supervisor
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
from bot.web.health import HealthPart
from bot.web.heartbeat import beat
from bot.web.keys import Access, Addresses, Keys
from bot.web.metrics import MetricsPart, watch_lag
from bot.web.server import Part, WebServer
from bot.web.site import Site

log = logging.getLogger(__name__)
TICK = timedelta(seconds=20)
SEARCH_AFTER = (5_000, 20, 20)
"""After how many new objects garbage is searched among them, and how often among the older ones (see `gc`)."""
Clock = Callable[[], datetime]
Reload = Callable[[], Configuration]


def utc_now() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


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


class Reloading:
    """Reads everything anew on SIGHUP; `read` is what was read, once that succeeded and the run is to end for it."""

    def __init__(self, reload: Reload | None, stop: asyncio.Event) -> None:
        self._reload, self._stop = reload, stop
        self._task: asyncio.Task[None] | None = None
        self.read: Configuration | None = None

    def begin(self) -> None:
        """Begin to read, unless that is under way."""
        if self._reload is not None and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._try(self._reload))

    async def _try(self, reload: Reload) -> None:
        try:
            self.read = await asyncio.to_thread(reload)
        except TopicwireError as error:
            problem("SIGHUP: nothing was changed", reason=str(error))
            return
        log.info("SIGHUP: settings, feeds and packs are read anew")
        self._stop.set()


def settle_memory() -> None:
    """Leave what the libraries made out of every later search for garbage, and search less often.

    They are a hundred thousand objects that stay; to go through them stops everything else for a tenth of a second.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SEARCH_AFTER)


async def run(
    configuration: Configuration, *, once: bool = False, clock: Clock = utc_now, reload: Reload | None = None
) -> Configuration | None:
    """Run until SIGINT or SIGTERM; with `once`, poll, gather and deliver what is due and return.

    Returns None, or after SIGHUP what `reload` read: the caller runs that next. What cannot be read is told, and the
    run goes on as it was.

    Raises ConfigError, PackError, StorageError or PlatformError where the start cannot succeed; each says what to do.
    """
    stop = asyncio.Event()
    _stop_on_signals(stop)
    reloading = Reloading(reload, stop)
    # In a first look a closed terminal, which sends it too, ends the program.
    if reload is not None and not configuration.is_trial:
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, reloading.begin)
    async with AsyncExitStack() as stack:
        house = await _build(configuration, stack, stop, clock)
        supervisor = Supervisor()
        if not once:
            await _open_web(house, supervisor, stack)
        emit("start", version=__version__, platforms=sorted(house.platforms))
        for told in configuration.warnings:
            problem(told)
        await _tell_stranded(house)
        stack.callback(emit, "stop")
        for platform in house.platforms.values():
            stack.push_async_callback(platform.close)
            await platform.start()
        if once:
            await house.poller.poll_due()
            await house.gatherer.gather_all()
            await house.rematcher.rematch_all()
            await house.digester.digest_due()
            await asyncio.gather(*(deliverer.deliver_due() for deliverer in house.deliverers))
        else:
            await _serve(house, supervisor, stack, stop)
    return reloading.read


async def _tell_stranded(house: House) -> None:
    """Say what waits for a platform that this run does not have: nothing is lost, but nobody is told either."""
    for platform, number in await house.store.list_open_counts():
        if platform not in house.platforms:
            problem(f"{number} messages wait for {platform}, which is not configured in this run", platform=platform)


async def _serve(house: House, supervisor: Supervisor, stack: AsyncExitStack, stop: asyncio.Event) -> None:
    _start_scheduler(house.bells, stack)
    loops: dict[str, Callable[[], Awaitable[None]]] = {
        "poll": house.poller.run,
        "gather": house.gatherer.run,
        "rematch": house.rematcher.run,
        "digest": house.digester.run,
        "clock": ClockWatch(
            store=house.store, deliverers=house.deliverers, bells=house.bells, clock=house.poller.clock
        ).run,
        "lag": watch_lag,
        "clean": Cleaner(store=house.store, settings=house.settings.retention, clock=house.poller.clock).run,
        "silence": SilenceWatch(store=house.store, bells=house.bells, clock=house.poller.clock).run,
    }
    loops |= {f"deliver {deliverer.platform.name}": deliverer.run for deliverer in house.deliverers}
    if house.pages is not None:
        loops["pages"] = house.pages.run
    if house.settings.heartbeat.url:
        loops["heartbeat"] = partial(beat, house.settings.heartbeat.url, supervisor.stalled)
    tasks = [asyncio.create_task(supervisor.keep(name, loop), name=name) for name, loop in loops.items()]
    await stop.wait()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _build(configuration: Configuration, stack: AsyncExitStack, stop: asyncio.Event, clock: Clock) -> House:
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
    keys = Keys(await store.make_secret("story links"))
    addresses = Addresses(keys, settings.web.public_url)
    reader = Reader(store=store, enricher=enricher, names=NameFinder(library), page=addresses.story)
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
    await store.release_leases()
    await store.close()


async def _subscribe(store: Store, place: Place, now: datetime) -> None:
    """Watch every shipped topic at a place, so that a first look shows alerts without a command."""
    channel = await store.add_channel(place)
    for topic in await store.list_topics(place.workspace):
        await store.save_subscription(channel.id, topic.id, actor="console", now=now)


async def _open_web(house: House, supervisor: Supervisor, stack: AsyncExitStack) -> None:
    """Serve every page, and say where; to add one, add its part here.

    A first look without a public address links to its pages on this machine.
    """
    settings = house.settings.web
    if not settings.bind:
        return
    console = house.platforms.get(Console.name)
    site = Site(
        desk=house.desk, keys=house.keys, addresses=house.addresses, access=Access(settings),
        stalled=supervisor.stalled, console=console if isinstance(console, Console) else None,
    )  # fmt: skip
    parts: list[Part] = [
        HealthPart(supervisor.stalled, partial(_list_unready, house)),
        MetricsPart(house.store, supervisor.stalled, sorted(house.platforms), house.poller.clock),
        site,
    ]
    server = WebServer(settings.bind, parts)
    try:
        address = await server.start()
    except ConfigError as error:
        problem("the web pages are off", reason=str(error))
        return
    stack.push_async_callback(server.close)
    if site.console is not None:
        house.addresses.base = house.addresses.base or address
    terminal = house.platforms.get(ConsolePlatform.name)
    if isinstance(terminal, ConsolePlatform):
        terminal.note(f"In the browser: {address}/console")
    else:
        log.info("pages at %s/", address)


def _list_unready(house: House) -> list[str]:
    """Name what still keeps the bot from its work: a first look at all feeds, and platforms that refuse it."""
    waiting = [] if house.poller.has_begun else ["poll"]
    return waiting + [f"deliver {it.platform.name}" for it in house.deliverers if it.is_refused]


def _start_scheduler(bells: Bells, stack: AsyncExitStack) -> None:
    """Ring every bell now and then, so that a jump of the clock delays nothing for long."""
    scheduler = AsyncIOScheduler(timezone=UTC)
    for name, bell in (
        ("poll", bells.poll),
        ("gather", bells.gather),
        ("deliver", bells.deliver),
        ("digest", bells.digest),
    ):
        scheduler.add_job(
            bell.ring, "interval", seconds=TICK.total_seconds(), id=name, coalesce=True, misfire_grace_time=None
        )
    scheduler.start()
    stack.callback(scheduler.shutdown, wait=False)


def _stop_on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
