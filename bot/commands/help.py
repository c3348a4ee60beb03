"""What can be asked, and how: built from the registry alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, NewType

from bot.alerts.lists import help_card, list_card
from bot.commands.answers import Choice, Context, Reply
from bot.commands.lines import unknown_command
from bot.commands.registry import Command, Parameter, Registry, command, suggests
from bot.domain.cards import Card, Line, Span, line
from bot.domain.errors import NotFoundError
from bot.domain.settings import Settings

CommandPath = NewType("CommandPath", str)


@suggests(CommandPath)
async def suggest_commands(ctx: Context, typed: str) -> Sequence[Choice]:
    """Complete the path of a command."""
    wanted = typed.casefold()
    found = [c for c in _listed(ctx.registry) if wanted in c.path]
    found.sort(key=lambda c: (not c.path.startswith(wanted), c.path))
    return [Choice(label=f"{c.path}: {c.summary}", value=c.path) for c in found]


@command("help")
async def show_help(
    ctx: Context, command: Annotated[CommandPath | None, "The command to explain; left out: all of them"] = None
) -> Reply:
    """Show what you can ask, or explain one command."""
    path = " ".join((command or "").casefold().removeprefix("/news").removeprefix("/").split())
    listed = _listed(ctx.registry)
    found = ctx.registry.find(path)
    if found is not None and path:
        return Reply(card=_explain(found, ctx.settings))
    chosen = [c for c in listed if not path or c.path.startswith(f"{path} ")]
    if not chosen:
        raise NotFoundError(unknown_command(path, ctx.registry))
    card = help_card([(c.usage, c.summary) for c in chosen], language="en")
    return Reply(card=replace(card, footer=line("/news help COMMAND tells more about one")))


def _listed(registry: Registry) -> list[Command]:
    return sorted((c for c in registry if c.is_listed), key=lambda c: (" " in c.path, c.path))


def _explain(found: Command, settings: Settings) -> Card:
    lines = [line(found.summary), line("Usage: ", Span(text=f"/news {found.usage}", is_bold=True))]
    lines += [_option(parameter) for parameter in found.parameters]
    lines += [line(row) for row in found.details.splitlines() if row]
    if found.opens_form:
        lines.append(line("What you leave out is asked for in a form."))
    right = found.needed(settings)
    if right is not None:
        lines.append(line(f"Needs the right to {right}."))
    if not found.is_private:
        lines.append(line("Everyone in the channel sees the answer."))
    return list_card(f"/news {found.path}", lines)


def _option(parameter: Parameter) -> Line:
    is_plain = not parameter.choices and parameter.bounds is None
    notes = [] if is_plain else [parameter.takes]
    if parameter.default:
        notes.append(f"{parameter.default} where left out")
    told = f" ({'; '.join(notes)})" if notes else ""
    return line(Span(text=f"--{parameter.name}", is_bold=True), f" {parameter.description}{told}")
