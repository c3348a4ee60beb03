"""A form of the fake Discord filled in: the data of a modal submission, as the client sends it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.servers.discord.interactions import Resolve
from tests.servers.discord.objects import numbered
from tests.servers.wire import Json

ROW, STRING_SELECT, TEXT_INPUT, TEXT_DISPLAY, LABEL = 1, 3, 4, 10, 18
USER_SELECT, ROLE_SELECT, CHANNEL_SELECT = 5, 6, 8
RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 21, 22, 23
_RESOLVED = {USER_SELECT: "users", ROLE_SELECT: "roles", CHANNEL_SELECT: "channels"}
_LISTS = {STRING_SELECT, CHECKBOX_GROUP, *_RESOLVED}


class Filling:
    """Fills the components of one modal with what a person typed, named by custom_id or by label."""

    def __init__(self, modal: Json, values: Mapping[str, Any], resolve: Resolve) -> None:
        self._modal, self._values, self._resolve = modal, values, resolve
        self._used: set[str] = set()
        self._known: list[str] = []
        self._resolved: dict[str, Json] = {}

    def data(self) -> Json:
        """Build the submission; LookupError for a field that is not there, ValueError for what the client refuses."""
        filled = [self._component(c, "") for c in numbered(self._modal["components"])]
        unknown = set(self._values) - self._used
        if unknown:
            raise LookupError(f"the form has no field {sorted(unknown)}; it has {self._known}")
        data: Json = {"custom_id": self._modal["custom_id"], "components": filled}
        return data | ({"resolved": self._resolved} if self._resolved else {})

    def _component(self, node: Json, label: str) -> Json:
        head: Json = {"type": node["type"], "id": node["id"]}
        if node["type"] == ROW:
            return head | {"components": [self._component(c, c.get("label") or "") for c in node["components"]]}
        if node["type"] == LABEL:
            return head | {"component": self._component(node["component"], node["label"])}
        if node["type"] == TEXT_DISPLAY:
            return head
        value = self._typed(node, label)
        _check(node, label or node["custom_id"], value)
        if node["type"] in _RESOLVED:
            kind = _RESOLVED[node["type"]]
            self._resolved.setdefault(kind, {}).update({ident: self._resolve(kind, ident) for ident in value})
        return head | {"custom_id": node["custom_id"], "values" if node["type"] in _LISTS else "value": value}

    def _typed(self, node: Json, label: str) -> Any:
        names = [name for name in (node["custom_id"], label) if name]
        self._known.append(" or ".join(names))
        name = next((name for name in names if name in self._values), None)
        if name is None:
            return _prefilled(node)
        self._used.add(name)
        value = self._values[name]
        return [value] if node["type"] in _LISTS and isinstance(value, str) else value


def _prefilled(node: Json) -> Any:
    defaults = [o["value"] for o in node.get("options") or () if o.get("default")]
    if node["type"] in _LISTS:
        return defaults or [v["id"] for v in node.get("default_values") or ()]
    if node["type"] == RADIO_GROUP:
        return defaults[0] if defaults else None
    if node["type"] == CHECKBOX:
        return bool(node.get("default"))
    return node.get("value") or ""


def _check(node: Json, name: str, value: Any) -> None:
    if node.get("required", True) and node["type"] != CHECKBOX and not value:
        raise ValueError(f"the field {name!r} is required")
    offered = [o["value"] for o in node.get("options") or ()]
    picked = value if isinstance(value, list) else [value]
    if offered and value and not set(picked) <= set(offered):
        raise ValueError(f"the field {name!r} offers {offered}, not {value!r}")
    if node["type"] != TEXT_INPUT or not value:
        return
    if not node.get("min_length", 0) <= len(value) <= node.get("max_length", 4000):
        raise ValueError(
            f"the field {name!r} takes {node.get('min_length', 0)} to {node.get('max_length', 4000)} characters"
        )
