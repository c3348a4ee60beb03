"""Where the database lies: the path out of a setting, what may be wrong with it, and the lock of the one that runs."""

from __future__ import annotations

import fcntl
import os
from io import TextIOWrapper
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.domain.errors import StorageError


def database_path(url_or_path: str | Path) -> Path:
    """Read a file path out of a path or an SQLite URL; raises StorageError for any other kind of database."""
    text = str(url_or_path)
    if "://" not in text:
        return _checked_path(text)
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise StorageError(f"database.url is no address that can be read: {error}; give a file path instead") from None
    if url.get_backend_name() != "sqlite":
        kind = url.get_backend_name()
        raise StorageError(f"{kind} databases are not supported yet; give a file path, such as topicwire.db")
    return _checked_path(url.database or "")


def _checked_path(text: str) -> Path:
    if text in {"", ":memory:"}:
        raise StorageError("the database needs a file: set database.url to a path, such as topicwire.db")
    return Path(text).expanduser()


def check_place(path: Path, *, may_be_made: bool) -> None:
    """Raise StorageError, with the remedy, where no database can be opened at a path."""
    folder = path.parent
    if not folder.is_dir():
        what = "is not a folder" if folder.exists() else "does not exist"
        raise StorageError(f"database {path}: {folder} {what}; make the folder, or name another in database.url")
    if path.is_dir():
        raise StorageError(f"database {path} is a folder; name a file in it, such as {path / 'topicwire.db'}")
    if not path.exists() and not may_be_made:
        raise StorageError(f"there is no database {path}; `topicwire run` makes it, or name another in database.url")
    # The log and the lock lie beside the file.
    if not all(os.access(each, os.R_OK | os.W_OK) for each in (folder, path) if each.exists()):
        raise StorageError(
            f"database {path} may not be read and written; change the owner or rights of it and its folder"
        )


def find_holder(path: Path) -> str | None:
    """Tell the process that runs a database, None where none does; changes nothing."""
    lock = path.with_name(f"{path.name}.lock")
    try:
        with lock.open("r", encoding="ascii") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                return file.read(20).strip() or "unknown"
            return None
    except OSError:
        return None


class RunLock:
    """The lock of the one process that runs a database; the system ends it with the process, however that ends."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(f"{path.name}.lock")
        self._database = path
        self._file: TextIOWrapper | None = None

    def take(self) -> None:
        """Take the lock; raises StorageError where another process holds it."""
        try:
            file = self._path.open("a+", encoding="ascii")
        except OSError as error:
            raise StorageError(
                f"the lock {self._path} cannot be made: {error.strerror}; check the folder's rights"
            ) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            holder = file.read(20).strip() or "unknown"
            file.close()
            raise StorageError(
                f"database {self._database} is in use by another `topicwire run` (process {holder}); "
                "stop that one first, or name another database in database.url"
            ) from None
        file.seek(0)
        file.truncate()
        file.write(f"{os.getpid()}\n")
        file.flush()
        self._file = file

    def release(self) -> None:
        """Give the lock back; the file stays, because removing it would let two processes hold two locks."""
        if self._file is not None:
            self._file.close()
            self._file = None
