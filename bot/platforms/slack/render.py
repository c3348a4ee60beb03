"""A card as Block Kit: pure, and within all of Slack's limits by construction.

title -> section with the link, else header; sections -> one or more section blocks; image; buttons; footer -> context.
What everyone needs (title, buttons, image, footer) takes its room first; sections get what is left and lose lines from
their end.
https://docs.slack.dev/reference/block-kit/blocks
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.cards import Card, Line, Section
from bot.domain.text import shorten
from bot.platforms.slack.buttons import render_buttons
from bot.platforms.slack.mrkdwn import bold, escape, fit, link, plain, render_line, safe_url

MAX_BLOCKS = 50
MAX_SECTION = 3000
MAX_HEADER = 150
MAX_TITLE = 300
MAX_FOOTER = 2000
MAX_ALT = 300
MAX_TEXT = 3000
# Not documented: beyond some 13,200 characters in all blocks Slack answers msg_blocks_too_long.
MAX_ALL = 12_000
_MAX_BUTTONS_ALL = 4000
_AROUND = 5  # title, image, buttons, footer, whom it calls
_LEFT_OUT = "…"
_GROUP = re.compile(r"S[A-Z0-9]{6,20}")

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What Slack is sent: `text` for notifications and screen readers, `blocks` for everybody else."""

    text: str
    blocks: list[Json]


def render_card(card: Card, delivery: str | None = None, pictures: Sequence[Json] = ()) -> Message:
    """Render a card; `delivery` is the id that its buttons carry, `pictures` are blocks to show as its image."""
    head = [*_title(card)]
    tail = [*_image(card), *pictures, *_buttons(card, delivery), *_footer(card)]
    room = MAX_ALL - _size(head) - _size(tail)
    body = list(_sections(card.sections, room))
    blocks = [*head, *body, *tail]
    text = fit(plain(card.text).strip() or plain(card.title).strip(), MAX_TEXT) or _LEFT_OUT
    return Message(text=text, blocks=blocks or [_section(text)])


def render_mentions(groups: Sequence[str]) -> list[Json]:
    """Render the user groups that a post calls as a last small line, nothing where there are none."""
    called = [f"<!subteam^{group}>" for group in groups if _GROUP.fullmatch(group)]
    return [{"type": "context", "elements": [_mrkdwn(" ".join(called))]}] if called else []


def _title(card: Card) -> Iterator[Json]:
    title = plain(card.title).strip()
    url = safe_url(card.link)
    if title and url:
        yield _section(bold(link(url, shorten(title, MAX_TITLE), MAX_SECTION - 2)))
    elif title:
        yield {"type": "header", "text": _plain_text(title, MAX_HEADER)}


def _image(card: Card) -> Iterator[Json]:
    url = safe_url(card.image_url)
    if url:
        alt = shorten(plain(card.title).strip(), MAX_ALT) or _LEFT_OUT
        yield {"type": "image", "image_url": url, "alt_text": alt}


def _buttons(card: Card, delivery: str | None) -> Iterator[Json]:
    block = render_buttons(card.buttons, delivery, _MAX_BUTTONS_ALL)
    if block:
        yield block


def _footer(card: Card) -> Iterator[Json]:
    text = render_line(card.footer, MAX_FOOTER)
    if text.strip():
        yield {"type": "context", "elements": [_mrkdwn(text)]}


def _sections(sections: tuple[Section, ...], room: int) -> Iterator[Json]:
    """Yield section blocks until the room or the number of blocks is used up, then an ellipsis for what is left out."""
    texts = [text for section in sections for text in _pack(list(_lines(section)))]
    blocks_left = MAX_BLOCKS - _AROUND - 1
    for text in texts:
        if blocks_left == 0 or len(text) > room - len(_LEFT_OUT):
            yield from _last(text, room - len(_LEFT_OUT) if blocks_left else 0)
            yield _section(_LEFT_OUT)
            return
        yield _section(text)
        room -= len(text)
        blocks_left -= 1


def _last(text: str, room: int) -> Iterator[Json]:
    kept: list[str] = []
    for row in _rows(text):
        room -= len(row) + 1
        if room < 0:
            break
        kept.append(row)
    if kept:
        yield _section("\n".join(kept))


def _rows(text: str) -> list[str]:
    """Return the lines of a rendered text; a fence stays one row, for half of it would swallow what follows."""
    return [text] if "```" in text else text.split("\n")


def _pack(lines: list[str]) -> Iterator[str]:
    """Yield the lines in as few texts as a section's limit allows."""
    packed = ""
    for row in lines:
        joined = f"{packed}\n{row}" if packed else row
        if len(joined) > MAX_SECTION:
            yield packed
            joined = row
        packed = joined
    if packed:
        yield packed


def _lines(section: Section) -> Iterator[str]:
    heading = fit((section.heading or "").strip(), MAX_TITLE)
    if heading:
        yield bold(heading)
    lines = list(section.lines)
    while lines:
        row = lines.pop(0)
        if lines and _is_pointer(lines[0]):
            yield _pointed(row, lines.pop(0))
        elif text := render_line(row, MAX_SECTION):
            yield text


def _is_pointer(line: Line) -> bool:
    return "".join(span.text for span in line).strip() == "^"


def _pointed(row: Line, pointer: Line) -> str:
    """Return a text with the caret that points into it, in letters of one width so that it does."""
    room = (MAX_SECTION - len("```\n\n```")) // 2
    text, caret = ("".join(plain(span.text) for span in line) for line in (row, pointer))
    if len(caret) > room or len(escape(text)) > room:
        return render_line(row, MAX_SECTION)
    return f"```\n{escape(text)}\n{caret}\n```"


def _section(text: str) -> Json:
    return {"type": "section", "text": _mrkdwn(text)}


def _mrkdwn(text: str) -> Json:
    # verbatim: no plain address, @name or #channel in feed text is made into a link or a mention
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _plain_text(text: str, limit: int) -> Json:
    return {"type": "plain_text", "text": shorten(text, limit), "emoji": False}


def _size(blocks: list[Json]) -> int:
    """Count what counts towards the size of a message."""
    counted = ("text", "value", "url", "image_url", "alt_text")
    total = 0
    for block in blocks:
        total += sum(len(value) for key, value in block.items() if key in counted and isinstance(value, str))
        inner = [block["text"]] if isinstance(block.get("text"), dict) else []
        total += _size([*inner, *block.get("elements", ())])
    return total
