"""What the fake platforms show, as lines to read: native messages to text, both of them alike."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]
WIDTH = 100
_SLACK_DATE = re.compile(r"<!date\^(\d+)\^[^|>]*\|[^>]*>")
_SLACK_LINK = re.compile(r"<(?:https?:[^|>]*)\|([^>]*)>")
_DISCORD_DATE = re.compile(r"<t:(\d+)(?::\w)?>")
_DISCORD_LINK = re.compile(r"(?<!\\)\[((?:[^\]\\]|\\.)*)\]\(<?[^)]*\)")
_ESCAPED = re.compile(r"\\([\\*_~`|>\[\]()#<:.@-])")
_BOLD = re.compile(r"(?<![\w*\\])\*{1,2}((?:[^*\\\n]|\\.)+)\*{1,2}(?![\w*])")


def slack_lines(message: Json) -> Iterator[str]:
    """Yield a Slack message line by line: sections, then its buttons."""
    for block in message.get("blocks") or ():
        kind = block["type"]
        if kind in ("section", "header"):
            yield from _slack_text(block["text"]["text"]).split("\n")
        elif kind == "context":
            yield " ".join(_slack_text(e.get("text", "")) for e in block["elements"])
        elif kind == "actions":
            yield "  ".join(f"[{e['text']['text']}]" for e in block["elements"])
        elif kind == "image":
            yield f"(picture: {block['alt_text']})"


def discord_lines(message: Json) -> Iterator[str]:
    """Yield a Discord message line by line: embeds, then its buttons."""
    if message.get("content"):
        yield from _discord_text(str(message["content"])).split("\n")
    for embed in message.get("embeds") or ():
        if embed.get("title"):
            yield _discord_text(embed["title"])
        if embed.get("description"):
            yield from _discord_text(embed["description"]).split("\n")
        for field in embed.get("fields") or ():
            yield _discord_text(field["name"])
            yield from _discord_text(field["value"]).split("\n")
        if embed.get("footer"):
            at = datetime.fromisoformat(embed["timestamp"]) if embed.get("timestamp") else None
            yield " ".join([_discord_text(embed["footer"]["text"]), *([f"{at:%a %H:%M}"] if at else [])])
    for row in message.get("components") or ():
        labels = [c.get("label", "") for c in row.get("components") or ()]
        if any(labels):
            yield "  ".join(f"[{label}]" for label in labels if label)


def _slack_text(text: str) -> str:
    text = _SLACK_LINK.sub(r"\1", _SLACK_DATE.sub(lambda found: _moment(found[1]), text))
    return html.unescape(_BOLD.sub(r"\1", text))


def _discord_text(text: str) -> str:
    text = _DISCORD_LINK.sub(r"\1", _DISCORD_DATE.sub(lambda found: _moment(found[1]), text))
    return _ESCAPED.sub(r"\1", _BOLD.sub(r"\1", text))


def _moment(seconds: str) -> str:
    return f"{datetime.fromtimestamp(int(seconds), UTC):%a %H:%M}"
