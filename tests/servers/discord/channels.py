"""The part of the fake Discord's REST API about commands, channels and messages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from tests.servers.discord import objects as make
from tests.servers.discord.answers import ApiError
from tests.servers.discord.objects import REPLY, public
from tests.servers.discord.world import Call, World
from tests.servers.wire import Json

Answer = tuple[int, Any]
Handler = Callable[..., Awaitable[Answer]]
Route = tuple[str, str, Handler]
_FORM = (400, 50035, "Invalid Form Body")
_ONLY_AT_THE_GATEWAY = ("members", "channels", "threads", "joined_at", "large", "member_count")
_CHANNEL = r"/channels/(\d+)"
_COMMANDS = r"/applications/\d+(?:/guilds/(\d+))?/commands"


class ChannelApi:
    """Handlers over a `World`; each takes the call and the ids in its path."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.routes: list[Route] = [
            ("GET", r"/users/@me", self._me),
            ("GET", r"/(?:oauth2/)?applications/@me", self._application),
            ("POST", r"/users/@me/channels", self._open_direct),
            ("GET", r"/guilds/(\d+)", self._guild),
            ("GET", r"/guilds/(\d+)/members/(\d+)", self._member),
            ("GET", _COMMANDS, self._list_commands),
            ("PUT", _COMMANDS, self._put_commands),
            ("GET", _CHANNEL, self._get_channel),
            ("GET", _CHANNEL + r"/messages", self._history),
            ("POST", _CHANNEL + r"/messages", self._post_message),
            ("GET", _CHANNEL + r"/messages/(\d+)", self._get_message),
            ("PATCH", _CHANNEL + r"/messages/(\d+)", self._edit_message),
            ("DELETE", _CHANNEL + r"/messages/(\d+)", self._delete_message),
            ("POST", _CHANNEL + r"/typing", self._typing),
        ]

    async def _me(self, call: Call) -> Answer:
        return 200, {**self._world.bot.user, "mfa_enabled": False, "locale": "en-US"}

    async def _guild(self, call: Call, guild: str) -> Answer:
        self._require_guild(guild)
        world = self._world
        whole = make.guild(guild, world.manager.user, make.member(world.bot), [], list(world.roles.values()))
        return 200, {name: held for name, held in whole.items() if name not in _ONLY_AT_THE_GATEWAY}

    async def _member(self, call: Call, guild: str, user: str) -> Answer:
        self._require_guild(guild)
        if user != self._world.bot.id:
            raise ApiError(404, 10007, "Unknown Member")
        return 200, make.member(self._world.bot)

    def _require_guild(self, guild: str) -> None:
        if guild != self._world.guild_id:
            raise ApiError(404, 10004, "Unknown Guild")

    async def _open_direct(self, call: Call) -> Answer:
        return 200, self._world.add_direct(str(call.body["recipient_id"]))

    async def _application(self, call: Call) -> Answer:
        return 200, self._world.application

    async def _list_commands(self, call: Call, guild: str | None) -> Answer:
        found = self._world.commands.get(guild or "", [])
        return 200, found if call.query.get("with_localizations") == "true" else make.without_languages(found)

    async def _put_commands(self, call: Call, guild: str | None) -> Answer:
        known = {(c["name"], c["type"]): c["id"] for c in self._world.commands.get(guild or "", [])}
        fresh = [self._command(body, known, guild) for body in call.body or []]
        if len({(c["name"], c["type"]) for c in fresh}) < len(fresh):
            raise ApiError(*_FORM, ["(body): Application command names must be unique"])
        self._world.commands[guild or ""] = fresh
        return 200, fresh

    def _command(self, body: Json, known: dict[tuple[str, int], str], guild: str | None) -> Json:
        kind = body.get("type", 1)
        return {
            **body,
            "type": kind,
            "id": known.get((body["name"], kind)) or self._world.new_id(),
            "application_id": self._world.application["id"],
            "version": self._world.new_id(),
            "integration_types": body.get("integration_types") or [0],
            "default_member_permissions": body.get("default_member_permissions"),
            **({"guild_id": guild} if guild else {}),
        }

    async def _get_channel(self, call: Call, channel: str) -> Answer:
        return 200, self._world.channel(channel)

    async def _typing(self, call: Call, channel: str) -> Answer:
        self._world.channel(channel, "POST")
        return 204, None

    async def _history(self, call: Call, channel: str) -> Answer:
        self._world.channel(channel)
        limit = int(call.query.get("limit", 50))
        if not 1 <= limit <= 100:
            raise ApiError(*_FORM, ["limit: int value should be between 1 and 100."])
        # Who may not read it is not refused, but shown nothing.
        found = self._world.history(channel) if self._world.holds(channel, make.HISTORY) else []
        if "after" in call.query:
            page = [m for m in found if int(m["id"]) > int(call.query["after"])][:limit]
        else:
            before = int(call.query.get("before", 1 << 64))
            page = [m for m in found if int(m["id"]) < before][-limit:]
        return 200, [self._shown(m) for m in reversed(page)]

    async def _post_message(self, call: Call, channel: str) -> Answer:
        world = self._world
        await self._open_for(world.channel(channel, "POST"), call.body)
        nonce = call.body.get("nonce")
        if nonce is not None and call.body.get("enforce_nonce"):
            earlier = world.by_nonce(str(nonce))
            if earlier:  # also where it was deleted meanwhile: that is an unknown message then
                return 200, self._shown(world.message(world.messages.get(earlier, {}).get("channel_id", ""), earlier))
        reference = self._reference(channel, call.body.get("message_reference"))
        attached = self._attached(call)
        message = world.add_message(channel, world.bot.user, call.body)
        message |= reference | {"attachments": attached}
        answer = self._shown(message)
        if nonce is not None:  # in the answer and the event only: Discord does not keep it on the message
            answer["nonce"] = nonce
            world.keep_nonce(str(nonce), message["id"])
        await world.dispatch("MESSAGE_CREATE", {**answer, "guild_id": world.guild_id})
        return 200, answer

    def _attached(self, call: Call) -> list[Json]:
        """Make the attachments of a message of the files that came with it, described as the body says."""
        told = {str(one.get("filename")): one for one in call.body.get("attachments") or ()}
        if call.files:
            self._world.require(call.path.split("/")[2], make.ATTACH)
        return [
            {
                "id": self._world.new_id(),
                "filename": name,
                "size": len(content),
                "url": f"https://cdn.fake.example/{name}",
                "proxy_url": f"https://cdn.fake.example/{name}",
                **({"description": told[name]["description"]} if told.get(name, {}).get("description") else {}),
            }
            for name, content in call.files.items()
        ]

    async def _open_for(self, channel: Json, body: Json) -> None:
        """Let a message in: not into a forum, and into an archived thread by opening it, if people did not lock it."""
        world, is_thread = self._world, channel["id"] in self._world.threads
        if channel["type"] == make.FORUM:
            raise ApiError(400, 50008, "Cannot send messages in a non-text channel")
        world.require(channel["id"], make.SEND_IN_THREADS if is_thread else make.SEND)
        world.require(channel["id"], make.EMBED if body.get("embeds") else 0)
        about = channel.get("thread_metadata") or {"locked": False, "archived": False}
        if about["locked"]:
            raise ApiError(*((400, 50083, "Thread is archived") if about["archived"] else (403, 50013, "No")))
        if about["archived"]:
            await world.archive(channel["id"], is_archived=False)

    def _reference(self, channel: str, given: Json | None) -> Json:
        if not given:
            return {}
        target = self._world.messages.get(str(given["message_id"]))
        if target is None or target["channel_id"] != channel:
            if given.get("fail_if_not_exists", True):
                raise ApiError(*_FORM, ["message_reference#REPLIES_UNKNOWN_MESSAGE: Unknown message"])
            return {}
        kept = {"type": 0, "message_id": target["id"], "channel_id": channel, "guild_id": self._world.guild_id}
        return {"type": REPLY, "message_reference": kept}

    async def _get_message(self, call: Call, channel: str, message: str) -> Answer:
        self._world.channel(channel)
        self._world.require(channel, make.HISTORY)
        return 200, self._shown(self._world.message(channel, message))

    async def _edit_message(self, call: Call, channel: str, message: str) -> Answer:
        target = self._own(channel, message, "edit")
        make.edit(target, call.body)
        await self._world.dispatch("MESSAGE_UPDATE", {**self._shown(target), "guild_id": self._world.guild_id})
        return 200, self._shown(target)

    async def _delete_message(self, call: Call, channel: str, message: str) -> Answer:
        target = self._own(channel, message, "delete")
        del self._world.messages[target["id"]]
        gone = {"id": target["id"], "channel_id": channel, "guild_id": self._world.guild_id}
        await self._world.dispatch("MESSAGE_DELETE", gone)
        return 204, None

    def _own(self, channel: str, message: str, verb: str) -> Json:
        about = self._world.channel(channel, "PATCH").get("thread_metadata")
        if about and about["archived"]:
            raise ApiError(400, 50083, "Thread is archived")
        target = self._world.message(channel, message)
        if target["author"]["id"] != self._world.bot.id and verb == "edit":
            raise ApiError(403, 50005, "Cannot edit a message authored by another user")
        if target["author"]["id"] != self._world.bot.id:
            raise ApiError(403, 50013, "Missing Permissions")
        return target

    def _shown(self, message: Json) -> Json:
        """Show a message with the one it replies to, which is null once that is deleted."""
        shown = public(message)
        if message["type"] == REPLY:
            earlier = self._world.messages.get(message["message_reference"]["message_id"])
            shown["referenced_message"] = public(earlier) if earlier else None
        return shown
