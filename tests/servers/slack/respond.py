"""The response_url of the fake Slack: five uses within half an hour, shown to the asker or to the channel."""

from __future__ import annotations

import time

from aiohttp import web

from tests.servers.slack.orders import Order
from tests.servers.slack.world import SlackError, World, check
from tests.servers.wire import Json


class Responder:
    """Takes what the bot sends to a response_url."""

    def __init__(self, world: World, uses: int, life_s: float) -> None:
        self._world, self._uses, self._life_s = world, uses, life_s

    async def serve(self, request: web.Request) -> web.Response:
        """Answer one request."""
        order = self._world.orders.get(request.match_info["envelope"])
        if order is None or time.monotonic() - order.born > self._life_s:
            return web.json_response({"ok": False, "error": "expired_url"}, status=404)
        if order.uses >= self._uses:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        body: Json = await request.json()
        try:
            check(body)
        except SlackError as error:
            return web.json_response(error.body)
        order.uses += 1
        self._show(order, body)
        order.responses.append(body)
        await order.changed()
        return web.Response(text="ok")

    def _show(self, order: Order, body: Json) -> None:
        original = order.message
        if original and body.get("delete_original"):
            self._world.messages.pop((original["channel"], original["ts"]), None)
        elif original and body.get("replace_original"):
            self._world.edit(original, body)
        elif body.get("response_type") == "in_channel":
            payload = order.payload
            self._world.add_message(payload.get("channel_id") or payload["channel"]["id"], body)
