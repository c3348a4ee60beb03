"""Writes the pages of docs/ that say what the program has: `python -m tests.generated`. A test holds them together."""

from __future__ import annotations

import ast
import dataclasses
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, get_type_hints

from bot.commands.desk import load_registry
from bot.commands.registry import Command, Parameter
from bot.domain.settings import CommunitySettings, DestinationSettings, Settings
from bot.platforms.table import PLATFORMS
from tests.elements import write_cards
from tests.messages import CHAPTERS, list_messages
from tests.shared_data import ROOT

NOTE = "<!-- Written by `python -m tests.generated`: change the program, not this page. -->\n"


COMMANDS = """\
Type them after `/news`, on Discord, on Slack and in the console alike. Capital letters stand for what you give; what
stands in brackets may be left out; `--name` is given by its name. Answers are for the asker alone unless it says so.
"""
SETTINGS = """\
They stand in `topicwire.toml` (or the file that `TOPICWIRE_CONFIG` or `--config` names), or in the environment as
`TOPICWIRE_SECTION__SETTING`, which wins; an empty variable counts as not set, so that "" is for the file alone.
Durations are written 30s, 5m, 2h, 1d; lists as `["a", "b"]` or `a,b`. A wrong setting stops the start, with every
problem listed at once.
"""


MESSAGES = """\
What the program can say instead of starting, as it stands in the source; … is filled in with what it found. Each is one
line on standard error after `topicwire:`, and several come at once. [Operating](operating.md#troubleshoot) says what to
do about those that need more than their own words; `topicwire doctor` looks at everything at once.
"""


def write_commands() -> str:
    """Write a chapter for each command that menus list."""
    parts = [
        "# Commands\n",
        NOTE,
        COMMANDS,
    ]
    parts += [_command(command) for command in load_registry() if command.is_listed]
    return "\n".join(parts)


def _command(command: Command) -> str:
    needed = command.needed(Settings())
    notes = [
        f"Needs the right to {needed}." if needed else "",
        "A form asks for what is missing." if command.opens_form else "",
        "" if command.is_private else "The answer is for everyone in the channel.",
    ]
    told = " ".join(note for note in notes if note)
    rows = [_parameter(parameter) for parameter in command.parameters]
    table = ["| give | it is | takes | otherwise |", "| --- | --- | --- | --- |", *rows, ""] if rows else []
    details = [f"```text\n{command.details}\n```\n"] if command.details else []
    summary = f"{command.summary} {told}".strip() + "\n"
    return "\n".join([f"## `/news {command.usage}`\n", summary, *details, *table])


def _parameter(parameter: Parameter) -> str:
    name = f"`--{parameter.name}`" if parameter.is_named else f"`{parameter.name}`"
    otherwise = "" if parameter.is_required or parameter.is_asked else parameter.default or "–"
    return f"| {name} | {_cell(parameter.description)} | {_cell(parameter.takes)} | {_cell(otherwise)} |"


def write_settings() -> str:
    """Write a table for each section of the settings file."""
    sources = [ROOT / "bot/domain/settings.py", *sorted((ROOT / "bot/platforms").glob("*/settings.py"))]
    told = {name: text for source in sources for name, text in _docstrings(source.read_text(encoding="utf-8"))}
    parts = [
        "# Settings\n",
        NOTE,
        SETTINGS,
    ]
    sections: dict[str, type[Any]] = {
        name: kind for name, kind in get_type_hints(Settings).items() if isinstance(kind, type)
    }
    sections |= {kind.name: kind.settings for kind in PLATFORMS}
    parts += [_section(f"[{name}]", kind, told) for name, kind in sections.items()]
    parts += [_section("[[destinations]]", DestinationSettings, told)]
    return "\n".join([*parts, _section("[[communities]]", CommunitySettings, told)])


def _section(heading: str, kind: type[Any], told: dict[str, str]) -> str:
    rows = [
        f"| `{field.name}` | {_default(field)} | {_cell(told[f'{kind.__name__}.{field.name}'])} |"
        for field in dataclasses.fields(kind)
    ]
    return "\n".join(
        [
            f"## `{heading}`\n",
            f"{told[kind.__name__]}\n",
            "| setting | default | meaning |",
            "| --- | --- | --- |",
            *rows,
            "",
        ]
    )


def _default(field: dataclasses.Field[Any]) -> str:
    """Write a default as the settings file would."""
    if field.default is dataclasses.MISSING:
        return "must be given"
    value = field.default
    if value is None:
        return "unset"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, timedelta):
        return f"`{_span(value)}`"
    if isinstance(value, tuple):
        return f"`{json.dumps(value)}`"
    return f"`{value}`" if isinstance(value, int) else f'`"{value}"`'


def _span(span: timedelta) -> str:
    units = {"d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1), "s": timedelta(seconds=1)}
    for name, unit in units.items():
        if span and span % unit == timedelta():
            return f"{span // unit}{name}"
    return f"{span // timedelta(milliseconds=1)}ms"


def _docstrings(source: str) -> Iterator[tuple[str, str]]:
    """Yield what stands below each class and each of its fields."""
    for owner in ast.parse(source).body:
        if not isinstance(owner, ast.ClassDef):
            continue
        yield owner.name, ast.get_docstring(owner) or ""
        for field, after in zip(owner.body, owner.body[1:], strict=False):
            is_told = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and is_told:
                yield f"{owner.name}.{field.target.id}", " ".join(str(after.value.value).split())  # type: ignore[attr-defined]


def write_messages() -> str:
    """Write every message that a start can end with, by what it is about."""
    parts = ["# Messages of a start that failed\n", NOTE, MESSAGES]
    for chapter in CHAPTERS:
        rows = "\n".join(f"* {message}" for message in list_messages(chapter))
        parts.append(f"## {chapter}\n\n{rows}\n")
    return "\n".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


PAGES = {
    ROOT / "docs" / "commands.md": write_commands,
    ROOT / "docs" / "settings.md": write_settings,
    ROOT / "docs" / "messages.md": write_messages,
    ROOT / "docs" / "cards.md": write_cards,
}


def main() -> None:
    """Write every page."""
    for path, write in PAGES.items():
        Path(path).write_text(write(), encoding="utf-8")


if __name__ == "__main__":
    main()
