"""Platforms that are set up as often as there are workspaces: one [slack], or a [[slack]] with a name for each.

A token comes from the environment, from a file that the environment or the setting names, or from the setting itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.config_sources import NAME, Tree, say_row
from bot.domain.settings_faults import PREFIX
from bot.platforms.table import PlatformKind

ReadSecret = Callable[[str, str], str]
Build = Callable[[str, type[Any], Any], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The settings of one workspace; `where` is what they are called in messages, `variables` those of its tokens."""

    where: str
    settings: Tree
    variables: Mapping[str, str]
    is_one_of_many: bool


def list_rows(
    kind: PlatformKind, given: Any, environ: Mapping[str, str], read_secret: ReadSecret, problems: list[str]
) -> list[Row]:
    """List the workspaces of a platform with their tokens.

    The pair of variables without a name is the workspace of the platform's own name, beside those that have others.
    """
    if isinstance(given, dict):
        return [_row(kind, given, kind.name, kind.name, {}, read_secret, is_one_of_many=False)]
    is_list = isinstance(given, list) and all(isinstance(row, dict) for row in given)
    if not is_list or kind.name_variable is None:
        more = f", or a [[{kind.name}]] for each workspace" if kind.name_variable is not None else ""
        problems.append(f"[{kind.name}]: a section is expected{more}, not {type(given).__name__}")
        return []
    problems.extend(_find_strays(kind, environ))
    names = [row.get("name", kind.name) for row in given]
    rows = list(given)
    if kind.name not in names and any(environ.get(f"{v}{end}") for v in kind.secrets.values() for end in ("", "_FILE")):
        rows, names = [{}, *rows], [kind.name, *names]
    problems.extend(_find_faults(kind, names))
    return [
        _row(kind, row, f"{kind.name}.{say_row(name, number)}", name, environ, read_secret, is_one_of_many=True)
        for number, (row, name) in enumerate(zip(rows, names, strict=True), 1)
    ]


def _row(
    kind: PlatformKind, row: Tree, where: str, name: object, environ: Mapping[str, str], read_secret: ReadSecret,
    *, is_one_of_many: bool,
) -> Row:  # fmt: skip
    settings, variables = dict(row), {}
    for field, variable in kind.secrets.items():
        ours = variables[field] = _variable(kind, variable, str(name))
        if environ.get(ours):
            settings[field] = environ[ours].strip()
        elif environ.get(f"{ours}_FILE"):
            settings[field] = read_secret(f"{ours}_FILE", environ[f"{ours}_FILE"])
        elif isinstance(row.get(f"{field}_file"), str) and not row.get(field):
            settings[field] = read_secret(f"{where}.{field}_file", row[f"{field}_file"])
    return Row(where=where, settings=settings, variables=variables, is_one_of_many=is_one_of_many)


def _variable(kind: PlatformKind, variable: str, name: str) -> str:
    return variable if kind.name_variable is None else kind.name_variable(variable, name)


def _find_faults(kind: PlatformKind, names: list[object]) -> Iterator[str]:
    seen: set[str] = set()
    for number, name in enumerate(names, 1):
        if not isinstance(name, str) or not NAME.fullmatch(name):
            yield f"{kind.name}.{number}.name: should be small letters and digits, with - or _ between"
            continue
        key = name.replace("-", "_")
        if key in seen:
            yield f"{kind.name}.{name}.name: another [[{kind.name}]] has this name (- and _ count as one)"
        seen.add(key)


def _find_strays(kind: PlatformKind, environ: Mapping[str, str]) -> Iterator[str]:
    head = f"{PREFIX}{kind.name.upper()}__"
    for variable in sorted(v for v in environ if v.startswith(head)):
        yield f"{variable} does not say which [[{kind.name}]] it is for; set it there"


def find_missing(kind: PlatformKind, row: Row) -> str | None:
    """Say which token lacks its partner; None where all are there, "" where none is and none is needed."""
    given = [v for f, v in row.variables.items() if row.settings.get(f)]
    missing = [v for f, v in row.variables.items() if not row.settings.get(f)]
    if not missing:
        return None
    if not given:
        return f"{row.where} needs {' and '.join(missing)}" if row.is_one_of_many else ""
    return f"{row.where} needs {' and '.join(missing)} as well as {' and '.join(given)}"


def read_platform(
    kind: PlatformKind,
    tree: Tree,
    environ: Mapping[str, str],
    sources: dict[str, str],
    problems: list[str],
    build: Build,
    read_secret: ReadSecret,
) -> Any:
    """Build a platform's settings, of every workspace where it may have several; None or () where it has no tokens."""
    found = []
    for row in list_rows(kind, tree.get(kind.name, {}), environ, read_secret, problems):
        sources |= {f"{row.where}.{field}": name for field, name in row.variables.items() if name in environ}
        built = build(row.where, kind.settings, row.settings)
        missing = find_missing(kind, row)
        problems.extend([missing] if missing else [])
        found += [built] if built is not None and missing is None else []
    return tuple(found) if kind.name_variable is not None else next(iter(found), None)
