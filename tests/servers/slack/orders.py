"""What people do in the fake Slack: the envelope that the bot gets, and the payloads of presses and submissions."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any

from tests.servers.wire import Json, Watched

_OPTION, _OPTIONS = {"static_select", "radio_buttons", "overflow"}, {"multi_static_select", "checkboxes"}
_SELECTED = {
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "users_select": "selected_user",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
}


class Order(Watched):
    """One envelope given to the bot: its acknowledgement, and what came back over its response_url."""

    def __init__(self, envelope: Json, message: Json | None = None) -> None:
        super().__init__()
        self.envelope, self.message, self.born = envelope, message, time.monotonic()
        self.ack: Json | None = None
        self.acked_after: float | None = None
        self.deliveries = 0
        self.uses = 0
        self.responses: list[Json] = []  # what the asker was shown, by the acknowledgement or over the response_url

    @property
    def payload(self) -> Json:
        """What the envelope carries."""
        inner: Json = self.envelope["payload"]
        return inner

    async def acked(self, within: float = 3.0) -> Json:
        """Wait for the acknowledgement; return the payload that it carried, {} where it carried none."""
        await self.until(lambda: self.ack is not None, within)
        payload: Json = (self.ack or {}).get("payload") or {}
        return payload

    async def response(self, within: float = 5.0) -> Json:
        """Wait for the first thing that the asker was shown."""
        return (await self.until(lambda: self.responses, within))[0]

    async def errors(self, within: float = 3.0) -> Json:
        """Wait for the answer to a submitted form; return its complaints by block, {} where it was taken."""
        payload = await self.acked(within)
        found: Json = payload.get("errors") or {} if payload.get("response_action") == "errors" else {}
        return found


def action(blocks: list[Json], action_id: str, choose: str) -> Json:
    """Build the action of a pressed button or a picked option; LookupError where the blocks have no such element."""
    for block in blocks:
        for element in elements(block):
            if element.get("action_id") == action_id:
                return {"block_id": block["block_id"], "action_id": action_id, **_acted(element, choose)}
    known = [e["action_id"] for block in blocks for e in elements(block) if "action_id" in e]
    raise LookupError(f"there is no element {action_id!r}; there are {known}")


def view_state(view: Json, values: Mapping[str, Any]) -> Json:
    """Build the state of a filled form, its fields named by block_id, action_id or label.

    Raises LookupError for a field that is not there and ValueError for what Slack's client refuses to send.
    """
    state: Json = {}
    known: list[str] = []
    used: set[str] = set()
    for block in (b for b in view["blocks"] if b["type"] == "input"):
        element = block["element"]
        names = [block["block_id"], element["action_id"], block["label"]["text"]]
        known.append(" or ".join(names))
        name = next((n for n in names if n in values), None)
        used |= {name} if name is not None else set()
        filled = _filled(element, values[name]) if name is not None else _initial(element)
        _check(block, element, filled)
        state[block["block_id"]] = {element["action_id"]: filled}
    if set(values) - used:
        raise LookupError(f"the form has no field {sorted(set(values) - used)}; it has {known}")
    return {"values": state}


def named(blocks: list[Json]) -> list[Json]:
    """Give the blocks the block_id, and their elements the action_id, that Slack makes up where there is none."""
    found = []
    for n, block in enumerate(blocks):
        copy = {"block_id": f"b{n}", **block}
        if "elements" in copy and copy["type"] == "actions":
            copy["elements"] = [{"action_id": f"a{n}{m}", **e} for m, e in enumerate(copy["elements"])]
        for name in ("accessory", "element"):
            if name in copy:
                copy[name] = {"action_id": f"a{n}", **copy[name]}
        found.append(copy)
    return found


def elements(block: Json) -> Iterator[Json]:
    """Yield a block's interactive elements, and a context's texts."""
    yield from block.get("elements") or ()
    for name in ("accessory", "element"):
        if block.get(name):
            yield block[name]


def _acted(element: Json, choose: str) -> Json:
    kind = element["type"]
    if kind == "button":
        value = {"value": element["value"]} if "value" in element else {}
        return {"type": kind, "text": element["text"], **value}
    return _filled(element, [choose] if kind in _OPTIONS else choose)


def _filled(element: Json, value: Any) -> Json:
    kind = element["type"]
    if kind in _OPTION:
        return {"type": kind, "selected_option": _offered(element, value) if value else None}
    if kind in _OPTIONS:
        return {"type": kind, "selected_options": [_offered(element, v) for v in value]}
    return {"type": kind, _SELECTED.get(kind, "value"): value or None}


def _offered(element: Json, value: str) -> Json:
    groups = element.get("option_groups") or [element]
    options: list[Json] = [o for group in groups for o in group.get("options") or ()]
    found = next((o for o in options if value in (o.get("value"), o["text"]["text"])), None)
    if found is None:
        raise ValueError(f"{element['action_id']!r} offers {[o.get('value') for o in options]}, not {value!r}")
    return found


def _initial(element: Json) -> Json:
    kind = element["type"]
    if kind in _OPTION:
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in _OPTIONS:
        return {"type": kind, "selected_options": element.get("initial_options") or []}
    name = _SELECTED.get(kind, "value")
    return {
        "type": kind,
        name: element.get(name.replace("selected", "initial") if kind in _SELECTED else "initial_value"),
    }


def _check(block: Json, element: Json, filled: Json) -> None:
    value = next(v for k, v in filled.items() if k != "type")
    label = block["label"]["text"]
    if not value and not block.get("optional"):
        raise ValueError(f"the field {label!r} is required")
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if isinstance(value, str) and value and not least <= len(value) <= most:
        raise ValueError(f"the field {label!r} takes {least} to {most} characters")
