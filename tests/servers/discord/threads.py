"""The part of the fake Discord's REST API about threads, posts of forums, and what announcement channels hand on."""

from __future__ import annotations

from tests.servers.discord import objects as make
from tests.servers.discord.answers import ApiError, too_many
from tests.servers.discord.channels import Answer, Route
from tests.servers.discord.objects import public
from tests.servers.discord.world import Call, World
from tests.servers.wire import Json

_CHANNEL = r"/channels/(\d+)"
_MESSAGE = _CHANNEL + r"/messages/(\d+)"
_KINDS_WITH_THREADS = {make.TEXT: make.PUBLIC_THREAD, make.ANNOUNCEMENT: make.ANNOUNCEMENT_THREAD}
MOST_TAGS = 5
PUBLISHED_AN_HOUR = 10


class ThreadApi:
    """Handlers over a `World`; a thread's id is that of the message that it hangs on."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.routes: list[Route] = [
            ("POST", _MESSAGE + "/threads", self._start_on_message),
            ("POST", _MESSAGE + "/crosspost", self._crosspost),
            ("POST", _CHANNEL + "/threads", self._start_in_forum),
            ("GET", _CHANNEL + "/threads/archived/public", self._list_archived),
            ("GET", r"/guilds/(\d+)/threads/active", self._list_active),
            ("PATCH", _CHANNEL, self._change),
        ]

    async def _start_on_message(self, call: Call, channel: str, message: str) -> Answer:
        world = self._world
        kind = _KINDS_WITH_THREADS.get(world.channel(channel)["type"])
        if kind is None:
            raise ApiError(400, 50024, "Cannot execute action on this channel type")
        world.require(channel, make.CREATE_THREADS)
        target = world.message(channel, message)
        if message in world.threads:
            raise ApiError(400, 160004, "A thread has already been created for this message")
        target["flags"] |= make.HAS_THREAD
        return 201, await self._begin(message, channel, call.body, kind)

    async def _start_in_forum(self, call: Call, channel: str) -> Answer:
        world, forum = self._world, self._world.channel(channel)
        if forum["type"] != make.FORUM:
            raise ApiError(400, 50024, "Cannot execute action on this channel type")
        world.require(channel, make.SEND)
        tags = [str(tag) for tag in call.body.get("applied_tags") or ()]
        if not tags and forum["flags"] & make.REQUIRE_TAG:
            raise ApiError(400, 40067, "A tag is required to create a forum post in this channel")
        if len(tags) > MOST_TAGS or not set(tags) <= {tag["id"] for tag in forum["available_tags"]}:
            raise ApiError(400, 50035, "Invalid Form Body", ["applied_tags: Must be tags of the forum"])
        ident = world.new_id()
        first = make.message(ident, ident, world.bot.user, call.body["message"])
        thread = await self._begin(ident, channel, call.body, make.PUBLIC_THREAD, applied_tags=tags)
        world.messages[ident] = first
        return 201, {**thread, "message": public(first)}

    async def _begin(self, ident: str, parent: str, body: Json, kind: int, **more: object) -> Json:
        world = self._world
        thread = make.thread(ident, world.guild_id, parent, body, kind, world.bot.id) | more
        world.threads[ident] = thread
        await world.dispatch("THREAD_CREATE", {**thread, "newly_created": True})
        return thread

    async def _list_active(self, call: Call, guild: str) -> Answer:
        found = [t for t in self._world.threads.values() if not t["thread_metadata"]["archived"]]
        return 200, {"threads": found, "members": [], "has_more": False}

    async def _list_archived(self, call: Call, channel: str) -> Answer:
        self._world.channel(channel)
        self._world.require(channel, make.HISTORY)
        limit = int(call.query.get("limit", 50))
        mine = [t for t in self._world.threads.values() if t["parent_id"] == channel]
        found = [t for t in reversed(mine) if t["thread_metadata"]["archived"]]
        before = call.query.get("before")
        found = [t for t in found if not before or t["thread_metadata"]["archive_timestamp"] < before]
        return 200, {"threads": found[:limit], "members": [], "has_more": len(found) > limit}

    async def _change(self, call: Call, channel: str) -> Answer:
        world = self._world
        thread = world.threads.get(channel)
        if thread is None or set(call.body) != {"archived"}:
            raise ApiError(403, 50013, "Missing Permissions")
        if thread["thread_metadata"]["locked"]:
            raise ApiError(403, 50013, "Missing Permissions")
        world.require(thread["parent_id"], make.SEND_IN_THREADS)
        await world.archive(channel, is_archived=call.body["archived"])
        return 200, thread

    async def _crosspost(self, call: Call, channel: str, message: str) -> Answer:
        world = self._world
        if world.channel(channel)["type"] != make.ANNOUNCEMENT:
            raise ApiError(400, 50024, "Cannot execute action on this channel type")
        world.require(channel, make.SEND)
        target = world.message(channel, message)
        if target["flags"] & make.CROSSPOSTED:
            raise ApiError(400, 40033, "This message has already been crossposted")
        if world.lately_published[channel] == PUBLISHED_AN_HOUR:
            body, headers = too_many(3600.0, "user")
            raise ApiError(429, 0, "", headers=headers, body=body)
        world.lately_published[channel] += 1
        target["flags"] |= make.CROSSPOSTED
        world.published.append(message)
        return 200, public(target)
