"""`topicwire backup` and `topicwire restore`: a verified copy beside a running bot, and back."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot import config
from bot.domain.errors import StorageError

if TYPE_CHECKING:
    from bot.storage.backups import Backup

    Nouns = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(nouns: Nouns) -> None:
    """Add the commands to the parser."""
    backup = nouns.add_parser("backup", help="copy the database, also while the bot runs, and verify the copy")
    backup.add_argument("path", metavar="PATH", help="the file to write, or a folder (or NAME/) to write one into")
    backup.set_defaults(run=_back_up)
    restore = nouns.add_parser("restore", help="put a backup in the database's place; the file from before is kept")
    restore.add_argument("path", type=Path, metavar="PATH", help="a file that `topicwire backup` wrote")
    restore.add_argument(
        "--silent",
        action="store_true",
        help="tell nothing of what came since the backup: it becomes context, and what waited is closed",
    )
    restore.set_defaults(run=_restore)


def _back_up(options: argparse.Namespace) -> int:
    from bot.storage.backups import back_up
    from bot.storage.location import check_place, database_path

    path = database_path(config.load(options.config).settings.database.url)
    check_place(path, may_be_made=False)
    target = Path(options.path)
    if options.path.endswith("/"):
        _make_folder(target)
    if target.is_dir():
        target = target / f"{path.stem}-{datetime.now(UTC):%Y%m%d-%H%M%S}.db"
    if target.exists() and target.samefile(path):
        raise StorageError(f"{target} is the database itself; name another file")
    print(f"backup {_tell(back_up(path, target))}, verified")
    return 0


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"no folder {folder} could be made: {error.strerror}; name another") from error


def _restore(options: argparse.Namespace) -> int:
    from bot.storage.backups import restore
    from bot.storage.location import check_place, database_path

    path = database_path(config.load(options.config).settings.database.url)
    check_place(path, may_be_made=True)
    if path.exists() and options.path.exists() and options.path.samefile(path):
        raise StorageError(f"{options.path} is the database itself; name a backup")
    restored, aside = restore(options.path, path, now=datetime.now(UTC), is_silent=options.silent)
    print(f"restored {_tell(restored)}")
    if aside is not None:
        print(f"the file from before is kept as {aside}; delete it when all is well")
    if not options.silent:
        print("what came after the backup is read again, and told again where the backup does not know that it was")
    return 0


def _tell(backup: Backup) -> str:
    held = f"{backup.articles:,} articles, {backup.stories:,} stories"
    return f"{backup.path}: {held}, {backup.bytes / 1e6:,.1f} MB, tables of version {backup.step}"
