"""Read and check the configuration: defaults < topicwire.toml < environment; every problem is told at once.

The plain dataclasses of domain/settings.py and of the platforms come out; nothing below ever sees pydantic.
"""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from bot.config_sources import Given, read_duration, read_toml
from bot.destinations import find_destination_faults, read_destinations
from bot.domain.communities import find_faults as find_community_faults
from bot.domain.errors import ConfigError
from bot.domain.settings import CommunitySettings, Settings
from bot.domain.settings_faults import (
    PREFIX,
    find_heartbeat_faults,
    find_mistyped,
    find_summarizer_faults,
    find_web_faults,
)
from bot.platforms.table import PLATFORMS
from bot.token_pairs import read_platform

DEFAULT_FILE = Path("topicwire.toml")
_ALIASES = {
    "TOPICWIRE_DATABASE": ("database", "url"),
    "TOPICWIRE_SUMMARIZER_KEY": ("summarizer", "key"),
    "TOPICWIRE_WEB_PASSWORD": ("web", "password"),
} | {variable: (kind.name, name) for kind in PLATFORMS for name, variable in kind.secrets.items()}
_LISTS = ("destinations", "communities")
RENAMED: dict[str, str] = {}
"""Settings that were called otherwise: their earlier name and the one of today, each `section.name`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """The settings of the core and, for each platform whose tokens are all there, its own settings object (a tuple of
    them where it may be set up for several workspaces).
    """

    settings: Settings
    platforms: Mapping[str, Any]
    file: Path | None
    names_database: bool
    warnings: tuple[str, ...] = ()
    """Settings under a name that will go, each with its successor, and variables that are mistyped."""

    @property
    def is_trial(self) -> bool:
        """Whether nothing is set up that could be told: the run is then a first look, in the terminal."""
        return not self.platforms and not self.settings.destinations


def load(path: Path | None = None, environ: Mapping[str, str] = os.environ) -> Configuration:
    """Read the configuration file (`path`, TOPICWIRE_CONFIG, or ./topicwire.toml where it is there) and the
    environment.

    Raises ConfigError with every problem, each naming the setting, its place and the remedy.
    """
    given = Given(environ=environ)
    file = _choose_file(path, given)
    if file is not None:
        given.file, given.tree = file.name, read_toml(file, given.problems)
    _overlay(given)
    warnings = [*_follow_renames(given), *find_mistyped(environ, (*_ALIASES, "TOPICWIRE_CONFIG"))]
    destinations = read_destinations(given, _build)
    communities = _read_communities(given)
    sections = {f.name: get_type_hints(Settings)[f.name] for f in fields(Settings) if f.name not in _LISTS}
    kinds = {kind.name: kind.settings for kind in PLATFORMS}
    strangers = sorted(given.tree.keys() - sections.keys() - kinds.keys())
    given.add_faults(_unknown(f"[{name}]", name, [*sections, *kinds, *_LISTS]) for name in strangers)
    built = {name: _build(given, name, type_, given.tree.get(name, {})) for name, type_ in sections.items()}
    given.add_faults(find_summarizer_faults(built["summarizer"]))
    given.add_faults(find_web_faults(built["web"]))
    given.add_faults(find_heartbeat_faults(built["heartbeat"]))
    given.add_faults(find_destination_faults(destinations, built["fetch"]))
    platforms = {kind.name: read_platform(kind, given, _build) for kind in PLATFORMS}
    if given.problems:
        raise ConfigError(list(dict.fromkeys(given.problems)))
    settings = Settings(**built, destinations=tuple(destinations), communities=communities)
    return Configuration(
        settings=settings,
        platforms={name: held for name, held in platforms.items() if held},
        file=file,
        names_database="url" in given.tree.get("database", {}),
        warnings=tuple(warnings),
    )


def _follow_renames(given: Given) -> Iterator[str]:
    """Read settings under their earlier names; yields what to rename. Both names at once are a problem."""
    for old, new in RENAMED.items():
        (old_section, old_name), (section, name) = old.split("."), new.split(".")
        held = given.tree.get(old_section)
        if not isinstance(held, dict) or old_name not in held:
            continue
        value, where = held.pop(old_name), given.say_place(old)
        if not held:
            del given.tree[old_section]
        table = given.tree.setdefault(section, {})
        if not isinstance(table, dict):
            continue
        if name in table:
            given.add_faults([(old, f"it is called {new} now, which is set as well; take the old one out")])
            continue
        table[name] = value
        given.places[new] = where
        yield f"{old} in {where} is called {new} now"


def _choose_file(path: Path | None, given: Given) -> Path | None:
    variable = given.environ.get("TOPICWIRE_CONFIG")
    named = path or (Path(variable) if variable else None)
    if named is None:
        return DEFAULT_FILE if DEFAULT_FILE.is_file() else None
    if not named.is_file():
        given.problems.append(
            f"{named}: there is no such configuration file; name another with --config or TOPICWIRE_CONFIG"
        )
        return None
    return named


def _overlay(given: Given) -> None:
    """Put the environment over the file; remember which variable each setting came from."""
    for variable, value in sorted(given.environ.items()):
        is_file = variable.endswith("_FILE") and variable.removesuffix("_FILE") in _ALIASES
        bare = variable.removesuffix("_FILE") if is_file else variable
        if bare in _ALIASES:
            section, name = _ALIASES[bare]
        elif variable.startswith(PREFIX) and "__" in variable:
            section, _, name = variable.removeprefix(PREFIX).lower().partition("__")
        else:
            continue
        text = given.read_secret(variable, value) if is_file else value
        held = given.tree.setdefault(section, {})
        if text and isinstance(held, dict):
            held[name] = _from_text(text)
            given.places[f"{section}.{name}"] = variable


def _from_text(value: str) -> Any:
    """Read a variable's list from JSON; everything else stays text."""
    if value[:1] in "[{":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _build(given: Given, name: str, kind: type[Any], table: Any) -> Any:
    if not isinstance(table, dict):
        given.problems.append(f"[{name}] in {given.file}: a section is expected, not {table!r}")
        return None
    hints = get_type_hints(kind)
    known = {f.name for f in fields(kind)}
    given.add_faults(_unknown(f"{name}.{key}", key, sorted(known)) for key in sorted(table.keys() - known))
    values = {key: _loosen(hints[key], value) for key, value in table.items() if key in known}
    try:
        return TypeAdapter(kind).validate_python(values)
    except ValidationError as error:
        for found in error.errors():
            where = ".".join([name, *(str(part) for part in found["loc"])])
            setting = f"{name}.{found['loc'][0]}" if found["loc"] else name
            given.problems.append(f"{where} in {given.say_place(setting)}: {_explain(found, _is_secret(setting))}")
        return None


_SECRET = {f"{section}.{name}" for section, name in _ALIASES.values()} - {"database.url"} | {"heartbeat.url"}


def _is_secret(setting: str) -> bool:
    section, *_, name = setting.split(".")
    return f"{section}.{name}" in _SECRET or (setting.startswith("destinations.") and setting.endswith(".url"))


def _explain(found: Any, is_secret: bool) -> str:
    if found["type"] == "missing":
        return "is missing"
    message = str(found["msg"]).replace("Input should be", "should be").replace("Value error, ", "")
    if "timedelta" in message:
        message = "should be a duration such as 30s, 5m, 2h or 1d"
    return message if is_secret else f"{message} (it is {found['input']!r})"


def _loosen(hint: Any, value: Any) -> Any:
    """Read 30s, 5m, 2h, 1d as durations and a,b as a list; what does not fit is left for the check to name."""
    if hint is timedelta:
        return read_duration(value)
    if isinstance(value, str) and "tuple" in str(hint):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def _read_communities(given: Given) -> tuple[CommunitySettings, ...]:
    """Read [[communities]], taken out of the tree."""
    rows = given.tree.pop("communities", [])
    if not isinstance(rows, list):
        given.add_faults([("communities", "each is written under a [[communities]] of its own")])
        return ()
    built = [_build(given, f"communities.{number}", CommunitySettings, row) for number, row in enumerate(rows, 1)]
    found = tuple(community for community in built if community is not None)
    given.add_faults(find_community_faults(found))
    return found


def _unknown(where: str, key: str, known: list[str]) -> tuple[str, str]:
    near = difflib.get_close_matches(key, known, n=1)
    meant = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
    return where, f"there is no such setting; {meant}"
