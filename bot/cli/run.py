"""`topicwire run`: the bot itself."""

from __future__ import annotations

import argparse
import asyncio
from typing import TYPE_CHECKING, Any

from bot import config
from bot.cli import logs
from bot.platforms.table import PLATFORMS

if TYPE_CHECKING:
    Nouns = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(nouns: Nouns) -> None:
    """Add the command to the parser."""
    parser = nouns.add_parser("run", help="run the bot until it is told to stop")
    parser.add_argument("--once", action="store_true", help="poll, gather and deliver what is due, then end")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    configuration = config.load(options.config)
    logs.set_up(configuration.settings.log, _secrets(configuration), is_quiet=configuration.is_trial)
    from bot import app  # loads every library; a wrong configuration is told before that

    app.settle_memory()
    asyncio.run(app.run(configuration, once=options.once))
    return 0


def _secrets(configuration: config.Configuration) -> list[str]:
    settings_of_all = configuration.settings
    held: list[Any] = [settings_of_all.heartbeat.url, *(it.url for it in settings_of_all.destinations)]
    held += [value for feed in config.load_feeds(settings_of_all) for _, value in feed.secrets]
    for kind in PLATFORMS:
        settings = configuration.platforms.get(kind.name)
        if settings is not None:
            held += [getattr(settings, name) for name in kind.secrets]
    return [str(secret) for secret in held if secret]
