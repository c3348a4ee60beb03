"""The invented affair that a newcomer sees first, read from affair.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An invented outlet with one feed."""

    key: str
    title: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An invented article; `age` is how old it is when the server starts, None for one that comes while it runs."""

    outlet: str
    title: str
    text: str
    age: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Affair:
    """Who tells what, in order."""

    outlets: tuple[Outlet, ...]
    history: tuple[Report, ...]
    live: tuple[Report, ...]


def load_affair() -> Affair:
    """Read the affair that is shipped beside this module."""
    told = tomllib.loads(files("bot.sample").joinpath("affair.toml").read_text(encoding="utf-8"))
    reports = tuple(_report(row) for row in told["reports"])
    return Affair(
        outlets=tuple(Outlet(**row) for row in told["outlets"]),
        history=tuple(report for report in reports if report.age is not None),
        live=tuple(report for report in reports if report.age is None),
    )


def _report(row: dict[str, Any]) -> Report:
    age = timedelta(days=row["age"]) if "age" in row else None
    return Report(outlet=row["outlet"], title=row["title"], text=row["text"], age=age)
