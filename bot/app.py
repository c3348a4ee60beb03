"""The composition root: has everything built, keeps the loops alive, runs until told to stop.

the house (`house.py`) -> web pages -> platforms
poll | gather | deliver, the last once for each platform, in supervised loops; the scheduler only rings their bells
"""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import __version__
from bot.config import Configuration
from bot.domain.errors import ConfigError, TopicwireError
from bot.house import Clock, House, build_house
from bot.pipeline.bells import Bells
from bot.pipeline.clean import Cleaner
from bot.pipeline.events import emit, problem
from bot.pipeline.jumps import ClockWatch
from bot.pipeline.silence import SilenceWatch
from bot.pipeline.supervise import Supervisor
from bot.platforms.console.adapter import ConsolePlatform
from bot.ports import Store
from bot.web.console import Console
from bot.web.health import HealthPart
from bot.web.heartbeat import beat
from bot.web.keys import Access
from bot.web.metrics import MetricsPart, watch_lag
from bot.web.server import Part, WebServer
from bot.web.site import Site

log = logging.getLogger(__name__)
TICK = timedelta(seconds=20)
SEARCH_AFTER = (25_000, 20, 20)
"""After how many new objects garbage is searched among them, and how often among the older ones (see `gc`)."""
FOR_NOBODY = "Today, Health and the console open to nobody while web.public_url is set without web.password"
Reload = Callable[[], Configuration]


def utc_now() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


class Reloading:
    """Reads everything anew on SIGHUP; `read` is what was read, once that succeeded and the run is to end for it."""

    def __init__(self, reload: Reload | None, stop: asyncio.Event) -> None:
        self._reload, self._stop = reload, stop
        self._task: asyncio.Task[None] | None = None
        self._is_asked = False
        self.read: Configuration | None = None

    def begin(self) -> None:
        """Begin to read, or once more where that is under way: what was written since counts."""
        self._is_asked = True
        if self._reload is not None and self.read is None and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._try(self._reload))

    async def _try(self, reload: Reload) -> None:
        while self._is_asked:
            self._is_asked = False
            try:
                self.read = await asyncio.to_thread(reload)
                log.info("SIGHUP: settings, feeds and packs are read anew")
            except TopicwireError as error:
                problem("SIGHUP: nothing was changed", reason=str(error))
        if self.read is not None:
            self._stop.set()

    async def finish(self) -> Configuration | None:
        """Return what the next run goes on with: what was read last, also where that was asked for during the stop."""
        if self.read is not None and self._reload is not None:
            await self._try(self._reload)
        return self.read


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
    reloading = Reloading(reload, stop)
    _hear_signals(stop, reloading, configuration)
    async with AsyncExitStack() as stack:
        stack.callback(_hold_sighup)
        house = await build_house(configuration, stack, stop, clock)
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
    return await reloading.finish()


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
    try:
        await _wait(stop, house.store)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _wait(stop: asyncio.Event, store: Store) -> None:
    """Wait until the run is to end; raises DamagedError where the database proves to be damaged."""
    ends = [asyncio.create_task(stop.wait()), asyncio.create_task(store.wait_for_damage())]
    try:
        done, _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for end in done:
            end.result()
    finally:
        for end in ends:
            end.cancel()


async def _open_web(house: House, supervisor: Supervisor, stack: AsyncExitStack) -> None:
    """Serve every page, and say where; to add one, add its part here.

    A first look without a public address links to its pages on this machine.
    """
    settings = house.settings.web
    if not settings.bind:
        return
    console, access = house.platforms.get(Console.name), Access(settings)
    site = Site(
        desk=house.desk, keys=house.keys, addresses=house.addresses, access=access,
        stalled=supervisor.stalled, console=console if isinstance(console, Console) else None,
    )  # fmt: skip
    parts: list[Part] = [
        HealthPart(access, supervisor.stalled, partial(_list_unready, house)),
        MetricsPart(access, house.store, supervisor.stalled, sorted(house.platforms), house.poller.clock),
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
        terminal.note(f"In the browser: {address}/console" if access.is_for_somebody else FOR_NOBODY)
    else:
        log.info("pages at %s/", address)
        if not access.is_for_somebody:
            log.info(FOR_NOBODY)


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


def _hear_signals(stop: asyncio.Event, reloading: Reloading, configuration: Configuration) -> None:
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    # In a first look it says that the terminal was closed: what was collected goes, as at every other end.
    loop.add_signal_handler(signal.SIGHUP, stop.set if configuration.is_trial else reloading.begin)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGHUP})


def _hold_sighup() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
