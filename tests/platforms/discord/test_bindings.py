"""The real commands as Discord gets them."""

from __future__ import annotations

from typing import Any, cast

import discord
import pytest
from discord import app_commands

from bot.commands.answers import Choice
from bot.commands.desk import Desk, load_registry
from bot.domain.settings import Settings
from bot.pipeline.bells import Bells
from bot.platforms.discord.bindings import bind_commands, native_choice
from bot.platforms.discord.conversation import Conversation
from bot.platforms.discord.markdown import units
from tests.platforms.discord.stage import QUICK, Clock
from tests.servers.discord.limits import documented
from tests.servers.discord_bot import described


def make_tree() -> app_commands.CommandTree[Any]:
    tree: app_commands.CommandTree[Any] = app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))
    nothing = cast(Any, None)  # nothing is asked for: the commands are only described
    desk = Desk(
        store=nothing,
        reader=nothing,
        fetcher=nothing,
        library=nothing,
        settings=Settings(),
        bells=Bells(),
        clock=Clock(),
    )
    bind_commands(tree, desk.registry, Conversation(desk, QUICK))
    return tree


def whole_payload() -> list[dict[str, Any]]:
    tree = make_tree()
    return [command.to_dict(tree) for command in tree.get_commands()]


def paths_of(node: dict[str, Any], before: str = "") -> list[str]:
    inner = [option for option in node.get("options", []) if option["type"] in (1, 2)]
    here = f"{before} {node['name']}".strip()
    return [path for option in inner for path in paths_of(option, here)] or [here]


async def test_every_listed_command_is_a_real_one_under_news() -> None:
    (news,) = whole_payload()
    assert sorted(paths_of(news)) == sorted(f"news {path}" for path in load_registry().paths())


async def test_discord_takes_every_command_as_it_is() -> None:
    payload, path = whole_payload(), "/applications/1/commands"
    assert documented("PUT", path, payload) == []
    if spec := described():
        assert spec.errors("PUT", path, payload) == []


@pytest.mark.parametrize("sign", ["a", "字", "🦊", "e\u0301", "👩\u200d🚀"])
def test_a_suggestion_is_cut_to_what_discord_takes_in_every_script(sign: str) -> None:
    for number in (49, 50, 51, 100, 101, 300):
        made = native_choice(Choice(label=sign * number, value="x"))
        assert 0 < units(made.name) <= 100
    assert native_choice(Choice(label=" ", value="x")).name == "x"
