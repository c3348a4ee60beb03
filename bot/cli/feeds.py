"""`topicwire feeds`: how feeds are, asked now, without keeping anything."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot import config, feed_files
from bot.alerts.feed_check import explain_reading
from bot.domain.feeds import Outcome
from bot.domain.records import DeclaredFeed, FeedRequest, Reading
from bot.domain.settings import Settings
from bot.domain.urls import is_web_url, shown_url

if TYPE_CHECKING:
    Nouns = argparse._SubParsersAction[argparse.ArgumentParser]

DONE, PROBLEMS, WRONG_USE = 0, 1, 2


def add_to(nouns: Nouns) -> Nouns:
    """Add the commands to the parser; returns where more verbs of the noun are added."""
    parser = nouns.add_parser("feeds", help="look after feeds, and bring them in and out")
    verbs = parser.add_subparsers(dest="about", required=True, metavar="VERB")
    check = verbs.add_parser("check", help="fetch feeds once and explain how they are")
    check.add_argument("urls", nargs="*", metavar="URL", help="a feed's address; none: every declared feed")
    check.add_argument("--json", action="store_true", help="one JSON object a line")
    check.set_defaults(run=_run_check)
    return verbs


def _run_check(options: argparse.Namespace) -> int:
    strange = [url for url in options.urls if not is_web_url(url)]
    for url in strange:
        print(f"topicwire: {url}: an address begins with https:// or http:// and has a host", file=sys.stderr)
    if strange:
        return WRONG_USE
    settings = config.load(options.config).settings
    declared = feed_files.load_feeds(settings)
    urls = options.urls or [feed.url for feed in declared]
    return asyncio.run(_check(settings, declared, urls, as_json=options.json))


async def _check(settings: Settings, declared: Sequence[DeclaredFeed], urls: Sequence[str], *, as_json: bool) -> int:
    from bot.feeds.fetch import HttpFetcher  # loads the HTTP library; a wrong configuration is told before that

    # An address that the feeds file gives a login is fetched with it.
    scopes = {feed.url: feed.workspace for feed in declared if feed.secrets}
    fetcher = HttpFetcher(settings.fetch, declared=declared)
    failed = 0
    requests = [FeedRequest(url=url, scope=scopes.get(url)) for url in urls]
    tasks = [asyncio.create_task(fetcher.read(request)) for request in requests]
    try:
        for url, task in zip(urls, tasks, strict=True):
            reading = await task
            failed += reading.outcome is Outcome.FAILED
            show = _show_json if as_json else _show_text
            show(url, reading, settings, datetime.now(UTC))
    finally:
        for task in tasks:
            task.cancel()
        await fetcher.close()
    return PROBLEMS if failed else DONE


def _show_text(url: str, reading: Reading, settings: Settings, now: datetime) -> None:
    print(shown_url(url))
    for heading, said in explain_reading(reading, settings.fetch, now):
        print(f"  {heading}: {said}")
    sys.stdout.flush()


def _show_json(url: str, reading: Reading, settings: Settings, now: datetime) -> None:
    rows = explain_reading(reading, settings.fetch, now)
    told: dict[str, object] = {"feed": shown_url(url), "outcome": reading.outcome.value, "reason": reading.reason}
    told |= {"trouble": reading.trouble, "entries": len(reading.entries)}
    told["problems"] = [said for heading, said in rows if heading == "problem"]
    told["said"] = {heading: said for heading, said in rows if heading != "problem"}
    print(json.dumps(told, ensure_ascii=False))
