"""Where configuration is read from: files that are shipped or named, secrets in files of their own, and how values and
places are written there.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

Tree = dict[str, Any]
NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
"""What a table of several may be called, to be told from the others."""
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)")
_UNITS = {"ms": "milliseconds", "s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def shipped(name: str) -> Path:
    """Return the path of a data file shipped with the program: beside the package in a checkout, inside it in a
    wheel.
    """
    package = Path(__file__).parent
    inside = package / "_config" / name
    return inside if inside.exists() else package.parent / "config" / name


def read_toml(file: Path, problems: list[str]) -> Tree:
    """Read a TOML file; one that cannot be read is a problem, and empty."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(f"{file}: not valid TOML: {error}")
    except OSError as error:
        problems.append(f"{file}: cannot be read: {error.strerror}; check its owner and mode")
    return {}


def read_secret(variable: str, path: str, problems: list[str]) -> str:
    """Read the file that a variable or setting names; one that cannot be read is a problem, and empty."""
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"{variable}: {path} cannot be read: {error}")
        return ""


def read_duration(value: Any) -> Any:
    """Read 30s, 5m, 2h, 1d as a timedelta; what is none comes back as it is, for the check to name."""
    found = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    return timedelta(**{_UNITS[found[2]]: float(found[1])}) if found else value


def say_source(setting: str, sources: Mapping[str, str]) -> str:
    """Say where a setting came from: its variable or name there, else the file (`""`), else the environment."""
    return sources.get(setting) or sources[""] or "the environment"


def say_row(name: object, number: int) -> str:
    """Say a table of several by its name where that can be shown, else by its number in the file."""
    return name if isinstance(name, str) and NAME.fullmatch(name) else str(number)
