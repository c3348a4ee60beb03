"""Form -> Discord's modal, and what was typed in it -> the values of the form."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.commands.answers import FieldKind, Form, FormField
from bot.domain.text import clean
from bot.platforms.discord.markdown import fit

MAX_MODAL_TITLE = 45
MAX_FIELDS = 5
MAX_FIELD_LABEL = 45
MAX_HINT = 100
MAX_VALUE = 4000
MAX_OPTIONS = 25
MAX_OPTION = 100
LIFE_S = 3600.0  # a form left open is forgotten after an hour

Submit = Callable[[discord.Interaction[Any], Form, dict[str, str]], Awaitable[None]]
Input = discord.ui.TextInput[Any] | discord.ui.Select[Any]


class FormModal(discord.ui.Modal):
    """A form as Discord shows it; `submit` gets the form again with what was typed, by field name."""

    def __init__(self, form: Form, submit: Submit) -> None:
        super().__init__(title=fit(clean(form.title), MAX_MODAL_TITLE) or "Form", timeout=LIFE_S)
        self._form = form
        self._submit = submit
        self._inputs: dict[str, Input] = {}
        for field in form.fields[:MAX_FIELDS]:
            self._inputs[field.name] = _make_input(field)
            self.add_item(_label(field, self._inputs[field.name]))

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Hand over what was typed; fields that Discord has no room for keep their values."""
        values = {field.name: field.value for field in self._form.fields if field.value}
        await self._submit(interaction, self._form, values | {n: _read(i) for n, i in self._inputs.items()})


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
                discord.SelectOption(label=fit(clean(choice), MAX_OPTION), value=choice, default=choice == field.value)
                for choice in field.choices[:MAX_OPTIONS]
            ],
        )
    return discord.ui.TextInput(
        custom_id=field.name,
        style=discord.TextStyle.paragraph if field.kind is FieldKind.TEXT else discord.TextStyle.short,
        default=field.value[:MAX_VALUE] or None,
        required=field.is_required,
        max_length=MAX_VALUE,
    )


def _read(component: Input) -> str:
    return component.value if isinstance(component, discord.ui.TextInput) else "".join(component.values[:1])
