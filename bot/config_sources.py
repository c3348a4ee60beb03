"""Where configuration is read from: files that are shipped or named, what was given there and in the environment, and
how values and places are written.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

Tree = dict[str, Any]
NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
"""What a table of several may be called, to be told from the others."""
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)")
_UNITS = {"ms": "milliseconds", "s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


@dataclass(slots=True, kw_only=True)
class Given:
    """A configuration as it was given: the `tree` of the `file` with the environment over it, the variable in `places`
    that a setting came from where it came from one, and every problem met so far.
    """

    environ: Mapping[str, str]
    file: str = ""
    tree: Tree = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def say_place(self, setting: str = "") -> str:
        """Say where a setting came from: its variable, else the file, else the environment."""
        return self.places.get(setting) or self.file or "the environment"

    def add_faults(self, faults: Iterable[tuple[str, str]]) -> None:
        """Add problems: each a setting and what is wrong with it."""
        self.problems.extend(f"{setting} in {self.say_place(setting)}: {fault}" for setting, fault in faults)

    def read_secret(self, name: str, path: str) -> str:
        """Read the file that a variable or setting names; one that cannot be read is a problem, and empty."""
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            self.problems.append(f"{name}: {path} cannot be read: {error}")
            return ""


Build = Callable[[Given, str, type[Any], Any], Any]
"""Makes the settings called `name` of a type out of a table of the file; None where that has problems, now told."""


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


def read_duration(value: Any) -> Any:
    """Read 30s, 5m, 2h, 1d as a timedelta; what is none comes back as it is, for the check to name."""
    found = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    return timedelta(**{_UNITS[found[2]]: float(found[1])}) if found else value


def say_row(name: object, number: int) -> str:
    """Say a table of several by its name where that can be shown, else by its number in the file."""
    return name if isinstance(name, str) and NAME.fullmatch(name) else str(number)
