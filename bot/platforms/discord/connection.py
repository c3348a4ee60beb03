"""One logged-in client, kept alive: whatever ends it, another takes its place after a pause.

login -> /news registered where it changed -> gateway, until it fails for good -> pause -> login
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import discord
from discord import app_commands

from bot.commands.registry import Registry
from bot.domain.errors import PlatformError, RetryLaterError
from bot.platforms.discord.bindings import bind_commands, sync_commands
from bot.platforms.discord.conversation import Conversation
from bot.platforms.discord.flights import make_trace
from bot.platforms.discord.membership import Membership
from bot.platforms.discord.pace import Pace
from bot.platforms.discord.presses import CallButton, FormButton, PageButton
from bot.platforms.discord.refusals import TROUBLE

log = logging.getLogger(__name__)

REFUSED_ACCOUNT = (
    "Discord refuses the bot's token. Copy it anew from the Bot page of your application (Reset Token) "
    "and set TOPICWIRE_DISCORD_TOKEN to it."
)
REFUSED_INTENTS = (
    "Discord refuses the bot's intents. It asks for the guilds intent alone: "
    "see on the Bot page of your application that the bot is not disabled."
)
GATEWAY_WRONG_TOKEN, GATEWAY_INVALID_INTENTS, GATEWAY_DISALLOWED_INTENTS = 4004, 4013, 4014
LIBRARY_MAX_WAIT_S = 30.0  # the shortest that discord.py allows


class BotClient(discord.Client):
    """The library's client with what we need of it: commands, buttons, no caches but guilds."""

    def __init__(self, conversation: Conversation, membership: Membership, registry: Registry, pace: Pace) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=pace.guilds.total_seconds(),
            heartbeat_timeout=pace.heartbeat.total_seconds(),
            max_ratelimit_timeout=LIBRARY_MAX_WAIT_S,
            http_trace=make_trace(),
        )
        self._between_logins = pace.between_logins.total_seconds()
        self.conversation = conversation
        self.membership = membership
        self.tree = app_commands.CommandTree(self)
        self.was_connected = asyncio.Event()
        bind_commands(self.tree, registry, conversation)
        self.add_dynamic_items(CallButton, FormButton, PageButton)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Let some time pass between two logins at the gateway, as Discord asks."""
        if not initial:
            await asyncio.sleep(self._between_logins)

    def dispatch(self, event: str, /, *args: Any, **more: Any) -> None:
        """Tell of an event; the library goes on counting servers after a close, which concerns nobody any more."""
        if not self.is_closed():
            super().dispatch(event, *args, **more)

    async def on_connect(self) -> None:
        """Note that the gateway took the bot in."""
        self.was_connected.set()

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Take a filled form; commands and buttons find their way by themselves."""
        if interaction.type is discord.InteractionType.modal_submit:
            await self.conversation.submit(interaction)

    async def on_ready(self) -> None:
        """Look which servers there are, now that all are named; a new session names them anew."""
        self.membership.settle()

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Look over a server that the gateway tells of: at the start, in a new session, after an outage."""
        self.membership.look_over(guild.id)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Say what to do next where the bot was just invited, or go on where it was before."""
        self.membership.look_over(guild.id)
        await self.conversation.welcome(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """End what a server is told that removed the bot; one that is merely down is not told of here."""
        self.membership.leave(guild.id)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Let a channel and its threads go."""
        threads = channel.threads if isinstance(channel, (discord.TextChannel, discord.ForumChannel)) else []
        self.membership.forget(channel.guild.id, channel.id, *(thread.id for thread in threads))

    async def on_raw_thread_delete(self, gone: discord.RawThreadDeleteEvent) -> None:
        """Let a thread go."""
        self.membership.forget(gone.guild_id, gone.thread_id)

    async def on_guild_channel_update(self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel) -> None:
        """See where the bot may write now."""
        if before.overwrites != after.overwrites:
            self.membership.look_over(after.guild.id, is_changing=True)

    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """See where the bot may write now."""
        if before.permissions != after.permissions:
            self.membership.look_over(after.guild.id, is_changing=True)

    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """See where the bot may write now."""
        self.membership.look_over(role.guild.id, is_changing=True)

    async def on_member_update(self, before: discord.Member, after: discord.Member) -> None:
        """See where the bot may write now; without the members intent Discord tells of the bot alone."""
        if before.roles != after.roles or before.timed_out_until != after.timed_out_until:
            self.membership.look_over(after.guild.id, is_changing=True)


class ShardedClient(BotClient, discord.AutoShardedClient):
    """The same over as many connections to the gateway as Discord advises."""

    def __init__(self, conversation: Conversation, membership: Membership, registry: Registry, pace: Pace) -> None:
        super().__init__(conversation, membership, registry, pace)
        self._of_before: dict[int | None, list[discord.Guild]] = {}

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Note what a shard's last session told of: the library keeps it, but replaces what the new session names."""
        await super().before_identify_hook(shard_id, initial=initial)
        self._of_before[shard_id] = [guild for guild in self.guilds if guild.shard_id == shard_id]

    async def on_shard_ready(self, shard_id: int) -> None:
        """Leave the servers that a shard's new session names no more."""
        for guild in self._of_before.pop(shard_id, ()):
            if self.get_guild(guild.id) is guild:
                self.membership.leave(guild.id)

    async def close(self) -> None:
        """Disconnect, also where there never was a connection."""
        try:
            await super().close()
        except AttributeError:
            # The library's own fault where it never connected: it asks a missing queue, and all else is closed by then.
            if self.was_connected.is_set():
                raise


class Connection:
    """Holds the client; `tell` hears each outage once, as one sentence. `beside` goes on while there is a client."""

    def __init__(
        self,
        token: str,
        make_client: Callable[[], BotClient],
        pace: Pace,
        tell: Callable[[str], None],
        *,
        syncs: bool,
        beside: Sequence[Callable[[BotClient], Coroutine[Any, Any, None]]] = (),
    ) -> None:
        self._token = token
        self._make_client = make_client
        self._pace = pace
        self._tell = tell
        self._beside = (self._greet, *beside, *((self._sync,) if syncs else ()))
        self._client: BotClient | None = None
        self._is_closing = False
        self._keeper: asyncio.Task[None] | None = None
        self._first: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._told = ""
        self._pause = pace.shortest_pause

    @property
    def client(self) -> BotClient:
        """The client for requests; raises RetryLaterError while there is none."""
        if self._client is None or not self.is_open:
            raise RetryLaterError(self._told or "Discord is not connected yet.")
        return self._client

    @property
    def is_open(self) -> bool:
        """Whether there is a client that can ask Discord."""
        return self._client is not None and not self._client.is_closed()

    async def start(self) -> None:
        """Connect, or go on trying in the background; raises PlatformError where trying cannot help."""
        self._keeper = asyncio.create_task(self._keep())
        await asyncio.wait({self._first}, timeout=self._pace.first_answer.total_seconds())
        if self._first.done() and (error := self._first.exception()):
            await self.close()
            raise error

    async def close(self) -> None:
        """Disconnect and stop trying."""
        self._is_closing = True  # the library swallows a cancellation while it joins a shard again
        keeper, self._keeper = self._keeper, None
        if self._client is not None:
            await self._client.close()
        if keeper is not None:
            keeper.cancel()
            await asyncio.gather(keeper, return_exceptions=True)
        if not self._first.done():
            self._first.cancel()

    async def _keep(self) -> None:
        while not self._is_closing:
            client = self._make_client()
            try:
                await self._live(client)
            except Exception as error:  # noqa: BLE001 - whatever ends a connection, the next one is tried
                self._hear(error)
            finally:
                self._client = None
                await client.close()
            if not self._is_closing:
                await self._rest()

    async def _live(self, client: BotClient) -> None:
        await client.login(self._token)
        self._client = client
        beside = [asyncio.create_task(each(client)) for each in self._beside]
        try:
            await self._hold_gateway(client)
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)

    async def _hold_gateway(self, client: BotClient) -> None:
        """Stay at the gateway; requests go on meanwhile where only the gateway cannot be reached."""
        while not client.is_closed():
            try:
                await client.connect()
            except AttributeError as error:
                # The library's own fault where its first connection fails: it asks a missing one for its session.
                if client.was_connected.is_set():
                    raise
                self._hear(ConnectionError("its gateway cannot be reached"), cause=error)
                await self._rest()

    async def _greet(self, client: BotClient) -> None:
        await client.was_connected.wait()
        self._pause, self._told = self._pace.shortest_pause, ""
        log.info("discord: connected as %s", client.user)
        self._settle_first(None)

    async def _sync(self, client: BotClient) -> None:
        pause = self._pace.shortest_pause
        while True:
            try:
                if await sync_commands(client.tree):
                    log.info("discord: /news was registered")
                return
            except TROUBLE as error:
                self._tell(f"Discord did not take the commands, trying again in {pause.total_seconds():.0f} s: {error}")
            await asyncio.sleep(pause.total_seconds())
            pause = min(pause * 2, self._pace.longest_pause)

    async def _rest(self) -> None:
        await asyncio.sleep(self._pause.total_seconds())
        self._pause = min(self._pause * 2, self._pace.longest_pause)

    def _hear(self, error: Exception, *, cause: Exception | None = None) -> None:
        """Tell an outage once, and let a start that waits go on or fail."""
        fatal = _fatal(error)
        sentence = fatal or f"Discord cannot be reached, trying again until it can: {type(error).__name__}: {error}"
        if not self._told or (fatal and fatal != self._told):
            self._tell(sentence)
        if not fatal and not isinstance(error, (*TROUBLE, ConnectionError)):
            log.error("discord: the connection ended unexpectedly", exc_info=cause or error)
        self._told = sentence
        self._pause = self._pace.longest_pause if fatal else self._pause
        self._settle_first(PlatformError(fatal) if fatal else None)

    def _settle_first(self, error: PlatformError | None) -> None:
        if self._first.done():
            return
        if error is None:
            self._first.set_result(None)
        else:
            self._first.set_exception(error)


def _fatal(error: Exception) -> str:
    """Return the sentence for what no waiting mends, else nothing."""
    code = error.code if isinstance(error, discord.ConnectionClosed) else None
    if isinstance(error, discord.LoginFailure) or code == GATEWAY_WRONG_TOKEN:
        return REFUSED_ACCOUNT
    is_refused = code in (GATEWAY_INVALID_INTENTS, GATEWAY_DISALLOWED_INTENTS)
    return REFUSED_INTENTS if is_refused or isinstance(error, discord.PrivilegedIntentsRequired) else ""
