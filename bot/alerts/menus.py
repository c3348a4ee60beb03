"""Commands, options and choices in other languages, as menus show them; None where there is no word: English stands.

Words are in command_words; what is said of commands and options stands by noun in feed_menus, topic_menus and so on.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.alerts.channel_menus import CHANNEL_MENUS
from bot.alerts.command_words import CHOICE_WORDS, COMMAND_WORDS, OPTION_WORDS, Row
from bot.alerts.feed_menus import FEED_MENUS
from bot.alerts.phrases import LANGUAGES, say_language
from bot.alerts.story_menus import STORY_MENUS
from bot.alerts.subscription_menus import SUBSCRIPTION_MENUS
from bot.alerts.topic_menus import TOPIC_MENUS

MENU_LANGUAGES = ("nl", "de", "fr", "es", "zh")
"""The columns of the tables."""
MENU_TEXTS: Mapping[str, Row] = CHANNEL_MENUS | FEED_MENUS | STORY_MENUS | SUBSCRIPTION_MENUS | TOPIC_MENUS
"""What menus say of commands and options, by the English of each; no menu takes more than a hundred characters."""


def find_command_word(word: str, language: str) -> str | None:
    """Find a word of a command's path."""
    return _find(COMMAND_WORDS, word, language)


def find_option_word(name: str, language: str) -> str | None:
    """Find the name of an option."""
    return _find(OPTION_WORDS, name, language)


def find_menu_text(text: str, language: str) -> str | None:
    """Find what a menu says of a command or an option, by its English."""
    return _find(MENU_TEXTS, text, language)


def name_choice(choice: str) -> str:
    """Name a choice of an option in English; a language is named in itself."""
    return say_language(choice) if choice in LANGUAGES else choice


def find_choice_word(named: str, language: str) -> str | None:
    """Find the word of a choice by its English name; languages keep their own names."""
    return _find(CHOICE_WORDS, named, language)


def say_choice(choice: str, language: str) -> str:
    """Name a choice as a menu in a language shows it; English where there is no word."""
    named = name_choice(choice)
    return find_choice_word(named, language) or named


def _find(table: Mapping[str, Row], key: str, language: str) -> str | None:
    row = table.get(key)
    return row[MENU_LANGUAGES.index(language)] if row is not None and language in MENU_LANGUAGES else None
