"""Proves that every import contract of pyproject.toml can be broken, on a house made for it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from tests.shared_data import ROOT

ROOMS = (
    *(
        "app",
        "cli",
        "house",
        "packs",
        "feed_files",
        "config",
        "destinations",
        "token_pairs",
        "config_sources",
        "platforms",
        "platforms/console",
        "platforms/discord",
        "platforms/slack",
        "platforms/webhook",
        "web",
    ),
    *("sample", "commands", "pipeline", "feeds", "storage", "summarizer", "ports", "alerts", "topics", "stories"),
    *("charts", "domain"),
)

# For each contract one import that is needed, and some that are not allowed.
BROKEN_BY = {
    "Imports point downwards only, and rooms on one line never import each other": [
        ("domain", "bot.ports"),
        ("feeds", "bot.storage"),
        ("topics", "bot.stories"),
        ("web", "bot.sample"),
    ],
    "Configuration is read at the top only": [
        ("commands", "bot.config"),
        ("__main__", "bot.config"),
        ("packs", "bot.config"),
    ],
    "Platforms do not know each other": [("platforms/slack", "bot.platforms.discord")],
    "discord lives in its platform": [
        ("platforms", "discord"),
        ("platforms/slack", "discord"),
        ("app", "discord.http"),
    ],
    "Slack's libraries live in their platform": [("platforms/discord", "slack_sdk"), ("commands", "slack_bolt")],
    "SQL lives in storage": [("pipeline", "sqlalchemy"), ("app", "alembic"), ("web", "aiosqlite"), ("cli", "sqlite3")],
    "feedparser lives in feeds": [("pipeline", "feedparser")],
    "What reads pages lives in feeds": [("pipeline", "trafilatura"), ("app", "protego")],
    "jinja2 lives in web": [("alerts", "jinja2")],
    "aiohttp lives where something is fetched or served": [("pipeline", "aiohttp"), ("cli", "aiohttp")],
    "matplotlib lives in charts": [("commands", "matplotlib"), ("web", "matplotlib.figure")],
    "pydantic lives in config": [("app", "pydantic"), ("domain", "pydantic"), ("web", "pydantic_settings")],
    "Terminals live in the console platform and the operator's commands": [
        ("platforms/discord", "rich"),
        ("app", "prompt_toolkit"),
    ],
    "prometheus_client lives with the measures and their page": [
        ("pipeline", "prometheus_client"),
        ("app", "prometheus_client"),
    ],
    "The scheduler lives in app": [("pipeline", "apscheduler")],
    "Domain needs the standard library only": [("domain", "selectolax")],
    "The pure rooms do no input or output and have no clock": [("stories", "time"), ("alerts", "asyncio")],
}

ALLOWED = [
    *(("app", name) for name in ("bot.config", "apscheduler", "bot.platforms.discord", "bot.storage")),
    *(("cli", name) for name in ("bot.app", "bot.config", "rich")),
    *(("house", name) for name in ("bot.config", "bot.platforms.table", "bot.storage", "bot.sample")),
    *(("packs", name) for name in ("bot.config_sources", "bot.platforms.webhook", "bot.topics")),
    *(("config", name) for name in ("pydantic", "pydantic_settings", "bot.domain")),
    *(("platforms/console", name) for name in ("rich", "prompt_toolkit", "bot.commands")),
    *(("platforms/slack", name) for name in ("slack_bolt", "slack_sdk", "aiohttp")),
    *(("storage", name) for name in ("sqlalchemy", "alembic", "sqlite3", "bot.ports")),
    *(("feeds", name) for name in ("feedparser", "aiohttp", "pebble", "asyncio", "trafilatura", "protego")),
    ("charts", "matplotlib"),
    *(("topics", name) for name in ("ahocorasick", "tomllib", "bot.domain")),
    *(("__main__", "bot.cli"), ("platforms/discord", "discord"), ("domain", "datetime"), ("alerts", "bot.topics")),
]


def _build_house(at: Path, imports: list[tuple[str, str]]) -> None:
    shutil.copy(ROOT / "pyproject.toml", at)
    files = {"": at / "bot/__init__.py", "__main__": at / "bot/__main__.py"}
    files |= {room: at / "bot" / room / "__init__.py" for room in ROOMS}
    for room, file in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(f"import {name}\n" for place, name in imports if place == room))


def _contracts() -> list[dict[str, Any]]:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts: list[dict[str, Any]] = pyproject["tool"]["importlinter"]["contracts"]
    return contracts


def _lint(house: Path) -> str:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=house, capture_output=True, text=True, check=False)
    return result.stdout + result.stderr


def test_every_contract_has_imports_that_break_it() -> None:
    assert list(BROKEN_BY) == [contract["name"] for contract in _contracts()]


def test_a_house_in_order_keeps_every_contract(tmp_path: Path) -> None:
    _build_house(tmp_path, ALLOWED)
    assert f"Contracts: {len(BROKEN_BY)} kept, 0 broken." in _lint(tmp_path)


def test_bad_imports_break_every_contract(tmp_path: Path) -> None:
    _build_house(tmp_path, [bad for imports in BROKEN_BY.values() for bad in imports])
    output = _lint(tmp_path)
    assert f"Contracts: 0 kept, {len(BROKEN_BY)} broken." in output
    unseen = [
        (room, name)
        for imports in BROKEN_BY.values()
        for room, name in imports
        if f"bot.{room.replace('/', '.')} -> {name.split('.')[0] if not name.startswith('bot') else name}" not in output
    ]
    assert unseen == []


def test_a_room_that_no_layer_names_is_refused(tmp_path: Path) -> None:
    _build_house(tmp_path, ALLOWED)
    (tmp_path / "bot/attic.py").touch()
    assert "attic" in _lint(tmp_path)


def test_every_platform_is_kept_apart_from_the_others() -> None:
    apart = next(contract for contract in _contracts() if contract["type"] == "independence")
    platforms = {path.parent.name for path in (ROOT / "bot/platforms").glob("*/__init__.py")}
    assert platforms <= {module.rpartition(".")[2] for module in apart["modules"]}
