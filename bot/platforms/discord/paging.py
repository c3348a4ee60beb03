"""Long answers in pages: a card that one message cannot hold is turned over with buttons by whoever asked."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import replace

import discord

from bot.domain.cards import Card
from bot.platforms.discord.custom_ids import pack_page
from bot.platforms.discord.render import NativeButton, Rendered, render_pages

MAX_KEPT = 200
MAX_CARD_BUTTONS = 20  # a row is for turning over
BACK, ON = "◀", "▶"


class Pages:
    """Keeps the pages of the newest long answers; those of an earlier run are gone."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[Rendered, ...]] = OrderedDict()

    def open(self, card: Card) -> Rendered:
        """Render a card, or its first page with the buttons that turn it over."""
        pages = render_pages(card)
        if len(pages) == 1:
            return pages[0]
        key = secrets.token_urlsafe(9)
        self._kept[key] = pages
        while len(self._kept) > MAX_KEPT:
            self._kept.popitem(last=False)
        return self._with_buttons(key, 0)

    def turn(self, key: str, page: int) -> Rendered | None:
        """Return a page of an answer; None where it is no longer kept."""
        if not 0 <= page < len(self._kept.get(key, ())):
            return None
        self._kept.move_to_end(key)
        return self._with_buttons(key, page)

    def _with_buttons(self, key: str, page: int) -> Rendered:
        pages = self._kept[key]
        shown = pages[page]
        # Every button has an id of its own, also where it leads nowhere.
        turning = (
            _button(BACK, pack_page(key, max(page - 1, 0), "b"), is_off=page == 0),
            _button(f"{page + 1} / {len(pages)}", pack_page(key, page, "n"), is_off=True),
            _button(ON, pack_page(key, min(page + 1, len(pages) - 1), "f"), is_off=page == len(pages) - 1),
        )
        return replace(shown, buttons=(*shown.buttons[:MAX_CARD_BUTTONS], *turning))


def _button(label: str, custom_id: str, *, is_off: bool) -> NativeButton:
    # Row 4 is the last: the card's own buttons fill those above it.
    return discord.ui.Button(label=label, custom_id=custom_id, disabled=is_off, row=4)
