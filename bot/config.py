"""Read and check the configuration: defaults < topicwire.toml < environment; every problem is told at once.

The plain dataclasses of domain/settings.py and of the platforms come out; nothing below ever sees pydantic.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from bot.domain.communities import Communities
from bot.domain.communities import find_faults as find_community_faults
from bot.domain.errors import ConfigError
from bot.domain.records import DeclaredFeed
from bot.domain.settings import CommunitySettings, DestinationSettings, Settings
from bot.domain.settings_faults import find_heartbeat_faults, find_mistyped, find_summarizer_faults, find_web_faults
from bot.domain.urls import is_web_url, shown_host
from bot.feeds.credentials import SETTINGS, read_credentials
from bot.platforms.table import PLATFORMS
from bot.platforms.webhook.addresses import find_address_fault
from bot.platforms.webhook.digests import find_digest_faults
from bot.token_pairs import read_platform

PREFIX = "TOPICWIRE_"
DEFAULT_FILE = Path("topicwire.toml")
_ALIASES = {
    "TOPICWIRE_DATABASE": ("database", "url"),
    "TOPICWIRE_SUMMARIZER_KEY": ("summarizer", "key"),
    "TOPICWIRE_WEB_PASSWORD": ("web", "password"),
} | {variable: (kind.name, name) for kind in PLATFORMS for name, variable in kind.secrets.items()}
_LISTS = ("destinations", "communities")
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)")
_DESTINATION = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_UNITS = {"ms": "milliseconds", "s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
Tree = dict[str, Any]
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
    tree = _read_toml(file, problems) if file else {}
    _overlay(tree, environ, sources, problems)
    warnings = [*_follow_renames(tree, sources, problems), *find_mistyped(environ, (*_ALIASES, "TOPICWIRE_CONFIG"))]
    destinations = _read_destinations(tree, environ, sources, problems)
    communities = _read_communities(tree, sources, problems)
    sections = {f.name: get_type_hints(Settings)[f.name] for f in fields(Settings) if f.name not in _LISTS}
    kinds = {kind.name: kind.settings for kind in PLATFORMS}
    strangers = sorted(tree.keys() - sections.keys() - kinds.keys())
    problems.extend(_unknown(name, [*sections, *kinds, *_LISTS], sources, f"[{name}]") for name in strangers)
    built = {name: _build(name, type_, tree.get(name, {}), sources, problems) for name, type_ in sections.items()}
    faults = [*find_summarizer_faults(built["summarizer"]), *find_web_faults(built["web"])]
    faults += find_heartbeat_faults(built["heartbeat"])
    problems.extend(f"{setting} in {_source(setting, sources)}: {fault}" for setting, fault in faults)
    problems.extend(_destination_faults(destinations, built["fetch"], sources))
    build, read_secret = partial(_build, sources=sources, problems=problems), partial(_read_secret, problems=problems)
    platforms = {k.name: read_platform(k, tree, environ, sources, problems, build, read_secret) for k in PLATFORMS}
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
        value, where = held.pop(old_name), _source(old, sources)
        if not held:
            del tree[old_section]
        if name in tree.setdefault(section, {}):
            problems.append(f"{old} in {where}: it is called {new} now, which is set as well; take the old one out")
            continue
        tree[section][name] = value
        sources[new] = where
        yield f"{old} in {where} is called {new} now"


def shipped(name: str) -> Path:
    """Return the path of a data file shipped with the program: beside the package in a checkout, inside it in a
    wheel.
    """
    package = Path(__file__).parent
    inside = package / "_config" / name
    return inside if inside.exists() else package.parent / "config" / name


def _choose_file(path: Path | None, environ: Mapping[str, str], problems: list[str]) -> Path | None:
    named = path or (Path(environ["TOPICWIRE_CONFIG"]) if environ.get("TOPICWIRE_CONFIG") else None)
    if named is None:
        return DEFAULT_FILE if DEFAULT_FILE.is_file() else None
    if not named.is_file():
        problems.append(f"{named}: there is no such configuration file; name another with --config or TOPICWIRE_CONFIG")
        return None
    return named


def _read_toml(file: Path, problems: list[str]) -> Tree:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(f"{file}: not valid TOML: {error}")
    except OSError as error:
        problems.append(f"{file}: cannot be read: {error.strerror}; check its owner and mode")
    return {}


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
        given = _read_secret(variable, value, problems) if is_file else value
        held = tree.setdefault(section, {})
        if given and isinstance(held, dict):
            held[name] = _from_text(given)
            sources[f"{section}.{name}"] = variable


def _read_secret(variable: str, path: str, problems: list[str]) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"{variable}: {path} cannot be read: {error}")
        return ""


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
            problems.append(f"{where} in {_source(setting, sources)}: {_explain(found, _is_secret(setting))}")
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
    if not isinstance(value, str):
        return value
    if hint is timedelta and (match := _DURATION.fullmatch(value.strip())):
        return timedelta(**{_UNITS[match[2]]: float(match[1])})
    if "tuple" in str(hint):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def _read_destinations(
    tree: Tree, environ: Mapping[str, str], sources: dict[str, str], problems: list[str]
) -> list[DestinationSettings]:
    """Read [[destinations]], taken out of the tree; addresses come from the environment, a file, or the setting."""
    rows = tree.pop("destinations", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        problems.append(f"destinations in {_source('', sources)}: each is written under a [[destinations]] of its own")
        return []
    built = [
        _build(_where(row, number), DestinationSettings, _address(row, number, environ, sources, problems), sources,
               problems)
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip
    return [destination for destination in built if destination is not None]


def _read_communities(tree: Tree, sources: Mapping[str, str], problems: list[str]) -> tuple[CommunitySettings, ...]:
    """Read [[communities]], taken out of the tree."""
    rows = tree.pop("communities", [])
    if not isinstance(rows, list):
        problems.append(f"communities in {_source('', sources)}: each is written under a [[communities]] of its own")
        return ()
    built = [_build(f"communities.{n}", CommunitySettings, row, sources, problems) for n, row in enumerate(rows, 1)]
    found = tuple(community for community in built if community is not None)
    problems.extend(f"{setting} in {_source('', sources)}: {fault}" for setting, fault in find_community_faults(found))
    return found


def _where(row: Tree, number: int) -> str:
    """Say a destination by its name where that can be shown, else by its place in the file."""
    name = row.get("name")
    return (
        f"destinations.{name}" if isinstance(name, str) and _DESTINATION.fullmatch(name) else f"destinations.{number}"
    )


def _variable(name: object) -> str:
    return f"{PREFIX}DESTINATION_{str(name).upper().replace('-', '_')}"


def _address(row: Tree, number: int, environ: Mapping[str, str], sources: dict[str, str], problems: list[str]) -> Tree:
    """Return a destination's settings with its address, wherever that is written."""
    where, variable, file = _where(row, number), _variable(row.get("name")), row.get("url_file")
    if given := environ.get(variable):
        sources[f"{where}.url"] = variable
        return row | {"url": given.strip()}
    if isinstance(file, str):
        if row.get("url"):
            problems.append(f"{where} in {_source('', sources)}: give url or url_file, not both")
        return row | {"url": _read_secret(f"{where}.url_file", file, problems)}
    return row


def _destination_faults(
    destinations: list[DestinationSettings], fetch: Any, sources: Mapping[str, str]
) -> Iterator[str]:
    """Yield what is wrong with destinations beyond the types of their settings; never shows an address."""
    allow = fetch.allow if fetch is not None else ()
    taken: set[str] = set()
    for number, it in enumerate(destinations, 1):
        where = _where({"name": it.name}, number)
        faults: dict[str, str | None] = {
            "name": None
            if _DESTINATION.fullmatch(it.name)
            else "should be small letters and digits, with - or _ between",
            "url": find_address_fault(it.kind, it.url, allow)
            if it.url
            else None
            if it.url_file
            else f"is missing; set it, url_file or {_variable(it.name)}",
            "topics": None if it.topics else "should name at least one topic",
            "language": None if _LANGUAGE.fullmatch(it.language) else "should be a language such as en or nl",
            **find_digest_faults(it),
            "min_outlets": None if it.min_outlets > 0 else f"should be 1 or more (it is {it.min_outlets})",
        }
        if _variable(it.name) in taken:
            faults["name"] = "another destination has this name (- and _ count as one)"
        taken.add(_variable(it.name))
        for setting, fault in faults.items():
            if fault is not None:
                yield f"{where}.{setting} in {_source(f'{where}.{setting}', sources)}: {fault}"


def _unknown(key: str, known: list[str], sources: Mapping[str, str], where: str) -> str:
    near = difflib.get_close_matches(key, known, n=1)
    meant = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
    return f"{where} in {_source(where, sources)}: there is no such setting; {meant}"


def _source(setting: str, sources: Mapping[str, str]) -> str:
    return sources.get(setting) or sources[""] or "the environment"


def load_feeds(settings: Settings, environ: Mapping[str, str] = os.environ) -> list[DeclaredFeed]:
    """Read the declared feeds; raises ConfigError with every problem by file and entry."""
    files = settings.feeds.files if settings.feeds.files is not None else (shipped("feeds.toml"),)
    problems: list[str] = []
    feeds: dict[tuple[str | None, str], DeclaredFeed] = {}
    for file in files:
        rows = _read_declared(file, problems)
        for number, row in enumerate(rows, 1):
            feed = _declare(row, f"{file}: feed {number}", settings, environ, problems)
            if feed is not None:
                feeds.setdefault((feed.workspace, feed.url), feed)
    if problems:
        raise ConfigError(problems)
    return list(feeds.values())


def _read_declared(file: Path, problems: list[str]) -> list[Any]:
    if not file.is_file():
        problems.append(f"{file}: there is no such feed file; see feeds.files")
        return []
    rows = _read_toml(file, problems).get("feeds", [])
    if not isinstance(rows, list):
        problems.append(f"{file}: feeds are written as [[feeds]] with a url")
        return []
    return rows


def _declare(
    row: Any, where: str, settings: Settings, environ: Mapping[str, str], problems: list[str]
) -> DeclaredFeed | None:
    known = {"url", "title", "language", "interval", "workspace"} | SETTINGS
    url = row.get("url") if isinstance(row, dict) else None
    if not isinstance(url, str) or not is_web_url(url):
        problems.append(f"{where}: url is missing or not an http or https address")
        return None
    problems.extend(
        f"{where}: there is no setting {key}; known: {', '.join(sorted(known))}" for key in row.keys() - known
    )
    problems.extend(f"{where}: {fault}" for fault in _find_privacy_faults(row, url))
    interval = _loosen(timedelta, row.get("interval", settings.fetch.default_interval))
    if not isinstance(interval, timedelta):
        problems.append(f"{where}: interval should be a duration such as 15m, not {interval!r}")
        return None
    try:
        secrets = read_credentials(row, environ)
    except ConfigError as error:
        problems.extend(f"{where}: {fault}" for fault in error.problems)
        return None
    return DeclaredFeed(
        url=url,
        title=str(row.get("title") or shown_host(url)),
        language=row.get("language"),
        interval=interval,
        is_adaptive="interval" not in row,
        workspace=Communities.of(settings.communities).home(row["workspace"]) if "workspace" in row else None,
        secrets=secrets,
    )


def _find_privacy_faults(row: Tree, url: str) -> Iterator[str]:
    """Yield what would let a feed's login be kept or seen where it must not be."""
    if "@" in urlsplit(url).netloc:
        yield "its url holds a login, which would reach the database; give it as basic instead"
    if "workspace" in row and not (isinstance(row["workspace"], str) and row["workspace"].strip(" *")):
        yield "workspace should be the id of one workspace, such as discord:123 or slack:T123"
    if row.keys() & SETTINGS and "workspace" not in row:
        yield 'a feed with a login is for one workspace alone; name it, such as workspace = "slack:T123"'
