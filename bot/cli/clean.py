"""`topicwire clean`: take out what is older than is kept, or show what would go."""

from __future__ import annotations

import argparse
import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot import config
from bot.cli.numbers import read_days
from bot.domain.errors import ConfigError
from bot.domain.operation import Cleaned
from bot.domain.settings import RetentionSettings, Settings

if TYPE_CHECKING:
    from bot.ports import Store

    Nouns = argparse._SubParsersAction[argparse.ArgumentParser]

NO_AGE = "retention.articles is not set, so everything is kept for ever; set it, or give --days"


def add_to(nouns: Nouns) -> None:
    """Add the command to the parser."""
    parser = nouns.add_parser("clean", help="take out stories that ended longer ago than is kept; never followed ones")
    parser.add_argument("--dry-run", action="store_true", help="show what would go, and take nothing")
    parser.add_argument("--days", type=read_days, metavar="N", help="another age than retention.articles, in days")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    settings = config.load(options.config).settings
    retention = settings.retention
    if options.days is not None:
        retention = RetentionSettings(articles=timedelta(days=options.days))
    if not retention.articles:
        raise ConfigError([NO_AGE])
    return asyncio.run(_clean(settings, retention, is_dry=options.dry_run))


async def _clean(settings: Settings, retention: RetentionSettings, *, is_dry: bool) -> int:
    from bot.pipeline.clean import Cleaner, find_cutoff
    from bot.storage.store import open_store

    store: Store = await open_store(settings.database.url, exclusive=False, writes=not is_dry)
    now = datetime.now(UTC)
    before = find_cutoff(retention, now)
    assert before is not None  # noqa: S101 - an age is set
    try:
        if is_dry:
            print(f"would go: {_tell(await store.preview_clean(before), before)}; nothing was taken")
        else:
            cleaner = Cleaner(store=store, settings=retention, clock=lambda: now)
            print(f"gone: {_tell(await cleaner.clean(), before)}; their room in the file is used again")
    finally:
        await store.close()
    return 0


def _tell(cleaned: Cleaned, before: datetime) -> str:
    since = f", the oldest ended {cleaned.oldest_at:%Y-%m-%d}" if cleaned.oldest_at else ""
    return f"{cleaned.stories:,} stories that ended before {before:%Y-%m-%d} with {cleaned.articles:,} articles{since}"
