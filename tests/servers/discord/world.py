"""What exists in the fake Discord: the bot, the people, the guild with its channels, messages and commands."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.servers.discord import objects as make
from tests.servers.discord.answers import ApiError
from tests.servers.discord.interactions import Interaction
from tests.servers.discord.objects import EPHEMERAL, Member
from tests.servers.wire import Json

REFUSALS = {
    50007: (403, "Cannot send messages to this user"),
    10003: (404, "Unknown Channel"),
    50001: (403, "Missing Access"),
    50013: (403, "Missing Permissions"),
}
_READS = {"GET"}
_WRITES_ONLY = 50013


@dataclass(slots=True, kw_only=True)
class Call:
    """One request as it arrived, and how it was answered (status 0: the connection was cut)."""

    at: float
    method: str
    path: str
    body: Any
    headers: dict[str, str]
    query: dict[str, str] = field(default_factory=dict)
    status: int = 0
    unknown: list[str] = field(default_factory=list)
    answer: Any = None
    files: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """How long things live, in seconds: an unanswered interaction, its token, a nonce."""

    ack_s: float
    token_life_s: float
    nonce_s: float


class World:
    """Everything that the API shows and changes; `dispatch` sends a gateway event."""

    def __init__(
        self, channels: Sequence[str], windows: Windows, dispatch: Callable[[str, Json], Awaitable[None]]
    ) -> None:
        self.windows, self.dispatch = windows, dispatch
        self.new_id = make.Snowflakes()
        self.guild_id = self.new_id()
        self.bot = Member(user=make.user(self.new_id(), "newsbot", bot=True), permissions=make.BOT)
        self.manager = self.person("manager", make.MANAGER)
        self.plain = self.person("reader", make.PLAIN)
        self.app_permissions = make.BOT
        self.application = make.application(self.bot.user, self.manager.user)
        self.roles = {self.guild_id: make.role(self.guild_id, "@everyone", make.ALL_PERMISSIONS & ~make.ADMINISTRATOR)}
        self.channels: dict[str, Json] = {}
        self.directs: dict[str, Json] = {}
        self.threads: dict[str, Json] = {}
        self.published: list[str] = []
        self.lately_published: Counter[str] = Counter()  # in the last hour, by channel: cleared, an hour has passed
        for name in channels:
            self.add_channel(name)
        self.messages: dict[str, Json] = {}
        self.commands: dict[str, list[Json]] = {}  # by guild id; "" for the global ones
        self.interactions: dict[str, Interaction] = {}  # by token
        self._refused: dict[str, int] = {}
        self._nonces: dict[str, tuple[float, str]] = {}

    def person(self, name: str, permissions: int) -> Member:
        return Member(user=make.user(self.new_id(), name, bot=False), permissions=permissions)

    def add_role(self, name: str) -> str:
        ident = self.new_id()
        self.roles[ident] = make.role(ident, name, 0, position=len(self.roles))
        return ident

    def add_channel(
        self, name: str, kind: int = make.TEXT, tags: Sequence[str] = (), *, is_tag_required: bool = False
    ) -> str:
        ident = self.new_id()
        made = make.channel(ident, self.guild_id, len(self.channels), name, kind)
        if kind == make.FORUM:
            made = make.forum(made, [(self.new_id(), tag) for tag in tags], is_tag_required=is_tag_required)
        self.channels[ident] = made
        return ident

    def require(self, channel: str, permissions: int) -> None:
        """Raise ApiError where the bot lacks permissions in a channel, or in the channel that a thread is of."""
        here = self.threads[channel]["parent_id"] if channel in self.threads else channel
        for overwrite in self.channels.get(here, {}).get("permission_overwrites", ()):
            denied = int(overwrite["deny"]) if overwrite["id"] == self.bot.id else 0
            if denied & make.VIEW:
                raise ApiError(403, 50001, "Missing Access")
            if denied & permissions:
                raise ApiError(403, 50013, "Missing Permissions")

    def holds(self, channel: str, permissions: int) -> bool:
        """Tell whether the bot has permissions in a channel."""
        try:
            self.require(channel, permissions)
        except ApiError:
            return False
        return True

    async def archive(self, thread: str, *, is_archived: bool = True, is_locked: bool = False) -> None:
        """Archive a thread, lock it, or open it again."""
        about = self.threads[thread]["thread_metadata"]
        about |= {"archived": is_archived, "locked": is_locked, "archive_timestamp": make.timestamp()}
        await self.dispatch("THREAD_UPDATE", self.threads[thread])

    def add_direct(self, recipient: str) -> Json:
        """Return the channel of direct messages with somebody, the same one every time."""
        known = {who.id: who.user for who in (self.manager, self.plain)}
        if recipient not in known:
            raise ApiError(400, 50033, "Invalid Recipient(s)")
        for channel in self.directs.values():
            if channel["recipients"][0]["id"] == recipient:
                return channel
        ident = self.new_id()
        channel = {
            "id": ident,
            "type": make.DIRECT,
            "recipients": [known[recipient]],
            "last_message_id": None,
            "flags": 0,
        }
        self.directs[ident] = channel
        return channel

    def refuse(self, channel: str, code: int) -> None:
        if code not in REFUSALS:
            raise ValueError(f"code {code}: a channel refuses with one of {sorted(REFUSALS)}")
        self._refused[channel] = code

    def allow(self, channel: str) -> None:
        self._refused.pop(channel, None)

    def channel(self, ident: str, method: str = "GET") -> Json:
        """Return a channel that the bot may use with this method; ApiError where it may not."""
        known = self.channels | self.directs | self.threads
        code = self._refused.get(ident, 0 if ident in known else 10003)
        if code and not (code == _WRITES_ONLY and method in _READS):
            status, words = REFUSALS[code]
            raise ApiError(status, code, words)
        self.require(ident, 0)
        return known[ident]

    def history(self, channel: str) -> list[Json]:
        """List what everyone in a channel sees, oldest first."""
        found = [m for m in self.messages.values() if m["channel_id"] == channel and not m["flags"] & EPHEMERAL]
        return sorted(found, key=lambda m: int(m["id"]))

    def message(self, channel: str, ident: str) -> Json:
        """Return a message that the API shows in this channel; ApiError where there is none."""
        found = self.messages.get(ident)
        if found is None or found["channel_id"] != channel or found["flags"] & EPHEMERAL:
            raise ApiError(404, 10008, "Unknown Message")
        return found

    def add_message(self, channel: str, author: Json, body: Json, *, interaction: bool = False) -> Json:
        message = make.message(self.new_id(), channel, author, body, interaction=interaction)
        self.messages[message["id"]] = message
        return message

    def by_nonce(self, nonce: str) -> str | None:
        """Find the message that was made with a nonce a short while ago, by its id: it may have been deleted since.

        https://github.com/discord/discord-api-docs/pull/6647
        """
        at, ident = self._nonces.get(nonce, (0.0, ""))
        return ident if ident and time.monotonic() - at < self.windows.nonce_s else None

    def keep_nonce(self, nonce: str, ident: str) -> None:
        self._nonces[nonce] = (time.monotonic(), ident)

    def forget_nonces(self) -> None:
        """Let every nonce be as old as Discord remembers none."""
        self._nonces.clear()

    def resolved(self, kind: str, ident: str) -> Json:
        """Return what an interaction tells of a picked user, role or channel; LookupError where there is none."""
        if kind == "roles":
            return self.roles[ident]
        if kind == "channels":
            whole = self.channels[ident]
            names = ("id", "type", "name", "parent_id", "topic", "nsfw", "position", "flags", "last_message_id")
            return {name: whole[name] for name in names} | {"permissions": str(make.MANAGER)}
        known = {who.id: who.user for who in (self.bot, self.manager, self.plain)}
        return known[ident]
