"""The part of the fake Discord's REST API through which a bot answers interactions."""

from __future__ import annotations

import time

from tests.servers.discord import objects as make
from tests.servers.discord.answers import ApiError
from tests.servers.discord.channels import Answer, Route
from tests.servers.discord.interactions import (
    AUTOCOMPLETE,
    CHOICES,
    COMMAND,
    COMPONENT,
    DEFERRED,
    DEFERRED_UPDATE,
    MESSAGE,
    MODAL,
    SUBMIT,
    UPDATE,
    Interaction,
)
from tests.servers.discord.objects import EPHEMERAL, LOADING, public
from tests.servers.discord.world import Call, World
from tests.servers.wire import Json

_UPDATES = {DEFERRED_UPDATE, UPDATE}
_ALLOWED = {
    COMMAND: {MESSAGE, DEFERRED, MODAL},
    COMPONENT: {MESSAGE, DEFERRED, MODAL} | _UPDATES,
    AUTOCOMPLETE: {CHOICES},
    SUBMIT: {MESSAGE, DEFERRED} | _UPDATES,
}
_MESSAGE = r"/webhooks/\d+/([^/]+)/messages/(@original|\d+)"


class CallbackApi:
    """Handlers over a `World`; the token in the path is the authority."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.routes: list[Route] = [
            ("POST", r"/interactions/(\d+)/([^/]+)/callback", self._callback),
            ("POST", r"/webhooks/\d+/([^/]+)", self._follow_up),
            ("GET", _MESSAGE, self._get),
            ("PATCH", _MESSAGE, self._edit),
            ("DELETE", _MESSAGE, self._delete),
        ]

    async def _callback(self, call: Call, ident: str, token: str) -> Answer:
        interaction = self._world.interactions.get(token)
        age = time.monotonic() - interaction.born if interaction else 0.0
        if interaction is None or interaction.payload["id"] != ident:
            raise ApiError(404, 10062, "Unknown interaction")
        if interaction.callback is not None:
            raise ApiError(400, 40060, "Interaction has already been acknowledged.")
        if age > self._world.windows.ack_s:
            raise ApiError(404, 10062, "Unknown interaction")
        kind, data = call.body["type"], call.body.get("data") or {}
        is_possible = kind in _ALLOWED[interaction.payload["type"]] and (kind not in _UPDATES or interaction.message)
        if not is_possible:
            raise ApiError(
                400, 50035, "Invalid Form Body", [f"type: Value must be fit for the interaction, not {kind}"]
            )
        interaction.callback, interaction.acknowledged_after = call.body, age
        if kind in (MESSAGE, DEFERRED):
            flags = data.get("flags", 0) | (LOADING if kind == DEFERRED else 0)
            interaction.original = self._new(interaction, {**data, "flags": flags})
        elif kind == UPDATE and interaction.original:
            make.edit(interaction.original, data, interaction=True)
        await interaction.changed()
        if call.query.get("with_response") not in ("1", "true"):
            return 204, None
        return 200, _described(interaction, kind)

    def _new(self, interaction: Interaction, body: Json) -> Json:
        channel = interaction.payload["channel_id"]
        return self._world.add_message(channel, self._world.bot.user, body, interaction=True)

    def _live(self, token: str) -> Interaction:
        interaction = self._world.interactions.get(token)
        if interaction is None or interaction.callback is None:
            raise ApiError(404, 10015, "Unknown Webhook")
        if time.monotonic() - interaction.born > self._world.windows.token_life_s:
            raise ApiError(401, 50027, "Invalid Webhook Token")
        return interaction

    def _message(self, interaction: Interaction, name: str) -> Json:
        own = [m for m in (interaction.original, *interaction.followups) if m]
        found = interaction.original if name == "@original" else next((m for m in own if m["id"] == name), None)
        if found is None or found["id"] not in self._world.messages:
            raise ApiError(404, 10008, "Unknown Message")
        return found

    async def _follow_up(self, call: Call, token: str) -> Answer:
        interaction = self._live(token)
        if interaction.original and interaction.original["flags"] & LOADING:
            return await self._edit(call, token, "@original")  # documented, deprecated: it edits the «thinking» message
        message = self._new(interaction, call.body)
        interaction.followups.append(message)
        await interaction.changed()
        return 200, public(message)

    async def _get(self, call: Call, token: str, message: str) -> Answer:
        return 200, public(self._message(self._live(token), message))

    async def _edit(self, call: Call, token: str, message: str) -> Answer:
        interaction = self._live(token)
        target = self._message(interaction, message)
        target["flags"] &= ~LOADING
        make.edit(target, call.body, interaction=True)
        await interaction.changed()
        return 200, public(target)

    async def _delete(self, call: Call, token: str, message: str) -> Answer:
        interaction = self._live(token)
        del self._world.messages[self._message(interaction, message)["id"]]
        await interaction.changed()
        return 204, None


def _described(interaction: Interaction, kind: int) -> Json:
    original = interaction.original
    about: Json = {"id": interaction.payload["id"], "type": interaction.payload["type"]}
    answer: Json = {"interaction": about}
    if kind in (MESSAGE, DEFERRED) and original:
        about["response_message_id"] = original["id"]
        about["response_message_loading"] = kind == DEFERRED
        about["response_message_ephemeral"] = bool(original["flags"] & EPHEMERAL)
    if kind in (MESSAGE, UPDATE) and original:
        answer["resource"] = {"type": kind, "message": public(original)}
    return answer
