"""Text files as Slack messages: blocks of code to copy, since attaching a file needs a right that the app does not ask.

https://docs.slack.dev/reference/block-kit/blocks/section-block
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.commands.answers import TextFile
from bot.platforms.slack.mrkdwn import escape
from bot.platforms.slack.render import Message

MAX_BLOCK = 2_900
"""A section holds 3,000 characters; the fence is among them."""
MAX_BLOCKS = 4
"""What is surely below the size that Slack takes of all blocks together."""
MAX_MESSAGES = 4
"""A response_url works five times; one is the card's."""


def render_file(file: TextFile | None) -> list[Message]:
    """Render a text in as many messages as it takes; what has no room is told, with the way to get all of it."""
    if file is None:
        return []
    blocks = list(_blocks(file.content))
    room = MAX_BLOCKS * MAX_MESSAGES
    if len(blocks) > room:
        blocks[room - 1 :] = [
            f"{file.name} goes on, but Slack has no room for all of it: ask for a part, or the operator."
        ]
    return [
        Message(text=file.name, blocks=[_section(text) for text in blocks[at : at + MAX_BLOCKS]])
        for at in range(0, len(blocks), MAX_BLOCKS)
    ]


def _blocks(content: str) -> Iterator[str]:
    """Cut at the ends of lines, so that what is copied block by block is the text again."""
    held: list[str] = []
    size = 0
    for row in content.splitlines():
        indent = len(row) - len(row.lstrip(" "))
        shown = " " * indent + escape(row[indent:])[: MAX_BLOCK - 10 - indent]
        if held and size + len(shown) + 1 > MAX_BLOCK:
            yield _fenced(held)
            held, size = [], 0
        held.append(shown)
        size += len(shown) + 1
    if held:
        yield _fenced(held)


def _fenced(rows: list[str]) -> str:
    return "```\n" + "\n".join(rows) + "\n```"


def _section(text: str) -> dict[str, object]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}
