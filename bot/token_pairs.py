"""Platforms that are set up as often as there are workspaces: one [slack], or a [[slack]] with a name for each.

A token comes from the environment, from a file that the environment or the setting names, or from the setting itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.config_sources import NAME, Build, Given, Tree, say_row
from bot.domain.settings_faults import PREFIX
from bot.platforms.table import PlatformKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The settings of one workspace; `where` is what they are called in messages, `variables` those of its tokens."""

    where: str
    settings: Tree
    variables: Mapping[str, str]
    is_one_of_many: bool


def list_rows(kind: PlatformKind, given: Given) -> list[Row]:
    """List the workspaces of a platform with their tokens.

    The pair of variables without a name is the workspace of the platform's own name, beside those that have others.
    """
    held, environ = given.tree.get(kind.name, {}), given.environ
    if isinstance(held, dict):
        return [_row(kind, given, held, kind.name, kind.name, is_one_of_many=False)]
    is_list = isinstance(held, list) and all(isinstance(row, dict) for row in held)
    if not is_list or kind.name_variable is None:
        more = f", or a [[{kind.name}]] for each workspace" if kind.name_variable is not None else ""
        given.problems.append(f"[{kind.name}]: a section is expected{more}, not {type(held).__name__}")
        return []
    given.problems.extend(_find_strays(kind, environ))
    names = [row.get("name", kind.name) for row in held]
    rows = list(held)
    if kind.name not in names and any(environ.get(f"{v}{end}") for v in kind.secrets.values() for end in ("", "_FILE")):
        rows, names = [{}, *rows], [kind.name, *names]
    given.problems.extend(_find_faults(kind, names))
    return [
        _row(kind, given, row, f"{kind.name}.{say_row(name, number)}", name, is_one_of_many=True)
        for number, (row, name) in enumerate(zip(rows, names, strict=True), 1)
    ]


def _row(kind: PlatformKind, given: Given, row: Tree, where: str, name: object, *, is_one_of_many: bool) -> Row:
    """Find the tokens of a workspace; of the only one the environment's are among its settings already."""
    settings, variables = dict(row), {}
    environ = given.environ if is_one_of_many else {}
    for field, variable in kind.secrets.items():
        ours = variables[field] = _variable(kind, variable, str(name))
        if environ.get(ours):
            settings[field] = environ[ours].strip()
        elif environ.get(f"{ours}_FILE"):
            settings[field] = given.read_secret(f"{ours}_FILE", environ[f"{ours}_FILE"])
        elif isinstance(row.get(f"{field}_file"), str) and not row.get(field):
            settings[field] = given.read_secret(f"{where}.{field}_file", row[f"{field}_file"])
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


def read_platform(kind: PlatformKind, given: Given, build: Build) -> Any:
    """Build a platform's settings, of every workspace where it may have several; None or () where it has no tokens."""
    found = []
    for row in list_rows(kind, given):
        given.places |= {f"{row.where}.{field}": name for field, name in row.variables.items() if name in given.environ}
        built = build(given, row.where, kind.settings, row.settings)
        missing = find_missing(kind, row)
        given.problems.extend([missing] if missing else [])
        found += [built] if built is not None and missing is None else []
    return tuple(found) if kind.name_variable is not None else next(iter(found), None)
