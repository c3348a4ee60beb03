"""Help is built from the registry."""

from __future__ import annotations

import pytest

from bot.commands.desk import load_registry
from tests.commands.stage import Stage

COMMANDS = [c for c in load_registry() if c.is_listed]


async def test_help_lists_every_command_once(stage: Stage) -> None:
    rows = (await stage.told("help")).splitlines()
    for command in COMMANDS:
        assert rows.count(f"/news {command.usage} · {command.summary}") == 1
    assert await stage.told("") == "\n".join(rows)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.path)
async def test_help_explains_a_command_and_its_options(stage: Stage, command: object) -> None:
    found = next(c for c in COMMANDS if c is command)
    told = await stage.told(f"help {found.path.upper()}")
    assert found.summary in told
    assert f"Usage: /news {found.usage}" in told
    for parameter in found.parameters:
        assert f"--{parameter.name} {parameter.description}" in told
        assert all(choice in told for choice in parameter.choices)
    assert ("Needs the right" in told) is (found.right is not None)


@pytest.mark.parametrize(
    "line, words",
    [
        ("help topic", ("topic add", "topic show")),
        ("help /news topic add", ("asked for in a form",)),
        ("help search", ('"trade talks": words side by side',)),
        ("help digest now", ("Everyone in the channel sees",)),
        ("help subscribe", ("live where left out", "a whole number from 1 to 50")),
        ("help serch", ("Did you mean “search”",)),
    ],
)
async def test_help_says_what_one_asks_for(stage: Stage, line: str, words: tuple[str, ...]) -> None:
    told = await stage.told(line)
    assert [word for word in words if word not in told] == []
