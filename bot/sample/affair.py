"""The invented week that a newcomer sees first, read from affair.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from importlib.resources import files
from typing import Any

COPIED_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An invented outlet with one feed."""

    key: str
    title: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An invented article; `age` is how old it is when the server starts, None for one that comes while it runs.

    One that `replaces` a title of its outlet is no article of its own: it is what that one says from then on.
    """

    outlet: str
    title: str
    text: str
    age: timedelta | None
    replaces: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Affair:
    """Who tells what, in order."""

    outlets: tuple[Outlet, ...]
    history: tuple[Report, ...]
    live: tuple[Report, ...]


def load_affair() -> Affair:
    """Read the week that is shipped beside this module."""
    told = tomllib.loads(files("bot.sample").joinpath("affair.toml").read_text(encoding="utf-8"))
    reports = [report for row in told["reports"] for report in _reports(row)]
    return Affair(
        outlets=tuple(Outlet(**row) for row in told["outlets"]),
        history=tuple(report for report in reports if report.age is not None),
        live=tuple(report for report in reports if report.age is None),
    )


def _reports(row: Mapping[str, Any]) -> Iterator[Report]:
    """Yield a report and its copies: of an older one an hour later each, of one that is to come as the next ones."""
    age = timedelta(days=row["age"]) if "age" in row else None
    first = Report(outlet=row["outlet"], title=row["title"], text=row["text"], age=age, replaces=row.get("replaces"))
    yield first
    for count, outlet in enumerate(row.get("copied_by", ()), 1):
        later = None if age is None else age - count * COPIED_AFTER
        yield replace(first, outlet=outlet, age=later)
