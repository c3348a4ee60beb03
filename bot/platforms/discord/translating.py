"""Our phrases as Discord's translation of commands: each locale of a language that we have gets its words."""

from __future__ import annotations

from collections.abc import Callable

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Place

from bot.alerts.menus import find_choice_word, find_command_word, find_menu_text, find_option_word

_FINDERS: dict[Place, Callable[[str, str], str | None]] = {
    Place.command_name: find_command_word,
    Place.group_name: find_command_word,
    Place.parameter_name: find_option_word,
    Place.choice_name: find_choice_word,
    Place.command_description: find_menu_text,
    Place.group_description: find_menu_text,
    Place.parameter_description: find_menu_text,
}


class Phrases(app_commands.Translator):
    """Finds a phrase for each name, description and choice; what has none stays English."""

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """Translate one of them; es-419 and zh-TW get what es-ES and zh-CN get."""
        finder = _FINDERS.get(context.location)
        return finder(string.message, locale.value.partition("-")[0]) if finder is not None else None
