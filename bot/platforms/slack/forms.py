"""Forms as modals: rendered, and read back when they are submitted.

The call that a form completes, and where its answer goes, travel in the modal's private_metadata, not in memory.
https://docs.slack.dev/surfaces/modals
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.commands.answers import FieldKind, Form, FormField
from bot.domain.cards import Call
from bot.domain.errors import InputError
from bot.domain.text import shorten
from bot.platforms.slack.mrkdwn import plain

FORM_ID = "topicwire:form"
VALUE = "value"
MAX_TITLE = 24
MAX_METADATA = 3000
MAX_VALUE = 3000
MAX_LABEL = 2000
MAX_HINT = 2000
MAX_OPTIONS = 100
MAX_OPTION_LABEL = 75
MAX_OPTION = 150
MAX_FIELDS = 99
MAX_ERROR = 2000

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A form that was sent: the command with what was typed, and the channel it was asked for in, perhaps at home."""

    call: Call
    channel: str
    fields: tuple[str, ...]
    is_at_home: bool = False


def render_form(form: Form, channel: str, *, is_at_home: bool = False) -> Json:
    """Render a form as a modal; raises InputError where it carries more than Slack takes."""
    metadata = json.dumps(
        {"channel": channel, "command": form.call.command, "arguments": form.call.arguments, "home": is_at_home},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    if len(metadata) > MAX_METADATA:
        raise InputError("That is too long for a form on Slack: give it as options of the command instead.")
    complaint = [_complaint(form.error)] if form.error else []
    return {
        "type": "modal",
        "callback_id": FORM_ID,
        "title": _text(form.title, MAX_TITLE),
        "submit": _text("Send", MAX_TITLE),
        "close": _text("Cancel", MAX_TITLE),
        "private_metadata": metadata,
        "blocks": [*complaint, *(_input(field) for field in form.fields[:MAX_FIELDS])],
    }


def _complaint(error: str) -> Json:
    return {"type": "section", "block_id": "topicwire:error", "text": _text(error, MAX_ERROR)}


def _input(field: FormField) -> Json:
    # an error stands here only where the modal is opened anew; at a submission Slack shows it at the field itself
    hint = " ".join(part for part in (field.error, field.hint) if part)
    block: Json = {
        "type": "input",
        "block_id": field.name,
        "label": _text(field.label or field.name, MAX_LABEL),
        "optional": not field.is_required,
        "element": _element(field),
    }
    return block | ({"hint": _text(hint, MAX_HINT)} if hint else {})


def _element(field: FormField) -> Json:
    if field.kind is FieldKind.CHOICE and field.choices:
        options = [_option(shown, choice) for shown, choice in field.options()[:MAX_OPTIONS]]
        chosen = next((o for o in options if o["value"] == field.value), None)
        return {"type": "static_select", "action_id": VALUE, "options": options} | (
            {"initial_option": chosen} if chosen else {}
        )
    element: Json = {"type": "plain_text_input", "action_id": VALUE, "multiline": field.kind is FieldKind.TEXT}
    return element | ({"initial_value": field.value[:MAX_VALUE]} if field.value else {})


def _option(shown: str, choice: str) -> Json:
    return {"text": _text(shown, MAX_OPTION_LABEL), "value": choice[:MAX_OPTION]}


def read_submission(view: Mapping[str, Any]) -> Submission:
    """Read what somebody sent; fields left empty are empty texts."""
    held = json.loads(view["private_metadata"])
    typed = {name: _typed(next(iter(values.values()), {})) for name, values in view["state"]["values"].items()}
    carried = tuple((str(name), str(text)) for name, text in held["arguments"])
    call = Call(command=str(held["command"]), arguments=(*carried, *typed.items()))
    return Submission(call=call, channel=str(held["channel"]), fields=tuple(typed), is_at_home=bool(held.get("home")))


def _typed(state: Mapping[str, Any]) -> str:
    chosen = state.get("selected_option")
    return str((chosen or {}).get("value") or state.get("value") or "")


def find_errors(form: Form, fields: tuple[str, ...]) -> dict[str, str]:
    """Return what is wrong by field of the modal that is open; what concerns none of them stands at the first."""
    errors = {f.name: f.error for f in form.fields if f.error and f.name in fields}
    elsewhere = [form.error, *(f.error for f in form.fields if f.error and f.name not in fields)]
    general = " ".join(text for text in elsewhere if text)
    if general and fields:
        errors[fields[0]] = " ".join(filter(None, (general, errors.get(fields[0], ""))))
    return {name: shorten(plain(text), MAX_ERROR) for name, text in errors.items()}


def _text(text: str, limit: int) -> Json:
    return {"type": "plain_text", "text": shorten(plain(text).strip(), limit) or "…", "emoji": False}
