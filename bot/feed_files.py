"""The feeds that files declare: each a [[feeds]] with a url, read and checked; every problem is told at once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.config_sources import Tree, read_duration, read_toml, shipped
from bot.domain.communities import Communities
from bot.domain.errors import ConfigError
from bot.domain.records import DeclaredFeed
from bot.domain.settings import Settings
from bot.domain.urls import is_web_url, shown_host
from bot.feeds.credentials import SETTINGS, read_credentials


def load_feeds(settings: Settings, environ: Mapping[str, str] = os.environ) -> list[DeclaredFeed]:
    """Read the declared feeds; raises ConfigError with every problem by file and entry."""
    files = settings.feeds.files if settings.feeds.files is not None else (shipped("feeds.toml"),)
    problems: list[str] = []
    feeds: dict[tuple[str | None, str], DeclaredFeed] = {}
    for file in files:
        rows = _read_declared(file, problems)
        for number, row in enumerate(rows, 1):
            feed = _declare(row, f"{file}: feed {number}", settings, environ, problems)
            if feed is not None:
                feeds.setdefault((feed.workspace, feed.url), feed)
    if problems:
        raise ConfigError(problems)
    return list(feeds.values())


def _read_declared(file: Path, problems: list[str]) -> list[Any]:
    if not file.is_file():
        problems.append(f"{file}: there is no such feed file; see feeds.files")
        return []
    rows = read_toml(file, problems).get("feeds", [])
    if not isinstance(rows, list):
        problems.append(f"{file}: feeds are written as [[feeds]] with a url")
        return []
    return rows


def _declare(
    row: Any, where: str, settings: Settings, environ: Mapping[str, str], problems: list[str]
) -> DeclaredFeed | None:
    known = {"url", "title", "language", "interval", "workspace"} | SETTINGS
    url = row.get("url") if isinstance(row, dict) else None
    if not isinstance(url, str) or not is_web_url(url):
        problems.append(f"{where}: url is missing or not an http or https address")
        return None
    problems.extend(
        f"{where}: there is no setting {key}; known: {', '.join(sorted(known))}" for key in row.keys() - known
    )
    problems.extend(f"{where}: {fault}" for fault in _find_privacy_faults(row, url))
    interval = read_duration(row.get("interval", settings.fetch.default_interval))
    if not isinstance(interval, timedelta):
        problems.append(f"{where}: interval should be a duration such as 15m, not {interval!r}")
        return None
    try:
        secrets = read_credentials(row, environ)
    except ConfigError as error:
        problems.extend(f"{where}: {fault}" for fault in error.problems)
        return None
    return DeclaredFeed(
        url=url,
        title=str(row.get("title") or shown_host(url)),
        language=row.get("language"),
        interval=interval,
        is_adaptive="interval" not in row,
        workspace=Communities.of(settings.communities).home(row["workspace"]) if "workspace" in row else None,
        secrets=secrets,
    )


def _find_privacy_faults(row: Tree, url: str) -> Iterator[str]:
    """Yield what would let a feed's login be kept or seen where it must not be."""
    if "@" in urlsplit(url).netloc:
        yield "its url holds a login, which would reach the database; give it as basic instead"
    if "workspace" in row and not (isinstance(row["workspace"], str) and row["workspace"].strip(" *")):
        yield "workspace should be the id of one workspace, such as discord:123 or slack:T123"
    if row.keys() & SETTINGS and "workspace" not in row:
        yield 'a feed with a login is for one workspace alone; name it, such as workspace = "slack:T123"'
