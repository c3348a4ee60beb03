"""A small stand-in for Slack: the Web API and Socket Mode over real sockets on loopback.

    async with FakeSlack(channels=["news"]) as fake:
        app = AsyncApp(client=AsyncWebClient(token=fake.bot_token, base_url=fake.api))
        await AsyncSocketModeHandler(app, fake.app_token).connect_async()
        await fake.connected()
        order = await fake.command("/news", "search zte")
        await order.acked()                              # TimeoutError where the bot took longer than 3 s
        await fake.until(fake.posts)                     # until the bot has posted something
        fake.fail("chat.postMessage", status=429, retry_after=1)
        await fake.cut("refresh_requested")              # or "abort", "close", "mute" …

What the bot sent is in `fake.calls`, `fake.messages`, `fake.views` and each order's `responses`.
Made of a `manifest`, the app gets what that switches on, and nothing else. Not there: OAuth, Enterprise Grid.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web

from tests.servers.slack import orders as acts
from tests.servers.slack.api import WebApi, new_view
from tests.servers.slack.door import Door, Rate
from tests.servers.slack.files import Files
from tests.servers.slack.installed import Installed, needed_scope
from tests.servers.slack.orders import Order
from tests.servers.slack.respond import Responder
from tests.servers.slack.socket import Disturbance, Sockets
from tests.servers.slack.world import APP, BOT_USER, HUMAN, TEAM, Call, World
from tests.servers.wire import Drop, Fault, Faults, Json, LoopbackServer


class FakeSlack(LoopbackServer):
    """Slack with one team, one person (an admin) and the bot."""

    def __init__(
        self,
        *,
        channels: Sequence[str] = ("news",),
        team: str = TEAM,
        bot_token: str = "xoxb-fake",
        app_token: str = "xapp-fake",
        manifest: Json | None = None,
        scopes: Sequence[str] | None = None,
        per_channel: Rate = (1, 1.0),
        burst: int = 4,
        response_uses: int = 5,
        response_life_s: float = 1800.0,
        trigger_life_s: float = 3.0,
    ) -> None:
        super().__init__()
        self.bot_token, self.app_token = bot_token, app_token
        self.neighbours: list[FakeSlack] = []  # other teams, which the same address answers for, by their tokens
        self.world = World(channels, team)
        self.socket_side = Sockets(self._acknowledge)
        self.uploads = Files(self.world, lambda: self.address)
        self.app = Installed(manifest, scopes)
        api = WebApi(self.world, trigger_life_s, self._open_socket, self.uploads, has_home=self.app.has_home)
        self._door = Door(
            api.methods, bot_token, app_token, self.app.scopes, self._needed_scope, per_channel, burst, self.changed
        )
        self._responder = Responder(self.world, response_uses, response_life_s)

    # -- life --

    def routes(self, app: web.Application) -> None:
        app.router.add_route("*", "/api/{method}", self._serve_api)
        app.router.add_get("/link", self.socket_side.serve)
        app.router.add_post("/response/{envelope}", self._serve_response)
        app.router.add_post("/upload/{file}", self.uploads.take)

    async def close_links(self) -> None:
        await self.socket_side.close()

    @property
    def api(self) -> str:
        """The base of the Web API, for `AsyncWebClient(base_url=…)`."""
        return f"http://{self.address}/api/"

    # -- what there is --

    @property
    def calls(self) -> list[Call]:
        """Every Web API request so far."""
        return self._door.calls

    @property
    def faults(self) -> Faults:
        """The faults that are yet to come; its `weather` makes some up."""
        return self._door.faults

    @property
    def channels(self) -> dict[str, Json]:
        """The team's channels by id."""
        return self.world.channels

    @property
    def messages(self) -> dict[tuple[str, str], Json]:
        """Every message that is not private to one person, by channel and ts."""
        return self.world.messages

    @property
    def ephemerals(self) -> list[Json]:
        """What `chat.postEphemeral` showed to one person."""
        return self.world.ephemerals

    @property
    def views(self) -> list[Json]:
        """Every modal that was opened, closed ones included."""
        return self.world.views

    @property
    def open_views(self) -> list[Json]:
        """The modals that are open."""
        return [v for v in self.views if v["id"] not in self.world.closed_views]

    @property
    def homes(self) -> dict[str, Json]:
        """What each person's home of the app shows."""
        return self.world.homes

    @property
    def orders(self) -> dict[str, Order]:
        """Every envelope so far, by its id."""
        return self.world.orders

    def channel_id(self, name: str = "") -> str:
        """Return the id of a channel by its name, of the first one without."""
        return next(str(c["id"]) for c in self.channels.values() if name in ("", c["name"]))

    def posts(self, channel: str = "") -> list[Json]:
        """List the bot's messages that a channel (an id; "": the first one) itself shows, oldest first."""
        return [m for m in self.world.in_channel(channel or self.channel_id()) if m["user"] == BOT_USER]

    def replies(self, message: Json) -> list[Json]:
        """List the replies in a message's thread, oldest first."""
        return [m for m in self.world.thread(message["channel"], message["ts"]) if m["ts"] != message["ts"]]

    # -- waiting --

    async def connected(self, count: int = 1, within: float = 10.0) -> None:
        """Wait until the bot has so many live connections."""
        await self.socket_side.until(lambda: len(self.socket_side.live()) >= count, within)

    # -- disturbances --

    def fail(
        self,
        method: str,
        *,
        times: int = 1,
        status: int = 200,
        error: str = "",
        retry_after: int | None = None,
        delay: float = 0.0,
        drop: Drop = "",
    ) -> None:
        """Let the next `times` calls of a Web API method go wrong."""
        error = error or {429: "ratelimited", 500: "internal_error", 503: "service_unavailable"}.get(status, "")
        headers = {"Retry-After": str(retry_after)} if retry_after is not None else {}
        body = {"ok": False, "error": error} if error else None
        self._door.faults.append(
            Fault(pattern=f"^{method}$", times=times, status=status, body=body, headers=headers, delay=delay, drop=drop)
        )

    async def cut(self, how: Disturbance) -> None:
        """Disturb every live Socket Mode connection."""
        await self.socket_side.cut(how)

    def refuse(self, channel: str, error: str) -> None:
        """Let a channel refuse the bot: channel_not_found, not_in_channel, is_archived, restricted_action."""
        self.world.refuse(channel, error)

    def allow(self, channel: str) -> None:
        """Take a refusal back."""
        self.world.allow(channel)

    def add_channel(self, name: str) -> str:
        """Make a channel and return its id."""
        return self.world.add_channel(name)

    # -- what people do --

    def person(self, name: str, *, is_admin: bool = False) -> str:
        """Make someone else and return their id."""
        return self.world.add_person(name, is_admin=is_admin)

    def say(self, text: str, *, by: str = HUMAN, channel: str = "") -> Json:
        """Let a person write a message."""
        return self.world.add_message(channel or self.channel_id(), {"text": text}, user=by)

    async def command(self, command: str, text: str = "", *, channel: str = "", by: str = HUMAN) -> Order:
        """Run a slash command."""
        self.app.takes(command)
        channel = channel or self.channel_id()
        payload = {"token": "t", "team_id": self.world.team, "team_domain": "fake", "api_app_id": APP}
        payload |= {"channel_id": channel, "channel_name": self.channels[channel]["name"], "user_id": by}
        payload |= {"user_name": self.world.people[by]["name"], "command": command, "text": text}
        return await self._send("slash_commands", {**payload, "is_enterprise_install": "false"})

    async def press(
        self, message: Json, action_id: str, *, choose: str = "", channel: str = "", by: str = HUMAN
    ) -> Order:
        """Press a button, or choose an option, of a message or of an order's response (private, without ts)."""
        blocks = acts.named(message.get("blocks") or [])
        acted = acts.action(blocks, action_id, choose) | {"action_ts": self.world.new_ts()}
        channel = message.get("channel") or channel or self.channel_id()
        container = {"type": "message", "channel_id": channel, "is_ephemeral": "ts" not in message}
        container |= {"message_ts": message.get("ts") or self.world.new_ts()}
        payload: Json = {"type": "block_actions", "container": container, "actions": [acted], "state": {"values": {}}}
        payload["channel"] = {"id": channel, "name": self.channels[channel]["name"]}
        shown = {k: v for k, v in message.items() if k != "channel"}
        payload |= {"message": shown} if "ts" in message else {}
        return await self._send("interactive", payload | self._person(by), message if "ts" in message else None)

    async def shortcut(self, callback: str, message: Json, *, by: str = HUMAN) -> Order:
        """Choose a shortcut of the app in the menu of a message."""
        self.app.offers(callback)
        channel = {"id": message["channel"], "name": self.channels[message["channel"]]["name"]}
        payload: Json = {"type": "message_action", "callback_id": callback, "channel": channel}
        payload |= {"message_ts": message["ts"], "message": {k: v for k, v in message.items() if k != "channel"}}
        return await self._send("interactive", payload | self._person(by))

    async def open_home(self, *, by: str = HUMAN) -> Order:
        """Let somebody open the app's home."""
        event = {"type": "app_home_opened", "user": by, "tab": "home", "channel": self.world.add_direct(by)}
        return await self.event(event)

    async def press_view(self, view: Json, action_id: str, *, choose: str = "", by: str = HUMAN) -> Order:
        """Press a button, or choose an option, of the home or of an open modal; there is no response_url then."""
        acted = acts.action(view["blocks"], action_id, choose) | {"action_ts": self.world.new_ts()}
        container = {"type": "view", "view_id": view["id"]}
        payload: Json = {"type": "block_actions", "container": container, "actions": [acted], "view": view}
        return await self._send("interactive", payload | self._person(by))

    async def archive(self, channel: str) -> Order:
        """Archive a channel."""
        self.refuse(channel, "is_archived")
        return await self.event({"type": "channel_archive", "channel": channel})

    async def take_out(self, channel: str) -> Order:
        """Take the bot out of a channel."""
        self.refuse(channel, "not_in_channel")
        return await self.event({"type": "member_left_channel", "channel": channel, "user": BOT_USER})

    async def uninstall(self) -> Order:
        """Remove the app from the workspace: its bot token is worth nothing from now on."""
        self._door.revoke()
        return await self.event({"type": "app_uninstalled"})

    async def submit(self, view: Json, values: Mapping[str, Any], *, by: str = HUMAN) -> Order:
        """Fill in and send an open modal; fields are named by block_id, action_id or label."""
        if view["id"] in self.world.closed_views:
            raise ValueError(f"the view {view['id']} is closed")
        filled = {**view, "state": acts.view_state(view, values)}
        payload = {"type": "view_submission", "view": filled, "response_urls": [], **self._person(by)}
        return await self._send("interactive", payload)

    async def event(self, event: Json, *, retry: int = 0) -> Order:
        """Let something happen in the workspace (Events API), e.g. {"type": "app_mention", …}."""
        self.app.hears(event["type"])
        ts = self.world.new_ts()
        whole = {"user": HUMAN, "ts": ts, "event_ts": ts, "channel": self.channel_id(), **event}
        authority = {"team_id": self.world.team, "user_id": BOT_USER, "is_bot": True, "is_enterprise_install": False}
        payload: Json = {"token": "t", "team_id": self.world.team, "api_app_id": APP, "type": "event_callback"}
        payload |= {"event_id": f"Ev{uuid.uuid4().hex[:8]}", "event_time": int(time.time()), "event": whole}
        payload["authorizations"] = [authority]
        return await self._send("events_api", payload, retry=retry)

    async def redeliver(self, order: Order) -> None:
        """Send the same envelope once more, as Slack does where it saw no acknowledgement."""
        order.deliveries += 1
        await self.socket_side.deliver(order.envelope)

    # -- inside --

    def _person(self, ident: str) -> Json:
        user = {"id": ident, "username": self.world.people[ident]["name"], "team_id": self.world.team}
        team = {"id": self.world.team, "domain": "fake"}
        return {"user": user, "team": team, "api_app_id": APP, "token": "t", "is_enterprise_install": False}

    async def _send(self, kind: str, payload: Json, message: Json | None = None, *, retry: int = 0) -> Order:
        ident = str(uuid.uuid4())
        envelope: Json = {"envelope_id": ident, "type": kind, "payload": payload}
        envelope["accepts_response_payload"] = kind != "events_api"
        if kind == "events_api":
            envelope |= {"retry_attempt": retry, "retry_reason": "timeout" if retry else ""}
        else:
            payload["trigger_id"] = uuid.uuid4().hex
            self.world.triggers[payload["trigger_id"]] = time.monotonic()
            if payload.get("type") != "view_submission" and "view" not in payload:
                payload["response_url"] = f"http://{self.address}/response/{ident}"
        order = self.orders[ident] = Order(envelope, message)
        await self.redeliver(order)
        return order

    async def _acknowledge(self, ack: Json) -> None:
        order = self.orders.get(ack.get("envelope_id", ""))
        if order is None or order.ack is not None:
            return
        order.ack, order.acked_after = ack, time.monotonic() - order.born
        payload = ack.get("payload") or {}
        if payload and order.envelope["type"] == "slash_commands":
            order.responses.append(payload)
        if order.payload.get("type") == "view_submission":
            self._submitted(order.payload["view"]["id"], payload)
        await order.changed()
        await self.changed()

    def _submitted(self, view: str, payload: Json) -> None:
        how = payload.get("response_action")
        if how == "update":
            found = next(v for v in self.views if v["id"] == view)
            found.update(new_view(payload["view"], view, self.world.team))
        elif how != "errors":
            self.world.closed_views.add(view)

    def _needed_scope(self, method: str, body: Json) -> str:
        channel = str(body.get("channel") or "")
        is_private = bool(self.channels.get(channel, {}).get("is_private"))
        return needed_scope(method, channel, is_private=is_private)

    def _open_socket(self) -> str:
        return f"ws://{self.address}/link?ticket={self.socket_side.ticket()}&app_id={APP}"

    async def _serve_api(self, request: web.Request) -> web.StreamResponse:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        for neighbour in self.neighbours:
            if token in (neighbour.bot_token, neighbour.app_token):
                return await neighbour._serve_api(request)
        try:
            return await self._door.serve(request)
        finally:
            await self.changed()

    async def _serve_response(self, request: web.Request) -> web.StreamResponse:
        try:
            return await self._responder.serve(request)
        finally:
            await self.changed()
