"""The form of a command, built from its parameters: nothing typed is lost, and each mistake stands at its field."""

from __future__ import annotations

from collections.abc import Mapping

from bot.commands.answers import FieldKind, Form, FormField
from bot.commands.registry import Command, Parameter
from bot.domain.cards import Call


def make_form(command: Command, typed: Mapping[str, str], errors: Mapping[str, str] | None = None) -> Form:
    """Ask for all parameters of a command; `errors` are by parameter, what concerns none of them stands above."""
    found = dict(errors or {})
    fields = tuple(_field(p, typed.get(p.name, ""), found.pop(p.name, "")) for p in command.parameters)
    return Form(
        title=command.summary.rstrip("."),
        call=Call(command=command.path),
        fields=fields,
        error=" ".join(found.values()),
    )


def _field(parameter: Parameter, typed: str, error: str) -> FormField:
    kind = FieldKind.TEXT if parameter.is_verbatim else FieldKind.CHOICE if parameter.choices else FieldKind.LINE
    is_usable = kind is not FieldKind.CHOICE or typed.casefold() in parameter.choices
    return FormField(
        name=parameter.name,
        label=parameter.name.replace("_", " ").capitalize(),
        kind=kind,
        value=(typed or parameter.default) if is_usable else parameter.default,
        is_required=parameter.is_asked,
        choices=parameter.choices,
        hint=parameter.description,
        error=error,
    )
