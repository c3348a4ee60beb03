"""Limits that Discord documents in prose but leaves out of its OpenAPI description."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.servers.wire import Json

CONTENT, EMBEDS, EMBED_TOTAL, NONCE = 2000, 10, 6000, 25
COMMANDS, COMMAND_TOTAL, OPTIONS, CHOICES = 100, 8000, 25, 25
_EMBED_TEXT = (("title", 256), ("description", 4096), ("footer.text", 2048), ("author.name", 256))
_FIELD_TEXT = (("name", 256), ("value", 1024))
_EMBED_URLS = ("url", "image.url", "thumbnail.url", "footer.icon_url", "author.url", "author.icon_url")
_FILLED = ("content", "embeds", "components", "sticker_ids", "poll", "attachments")
_COMMAND_NAME = re.compile("^[-_'\\w\u0900-\u097f\u0e00-\u0e7f]{1,32}$")
_URL = re.compile(r"^(https?|attachment)://[^\s/]")
EMPTY_MESSAGE = "(body): Cannot send an empty message"


def documented(method: str, path: str, body: Any) -> list[str]:
    """List a request body's violations, as «where: what»."""
    if path.endswith("/commands") and isinstance(body, list):
        problems = [p for n, command in enumerate(body) for p in _command_problems(command, str(n))]
        return problems + ([f"(body): Must be {COMMANDS} or fewer in length."] if len(body) > COMMANDS else [])
    if not isinstance(body, dict):
        return []
    message = body.get("data") or {} if path.endswith("/callback") else body
    problems = list(_message_problems(message))
    creates = method == "POST" and (path.endswith("/messages") or re.search(r"^/webhooks/\d+/[^/]+$", path))
    if (creates or body.get("type") == 4) and not any(message.get(k) for k in _FILLED):
        problems.append(EMPTY_MESSAGE)
    return problems


def _message_problems(message: Json) -> Iterator[str]:
    if len((message.get("content") or "").strip()) > CONTENT:
        yield f"content: Must be {CONTENT} or fewer in length."
    if len(str(message.get("nonce") or "")) > NONCE:
        yield f"nonce: Must be {NONCE} or fewer in length."
    yield from _embeds_problems(message.get("embeds") or [])
    custom_ids = list(_custom_ids(message.get("components") or []))
    for ident in {i for i in custom_ids if custom_ids.count(i) > 1}:
        yield f"components#COMPONENT_CUSTOM_ID_DUPLICATED: Component custom id cannot be duplicated: {ident}"
    mentions = message.get("allowed_mentions") or {}
    for kind in ("users", "roles"):
        if kind in mentions.get("parse", ()) and mentions.get(kind):
            yield f'allowed_mentions: parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
        if len(mentions.get(kind) or ()) > 100:
            yield f"allowed_mentions/{kind}: Must be 100 or fewer in length."


def _embeds_problems(embeds: list[Json]) -> Iterator[str]:
    if len(embeds) > EMBEDS:
        yield f"embeds: Must be {EMBEDS} or fewer in length."
    total = 0
    for n, embed in enumerate(embeds):
        for name, limit, text in _embed_texts(embed):
            length = len(text.strip())
            total += length
            if length > limit:
                yield f"embeds/{n}/{name}: Must be {limit} or fewer in length."
            if not length and name.startswith("fields/"):
                yield f"embeds/{n}/{name}: This field is required"
        for name in _EMBED_URLS:
            url = _dig(embed, name)
            if url and not _URL.match(url):
                yield f"embeds/{n}/{name}: Not a well formed URL."
    if total > EMBED_TOTAL:
        yield f"embeds: Embed size exceeds maximum size of {EMBED_TOTAL}"


def _embed_texts(embed: Json) -> Iterator[tuple[str, int, str]]:
    for name, limit in _EMBED_TEXT:
        yield name, limit, str(_dig(embed, name) or "")
    for m, item in enumerate(embed.get("fields") or ()):
        for name, limit in _FIELD_TEXT:
            yield f"fields/{m}/{name}", limit, str(item.get(name) or "")


def _custom_ids(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for inner in node:
            yield from _custom_ids(inner)
    elif isinstance(node, dict):
        if node.get("custom_id"):
            yield node["custom_id"]
        for name in ("components", "component", "accessory"):
            yield from _custom_ids(node.get(name))


def _command_problems(command: Json, at: str) -> Iterator[str]:
    total = 0
    stack = [(command, at)]
    while stack:
        node, where = stack.pop()
        yield from _option_problems(node, where, is_typed=command.get("type", 1) == 1)
        choices = node.get("choices") or ()
        total += len(node.get("name", "")) + len(node.get("description", ""))
        total += sum(len(c["name"]) + len(str(c["value"])) for c in choices)
        stack.extend((option, f"{where}/options/{n}") for n, option in enumerate(node.get("options") or ()))
    if total > COMMAND_TOTAL:
        yield f"{at}: a command may have at most {COMMAND_TOTAL} characters in names, descriptions and values"


def _option_problems(node: Json, where: str, *, is_typed: bool) -> Iterator[str]:
    name = node.get("name", "")
    if is_typed and (not _COMMAND_NAME.match(name) or name != name.lower()):
        yield f"{where}/name: {name!r} is not a valid lowercase command or option name"
    if node.get("choices") and node.get("autocomplete"):
        yield f"{where}: autocomplete may not be true if choices are present"
    options = node.get("options") or []
    required = [bool(o.get("required")) for o in options]
    if required != sorted(required, reverse=True):
        yield f"{where}/options: Required options must be placed before non-required options"
    if len(options) > OPTIONS:
        yield f"{where}/options: Must be {OPTIONS} or fewer in length."
    if len(node.get("choices") or ()) > CHOICES:
        yield f"{where}/choices: Must be {CHOICES} or fewer in length."


def _dig(node: Json, dotted: str) -> Any:
    found: Any = node
    for part in dotted.split("."):
        found = (found or {}).get(part)
    return found
