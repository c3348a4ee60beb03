"""Commands, options and choices in other languages, as menus show them; None where there is no word: English stands."""

from __future__ import annotations

from collections.abc import Mapping

from bot.alerts.command_summaries import COMMAND_SUMMARIES
from bot.alerts.command_words import CHOICE_WORDS, COMMAND_WORDS, OPTION_WORDS, Row
from bot.alerts.option_hints import OPTION_HINTS
from bot.alerts.phrases import LANGUAGES, say_language

MENU_LANGUAGES = ("nl", "de", "fr", "es", "zh")
"""The columns of the tables."""


def find_command_word(word: str, language: str) -> str | None:
    """Find a word of a command's path."""
    return _find(COMMAND_WORDS, word, language)


def find_option_word(name: str, language: str) -> str | None:
    """Find the name of an option."""
    return _find(OPTION_WORDS, name, language)


def find_menu_text(text: str, language: str) -> str | None:
    """Find what a menu says of a command or an option, by its English."""
    return _find(COMMAND_SUMMARIES, text, language) or _find(OPTION_HINTS, text, language)


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
