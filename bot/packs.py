"""The topic packs that the settings name: read, held to their examples, and made true in the database.

The files and the last good texts that the store keeps -> the library -> its topics and texts kept
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bot.config_sources import shipped
from bot.domain.errors import ConfigError, PackError
from bot.domain.settings import Settings
from bot.platforms.webhook.declared import find_strange_topics
from bot.ports import Store
from bot.topics.library import Library, PackSource
from bot.topics.loading import NOTHING_KEPT, load_sound_packs


def load_library(
    settings: Settings, kept: Mapping[str, str] = NOTHING_KEPT, *, is_checked: bool | None = None
) -> Library:
    """Read the topic packs; one that is not sound gives way to its last good text of `kept`, or is left out.

    An operator's packs are held to their examples; those of the shipped ones are tests, and would cost every start half
    a second. Raises ConfigError for a missing file, PackError where no pack is left.
    """
    files = settings.topics.files
    if is_checked is None:
        is_checked = files is not None
    if files is None:
        files = tuple(sorted(shipped("topics").glob("*.toml")))
    missing = [f"{file}: there is no such topic pack; see topics.files" for file in files if not file.is_file()]
    if missing:
        raise ConfigError(missing)
    return load_sound_packs([_read(file) for file in files], kept, is_checked=is_checked)


def _read(file: Path) -> PackSource:
    try:
        return PackSource(name=str(file), text=file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        return PackSource(name=str(file), text="", trouble=f"it cannot be read: {error}")


async def load_topics(settings: Settings, store: Store, now: datetime) -> Library:
    """Read the packs and make the database hold what they say; may be called again whenever the files changed.

    Its `problems` are to be told and, where the bot runs, the bells of topics and of rematch to be rung. Nothing has
    changed where this raises: as `load_library` does, or ConfigError for a destination whose topic no pack has.
    """
    library = load_library(settings, await store.list_pack_texts())
    check_destinations(settings, library)
    await store.reconcile_topics(library.topics, library.withheld, is_whole=library.is_whole)
    await store.keep_pack_texts({pack.name: pack.text for pack in library.sources}, now)
    return library


def find_pack_faults(settings: Settings, kept: Mapping[str, str] = NOTHING_KEPT) -> list[str]:
    """List what is wrong with the packs, shipped ones too: each names pack, place or example, and remedy."""
    try:
        return list(load_library(settings, kept, is_checked=True).problems)
    except ConfigError as error:
        return list(error.problems)
    except PackError as error:
        return str(error).splitlines()


def check_destinations(settings: Settings, library: Library) -> None:
    """Hold the topics of destinations against the packs, unless one that cannot be read may hold them.

    Raises ConfigError with every stranger and what is near it.
    """
    known = [topic.id for topic in (*library.topics, *library.withheld)]
    strangers = list(find_strange_topics(settings.destinations, known)) if library.is_whole else []
    if strangers:
        raise ConfigError(strangers)
