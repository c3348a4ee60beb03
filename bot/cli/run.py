"""`topicwire run`: the bot itself."""

from __future__ import annotations

import argparse
import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot import config, feed_files
from bot.cli import logs
from bot.domain.errors import PackError
from bot.platforms.table import PLATFORMS

if TYPE_CHECKING:
    Nouns = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(nouns: Nouns) -> None:
    """Add the command to the parser."""
    parser = nouns.add_parser("run", help="run the bot until it is told to stop")
    parser.add_argument("--once", action="store_true", help="poll, gather and deliver what is due, then end")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    with _signals_held():
        configuration: config.Configuration | None = config.load(options.config)
        assert configuration is not None  # noqa: S101 - of two types for the loop below
        _set_up_logs(configuration)
        from bot import app  # loads every library; a wrong configuration is told before that

        app.settle_memory()
        reload = partial(_reload, options.config)
        while configuration is not None:
            _set_up_logs(configuration)
            configuration = asyncio.run(app.run(configuration, once=options.once, reload=reload))
    return 0


@contextmanager
def _signals_held() -> Iterator[None]:
    """Until the run hears them, let Ctrl-C end the program without a word, and a SIGHUP wait instead of ending it."""
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
    heard = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _set_up_logs(configuration: config.Configuration) -> None:
    logs.set_up(configuration.settings.log, _secrets(configuration), is_quiet=configuration.is_trial)


def _reload(file: Path | None) -> config.Configuration:
    """Read settings, feeds and packs anew; raises ConfigError or PackError with everything that is wrong in them."""
    from bot.packs import find_pack_faults

    configuration = config.load(file)
    feed_files.load_feeds(configuration.settings)
    faults = find_pack_faults(configuration.settings)
    if faults:
        raise PackError("\n".join(faults))
    return configuration


def _secrets(configuration: config.Configuration) -> list[str]:
    settings_of_all = configuration.settings
    held: list[Any] = [settings_of_all.heartbeat.url, *(it.url for it in settings_of_all.destinations)]
    held += [value for feed in feed_files.load_feeds(settings_of_all) for _, value in feed.secrets]
    for kind in PLATFORMS:
        settings = configuration.platforms.get(kind.name)
        for one in settings if isinstance(settings, tuple) else filter(None, [settings]):
            held += [getattr(one, name) for name in kind.secrets]
    return [str(secret) for secret in held if secret]
