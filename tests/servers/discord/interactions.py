"""What people do in the fake Discord: the interaction, and the data that the client sends for a command or a press."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.servers.discord.objects import EPHEMERAL, LOADING
from tests.servers.wire import Json, Watched

COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5  # interaction types
MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9  # callback types
SUBCOMMAND, GROUP = 1, 2  # option types
BUTTON, STRING_SELECT = 2, 3  # component types
_VALUES: dict[int, type | tuple[type, ...]] = {3: str, 4: int, 5: bool, 10: (int, float)}
_RESOLVED = {6: "users", 7: "channels", 8: "roles"}

Resolve = Callable[[str, str], Json]


class Interaction(Watched):
    """One interaction given to the bot: its callback, then the messages made through its token."""

    def __init__(self, payload: Json, message: Json | None) -> None:
        super().__init__()
        self.payload, self.message, self.born = payload, message, time.monotonic()
        self.callback: Json | None = None
        self.acknowledged_after: float | None = None
        self.original = message
        self.followups: list[Json] = []

    async def response(self, within: float = 3.5) -> Json:
        """Wait for the body of the bot's callback; TimeoutError where none came."""
        return await self.until(lambda: self.callback or {}, within)

    async def final(self, within: float = 10.0) -> Json:
        """Wait for the visible answer: the original message once it is no longer «thinking»."""
        return await self.until(self._shown, within)

    async def choices(self, within: float = 3.5) -> list[Any]:
        """Wait for the values that an autocomplete offers."""
        answer = await self.response(within)
        return [choice["value"] for choice in answer["data"]["choices"]]

    async def modal(self, within: float = 3.5) -> Json:
        """Wait for the form that the bot opens; ValueError where it answered with something else."""
        answer = await self.response(within)
        if answer["type"] != MODAL:
            raise ValueError(f"the answer is not a modal: {answer}")
        data: Json = answer["data"]
        return data

    @property
    def is_ephemeral(self) -> bool:
        """Whether only the asker sees the answer."""
        return bool(self.original and self.original["flags"] & EPHEMERAL)

    def _shown(self) -> Json:
        is_there = self.callback and self.original and not self.original["flags"] & LOADING
        return self.original or {} if is_there else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A command as a person typed it: «news topic add», its options, and the option still being typed."""

    path: str
    options: Mapping[str, Any]
    focused: str = ""


def command_data(commands: list[Json], typed: Typed, resolve: Resolve) -> Json:
    """Build an interaction's data as Discord's client does; LookupError and ValueError for what it would not send."""
    first, *rest = typed.path.split()
    command = _named(commands, first, f"/{first} is not registered")
    node, wrap = command, []
    for word in rest:
        node = _named(node.get("options") or [], word, f"/{typed.path}: there is no {word!r}")
        wrap.append(node)
    declared = node.get("options") or []
    if any(o["type"] in (SUBCOMMAND, GROUP) for o in declared):
        raise LookupError(f"/{typed.path} is not a whole command; it goes on with {_names(declared)}")
    resolved: dict[str, Json] = {}
    given = [_option(declared, name, value, typed, resolve, resolved) for name, value in typed.options.items()]
    missing = [o["name"] for o in declared if o.get("required") and o["name"] not in typed.options]
    if missing and not typed.focused:
        raise ValueError(f"/{typed.path}: required options are missing: {missing}")
    for level in reversed(wrap):
        given = [{"name": level["name"], "type": level["type"], "options": given}]
    data: Json = {"id": command["id"], "name": first, "type": 1, "options": given}
    return data | ({"resolved": resolved} if resolved and not typed.focused else {})


def press_data(message: Json, custom_id: str, values: list[str] | None) -> Json:
    """Build the data of a pressed button or of picked values; LookupError where the message has no such component."""
    found = next((c for c in components(message.get("components")) if c.get("custom_id") == custom_id), None)
    if found is None:
        known = [c["custom_id"] for c in components(message.get("components")) if "custom_id" in c]
        raise LookupError(f"the message has no component {custom_id!r}; it has {known}")
    if found.get("disabled"):
        raise ValueError(f"the component {custom_id!r} is disabled")
    data: Json = {"custom_id": custom_id, "component_type": found["type"], "id": found["id"]}
    if found["type"] != BUTTON:
        offered = [o["value"] for o in found.get("options") or ()]
        if found["type"] == STRING_SELECT and not set(values or ()) <= set(offered):
            raise LookupError(f"{custom_id!r} does not offer {values}; it offers {offered}")
        data["values"] = values or []
    return data


def components(node: Any) -> Iterator[Json]:
    """List every component of a message or a form, however deep."""
    if isinstance(node, list):
        for inner in node:
            yield from components(inner)
    elif isinstance(node, dict):
        yield node
        for name in ("components", "component", "accessory"):
            yield from components(node.get(name))


def _option(
    declared: list[Json], name: str, value: Any, typed: Typed, resolve: Resolve, resolved: dict[str, Json]
) -> Json:
    option = _named(declared, name, f"/{typed.path}: there is no option {name!r}")
    kind = option["type"]
    if name == typed.focused:
        if not option.get("autocomplete"):
            raise ValueError(f"/{typed.path}: the option {name!r} has no autocomplete")
        return {"name": name, "type": kind, "value": value, "focused": True}
    if kind in _RESOLVED:
        resolved.setdefault(_RESOLVED[kind], {})[value] = resolve(_RESOLVED[kind], value)
    _check_value(option, value, f"/{typed.path}: option {name!r}")
    return {"name": name, "type": kind, "value": value}


def _check_value(option: Json, value: Any, where: str) -> None:
    wanted = _VALUES.get(option["type"], str)
    if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
        raise ValueError(f"{where} is of type {option['type']}, not {value!r}")
    choices = [c["value"] for c in option.get("choices") or ()]
    if choices and value not in choices:
        raise ValueError(f"{where}: {value!r} is not one of {choices}")
    size = len(value) if isinstance(value, str) else value
    least = option.get("min_value", option.get("min_length"))
    most = option.get("max_value", option.get("max_length"))
    if (least is not None and size < least) or (most is not None and size > most):
        raise ValueError(f"{where}: {value!r} is not within {least} and {most}")


def _named(nodes: list[Json], name: str, complaint: str) -> Json:
    found = next((n for n in nodes if n["name"] == name), None)
    if found is None:
        raise LookupError(f"{complaint}; known: {_names(nodes)}")
    return found


def _names(nodes: list[Json]) -> list[str]:
    return [n["name"] for n in nodes]
