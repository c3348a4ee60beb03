"""`topicwire export` and `topicwire import`: articles, stories, topics and subscriptions as JSON lines."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from bot import config
from bot.domain.errors import InputError

if TYPE_CHECKING:
    Nouns = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(nouns: Nouns) -> None:
    """Add the commands to the parser."""
    leave = nouns.add_parser("export", help="write articles, stories, topics and subscriptions as JSON lines")
    leave.add_argument("path", nargs="?", default="-", metavar="PATH", help="the file to write (- for standard output)")
    leave.set_defaults(run=_export)
    enter = nouns.add_parser("import", help="take in what `export` wrote, whole or not at all; the bot must be stopped")
    enter.add_argument("path", metavar="PATH", help="the file to read")
    enter.add_argument("--dry-run", action="store_true", help="check every line, and take nothing")
    enter.set_defaults(run=_import)


def _export(options: argparse.Namespace) -> int:
    from bot.storage.exports import list_lines, write_line

    path = _database(options, may_be_made=False)
    count = 0
    with _opened(options.path) as file:
        for line in list_lines(path, datetime.now(UTC)):
            file.write(write_line(line) + "\n")
            count += 1
    print(f"topicwire: {count:,} lines were written", file=sys.stderr)
    return 0


def _import(options: argparse.Namespace) -> int:
    from bot.storage.imports import read_lines, take
    from bot.storage.location import RunLock
    from bot.storage.migrate import prepare

    path = _database(options, may_be_made=False)
    if options.dry_run:
        print(f"{options.path}: all {_check(options.path):,} lines are well; nothing was taken")
        return 0
    lock = RunLock(path)
    lock.take()
    try:
        _check(options.path)
        asyncio.run(prepare(path, may_change=False, is_checked=True))
        with _reading(options.path) as file:
            taken = take(path, read_lines(file))
    finally:
        lock.release()
    told = ", ".join(f"{number:,} {kind}{'' if number == 1 else 's'}" for kind, number in taken.new.items())
    print(f"{options.path}: {told.replace('storys', 'stories')} came in; {taken.known:,} were there already")
    return 0


def _check(path: str) -> int:
    """Read every line and count them; raises InputError naming the first bad one."""
    from bot.storage.imports import read_lines

    with _reading(path) as file:
        return sum(1 for _ in read_lines(file))


def _database(options: argparse.Namespace, *, may_be_made: bool) -> Path:
    from bot.storage.location import check_place, database_path

    path = database_path(config.load(options.config).settings.database.url)
    check_place(path, may_be_made=may_be_made)
    return path


@contextmanager
def _opened(path: str) -> Iterator[IO[str]]:
    """Open the file to write; it takes its name once it is whole."""
    if path == "-":
        yield sys.stdout
        return
    target = Path(path)
    if target.exists() and not target.is_file():
        raise InputError(f"{path} cannot be written: it is no file; name another, or - for standard output")
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        with unfinished.open("w", encoding="utf-8") as file:
            yield file
        unfinished.replace(target)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}; name another file") from error
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _reading(path: str) -> Iterator[IO[str]]:
    try:
        # -sig: some editors put a mark before the first line.
        with Path(path).open(encoding="utf-8-sig") as file:
            yield file
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}; name a file that `topicwire export` wrote"
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is no text: {error.reason}; name a file that `topicwire export` wrote") from error
