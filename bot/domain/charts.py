"""A chart as it is meant: days along the bottom, a line or bars for each topic, days that are named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartLine:
    """One topic's numbers, one a day; `usual` is the middle of what is usual, None where it is not known."""

    name: str
    values: tuple[int, ...]
    usual: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A named day: the number that the text beside the chart has too, the line it is of, and what happened."""

    number: int
    line: int
    day: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What is drawn. Every day has a value of every line; the last one goes on still where `is_last_open`.

    `unknown` so many days at the beginning lie before anything was read. Words are in the reader's language. One that
    `is_small` stands beside a text that it does not push away.
    """

    title: str
    unit: str
    usual: str
    days: tuple[date, ...]
    lines: tuple[ChartLine, ...]
    marks: tuple[Mark, ...] = ()
    unknown: int = 0
    is_last_open: bool = False
    last_open: str = ""
    no_data: str = ""
    is_small: bool = False
