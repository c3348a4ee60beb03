"""The form of a command, built from its parameters: nothing typed is lost, and each mistake stands at its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.alerts.menus import find_menu_text, find_option_word, say_choice
from bot.commands.answers import FieldKind, Form, FormField
from bot.commands.registry import Command, Parameter
from bot.domain.cards import Call

MOST_FIELDS = 5
"""What the smallest form of a platform has room for."""


def make_form(command: Command, typed: Mapping[str, str], errors: Mapping[str, str] | None = None) -> Form:
    """Ask for a command's parameters; `errors` are by parameter, what concerns none of them stands above.

    Where there are more than a form has room for, what is wrong and what is needed come first, and what was typed of
    the others is carried along.
    """
    found = dict(errors or {})
    wanted = sorted(command.parameters, key=lambda p: (p.name not in found, not p.is_asked))[:MOST_FIELDS]
    asked = [p for p in command.parameters if p in wanted]
    names = {p.name for p in asked}
    fields = tuple(make_field(p, typed.get(p.name, ""), found.pop(p.name, "")) for p in asked)
    carried = tuple((name, text) for name, text in typed.items() if name not in names and text)
    return Form(
        title=command.summary.rstrip("."),
        call=Call(command=command.path, arguments=carried),
        fields=fields,
        error=" ".join(found.values()),
    )


def say_form(form: Form, language: str) -> Form:
    """Ask in somebody's language as far as the menus of commands do; what is filled in stays as it is."""
    title = find_menu_text(f"{form.title}.", language) or find_menu_text(form.title, language) or form.title
    return replace(form, title=title.rstrip("."), fields=tuple(_say_field(field, language) for field in form.fields))


def _say_field(field: FormField, language: str) -> FormField:
    named = find_option_word(field.name, language) if field.label == _label(field.name) else None
    return replace(
        field,
        label=_label(named) if named else field.label,
        hint=find_menu_text(field.hint, language) or field.hint,
        choice_names=tuple(say_choice(choice, language) for choice in field.choices),
    )


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def make_field(parameter: Parameter, typed: str, error: str = "") -> FormField:
    """Ask for one parameter, with what was typed or its default in it."""
    kind = FieldKind.TEXT if parameter.is_verbatim else FieldKind.CHOICE if parameter.choices else FieldKind.LINE
    is_usable = kind is not FieldKind.CHOICE or typed.casefold() in parameter.choices
    return FormField(
        name=parameter.name,
        label=_label(parameter.name),
        kind=kind,
        value=(typed or parameter.default) if is_usable else parameter.default,
        is_required=parameter.is_asked,
        choices=parameter.choices,
        hint=parameter.description,
        error=error,
    )
