"""Collects what the program can print when it does not start, out of the modules that a start goes through."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator

from tests.shared_data import ROOT

CHAPTERS = {
    "Settings and feed files": (
        "config.py",
        "config_sources.py",
        "destinations.py",
        "feed_files.py",
        "domain/settings_faults.py",
        "domain/communities.py",
        "feeds/credentials.py",
        "platforms/webhook/digests.py",
        "commands/settings.py:read_zone",
        "commands/times.py:read_hour",
        "commands/times.py:_no_days",
        "web/server.py",
    ),
    "Topic packs": ("packs.py", "topics/packs.py", "topics/loading.py", "topics/rules.py", "topics/library.py"),
    "Queries in topic packs": ("domain/query/lexer.py", "domain/query/slips.py", "domain/query/parser.py"),
    "Database": (
        "storage/location.py",
        "storage/migrate.py",
        "storage/copies.py",
        "storage/engine.py",
        "storage/backups.py",
        "storage/migrations/env.py",
    ),
    "Discord, Slack and webhooks": (
        "token_pairs.py",
        "platforms/discord/connection.py",
        "platforms/slack/adapter.py",
        "platforms/slack/team.py",
        "platforms/slack/refusals.py",
        "platforms/webhook/addresses.py",
        "platforms/webhook/declared.py",
    ),
}
ELSEWHERE = {
    "cli": "other commands than `run`",
    "commands/desk.py": "an answer in a chat",
    "platforms/directory.py": "an answer in a chat",
    "platforms/discord/adapter.py": "an answer in a chat, and posts before there is a connection",
    "platforms/discord/inviting.py": "`topicwire invite`",
    "platforms/slack/pictures.py": "an answer in a chat",
    "storage/exports.py": "`topicwire export`",
    "storage/feed_news.py": "a transaction while running",
    "storage/gatherings.py": "a transaction while running",
}
"""Modules that raise the errors of a start, but not at one, and what they say instead."""
NOT_SAID = re.compile(r"^(PRAGMA|BEGIN|SELECT|UPDATE|DELETE|INSERT|ATTACH)\b|^%\(|^unable to open$|^[\w./]+$")
LEAST_WORDS = 3
GAP = "…"


def list_messages(chapter: str) -> list[str]:
    """List a chapter's messages as they stand in the source, … for what is filled in, each once, in their order."""
    found = (text for name in CHAPTERS[chapter] for text in _list_in(*name.partition(":")[::2]))
    return list(dict.fromkeys(found))


def matches(template: str, said: str) -> bool:
    """Tell whether something that was said holds a message."""
    parts = [re.escape(part) for part in template.split(GAP)]
    return re.search(".*".join(parts), said, flags=re.DOTALL) is not None


def list_raising(errors: Collection[str]) -> list[str]:
    """List the modules that make errors of these kinds."""
    made = re.compile(rf"\b({'|'.join(errors)})\(")
    sources = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "bot").rglob("*.py"))}
    return [
        path.relative_to(ROOT / "bot").as_posix()
        for path, text in sources.items()
        if made.search(re.sub(r"class \w+\(.*", "", text))
    ]


def _list_in(name: str, function: str) -> Iterator[str]:
    tree: ast.AST = ast.parse((ROOT / "bot" / name).read_text(encoding="utf-8"))
    if function:
        (tree,) = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == function)
    inner = {id(child) for node in ast.walk(tree) for child in _parts_of(node)}
    for node in ast.walk(tree):
        if id(node) in inner or not isinstance(node, ast.Constant | ast.JoinedStr):
            continue
        text = re.sub(rf"{GAP}+", GAP, _read(node)).strip()
        if len(re.findall(r"[A-Za-z]{2,}", text)) >= LEAST_WORDS and not NOT_SAID.search(text):
            yield " ".join(text.split())


def _parts_of(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what is no message of its own: docstrings, parts of an f-string, what a logger is told, patterns."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from (child for child in ast.walk(node) if child is not node)
    elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("log.", "re.")):
        yield from ast.walk(node)


def _read(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else GAP for part in node.values)
