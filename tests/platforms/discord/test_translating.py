"""Commands in the languages of our phrases: what Discord takes of them, and that they come as they should."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.alerts.command_words import CHOICE_WORDS, COMMAND_WORDS, OPTION_WORDS
from bot.alerts.menus import MENU_LANGUAGES, MENU_TEXTS
from bot.platforms.discord.bindings import describe_commands
from tests.platforms.discord.stage import on_stage
from tests.platforms.discord.test_bindings import make_tree
from tests.servers.discord.limits import COMMAND_TOTAL

LOCALES = ("nl", "de", "fr", "es-ES", "es-419", "zh-CN", "zh-TW")
NAME = re.compile(r"[-_'\w]{1,32}")
Node = dict[str, Any]


def walk(node: Node) -> Iterator[Node]:
    yield node
    for option in node.get("options", []):
        yield from walk(option)


@pytest.mark.parametrize("locale", LOCALES)
async def test_most_of_every_menu_is_in_the_language_and_within_what_discord_takes(locale: str) -> None:
    (news,) = await describe_commands(make_tree())
    nodes = list(walk(news))[1:]
    named = [node.get("name_localizations", {}).get(locale) for node in nodes]
    told = [node.get("description_localizations", {}).get(locale) for node in nodes]
    # A new command may come before its words do: English stands in.
    assert sum(map(bool, named)) > 0.8 * len(nodes)
    assert sum(map(bool, told)) > 0.8 * len(nodes)
    for name in filter(None, named):
        assert NAME.fullmatch(name)
        assert name == name.lower()
    assert max(len(text) for text in told if text) <= 100


@pytest.mark.parametrize("locale", LOCALES)
async def test_every_choice_is_in_the_language_and_languages_have_their_own_names(locale: str) -> None:
    (news,) = await describe_commands(make_tree())
    offered = [node["choices"] for node in walk(news) if node.get("choices")]
    for choices in offered:
        told = [choice.get("name_localizations", {}).get(locale) for choice in choices]
        assert len(set(told)) == len(choices) or not any(told)
        assert all(len(word) <= 100 for word in told if word)
    words = {choice["value"]: choice.get("name_localizations", {}).get(locale) for c in offered for choice in c}
    names = {choice["value"]: choice["name"] for choices in offered for choice in choices}
    unsaid = {value: names[value] for value, word in words.items() if word is None}
    assert unsaid == {
        "en": "English", "nl": "Nederlands", "de": "Deutsch", "fr": "Français", "es": "Español", "zh": "中文",
    }  # fmt: skip


@pytest.mark.parametrize("locale", LOCALES)
async def test_nothing_has_the_same_name_twice_beside_each_other(locale: str) -> None:
    (news,) = await describe_commands(make_tree())
    for node in walk(news):
        names = [o.get("name_localizations", {}).get(locale, o["name"]) for o in node.get("options", [])]
        assert len(set(names)) == len(names), node["name"]


async def test_the_whole_is_within_what_discord_takes_in_its_longest_language() -> None:
    (news,) = await describe_commands(make_tree())
    total = 0
    for node in walk(news):
        for part in ("name", "description"):
            total += max(map(len, [node[part], *node.get(f"{part}_localizations", {}).values()]))
        for choice in node.get("choices") or ():
            total += len(choice["value"])
            total += max(map(len, [choice["name"], *choice.get("name_localizations", {}).values()]))
    assert total <= COMMAND_TOTAL


def test_every_row_has_all_languages() -> None:
    for table in (COMMAND_WORDS, OPTION_WORDS, CHOICE_WORDS, MENU_TEXTS):
        assert all(len(row) == len(MENU_LANGUAGES) and all(row) for row in table.values())


async def test_discord_gets_the_languages_and_is_asked_for_them_before_anything_is_registered_again() -> None:
    async with on_stage() as stage:
        (news,) = stage.fake.commands[""]
        latest = next(option for option in news["options"] if option["name"] == "latest")
        assert latest["name_localizations"]["zh-TW"] == "最新"
        assert latest["options"][0]["name_localizations"]["es-419"] == "tema"
        latest["name_localizations"]["nl"] = "laatste"
        await stage.platform.close()
        await stage.platform.start()
        await stage.fake.until(lambda: [c for c in stage.fake.calls if c.method == "PUT"][1:])
        asked = [c.query for c in stage.fake.calls if c.method == "GET" and c.path.endswith("/commands")]
        assert asked == [{"with_localizations": "true"}] * 2
