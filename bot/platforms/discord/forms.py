"""Form -> Discord's modal, and what was typed in it -> the values of the form.

A submission is read from what Discord sends, not from the library's memory: a form that is open while the bot restarts,
or whose opening Discord did not confirm, is heard all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import discord

from bot.commands.answers import FieldKind, Form, FormField
from bot.domain.cards import Call
from bot.domain.text import clean
from bot.platforms.discord.custom_ids import pack_modal, read_modal
from bot.platforms.discord.markdown import fit, units

MAX_MODAL_TITLE = 45
MAX_FIELDS = 5
MAX_FIELD_LABEL = 45
MAX_HINT = 100
MAX_VALUE = 4000
MAX_OPTIONS = 25
MAX_OPTION = 100

Input = discord.ui.TextInput[Any] | discord.ui.Select[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What somebody typed, by field; `call` is None where only the form itself, kept under `key`, knows all of it."""

    key: str
    call: Call | None
    typed: dict[str, str]


def make_modal(form: Form, key: str) -> discord.ui.Modal:
    """Make a form's modal; it carries the form's call unless fields that Discord has no room for hold something."""
    is_whole = not any(field.value for field in form.fields[MAX_FIELDS:])
    custom_id = pack_modal(key, form.call if is_whole else None)
    modal = discord.ui.Modal(title=fit(clean(form.title), MAX_MODAL_TITLE) or "Form", custom_id=custom_id)
    for field in form.fields[:MAX_FIELDS]:
        modal.add_item(_label(field, _make_input(field)))
    modal.stop()  # the library need not remember it
    return modal


def fill(form: Form, typed: Mapping[str, str]) -> Call:
    """Return the call of a form with what was typed; fields that Discord has no room for keep their values."""
    return form.filled({field.name: field.value for field in form.fields if field.value} | dict(typed))


def read_submission(data: Mapping[str, Any]) -> Submission | None:
    """Read what Discord sends of a modal; None where it is none of ours."""
    found = read_modal(str(data.get("custom_id", "")))
    if found is None:
        return None
    typed = {str(part["custom_id"]): _read(part) for part in _inputs(data.get("components"))}
    return Submission(key=found[0], call=found[1], typed=typed)


def _cut(value: str) -> str:
    """Cut what was typed to what Discord takes, with nothing added: it is typed on."""
    while (excess := units(value) - MAX_VALUE) > 0:
        value = value[: -max(1, excess // 2)]
    return value


def _inputs(node: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(node, list):
        for inner in node:
            yield from _inputs(inner)
    elif isinstance(node, dict):
        if "custom_id" in node:
            yield node
        yield from _inputs(node.get("component"))
        yield from _inputs(node.get("components"))


def _read(part: Mapping[str, Any]) -> str:
    return str(part["value"]) if "value" in part else "".join(part.get("values", [])[:1])


def _label(field: FormField, component: Input) -> discord.ui.Label[Any]:
    return discord.ui.Label(
        text=fit(clean(field.label), MAX_FIELD_LABEL) or field.name,
        description=fit(clean(field.error or field.hint), MAX_HINT) or None,
        component=component,
    )


def _make_input(field: FormField) -> Input:
    if field.kind is FieldKind.CHOICE:
        return discord.ui.Select(
            custom_id=field.name,
            required=field.is_required,
            min_values=1 if field.is_required else 0,
            options=[
                discord.SelectOption(label=fit(clean(shown), MAX_OPTION), value=choice, default=choice == field.value)
                for shown, choice in field.options()[:MAX_OPTIONS]
            ],
        )
    return discord.ui.TextInput(
        custom_id=field.name,
        style=discord.TextStyle.paragraph if field.kind is FieldKind.TEXT else discord.TextStyle.short,
        default=_cut(field.value) or None,
        required=field.is_required,
        max_length=MAX_VALUE,
    )
