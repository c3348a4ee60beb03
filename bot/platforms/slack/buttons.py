"""Buttons: the command in the action_id, its arguments in the value, the delivery in the block_id; and back again.

Nothing about a button is kept in memory, so those on old messages work after any restart.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.cards import Button, Call
from bot.domain.text import shorten
from bot.platforms.slack.mrkdwn import plain, safe_url

CALL_PREFIX = "topicwire"
# Slack tells of a pressed link too; nobody listens, and what nobody listens to is acknowledged.
LINK_PREFIX = "topicwire-link"
MAX_BUTTONS = 25
MAX_LABEL = 75
MAX_VALUE = 2000
_MAX_ID = 255

Json = dict[str, Any]


def render_buttons(buttons: Sequence[Button], delivery: str | None, room: int) -> Json | None:
    """Return an actions block of the buttons that fit in `room` characters, None where there is none.

    A button whose arguments are too long to be carried, or whose link is not http or https, is left out.
    """
    elements: list[Json] = []
    for number, button in enumerate(buttons):
        element = _render(button, number)
        size = sum(len(str(part)) for part in (button.label, element.get("value", ""), element.get("url", "")))
        if element and size <= room and len(elements) < MAX_BUTTONS:
            elements.append(element)
            room -= size
    if not elements:
        return None
    return {"type": "actions", "block_id": f"{CALL_PREFIX}:{delivery or ''}", "elements": elements}


def _render(button: Button, number: int) -> Json:
    label = shorten(plain(button.label).strip(), MAX_LABEL)
    element: Json = {"type": "button", "text": {"type": "plain_text", "text": label or "…", "emoji": False}}
    if button.call is not None:
        value = json.dumps(button.call.arguments, ensure_ascii=False, separators=(",", ":"))
        action_id = f"{CALL_PREFIX}:{number}:{button.call.command}"
        is_fit = len(value) <= MAX_VALUE and len(action_id) <= _MAX_ID
        return element | {"action_id": action_id, "value": value} if is_fit else {}
    url = safe_url(button.link)
    return element | {"action_id": f"{LINK_PREFIX}:{number}", "url": url} if url else {}


def read_button(action: Mapping[str, Any]) -> Call | None:
    """Read the call of a pressed button, None where it is not one of ours."""
    prefix, _, rest = str(action.get("action_id", "")).partition(":")
    command = rest.partition(":")[2]
    try:
        given = json.loads(action.get("value") or "[]")
        arguments = tuple((str(name), str(text)) for name, text in given)
    except (TypeError, ValueError):
        return None
    return Call(command=command, arguments=arguments) if prefix == CALL_PREFIX and command else None
