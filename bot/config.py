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
from functools import partial
from pathlib import Path
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from bot.config_sources import Tree, read_duration, read_secret, read_toml, say_source
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
    problems: list[str] = []
    file = _choose_file(path, environ, problems)
    sources = {"": file.name if file else ""}
    tree = read_toml(file, problems) if file else {}
    _overlay(tree, environ, sources, problems)
    warnings = [*_follow_renames(tree, sources, problems), *find_mistyped(environ, (*_ALIASES, "TOPICWIRE_CONFIG"))]
    build, read = partial(_build, sources=sources, problems=problems), partial(read_secret, problems=problems)
    destinations = read_destinations(tree, environ, sources, problems, build, read)
    communities = _read_communities(tree, sources, problems)
    sections = {f.name: get_type_hints(Settings)[f.name] for f in fields(Settings) if f.name not in _LISTS}
    kinds = {kind.name: kind.settings for kind in PLATFORMS}
    strangers = sorted(tree.keys() - sections.keys() - kinds.keys())
    problems.extend(_unknown(name, [*sections, *kinds, *_LISTS], sources, f"[{name}]") for name in strangers)
    built = {name: _build(name, type_, tree.get(name, {}), sources, problems) for name, type_ in sections.items()}
    faults = [*find_summarizer_faults(built["summarizer"]), *find_web_faults(built["web"])]
    faults += [*find_heartbeat_faults(built["heartbeat"]), *find_destination_faults(destinations, built["fetch"])]
    problems.extend(f"{setting} in {say_source(setting, sources)}: {fault}" for setting, fault in faults)
    platforms = {k.name: read_platform(k, tree, environ, sources, problems, build, read) for k in PLATFORMS}
    if problems:
        raise ConfigError(problems)
    plain = {name: built[name] for name in sections}
    settings = Settings(**plain, destinations=tuple(destinations), communities=communities)
    return Configuration(
        settings=settings,
        platforms={name: held for name, held in platforms.items() if held},
        file=file,
        names_database="url" in tree.get("database", {}),
        warnings=tuple(warnings),
    )


def _follow_renames(tree: Tree, sources: dict[str, str], problems: list[str]) -> Iterator[str]:
    """Read settings under their earlier names; yields what to rename. Both names at once are a problem."""
    for old, new in RENAMED.items():
        (old_section, old_name), (section, name) = old.split("."), new.split(".")
        held = tree.get(old_section)
        if not isinstance(held, dict) or old_name not in held:
            continue
        value, where = held.pop(old_name), say_source(old, sources)
        if not held:
            del tree[old_section]
        if name in tree.setdefault(section, {}):
            problems.append(f"{old} in {where}: it is called {new} now, which is set as well; take the old one out")
            continue
        tree[section][name] = value
        sources[new] = where
        yield f"{old} in {where} is called {new} now"


def _choose_file(path: Path | None, environ: Mapping[str, str], problems: list[str]) -> Path | None:
    named = path or (Path(environ["TOPICWIRE_CONFIG"]) if environ.get("TOPICWIRE_CONFIG") else None)
    if named is None:
        return DEFAULT_FILE if DEFAULT_FILE.is_file() else None
    if not named.is_file():
        problems.append(f"{named}: there is no such configuration file; name another with --config or TOPICWIRE_CONFIG")
        return None
    return named


def _overlay(tree: Tree, environ: Mapping[str, str], sources: dict[str, str], problems: list[str]) -> None:
    """Put the environment over the file; remember which variable each setting came from."""
    for variable, value in sorted(environ.items()):
        is_file = variable.endswith("_FILE") and variable.removesuffix("_FILE") in _ALIASES
        bare = variable.removesuffix("_FILE") if is_file else variable
        if bare in _ALIASES:
            section, name = _ALIASES[bare]
        elif variable.startswith(PREFIX) and "__" in variable:
            section, _, name = variable.removeprefix(PREFIX).lower().partition("__")
        else:
            continue
        given = read_secret(variable, value, problems) if is_file else value
        held = tree.setdefault(section, {})
        if given and isinstance(held, dict):
            held[name] = _from_text(given)
            sources[f"{section}.{name}"] = variable


def _from_text(value: str) -> Any:
    """Read a variable's list from JSON; everything else stays text."""
    if value[:1] in "[{":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _build(name: str, kind: type[Any], given: Any, sources: Mapping[str, str], problems: list[str]) -> Any:
    if not isinstance(given, dict):
        problems.append(f"[{name}] in {sources['']}: a section is expected, not {given!r}")
        return None
    hints = get_type_hints(kind)
    known = {f.name for f in fields(kind)}
    strangers = sorted(given.keys() - known)
    problems.extend(_unknown(key, sorted(known), sources, f"{name}.{key}") for key in strangers)
    values = {key: _loosen(hints[key], value) for key, value in given.items() if key in known}
    try:
        return TypeAdapter(kind).validate_python(values)
    except ValidationError as error:
        for found in error.errors():
            where = ".".join([name, *(str(part) for part in found["loc"])])
            setting = f"{name}.{found['loc'][0]}" if found["loc"] else name
            problems.append(f"{where} in {say_source(setting, sources)}: {_explain(found, _is_secret(setting))}")
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


def _read_communities(tree: Tree, sources: Mapping[str, str], problems: list[str]) -> tuple[CommunitySettings, ...]:
    """Read [[communities]], taken out of the tree."""
    rows = tree.pop("communities", [])
    if not isinstance(rows, list):
        problems.append(f"communities in {say_source('', sources)}: each is written under a [[communities]] of its own")
        return ()
    built = [_build(f"communities.{n}", CommunitySettings, row, sources, problems) for n, row in enumerate(rows, 1)]
    found = tuple(community for community in built if community is not None)
    problems.extend(
        f"{setting} in {say_source('', sources)}: {fault}" for setting, fault in find_community_faults(found)
    )
    return found


def _unknown(key: str, known: list[str], sources: Mapping[str, str], where: str) -> str:
    near = difflib.get_close_matches(key, known, n=1)
    meant = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
    return f"{where} in {say_source(where, sources)}: there is no such setting; {meant}"
