"""What a declared feed needs to be let in: headers, a login or a cookie, read from the environment or from files.

    headers = { X-Key = { env = "PAID_KEY" } }
    basic = { user = "ann", password = { file = "/run/secrets/paid" } }
    cookie = { env = "PAID_COOKIE" }

The feeds file names where a secret is, never the secret; none reaches the database or a log.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.domain.errors import ConfigError

SETTINGS = frozenset({"headers", "basic", "cookie"})
Headers = tuple[tuple[str, str], ...]
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
# Headers that say how a message is sent: a wrong one breaks the connection, or lets one request pass for two.
_OURS = frozenset({"host", "connection", "content-length", "transfer-encoding", "upgrade", "accept-encoding", "te"})


def read_credentials(row: Mapping[str, Any], environ: Mapping[str, str]) -> Headers:
    """Read a feed's credentials as the headers that carry them; raises ConfigError with every problem."""
    problems: list[str] = []
    headers = list(_read_headers(row.get("headers", {}), environ, problems))
    if "basic" in row:
        headers += _read_basic(row["basic"], environ, problems)
    if "cookie" in row:
        headers += [("Cookie", value) for value in _read_secret("cookie", row["cookie"], environ, problems)]
    names = [name.lower() for name, _ in headers]
    problems += [f"the header {name} is given twice" for name in sorted(set(names)) if names.count(name) > 1]
    if problems:
        raise ConfigError(problems)
    return tuple(headers)


def _read_headers(given: Any, environ: Mapping[str, str], problems: list[str]) -> Iterator[tuple[str, str]]:
    if not isinstance(given, dict):
        problems.append('headers are written { NAME = { env = "VARIABLE" } }')
        return
    for name, source in given.items():
        if not _HEADER.fullmatch(name) or name.lower() in _OURS:
            problems.append(f"headers.{name}: no header that can be set")
            continue
        for value in _read_secret(f"headers.{name}", source, environ, problems):
            yield name, value


def _read_basic(given: Any, environ: Mapping[str, str], problems: list[str]) -> Iterator[tuple[str, str]]:
    if not isinstance(given, dict) or given.keys() != {"user", "password"}:
        problems.append('basic is written { user = "NAME", password = { env = "VARIABLE" } }')
        return
    user = given["user"]
    if not isinstance(user, str) or ":" in user:
        problems.append("basic.user: a name without a colon is expected")
        return
    for password in _read_secret("basic.password", given["password"], environ, problems):
        # RFC 7617, with UTF-8 as most servers expect.
        yield "Authorization", f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"


def _read_secret(where: str, source: Any, environ: Mapping[str, str], problems: list[str]) -> Iterator[str]:
    """Yield the secret that a source names, or nothing where that is a problem; its value is never shown."""
    if not isinstance(source, dict) or len(source) != 1 or not source.keys() <= {"env", "file"}:
        problems.append(
            f'{where}: a secret is not written here; name where it is: {{ env = "VARIABLE" }} or {{ file = "PATH" }}'
        )
        return
    ((kind, name),) = source.items()
    value = _from_environment(str(name), environ) if kind == "env" else _from_file(str(name))
    if value is None:
        missing = f"the variable {name} is not set" if kind == "env" else f"the file {name} cannot be read"
        problems.append(f"{where}: {missing}")
    elif not value or not value.isprintable():
        problems.append(f"{where}: {name} is empty, or holds a line break or another character that no header takes")
    else:
        yield value


def _from_environment(name: str, environ: Mapping[str, str]) -> str | None:
    value = environ.get(name)
    return None if value is None else value.strip()


def _from_file(path: str) -> str | None:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError, ValueError):
        return None
