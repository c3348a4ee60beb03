"""Reads what the documents name and what the program has, so that the one can be held against the other."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SECTION = re.compile(r"^#?\s*\[{1,2}(?P<name>[a-z][a-z0-9_.]*)\]{1,2}\s*(#.*)?$")
KEY = re.compile(r"^#?\s*(?P<name>[a-z][a-z0-9_]*)\s*=")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting of the program: its dotted name, and whether a docstring stands below the field."""

    name: str
    has_docstring: bool


def parse_example_keys(text: str) -> set[str]:
    """Return the `section.key` names an example file sets or, commented out, shows."""
    section, keys = "", set()
    for line in text.splitlines():
        if heading := SECTION.match(line.strip()):
            section = heading["name"]
        elif key := KEY.match(line.strip()):
            keys.add(f"{section}.{key['name']}" if section else key["name"])
    return keys


def parse_settings(source: str, root: str, section: str = "") -> Iterator[Setting]:
    """Yield the settings of a dataclass in a module's source, those of the dataclasses it holds included."""
    classes = {node.name: node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)}
    yield from _settings(classes, classes[root], section)


def _settings(classes: dict[str, ast.ClassDef], owner: ast.ClassDef, section: str) -> Iterator[Setting]:
    for statement, after in zip(owner.body, [*owner.body[1:], None], strict=True):
        if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name):
            continue
        name = f"{section}.{statement.target.id}" if section else statement.target.id
        words = re.findall(r"\w+", ast.unparse(statement.annotation))
        if held := next((classes[word] for word in words if word in classes), None):
            yield from _settings(classes, held, name)
        else:
            yield Setting(name=name, has_docstring=_is_docstring(after))


def _is_docstring(node: ast.stmt | None) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def list_program_settings(bot: Path) -> list[Setting]:
    """List the core's settings and those that platforms declare as `class …Settings` in their folder."""
    found = list(parse_settings((bot / "domain/settings.py").read_text(encoding="utf-8"), "Settings"))
    for path in sorted((bot / "platforms").glob("*/*.py")):
        source = path.read_text(encoding="utf-8")
        for root in re.findall(r"^class (\w+Settings)\b", source, flags=re.MULTILINE):
            found += parse_settings(source, root, path.parent.name)
    return found


def environment_names(setting: str) -> set[str]:
    """Return the names of the environment under which a setting may be shown, as tokens are."""
    words = setting.upper().split(".")
    return {f"TOPICWIRE_{'_'.join(words)}", f"TOPICWIRE_{'__'.join(words)}"}


def list_commands() -> list[str]:
    """List the paths of the commands that menus show, every module of `bot.commands` having been imported."""
    package = importlib.import_module("bot.commands")
    for module in pkgutil.walk_packages(package.__path__, "bot.commands."):
        importlib.import_module(module.name)
    registry = getattr(package, "REGISTRY", None) or importlib.import_module("bot.commands.registry").REGISTRY
    return sorted(command.path for command in registry if getattr(command, "is_listed", True))


def list_pack_topics(folder: Path) -> list[str]:
    """List the topic ids of every pack in a folder."""
    packs = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]
    return sorted(topic for pack in packs for topic in pack.get("topics", {}))


def names_command(text: str, path: str) -> bool:
    """Tell whether a text names a command, as `/news topic add …` or as `topic add …` in code."""
    return re.search(rf"(?:/news |`){re.escape(path)}(?![\w-])", text) is not None


def names_word(text: str, word: str) -> bool:
    """Tell whether a text names a word whole: `zte`, not `zte-more`."""
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None
