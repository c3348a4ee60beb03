"""`topicwire feeds import|export|remove`: feeds from and to other readers, whether the bot runs or not."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot import config
from bot.domain.communities import Communities
from bot.domain.errors import ConfigError, InputError, NotFoundError
from bot.domain.feed_lists import FeedList, Imported, ListedFeed, may_leave
from bot.domain.models import EVERYONE, WorkspaceId
from bot.domain.settings import Settings
from bot.domain.urls import is_web_url, shown_host, shown_url

if TYPE_CHECKING:
    from bot.storage.store import SqlStore

    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]

ACTOR = "operator"
AT_ONCE = 200
"""How many feeds one transaction takes in, so that a running bot can write in between."""
WHOSE = "the workspace, such as discord:1234 (default: the feeds that everyone shares)"


def add_to(verbs: Verbs) -> None:
    """Add the commands to those of the noun `feeds`."""
    importing = verbs.add_parser("import", help="take in the feeds of an OPML file, folders as tags")
    importing.add_argument("source", metavar="FILE|URL", help="an OPML file, - for standard input, or its address")
    exporting = verbs.add_parser("export", help="write the feeds as OPML")
    exporting.add_argument("file", nargs="?", type=Path, metavar="FILE", help="default: standard output")
    removing = verbs.add_parser("remove", help="stop reading a feed that was imported or added")
    removing.add_argument("feed", metavar="FEED", help="its number, address or name")
    for parser, run in ((importing, _import), (exporting, _export), (removing, _remove)):
        parser.add_argument("--workspace", metavar="W", help=WHOSE)
        parser.set_defaults(run=_run, verb=run)


def _run(options: argparse.Namespace) -> int:
    settings = config.load(options.config).settings
    return int(asyncio.run(options.verb(settings, options)))


async def _import(settings: Settings, options: argparse.Namespace) -> int:
    listed = await _read_list(settings, options.source)
    interval = max(settings.fetch.default_interval, settings.fetch.min_interval)
    most = settings.feeds.per_workspace if options.workspace else None
    done: list[Imported] = []
    async with _open(settings, options.workspace) as (store, workspace):
        for at in range(0, len(listed.feeds), AT_ONCE):
            some = listed.feeds[at : at + AT_ONCE]
            now = datetime.now(UTC)
            imported = await store.import_feeds(
                some, interval=interval, workspace=workspace, actor=ACTOR, now=now, most=most
            )
            done.append(imported)
            _tell(f"{at + len(some)} of {len(listed.feeds)} feeds taken in")
    return _report(listed, done, most)


def _report(listed: FeedList, done: list[Imported], most: int | None) -> int:
    added = sum(len(part.added) for part in done)
    known = sum(len(part.known) for part in done)
    print(f"{added} added, {known} read already, {listed.folded} twice in the list, {len(listed.refused)} refused")
    for refused in listed.refused:
        _tell(f"refused: {refused.name}: {refused.reason}")
    left_out = [feed for part in done for feed in part.left_out]
    for feed in left_out:
        _tell(f"left out: {_name(feed)}: a workspace may add {most} feeds (feeds.per_workspace)")
    return 1 if listed.refused or left_out else 0


async def _export(settings: Settings, options: argparse.Namespace) -> int:
    from bot.feeds.opml import write_opml

    async with _open(settings, options.workspace) as (store, workspace):
        uses = await store.list_feed_uses(workspace)
    kept = [use for use in uses if not may_leave(use.url)]
    feeds = [
        ListedFeed(url=use.url, title=use.title or shown_host(use.url), tags=use.tags)
        for use in uses
        if may_leave(use.url)
    ]
    text = write_opml(feeds, title="Feeds of Topicwire", now=datetime.now(UTC))
    if options.file is None:
        print(text, end="")
    else:
        _write(options.file, text)
    for use in kept:
        _tell(f"left out: {use.title or shown_host(use.url)}: what its address asks for may be a secret")
    return 1 if kept else 0


async def _remove(settings: Settings, options: argparse.Namespace) -> int:
    async with _open(settings, options.workspace) as (store, workspace):
        found = await store.find_feed(workspace, options.feed)
        if found is None:
            raise NotFoundError(f"no feed {options.feed!r} is read there; `topicwire feeds export` lists them")
        title = found.title or found.host
        if found.is_declared and workspace == EVERYONE:
            raise InputError(f"{title} stands in a feeds file (feeds.files): take it out there")
        if not await store.delete_feed_use(workspace, found.id, actor=ACTOR, now=datetime.now(UTC)):
            raise InputError(f"{title} is read for everyone: remove it without --workspace")
    print(f"removed {title}")
    return 0


async def _read_list(settings: Settings, source: str) -> FeedList:
    """Read a list from a file, standard input or an address; raises ConfigError where there is nothing to read."""
    from bot.feeds.guard import Guard
    from bot.feeds.opml import read_opml

    guard = Guard.of(settings.fetch.allow)
    kind = ""
    if is_web_url(source):
        body, kind = await _fetch(settings, source)
    else:
        try:
            body = sys.stdin.buffer.read() if source == "-" else await asyncio.to_thread(Path(source).read_bytes)
        except OSError as error:
            raise ConfigError([f"{source}: the file cannot be read: {error.strerror}"]) from None
    try:
        return await asyncio.to_thread(read_opml, body, guard, kind)
    except InputError as error:
        raise InputError(f"{shown_url(source) if is_web_url(source) else source}: {error.message}") from None


async def _fetch(settings: Settings, address: str) -> tuple[bytes, str]:
    from bot.feeds.fetch import HttpFetcher

    fetcher = HttpFetcher(settings.fetch)
    try:
        page = await fetcher.fetch_page(address)
    finally:
        await fetcher.close()
    if page.problem:
        raise InputError(f"{shown_url(address)} could not be read: {page.problem}")
    return page.body, page.content_type


@asynccontextmanager
async def _open(settings: Settings, named: str | None) -> AsyncIterator[tuple[SqlStore, WorkspaceId]]:
    """Open the database beside a running bot; raises ConfigError for a workspace that it does not know."""
    from bot.storage.store import open_store

    store = await open_store(settings.database.url, exclusive=False, writes=True)
    try:
        known = await store.list_workspaces()
        workspace = Communities.of(settings.communities).home(WorkspaceId(named)) if named else EVERYONE
        if named and workspace not in known:
            told = f"known: {', '.join(known)}" if known else "there is none yet: use the bot in a chat first"
            raise ConfigError([f"--workspace {named}: there is no such workspace; {told}"])
        yield store, workspace
    finally:
        await store.close()


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError([f"{file}: the file cannot be written: {error.strerror}"]) from None


def _name(feed: ListedFeed) -> str:
    return feed.title or shown_host(feed.url)


def _tell(text: str) -> None:
    print(f"topicwire: {text}", file=sys.stderr)
