"""Discord as a platform: start, post, edit, close; the rest of the room does the work."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import discord

from bot.commands.desk import Desk
from bot.domain.errors import PlatformError
from bot.domain.models import Place
from bot.domain.records import Outgoing
from bot.pipeline.events import problem
from bot.platforms.discord.connection import BotClient, Connection, ShardedClient
from bot.platforms.discord.conversation import Conversation
from bot.platforms.discord.inviting import NO_TOKEN
from bot.platforms.discord.membership import Membership
from bot.platforms.discord.message_ids import read_spot
from bot.platforms.discord.pace import USUAL, Pace
from bot.platforms.discord.permissions import look_at, say_lacking
from bot.platforms.discord.publishing import Publisher
from bot.platforms.discord.refusals import TROUBLE
from bot.platforms.discord.sending import Sender
from bot.platforms.discord.settings import DiscordSettings

NAME = "discord"
Tell = Callable[[str], None]


class DiscordPlatform:
    """The bot on Discord; `on_problem` hears each outage once, as a sentence with its remedy."""

    def __init__(
        self, settings: DiscordSettings, desk: Desk, on_problem: Tell | None = None, pace: Pace = USUAL
    ) -> None:
        self._settings = settings
        self._desk = desk
        self._tell: Tell = on_problem or partial(problem, platform=NAME)
        self._pace = pace
        self._conversation = Conversation(desk, pace)
        self._membership = Membership(desk, pace)
        self._publisher = Publisher(desk.store, pace, desk.clock)
        self._connection: Connection | None = None
        self._sender: Sender | None = None

    @property
    def name(self) -> str:
        """The platform's name in places, settings and logs."""
        return NAME

    async def start(self) -> None:
        """Log in and answer commands; raises PlatformError for a wrong token or refused intents.

        Where Discord cannot be reached the start succeeds, and the connection is tried in the background for ever.
        """
        if not self._settings.token:
            raise PlatformError(NO_TOKEN)
        quieten_library()
        self._connection = Connection(
            self._settings.token,
            self._make_client,
            self._pace,
            self._tell,
            syncs=self._settings.sync_commands,
            beside=(self._membership.run, self._publisher.run),
        )
        self._sender = Sender(self._connection, self._publisher, self._pace, self._desk.clock)
        await self._connection.start()

    async def post(self, outgoing: Outgoing) -> str:
        """Post a card, or reply with it, and return the message's id; raises as `ports.Platform.post`."""
        return await self._started().post(outgoing)

    async def edit(self, outgoing: Outgoing, message_id: str) -> None:
        """Show the card in a message posted earlier; raises as `ports.Platform.edit`."""
        await self._started().edit(outgoing, message_id)

    def link_to(self, place: Place, message_id: str) -> str | None:
        """Return the jump link of a message; a channel of no server is one of direct messages."""
        client = self._connection.client if self._connection is not None else None
        is_known = client is not None and place.channel.isdigit() and client.get_channel(int(place.channel)) is not None
        server = place.workspace.partition(":")[2] if is_known else "@me"
        spot = read_spot(message_id, place)
        return f"https://discord.com/channels/{server}/{spot.channel}/{spot.message}"

    async def direct(self, actor: str, place: Place) -> Place:
        """Return the place of a person's direct messages; raises PlatformError where Discord opens none."""
        if place.workspace == f"discord:dm:{actor}":
            return place
        if self._connection is None:
            raise PlatformError("Discord was not started")
        try:
            channel = await self._connection.client.create_dm(discord.Object(int(actor)))
        except TROUBLE as error:
            raise PlatformError(f"Discord opens no direct message to you now: {error}") from error
        return replace(place, channel=str(channel.id))

    async def find_hindrance(self, place: Place) -> str:
        """Name the permissions that the bot lacks in a channel, with the remedy; "" where none is known to lack."""
        if self._connection is None or not self._connection.is_open:
            return ""
        where = look_at(self._connection.client, place.channel)
        return say_lacking(where) if where.lacking else ""

    async def close(self) -> None:
        """Let running answers end, then disconnect; what was being sent is settled by the next run."""
        await self._conversation.close()
        if self._sender is not None:
            await self._sender.close()
        if self._connection is not None:
            await self._connection.close()

    def _make_client(self) -> BotClient:
        kind = ShardedClient if self._settings.shards else BotClient
        return kind(self._conversation, self._membership, self._desk.registry, self._pace)

    def _started(self) -> Sender:
        if self._sender is None:
            raise PlatformError("Discord was not started")
        return self._sender


class _OneLine(logging.Filter):
    """Turns the library's stack trace for each lost connection into one line, and drops what it says of voice."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite a record in place; False drops it."""
        text = record.getMessage()
        if "voice will NOT be supported" in text:
            return False
        if record.exc_info and text.startswith(("Attempting a reconnect", "Failed to connect for shard_id")):
            record.msg, record.args = f"discord: {record.exc_info[1]!r}. {text}", ()
            record.exc_info, record.exc_text = None, None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


class _NoAddress(logging.Filter):
    """Tells of a rate limit, which is no trouble, without the address: that may hold an interaction's token."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite a record in place."""
        if record.levelno == logging.WARNING and "rate limit" in str(record.msg):
            wait = record.args[-1] if isinstance(record.args, tuple) and record.args else "?"
            record.msg, record.args = "discord: asks to wait %s s", (wait,)
            record.levelno, record.levelname = logging.INFO, "INFO"
        return True


_ONE_LINE = _OneLine()
_NO_ADDRESS = _NoAddress()


def quieten_library() -> None:
    """Keep discord.py's log to one line an outage, and tokens out of it; asking twice changes nothing."""
    for name in ("discord.client", "discord.shard"):
        logging.getLogger(name).addFilter(_ONE_LINE)
    logging.getLogger("discord.http").addFilter(_NO_ADDRESS)
