"""Check Slack messages: Block Kit limits as documented at docs.slack.dev, and mrkdwn escaping.

Slack publishes no schema for Block Kit, and its OpenAPI description (github.com/slackapi/slack-api-specs, 2021) types
`blocks` as a string. `slack_sdk.models.blocks` validates what is built with its classes; plain dictionaries that a bot
sends are checked here. Problems read like Slack's: `what [json-pointer:/blocks/0/text/text]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.servers.wire import Json

MAX_BLOCKS = {"message": 50, "modal": 100, "home": 100}
MAX_TEXT = 40_000  # longer text is cut by Slack, with the warning message_truncated
MAX_MESSAGE_CHARS = 13_200  # undocumented: about here Slack answers msg_blocks_too_long (slackapi/bolt-js issue 2509)
_KINDS = {
    "section", "header", "divider", "context", "actions", "image", "input", "rich_text", "markdown", "file", "video",
    "table", "context_actions",
}  # fmt: skip
_COUNTED = ("text", "value", "url", "image_url", "alt_text")
_CONTROL = re.compile(r"<(?:(?:https?|mailto|slack|tel):[^<>|\s]+(?:\|[^<>]*)?|[@#][A-Z0-9]+(?:\|[^<>]*)?|![^<>]+)>")
_BROADCAST = re.compile(r"<!(channel|here|everyone|subteam\^[A-Z0-9]+)[^<>]*>")
_LONE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt);)")

Problem = tuple[str, str]  # where, what


def block_problems(blocks: list[Json], surface: str = "message", at: str = "/blocks") -> list[str]:
    """List what Slack would refuse in the blocks of a message, a modal or a home."""
    most = MAX_BLOCKS[surface]
    problems = [f"no more than {most} items allowed [json-pointer:{at}]"] if len(blocks) > most else []
    seen: set[str] = set()
    for n, block in enumerate(blocks):
        problems += [f"{what} [json-pointer:{at}/{n}{where}]" for where, what in _block(block)]
        ident = block.get("block_id")
        if ident in seen:
            problems.append(f"block_id {ident!r} already exists [json-pointer:{at}/{n}/block_id]")
        seen |= {ident} if ident else set()
    return problems


def characters(blocks: Any) -> int:
    """Count all text in the blocks, for the size that Slack does not document."""
    if isinstance(blocks, dict):
        return sum(len(v) if k in _COUNTED and isinstance(v, str) else characters(v) for k, v in blocks.items())
    return sum(characters(v) for v in blocks) if isinstance(blocks, list) else 0


def mrkdwn_problems(text: str) -> list[str]:
    """List control characters that were not escaped: & < > must be entities outside of links and mentions."""
    rest = _CONTROL.sub("", text)
    found = [m for mark in "<>" for m in re.finditer(mark, rest) if not _is_quote(rest, m)]
    found += _LONE_AMPERSAND.finditer(rest)
    return [f"unescaped {m[0]!r} in {rest[max(0, m.start() - 20) : m.end() + 20]!r}" for m in found]


def broadcasts(message: Json) -> set[str]:
    """Name whom the message would notify at once: channel, here, everyone, user groups, in text and in blocks."""
    return {m[1] for text in texts(message) for m in _BROADCAST.finditer(text)}


def texts(node: Any) -> Iterator[str]:
    """Yield every string that Slack reads as mrkdwn: the top-level text and the text objects of type mrkdwn."""
    if isinstance(node, dict):
        if isinstance(node.get("text"), str) and node.get("type", "mrkdwn") in ("mrkdwn", "message"):
            yield node["text"]
        for value in node.values():
            yield from texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)


def _is_quote(text: str, match: re.Match[str]) -> bool:
    return match[0] == ">" and (match.start() == 0 or text[match.start() - 1] == "\n")


def _block(block: Json) -> Iterator[Problem]:
    kind = block.get("type")
    if kind not in _KINDS:
        yield "/type", f"unsupported type: {kind}"
        return
    yield from _length(block.get("block_id"), "/block_id", 255, 1)
    if kind == "section":
        yield from _section(block)
    elif kind == "header":
        yield from _text(block.get("text"), "/text", 150, is_plain=True)
    elif kind == "markdown":
        yield from _length(block.get("text"), "/text", 12_000, 1)
    elif kind == "image":
        yield from _length(block.get("image_url") or (block.get("slack_file") and "-"), "/image_url", 3000, 1)
        yield from _length(block.get("alt_text"), "/alt_text", 2000, 1)
    elif kind in ("context", "actions"):
        yield from _row(block, 10 if kind == "context" else 25)
    elif kind == "input":
        yield from _text(block.get("label"), "/label", 2000, is_plain=True)
        yield from _element(block.get("element") or {}, "/element")


def _section(block: Json) -> Iterator[Problem]:
    fields = block.get("fields") or []
    if not block.get("text") and not fields:
        yield "", "missing required field: text or fields"
    if block.get("text"):
        yield from _text(block["text"], "/text", 3000)
    if len(fields) > 10:
        yield "/fields", "no more than 10 items allowed"
    for n, item in enumerate(fields):
        yield from _text(item, f"/fields/{n}", 2000)
    if block.get("accessory"):
        yield from _element(block["accessory"], "/accessory")


def _row(block: Json, limit: int) -> Iterator[Problem]:
    elements = block.get("elements") or []
    if not 1 <= len(elements) <= limit:
        yield "/elements", f"must have 1 to {limit} items"
    seen: set[str] = set()
    for n, element in enumerate(elements):
        if block["type"] == "context" and element.get("type") in ("mrkdwn", "plain_text"):
            yield from _text(element, f"/elements/{n}", 3000)
        else:
            yield from _element(element, f"/elements/{n}")
        if element.get("action_id") in seen:
            yield f"/elements/{n}/action_id", f"`action_id` {element['action_id']!r} already exists"
        seen |= {element["action_id"]} if element.get("action_id") else set()


def _element(element: Json, at: str) -> Iterator[Problem]:
    yield from _length(element.get("action_id"), f"{at}/action_id", 255, 1)
    if element.get("type") == "button":
        yield from _text(element.get("text"), f"{at}/text", 75, is_plain=True)
        yield from _length(element.get("value"), f"{at}/value", 2000)
        yield from _length(element.get("url"), f"{at}/url", 3000)
    if "options" in element:
        if not 1 <= len(element["options"]) <= 100:
            yield f"{at}/options", "must have 1 to 100 items"
        for n, option in enumerate(element["options"]):
            yield from _text(option.get("text"), f"{at}/options/{n}/text", 75)
            yield from _length(option.get("value"), f"{at}/options/{n}/value", 150, 1)


def _text(node: Any, at: str, limit: int, *, is_plain: bool = False) -> Iterator[Problem]:
    kinds = ("plain_text",) if is_plain else ("plain_text", "mrkdwn")
    if not isinstance(node, dict) or node.get("type") not in kinds:
        yield at, "must be a text object" + (" of type plain_text" if is_plain else "")
    else:
        yield from _length(node.get("text") or "", f"{at}/text", limit, 1)


def _length(value: str | None, at: str, limit: int, least: int = 0) -> Iterator[Problem]:
    if value is None:
        return
    if len(value) > limit:
        yield at, f"must be less than {limit + 1} characters"
    elif len(value) < least:
        yield at, f"must be more than {least - 1} characters"
