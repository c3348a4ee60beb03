"""Card -> embeds and buttons, every limit of Discord kept by construction.

title, lines of all sections -> one embed's description, a second embed where 4096 is not enough -> 6000 over all
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import discord

from bot.domain.cards import Button, Card, Line, Section
from bot.domain.text import clean
from bot.platforms.discord.custom_ids import NO_DELIVERY, pack_call
from bot.platforms.discord.markdown import escape, fit, render_line, safe_url, units

MAX_TITLE = 256
MAX_DESCRIPTION = 4096
MAX_FOOTER = 2048
MAX_ALL_EMBEDS = 6000
MAX_LINE = 1500
PAGE = 3000
"""What a page of a long answer holds: as much as a person reads without scrolling for long."""
MAX_BUTTONS = 25
MAX_LABEL = 80
MAX_EMBED_URL = 2048
MAX_BUTTON_URL = 512
CUT = "…"
_CARET = re.compile(r"\s*\^+\s*")

NativeButton = discord.ui.Button[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A card in Discord's own objects."""

    embeds: tuple[discord.Embed, ...]
    buttons: tuple[NativeButton, ...]

    def view(self) -> discord.ui.View | None:
        """Return the buttons as sending wants them.

        The view is stopped: presses are read from the custom_id, so the library need not remember every message.
        """
        if not self.buttons:
            return None
        view = discord.ui.View(timeout=None)
        for button in self.buttons:
            view.add_item(button)
        view.stop()
        return view


def render_card(card: Card, delivery: str = NO_DELIVERY) -> Rendered:
    """Render a card; `delivery` is written into every button's custom_id so that the message can be found again."""
    return _assemble(card, _fill(_rows(card.sections), _room(card)), delivery)


def render_pages(card: Card) -> tuple[Rendered, ...]:
    """Render a card whole: one message, or pages of one embed each where one message cannot hold it."""
    rows = list(_rows(card.sections))
    if _size(rows) + len(CUT) + 1 <= _room(card):
        return (render_card(card),)
    pages: list[list[_Row]] = [[]]
    for row in rows:
        if _size([*pages[-1], row]) > PAGE:
            loose = len(pages[-1]) - len(_without_loose_end(pages[-1]))
            pages.append(pages[-1][len(pages[-1]) - loose :])
        pages[-1].append(row)
    texts = ("\n".join(row.text for row in page).strip("\n") for page in pages)
    return tuple(_assemble(card, [text], NO_DELIVERY) for text in texts)


def _room(card: Card) -> int:
    """Count what a card's title and footer leave of what one message holds."""
    title, (footer, _) = fit(clean(card.title), MAX_TITLE, escape), _render_footer(card.footer)
    return MAX_ALL_EMBEDS - units(title) - units(footer)


def _assemble(card: Card, texts: Sequence[str], delivery: str) -> Rendered:
    title = fit(clean(card.title), MAX_TITLE, escape)
    footer, stamp = _render_footer(card.footer)
    embeds = [discord.Embed(description=text or None) for text in texts]
    if not title and not embeds[0].description:
        embeds[0].description = fit(clean(card.text), MAX_LINE, escape) or CUT
    embeds[0].title = title or None
    embeds[0].url = safe_url(card.link, MAX_EMBED_URL)
    if image := safe_url(card.image_url, MAX_EMBED_URL):
        embeds[-1].set_image(url=image)
    if footer:
        embeds[-1].set_footer(text=footer)
    embeds[-1].timestamp = stamp
    return Rendered(embeds=tuple(embeds), buttons=tuple(_render_buttons(card.buttons, delivery)))


def _render_footer(footer: Line) -> tuple[str, datetime | None]:
    """Return the footer's text, unescaped since it shows no markup, and its last instant, which is set apart."""
    stamp = footer[-1].at if footer else None
    shown = footer[:-1] if stamp is not None else footer
    return fit(clean("".join(span.text for span in shown)), MAX_FOOTER), stamp


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    is_heading: bool = False


def _rows(sections: tuple[Section, ...]) -> Iterator[_Row]:
    """Yield what stands on lines of its own, an empty row between sections."""
    is_first = True
    for section in sections:
        rows = (
            _code_rows(section) if _points(section) else [_Row(render_line(line, MAX_LINE)) for line in section.lines]
        )
        if heading := fit(clean(section.heading or ""), MAX_TITLE, escape):
            rows.insert(0, _Row(f"**{heading}**", is_heading=True))
        rows = [row for row in rows if row.text]
        if rows and not is_first:
            yield _Row("")
        is_first = is_first and not rows
        yield from rows


def _points(section: Section) -> bool:
    """Tell whether a line only points at the line above (a mistake in a query): that needs fixed width."""
    return any(_CARET.fullmatch("".join(span.text for span in line)) for line in section.lines[1:])


def _code_rows(section: Section) -> list[_Row]:
    texts = ("".join(_fixed(char) for span in line for char in span.text).rstrip() for line in section.lines)
    body = "\n".join(texts)
    return [_Row(f"```\n{fit(body, MAX_LINE)}\n```")]


def _fixed(char: str) -> str:
    """Return a character as fixed-width text may hold it: every space counts there, and three backticks end it."""
    return " " if char.isspace() else "`\u200b" if char == "`" else clean(char)


def _fill(rows: Iterator[_Row], room: int) -> list[str]:
    """Lay rows into descriptions; whole rows are left out from the end where `room` units are not enough."""
    descriptions: list[list[_Row]] = [[]]
    used = 0
    for row in rows:
        cost = units(row.text) + 1
        if used + cost + len(CUT) + 1 > room:
            descriptions[-1] = [*_without_loose_end(descriptions[-1]), _Row(CUT)]
            break
        if _size(descriptions[-1]) + cost + len(CUT) + 1 > MAX_DESCRIPTION:
            descriptions.append([])
        descriptions[-1].append(row)
        used += cost
    texts = ["\n".join(row.text for row in part).strip("\n") for part in descriptions]
    return [text for text in texts if text] or [""]


def _size(rows: list[_Row]) -> int:
    return sum(units(row.text) + 1 for row in rows)


def _without_loose_end(rows: list[_Row]) -> list[_Row]:
    """Drop a heading whose lines did not fit, and empty rows."""
    while rows and (rows[-1].is_heading or not rows[-1].text):
        rows = rows[:-1]
    return rows


def _render_buttons(buttons: tuple[Button, ...], delivery: str) -> Iterator[NativeButton]:
    """Yield the buttons that Discord takes: at most 25, no custom_id twice, none whose call or link does not fit."""
    seen: set[str] = set()
    for button in buttons:
        label = fit(clean(button.label), MAX_LABEL) or CUT
        target = pack_call(button.call, delivery) if button.call else safe_url(button.link, MAX_BUTTON_URL)
        if target is None or target in seen or len(seen) == MAX_BUTTONS:
            continue
        seen.add(target)
        if button.call:
            yield discord.ui.Button(style=discord.ButtonStyle.secondary, label=label, custom_id=target)
        else:
            yield discord.ui.Button(style=discord.ButtonStyle.link, label=label, url=target)
