"""The registry, and the shape of every command that it holds."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, NewType

import pytest

from bot.commands.answers import Context, Reply, Right
from bot.commands.desk import load_registry
from bot.commands.forms import make_form, say_form
from bot.commands.registry import Between, Command, Kind, QueryText, Registry
from bot.domain.cards import Card
from bot.domain.errors import InputError

COMMANDS = list(load_registry())
SAFE = re.compile(r"[a-z][a-z0-9_-]{0,31}")
Name = NewType("Name", str)


class Size(StrEnum):
    """A choice."""

    SMALL = "small"
    LARGE = "large"


def _registered() -> Command:
    registry = Registry()

    @registry.command("thing add", right=Right.MANAGE_CHANNEL)
    async def add(
        ctx: Context,
        name: Annotated[Name, "What it is called"],
        size: Annotated[Size | None, "How large"] = None,
        count: Annotated[int, "How many", Between(1, 5)] = 2,
        loud: Annotated[bool, "Whether it sounds"] = False,
        query: Annotated[QueryText | None, "What it seeks"] = None,
    ) -> Reply:
        """Add a thing.

        More that menus do not show.
        """
        return Reply(card=Card(title="", text=""))

    found = registry.find("Thing   ADD")
    assert found is not None
    return found


def test_a_signature_is_the_description() -> None:
    command = _registered()
    assert command.summary == "Add a thing."
    assert command.usage == "thing add NAME [SIZE] [COUNT] [LOUD] [QUERY]"
    assert [(p.name, p.kind, p.default, p.is_verbatim) for p in command.parameters] == [
        ("name", Kind.TEXT, "", False),
        ("size", Kind.CHOICE, "", False),
        ("count", Kind.INTEGER, "2", False),
        ("loud", Kind.BOOLEAN, "False", False),
        ("query", Kind.TEXT, "", True),
    ]


def test_text_is_converted_to_what_the_command_takes() -> None:
    bound = _registered().bind({"name": " Ann\u200b ", "size": "LARGE", "count": "5", "loud": "yes", "query": ""})
    assert bound == {"name": "Ann", "size": Size.LARGE, "count": 5, "loud": True}


@pytest.mark.parametrize(
    "arguments, field, told",
    [
        ({}, "name", "needs name: What it is called"),
        ({"name": " \u200b"}, "name", "needs name"),
        ({"name": "a", "size": "huge"}, "size", "size takes one of small, large, not “huge”"),
        ({"name": "a", "count": "6"}, "count", "from 1 to 5"),
        ({"name": "a", "count": "9" * 5000}, "count", "from 1 to 5"),
        ({"name": "a", "count": "two"}, "count", "from 1 to 5"),
        ({"name": "a", "loud": "maybe"}, "loud", "yes or no"),
        ({"name": "a", "colour": "red"}, "colour", "has no option --colour"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_parameter(arguments: dict[str, str], field: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        _registered().bind(arguments)
    assert caught.value.field == field
    assert told in caught.value.message


def test_two_commands_cannot_have_one_path() -> None:
    registry = Registry()

    async def run(ctx: Context) -> Reply:
        """Do it."""
        return Reply(card=Card(title="", text=""))

    registry.command("twice")(run)
    with pytest.raises(ValueError, match="twice"):
        registry.command("twice")(run)


def test_every_promised_command_is_there() -> None:
    alone = ["subscribe", "unsubscribe", "subscriptions", "latest", "search", "story", "status", "help"]
    grouped = ["digest now", *(f"topic {verb}" for verb in ("list", "show", "add", "remove"))]
    grouped += [f"feed {verb}" for verb in ("list", "add", "remove")]
    assert {c.path for c in COMMANDS} >= {*alone, *grouped}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.path.replace(" ", "-"))
def test_every_command_can_be_shown_on_every_platform(command: Command) -> None:
    assert 1 <= len(command.path.split()) <= 2
    assert all(SAFE.fullmatch(word) for word in command.path.split())
    assert 10 <= len(command.summary) <= 100
    assert command.summary.endswith(".")
    assert len(command.parameters) <= 25
    for parameter in command.parameters:
        assert SAFE.fullmatch(parameter.name)
        assert parameter.description != parameter.name
        assert 3 <= len(parameter.description) <= 100
        assert len(parameter.choices) <= 25


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.opens_form], ids=lambda c: c.path)
def test_every_form_fits_the_smallest_modal(command: Command) -> None:
    assert len(command.summary.rstrip(".")) <= 24
    form = make_form(command, {p.name: p.name for p in command.parameters})
    assert len(form.fields) <= 5
    asked = {f.name for f in form.fields} | {name for name, _ in form.call.arguments}
    assert asked == {p.name for p in command.parameters}


def test_required_parameters_stand_before_the_others() -> None:
    for command in COMMANDS:
        needed = [p.is_required for p in command.parameters]
        assert needed == sorted(needed, reverse=True), command.path


def test_only_the_digest_is_public() -> None:
    assert [c.path for c in COMMANDS if not c.is_private] == ["digest now"]


def test_what_changes_something_needs_a_right() -> None:
    changing = {"subscribe", "unsubscribe", "subscription edit", "subscription undo", "topic add", "topic remove"}
    changing |= {"topic edit", "topic save", "topic change", "tuning apply", "tuning undo"}
    changing |= {"feed add", "feed import", "feed export", "feed remove", "feed held", "settings", "unmute"}
    changing |= {"apart", "rejoin", "watch text", "digest set", "digest off"}
    assert {c.path for c in COMMANDS if c.right is not None} == changing


def test_a_form_asks_in_the_language_of_the_menus_and_sends_what_it_always_sends() -> None:
    command = next(command for command in COMMANDS if command.path == "subscribe")
    form = say_form(make_form(command, {"topic": "huawei"}), "de")
    fields = {field.name: field for field in form.fields}
    assert form.title == "Hier ein Thema beobachten"
    assert (fields["topic"].label, fields["topic"].value) == ("Thema", "huawei")
    assert ("sofort", "live") in fields["mode"].options()
    assert fields["mode"].hint.startswith("Sofortmeldungen")
    assert say_form(make_form(command, {}), "pl").title == "Watch a topic here"
