"""Registry -> real application commands under /news, registered with Discord only where they changed."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine, Iterable
from typing import Any

import discord
from discord import app_commands
from discord.http import Route

from bot.alerts.menus import name_choice
from bot.commands.answers import Choice
from bot.commands.registry import Command, Kind, Parameter, Registry
from bot.domain.cards import Call
from bot.domain.text import shorten
from bot.platforms.discord.conversation import Conversation
from bot.platforms.discord.markdown import fit, units
from bot.platforms.discord.translating import Phrases

Interaction = discord.Interaction[Any]
Native = app_commands.Command[Any, ..., None]
Tree = app_commands.CommandTree[Any]
ROOT = "news"
ROOT_SUMMARY = "News alerts: topics, stories, feeds and subscriptions"
MAX_SUMMARY = 100
MAX_CHOICES = 25
MAX_CHOICE = 100
_TYPES = {Kind.TEXT: str, Kind.INTEGER: int, Kind.BOOLEAN: bool, Kind.CHOICE: str}
_COMPARED = ("name", "description", "type", "required", "autocomplete", "choices", "options", "value")
_LANGUAGES = ("name_localizations", "description_localizations")


def bind_commands(tree: Tree, registry: Registry, conversation: Conversation) -> None:
    """Add /news with every listed command; the first word of a two-word path is a group."""
    news = app_commands.Group(name=ROOT, description=ROOT_SUMMARY)
    groups: dict[str, app_commands.Group] = {}
    commands: Iterable[Command] = registry
    for command in (c for c in commands if c.is_listed):
        first, _, second = command.path.partition(" ")
        if second and first not in groups:
            groups[first] = app_commands.Group(name=first, description=f"Everything about {first}s", parent=news)
        (groups[first] if second else news).add_command(_make_command(command, second or first, conversation))
    tree.add_command(news)


async def sync_commands(tree: Tree) -> bool:
    """Register the commands with Discord where those that it has differ; returns whether they did."""
    client = tree.client
    # The library's own question leaves out the languages, and with them every start would seem a change.
    path = "/applications/{application_id}/commands"
    asked = Route("GET", path, application_id=client.application_id)
    there = await client.http.request(asked, params={"with_localizations": "true"})
    if _compared(await describe_commands(tree)) == _compared(there):
        return False
    await tree.sync()
    return True


async def describe_commands(tree: Tree) -> list[dict[str, Any]]:
    """Describe the commands in every language, as Discord is told of them."""
    translator = tree.translator
    if translator is None:
        translator = Phrases()
        await tree.set_translator(translator)
    return [await command.get_translated_payload(tree, translator) for command in tree.get_commands()]


def _make_command(command: Command, name: str, conversation: Conversation) -> Native:
    async def callback(interaction: Interaction, /, **given: Any) -> None:
        arguments = tuple((n, _as_text(value)) for n, value in given.items() if value is not None)
        await conversation.answer(interaction, Call(command=command.path, arguments=arguments))

    # The library reads options from the signature; there is no other way to give it typed ones at run time.
    callback.__signature__ = _signature(command)  # type: ignore[attr-defined]
    app_commands.describe(**{p.name: _summary(p.description, p.name) for p in command.parameters})(callback)
    _offer_values(callback, command, conversation)
    return app_commands.Command(name=name, description=_summary(command.summary, command.path), callback=callback)


def _signature(command: Command) -> inspect.Signature:
    first = inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_ONLY, annotation=discord.Interaction)
    return inspect.Signature([first, *(_option(p) for p in command.parameters)])


def _option(parameter: Parameter) -> inspect.Parameter:
    kind: Any = _TYPES[parameter.kind]
    return inspect.Parameter(
        parameter.name,
        inspect.Parameter.KEYWORD_ONLY,
        annotation=kind if parameter.is_required else kind | None,
        default=inspect.Parameter.empty if parameter.is_required else None,
    )


def _offer_values(callback: Callable[..., Coroutine[Any, Any, None]], command: Command, talk: Conversation) -> None:
    """Give each option its fixed choices, or completion where there are suggestions or too many choices."""
    for parameter in command.parameters:
        if parameter.choices and len(parameter.choices) <= MAX_CHOICES:
            # Of choices the library translates only what is marked so.
            named = [(app_commands.locale_str(shorten(name_choice(c), MAX_CHOICE)), c) for c in parameter.choices]
            fixed = [app_commands.Choice(name=name, value=c) for name, c in named]
            app_commands.choices(**{parameter.name: fixed})(callback)
        elif parameter.choices or parameter.suggest:
            app_commands.autocomplete(**{parameter.name: _make_completion(command.path, parameter.name, talk)})(
                callback
            )


def _make_completion(path: str, parameter: str, conversation: Conversation) -> Any:
    async def complete(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        found = await conversation.suggest(interaction, path, parameter, str(current))
        return [native_choice(choice) for choice in found if 0 < units(choice.value) <= MAX_CHOICE][:MAX_CHOICES]

    return complete


def native_choice(choice: Choice) -> app_commands.Choice[str]:
    """Make a suggestion as Discord takes it: one that is too long would cost all of them."""
    return app_commands.Choice(name=fit(choice.label.strip(), MAX_CHOICE) or choice.value, value=choice.value)


def _as_text(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _summary(text: str, otherwise: str) -> str:
    return shorten(text.strip() or otherwise, MAX_SUMMARY)


def _compared(node: Any) -> Any:
    """Keep what we set of a command: Discord adds ids and versions, and leaves out what is false or empty."""
    if isinstance(node, dict):
        kept = {name: _compared(node[name]) for name in _COMPARED if node.get(name)}
        return kept | {name: node[name] for name in _LANGUAGES if node.get(name)}
    return [_compared(inner) for inner in node] if isinstance(node, list) else node
