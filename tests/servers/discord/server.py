"""A small stand-in for Discord: REST v10 and the gateway over real sockets on loopback.

    async with FakeDiscord(channels=["news"]) as fake:
        ...                                    # start a bot whose REST base is fake.api and whose gateway fake.gateway
        await fake.synced()                    # until a bot has identified and registered its commands
        answer = await (await fake.interact("news topic show", {"topic": "zte"})).final()
        await fake.until(fake.posts)           # until the bot has posted something
        fake.fail("POST", "/messages", drop="after")
        await fake.cut(4000)                   # close the gateway; 1006, "reconnect", "invalidate", "mute" are others

What the bot sent is in `fake.calls` (every request), `fake.messages`, `fake.commands` and `fake.gateway_side.log`.
Bodies are checked: a bad one gets Discord's 400 / 50035. Not there: voice, private threads, other people's threads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web

from tests.servers.discord import interactions as acts
from tests.servers.discord import objects as make
from tests.servers.discord.answers import too_many
from tests.servers.discord.callbacks import CallbackApi
from tests.servers.discord.channels import Answer, ChannelApi, Route
from tests.servers.discord.forms import Filling
from tests.servers.discord.gateway import Disturbance, Event, Gateway
from tests.servers.discord.interactions import Interaction, Typed
from tests.servers.discord.objects import PRIVILEGED, Member, public
from tests.servers.discord.rest import Rate, Rest
from tests.servers.discord.spec import DiscordSpec
from tests.servers.discord.threads import ThreadApi
from tests.servers.discord.world import Call, Windows, World
from tests.servers.wire import Drop, Fault, Faults, Json, LoopbackServer


class FakeDiscord(LoopbackServer):
    """Discord with one guild, a manager, a plain reader, and the bot."""

    def __init__(
        self,
        *,
        token: str = "fake-token",
        channels: Sequence[str] = ("news",),
        spec: DiscordSpec | None = None,
        allowed_intents: int = ~PRIVILEGED,
        ack_s: float = 3.0,
        token_life_s: float = 900.0,
        nonce_s: float = 300.0,
        heartbeat_ms: int = 41250,
        per_channel: Rate = (5, 5.0),
        overall: Rate = (50, 1.0),
        shards: int = 1,
    ) -> None:
        super().__init__()
        self.token, self._shards = token, shards
        self.gateway_side = Gateway(token, allowed_intents, heartbeat_ms, self._first_events)
        self._is_removed = self._is_down = False
        windows = Windows(ack_s=ack_s, token_life_s=token_life_s, nonce_s=nonce_s)
        self.world = World(channels, windows, self.gateway_side.dispatch)
        gateway_routes: list[Route] = [("GET", r"/gateway(?:/bot)?", self._gateway_url)]
        routes = [
            *gateway_routes,
            *ChannelApi(self.world).routes,
            *ThreadApi(self.world).routes,
            *CallbackApi(self.world).routes,
        ]
        self._rest = Rest(token, spec, per_channel, overall, routes, self.changed)

    # -- life --

    def routes(self, app: web.Application) -> None:
        app.router.add_get("/gateway", self.gateway_side.serve)
        app.router.add_route("*", "/api/v10/{path:.*}", self._serve_rest)

    async def close_links(self) -> None:
        await self.gateway_side.close()

    @property
    def api(self) -> str:
        """The base of the REST API, for `discord.http.Route.BASE`."""
        return f"http://{self.address}/api/v10"

    @property
    def gateway(self) -> str:
        """The address of the gateway, for `DiscordWebSocket.DEFAULT_GATEWAY`."""
        return f"ws://{self.address}/gateway"

    # -- what there is --

    @property
    def calls(self) -> list[Call]:
        """Every request so far."""
        return self._rest.calls

    @property
    def faults(self) -> Faults:
        """The faults that are yet to come; its `weather` makes some up."""
        return self._rest.faults

    @property
    def channels(self) -> dict[str, Json]:
        """The guild's channels by id."""
        return self.world.channels

    @property
    def messages(self) -> dict[str, Json]:
        """Every message by id, those that only one person sees included."""
        return self.world.messages

    @property
    def commands(self) -> dict[str, list[Json]]:
        """The registered commands by guild id; "" holds the global ones."""
        return self.world.commands

    @property
    def interactions(self) -> dict[str, Interaction]:
        """Every interaction so far, by token."""
        return self.world.interactions

    @property
    def manager(self) -> Member:
        """Someone who may send, and manage the guild and its channels: who acts where nobody else is named."""
        return self.world.manager

    @property
    def plain(self) -> Member:
        """Someone who may read and send."""
        return self.world.plain

    def channel_id(self, name: str = "") -> str:
        """Return the id of a channel by its name, of the first one without."""
        return next(str(c["id"]) for c in self.channels.values() if name in ("", c["name"]))

    def posts(self, channel: str = "") -> list[Json]:
        """List the bot's messages that everyone in a channel (an id; "": the first one) sees, oldest first."""
        found = self.world.history(channel or self.channel_id())
        return [m for m in found if m["author"]["id"] == self.world.bot.id]

    # -- waiting --

    async def ready(self, within: float = 10.0) -> None:
        """Wait until a bot has identified."""
        await self.gateway_side.until(lambda: self.gateway_side.identified, within)

    async def synced(self, within: float = 10.0) -> None:
        """Wait until a bot has identified and registered commands."""
        await self.ready(within)
        await self.until(lambda: any(self.commands.values()), within)

    # -- disturbances --

    def fail(
        self,
        method: str,
        path: str,
        *,
        times: int = 1,
        status: int = 0,
        retry_after: float = 1.0,
        scope: str = "user",
        delay: float = 0.0,
        drop: Drop = "",
    ) -> None:
        """Let the next `times` requests that match go wrong.

        `scope` "cloudflare" makes a 429 without a Via header, which is a ban of the address.
        """
        body: Json = {"message": "Internal Server Error", "code": 0}
        headers: dict[str, str] = {}
        if status == 429:
            body, headers = too_many(retry_after, scope)
        pattern = f"^{method} .*{path}"
        self._rest.faults.append(
            Fault(pattern=pattern, times=times, status=status, body=body, headers=headers, delay=delay, drop=drop)
        )

    async def cut(self, how: Disturbance) -> None:
        """Disturb the gateway: a close code, 1006 (reset), "reconnect", "invalidate" or "mute"."""
        await self.gateway_side.cut(how)

    def refuse(self, channel: str, code: int) -> None:
        """Let a channel refuse the bot: 10003 unknown, 50001 no access, 50013 no permission to write."""
        self.world.refuse(channel, code)

    def allow(self, channel: str) -> None:
        """Take a refusal back."""
        self.world.allow(channel)

    async def deny(self, channel: str, permissions: int) -> None:
        """Let the bot lack permissions in a channel, and no others: 0 gives all back."""
        denied = {"id": self.world.bot.id, "type": 1, "allow": "0", "deny": str(permissions)}
        self.channels[channel]["permission_overwrites"] = [denied] if permissions else []
        await self.gateway_side.dispatch("CHANNEL_UPDATE", self.channels[channel])

    async def add_channel(
        self, name: str, kind: int = make.TEXT, tags: Sequence[str] = (), *, is_tag_required: bool = False
    ) -> str:
        """Make a channel and return its id."""
        ident = self.world.add_channel(name, kind, tags, is_tag_required=is_tag_required)
        await self.gateway_side.dispatch("CHANNEL_CREATE", self.channels[ident])
        return ident

    async def delete_channel(self, ident: str) -> None:
        """Delete a channel with its messages."""
        gone = self.channels.pop(ident)
        for message in [m for m in self.messages.values() if m["channel_id"] == ident]:
            del self.messages[message["id"]]
        await self.gateway_side.dispatch("CHANNEL_DELETE", gone)

    async def remove_bot(self, *, is_told: bool = True) -> None:
        """Let the guild remove the bot; with `is_told` False its gateway is not there to hear of it."""
        self._is_removed = True
        if is_told:
            await self.gateway_side.dispatch("GUILD_DELETE", {"id": self.world.guild_id})

    async def invite_bot(self) -> None:
        """Let the guild take the bot in again."""
        self._is_removed = False
        guild = {name: value for name, value in self._guild().items() if name != "unavailable"}
        await self.gateway_side.dispatch("GUILD_CREATE", guild)

    async def go_down(self) -> None:
        """Let an outage take the guild: it is still the bot's, but nothing is told of it."""
        self._is_down = True
        await self.gateway_side.dispatch("GUILD_DELETE", {"id": self.world.guild_id, "unavailable": True})

    async def come_up(self) -> None:
        """End the outage."""
        self._is_down = False
        await self.gateway_side.dispatch("GUILD_CREATE", self._guild())

    async def add_thread(self, parent: str, name: str, *, by: Member | None = None) -> str:
        """Let a person make a thread, or a post in a forum, and return its id."""
        ident = self.world.new_id()
        owner = (by or self.plain).id
        thread = make.thread(ident, self.world.guild_id, parent, {"name": name}, make.PUBLIC_THREAD, owner)
        self.world.threads[ident] = thread
        await self.gateway_side.dispatch("THREAD_CREATE", thread)
        return ident

    async def delete_thread(self, ident: str) -> None:
        """Delete a thread with its messages; the message that it hangs on stays."""
        gone = self.world.threads.pop(ident)
        for message in [m for m in self.messages.values() if m["channel_id"] == ident]:
            del self.messages[message["id"]]
        named = {name: gone[name] for name in ("id", "guild_id", "parent_id", "type")}
        await self.gateway_side.dispatch("THREAD_DELETE", named)

    async def delete_message(self, message: Json) -> None:
        """Let a moderator delete a message."""
        del self.messages[message["id"]]
        gone = {"id": message["id"], "channel_id": message["channel_id"], "guild_id": self.world.guild_id}
        await self.gateway_side.dispatch("MESSAGE_DELETE", gone)

    # -- what people do --

    def person(self, name: str, permissions: int = make.PLAIN) -> Member:
        """Make someone else, with the permissions given."""
        return self.world.person(name, permissions)

    async def say(self, content: str, *, by: Member | None = None, channel: str = "") -> Json:
        """Let a person write a message; without the message-content intent the bot's event has no text."""
        author = (by or self.plain).user
        message = self.world.add_message(channel or self.channel_id(), author, {"content": content})
        event = {**public(message), "content": "", "guild_id": self.world.guild_id}
        await self.gateway_side.dispatch("MESSAGE_CREATE", event)
        return message

    async def interact(
        self,
        path: str,
        options: Mapping[str, Any] | None = None,
        *,
        focused: str = "",
        channel: str = "",
        by: Member | None = None,
    ) -> Interaction:
        """Run a slash command, «news topic add», or type in its option `focused` (autocomplete)."""
        everywhere = [c for commands in self.commands.values() for c in commands]
        typed = Typed(path=path, options=options or {}, focused=focused)
        data = acts.command_data(everywhere, typed, self.world.resolved)
        return await self._act(acts.AUTOCOMPLETE if focused else acts.COMMAND, data, channel, by)

    async def press(
        self, message: Json, custom_id: str, values: list[str] | None = None, *, by: Member | None = None
    ) -> Interaction:
        """Press a button of a message, or pick `values` in a select menu."""
        data = acts.press_data(message, custom_id, values)
        return await self._act(acts.COMPONENT, data, message["channel_id"], by, message)

    async def submit(self, opened: Interaction, values: Mapping[str, Any], *, by: Member | None = None) -> Interaction:
        """Fill in and send the form that answered an interaction; fields are named by custom_id or label."""
        data = Filling(await opened.modal(), values, self.world.resolved).data()
        return await self._act(acts.SUBMIT, data, opened.payload["channel_id"], by, opened.message)

    async def _act(
        self, kind: int, data: Json, channel: str, by: Member | None, message: Json | None = None
    ) -> Interaction:
        world, ident, channel = self.world, self.world.new_id(), channel or self.channel_id()
        payload: Json = {
            "id": ident,
            "application_id": world.application["id"],
            "type": kind,
            "data": data,
            "token": f"tok{ident}",
            "version": 1,
            "guild_id": world.guild_id,
            "guild": {"id": world.guild_id, "locale": "en-US", "features": []},
            "channel_id": channel,
            "channel": (self.channels | world.threads)[channel],
            "context": 0,
            "entitlements": [],
            "member": make.member(by or self.manager),
            "app_permissions": str(world.app_permissions),
            "locale": "en-US",
            "guild_locale": "en-US",
            "authorizing_integration_owners": {"0": world.guild_id},
            "attachment_size_limit": 10 << 20,
            **({"message": public(message)} if message else {}),
        }
        interaction = self.interactions[payload["token"]] = Interaction(payload, message)
        await self.gateway_side.dispatch("INTERACTION_CREATE", payload)
        return interaction

    # -- inside --

    async def _serve_rest(self, request: web.Request) -> web.StreamResponse:
        try:
            return await self._rest.serve(request)
        finally:
            await self.changed()

    async def _gateway_url(self, call: Call) -> Answer:
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        return 200, {"url": self.gateway, "shards": self._shards, "session_start_limit": limit}

    def _first_events(self, session: str, shard: int, shards: int) -> list[Event]:
        world = self.world
        is_here = not self._is_removed and (int(world.guild_id) >> 22) % shards == shard
        ready: Json = {
            "v": 10,
            "user": world.bot.user,
            "guilds": [{"id": world.guild_id, "unavailable": True}] if is_here else [],
            "session_id": session,
            "shard": [shard, shards],
            "resume_gateway_url": self.gateway,
            "application": {"id": world.application["id"], "flags": 0},
        }
        return [("READY", ready), *([("GUILD_CREATE", self._guild())] if is_here and not self._is_down else [])]

    def _guild(self) -> Json:
        world = self.world
        channels, roles = list(world.channels.values()), list(world.roles.values())
        active = [t for t in world.threads.values() if not t["thread_metadata"]["archived"]]
        return make.guild(world.guild_id, world.manager.user, make.member(world.bot), channels, roles, active)
