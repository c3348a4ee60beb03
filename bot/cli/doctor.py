"""`topicwire doctor`: looks at everything that a run needs, beside a running bot or without one, and says what to do.

configuration -> feeds -> database -> what waits -> disk -> clock -> the running bot -> packs -> tokens and rights
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import __version__, config, feed_files
from bot.domain.communities import Communities
from bot.domain.errors import ConfigError, PackError, StorageError
from bot.domain.operation import Finding
from bot.domain.settings import Settings

if TYPE_CHECKING:
    from bot.domain.models import Place
    from bot.domain.operation import FailingFeed
    from bot.ports import Store

    Nouns = argparse._SubParsersAction[argparse.ArgumentParser]

Answer = TypeVar("Answer")

RECENT = timedelta(days=7)
WAITS_LONG = timedelta(hours=12)
"""A quiet night holds messages for some hours; longer, somebody has to look."""
FULL_SOON_DAYS = 30
LEAST_ROOM = 500_000_000
AHEAD = timedelta(minutes=5)
SHOWN_FEEDS = 10
PATIENCE_S = 5


def add_to(nouns: Nouns) -> None:
    """Add the command to the parser."""
    parser = nouns.add_parser("doctor", help="look at everything a run needs, and say what to do about what is wrong")
    parser.add_argument("--offline", action="store_true", help="ask no chat platform about tokens and rights")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    # What libraries say on the way is no finding; what they raise becomes one.
    root, level = logging.getLogger(), logging.getLogger().level
    root.setLevel(logging.ERROR)
    try:
        return asyncio.run(_examine(options.config, is_offline=options.offline))
    finally:
        root.setLevel(level)


async def _examine(file: Path | None, *, is_offline: bool) -> int:
    troubles = 0
    async for finding in _find(file, is_offline=is_offline):
        troubles += finding.is_trouble
        print(f"{'✗' if finding.is_trouble else '✓'} {finding.about}: {finding.seen}", flush=True)
        if finding.is_trouble:
            print(f"    → {finding.remedy}", flush=True)
    print("all is well" if not troubles else f"{troubles} finding{'s' if troubles > 1 else ''}")
    return 1 if troubles else 0


async def _find(file: Path | None, *, is_offline: bool) -> AsyncIterator[Finding]:
    try:
        configuration = config.load(file)
    except ConfigError as error:
        for told in error.problems:
            yield _trouble("configuration", told, "correct that setting; config/topicwire.toml explains each")
        return
    settings = configuration.settings
    where = configuration.file or "no file; defaults and the environment"
    yield _fine("configuration", f"{where} (Topicwire {__version__})")
    for told in configuration.warnings:
        yield _trouble("configuration", told, "rename it; the old name will go")
    for finding in [*_check_feed_files(settings), *_check_zones()]:
        yield finding
    async for finding in _check_database(settings):
        yield finding
    kept: Mapping[str, str] = await _ask(settings, lambda store: store.list_pack_texts(), {})
    for finding in _check_packs(settings, kept):
        yield finding
    if not is_offline:
        async for finding in _check_platforms(configuration):
            yield finding
    if configuration.is_trial:
        yield _fine("platforms", "no token and no destination is set, so a run is a first look in the terminal")


async def _check_platforms(configuration: config.Configuration) -> AsyncIterator[Finding]:
    """Ask the platforms about tokens, rights where anything is told, and webhooks; nobody there sees it."""
    settings = configuration.settings
    places: Sequence[Place] = await _ask(settings, lambda store: store.list_told_places(), ())
    communities = Communities.of(settings.communities)
    from bot.platforms.table import PLATFORMS, check_webhooks

    for kind in PLATFORMS:
        if kind.name in configuration.platforms:
            mine = (place for place in places if place.platform == kind.name)
            told_there = [replace(p, workspace=communities.native(p.workspace, kind.name)) for p in mine]
            for finding in await kind.check(configuration.platforms[kind.name], told_there):
                yield finding
    if settings.destinations:
        for finding in await check_webhooks(settings.destinations):
            yield finding


def _check_packs(settings: Settings, kept: Mapping[str, str]) -> Iterator[Finding]:
    from bot.packs import find_pack_faults, load_library

    faults = find_pack_faults(settings, kept)
    for fault in faults:
        yield _trouble("packs", fault, "`topicwire topics check` tries the packs' examples")
    try:
        library = load_library(settings, kept)
    except (ConfigError, PackError):
        return
    if not faults:
        yield _fine("packs", f"{len(library.topics)} topics")


def _check_feed_files(settings: Settings) -> Iterator[Finding]:
    try:
        feeds = feed_files.load_feeds(settings)
    except ConfigError as error:
        for told in error.problems:
            yield _trouble("feeds", told, "correct the file, or take it out of feeds.files")
        return
    yield _fine("feeds", f"{len(feeds)} declared in files")


def _check_zones() -> Iterator[Finding]:
    try:
        ZoneInfo("Europe/Amsterdam")
    except ZoneInfoNotFoundError:
        yield _trouble("clock", "no time zones are installed", "pip install tzdata")


async def _check_database(settings: Settings) -> AsyncIterator[Finding]:
    from bot.storage.backups import inspect
    from bot.storage.location import check_place, database_path, find_holder
    from bot.storage.store import open_store

    try:
        path = database_path(settings.database.url)
        check_place(path, may_be_made=True)
        if not path.exists() or not path.stat().st_size:
            yield _fine("database", f"{path} is not made yet; `topicwire run` makes it")
            return
        backup = await asyncio.to_thread(inspect, path)
        yield _fine("database", f"{path} is sound: {backup.articles:,} articles, tables of version {backup.step}")
        store: Store = await open_store(settings.database.url, exclusive=False)
    except StorageError as error:
        yield _trouble("database", str(error), "see docs/operating.md, which has every such message")
        return
    now = datetime.now(UTC)
    try:
        for finding in [*await _check_room(store, now), *await _check_clock(store, now), *await _check_feeds(store)]:
            yield finding
        yield await _check_outbox(store, now)
    finally:
        await store.close()
    holder = find_holder(path)
    if holder is None:
        yield _fine("run", "no bot runs on this database now")
    else:
        yield await asyncio.to_thread(_ask_health, settings.web.bind, holder, settings.web.password)


async def _ask(settings: Settings, question: Callable[[Store], Awaitable[Answer]], otherwise: Answer) -> Answer:
    """Ask the database where it can be asked: what is wrong with it is a finding of its own."""
    from bot.storage.store import open_store

    try:
        store: Store = await open_store(settings.database.url, exclusive=False)
    except StorageError:
        return otherwise
    try:
        return await question(store)
    finally:
        await store.close()


async def _check_room(store: Store, now: datetime) -> list[Finding]:
    measured, growth = await store.measure(), await store.measure_growth(now - RECENT)
    size, free = measured.database_bytes, measured.disk_free_bytes
    daily = size / growth.total * growth.articles / RECENT.days if growth.total else 0.0
    told = f"{size / 1e6:,.1f} MB, growing by {daily / 1e6:,.1f} MB a day; {free / 1e9:,.1f} GB are free"
    remedy = "make room, or set retention.articles and run `topicwire clean`"
    if free < max(2 * size, LEAST_ROOM):
        return [_trouble("disk", f"{told}: too little for the copy that an upgrade makes", remedy)]
    if daily and free / daily < FULL_SOON_DAYS:
        return [_trouble("disk", f"{told}: full in {free / daily:.0f} days", remedy)]
    return [_fine("disk", told)]


async def _check_clock(store: Store, now: datetime) -> list[Finding]:
    newest = (await store.measure_growth(now)).newest_at
    if newest is not None and newest > now + AHEAD:
        told = f"it says {now:%Y-%m-%d %H:%M} UTC, but the newest article was seen at {newest:%Y-%m-%d %H:%M}"
        return [_trouble("clock", told, "set the machine's clock (timedatectl set-ntp true), then start the bot again")]
    return [_fine("clock", f"{now:%Y-%m-%d %H:%M} UTC")]


async def _check_feeds(store: Store) -> list[Finding]:
    failing, measured = await store.list_failing_feeds(), await store.measure()
    remedy = "`topicwire feeds check ADDRESS` tries one; remove what is gone with `topicwire feeds remove`"
    found = [_trouble("feeds", _tell_feed(feed), remedy) for feed in failing[:SHOWN_FEEDS]]
    if len(failing) > SHOWN_FEEDS:
        found.append(_trouble("feeds", f"{len(failing) - SHOWN_FEEDS} more fail", "see /news feed health in the chat"))
    return [*found, _fine("feeds", f"{measured.feeds - len(failing)} of {measured.feeds} polled feeds work")]


def _tell_feed(feed: FailingFeed) -> str:
    since = f"since {feed.last_success_at:%Y-%m-%d %H:%M} UTC" if feed.last_success_at else "from the beginning"
    times = "once" if feed.failures == 1 else f"{feed.failures} times"
    return f"{feed.title or feed.host} ({feed.host}) failed {times}, {since}: {feed.problem}"


async def _check_outbox(store: Store, now: datetime) -> Finding:
    measured = await store.measure()
    count, oldest = sum(measured.pending.values()), measured.oldest_pending_at
    if oldest is not None and now - oldest > WAITS_LONG:
        told = f"{count} messages wait, the oldest since {oldest:%Y-%m-%d %H:%M} UTC"
        return _trouble(
            "outbox", told, "start the bot if none runs; else its log says at `deliver` what stands in the way"
        )
    return _fine("outbox", f"{count} messages wait")


def _ask_health(bind: str, holder: str, password: str) -> Finding:
    """Ask the running bot's own health page, where it has one; with the password it names what is down."""
    if not bind or bind.endswith(":0"):
        return _fine("run", f"a bot runs (process {holder}); its health page has no port that is known")
    try:
        login = {"Authorization": f"Basic {b64encode(f'doctor:{password}'.encode()).decode()}"} if password else {}
        asked = urllib.request.Request(f"http://{bind}/healthz", headers=login)
        with urllib.request.urlopen(asked, timeout=PATIENCE_S):  # noqa: S310 - http alone, to ourselves
            return _fine("run", f"a bot runs (process {holder}), and all its loops live")
    except urllib.error.HTTPError as error:
        names = ", ".join(json.loads(error.read() or b"{}").get("stalled", ())) or "a loop"
        return _trouble("run", f"the bot (process {holder}) runs, but {names} fails", "the log has the reason")
    except (OSError, ValueError) as error:
        remedy = "the port may be another's, or the bot hangs: look at its log, and at web.bind"
        return _trouble("run", f"the bot (process {holder}) does not answer at {bind}: {error}", remedy)


def _fine(about: str, seen: str) -> Finding:
    return Finding(about=about, is_trouble=False, seen=seen)


def _trouble(about: str, seen: str, remedy: str) -> Finding:
    return Finding(about=about, is_trouble=True, seen=seen, remedy=remedy)
