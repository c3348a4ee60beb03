"""Buttons that live over restarts: everything that a press needs stands in the custom_id."""

from __future__ import annotations

import re
from typing import Any, Protocol, Self

import discord

from bot.domain.cards import Call
from bot.platforms.discord.conversation import Conversation
from bot.platforms.discord.custom_ids import CALL_PATTERN, FORM_PATTERN, PAGE_PATTERN, read_call

Interaction = discord.Interaction[Any]
AnyItem = discord.ui.Item[Any]
AnyButton = discord.ui.Button[Any]


class Talking(Protocol):
    """A client that knows who answers."""

    conversation: Conversation


class CallButton(discord.ui.DynamicItem[AnyButton], template=re.compile(CALL_PATTERN, re.DOTALL)):
    """A button that runs a command for whoever presses it."""

    def __init__(self, item: AnyButton, call: Call) -> None:
        super().__init__(item)
        self._call = call

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: AnyItem, match: re.Match[str], /) -> Self:
        """Read the button that was pressed."""
        assert isinstance(item, discord.ui.Button)  # noqa: S101 - the library matches component types before it asks
        return cls(item, read_call(match["command"], match["arguments"]))

    async def callback(self, interaction: Interaction) -> None:
        """Run the call."""
        await _talking(interaction).answer(interaction, self._call)


class FormButton(discord.ui.DynamicItem[AnyButton], template=FORM_PATTERN):
    """A button that opens a form again."""

    def __init__(self, item: AnyButton, key: str) -> None:
        super().__init__(item)
        self._key = key

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: AnyItem, match: re.Match[str], /) -> Self:
        """Read the button that was pressed."""
        assert isinstance(item, discord.ui.Button)  # noqa: S101 - the library matches component types before it asks
        return cls(item, match["key"])

    async def callback(self, interaction: Interaction) -> None:
        """Open the form."""
        await _talking(interaction).reopen(interaction, self._key)


class PageButton(discord.ui.DynamicItem[AnyButton], template=PAGE_PATTERN):
    """A button that turns a long answer over."""

    def __init__(self, item: AnyButton, key: str, page: int) -> None:
        super().__init__(item)
        self._key, self._page = key, page

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: AnyItem, match: re.Match[str], /) -> Self:
        """Read the button that was pressed."""
        assert isinstance(item, discord.ui.Button)  # noqa: S101 - the library matches component types before it asks
        return cls(item, match["key"], int(match["page"]))

    async def callback(self, interaction: Interaction) -> None:
        """Show the page."""
        await _talking(interaction).turn(interaction, self._key, self._page)


def _talking(interaction: Interaction) -> Conversation:
    client: Talking = interaction.client
    return client.conversation
