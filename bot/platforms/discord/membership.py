"""What the gateway tells of servers and channels that end, come back, or change what the bot may do there.

event -> a step in a queue -> carried out, one after another
a server comes (at a start, with a new session, after an outage) -> what is kept of its channels is compared with it

Nothing follows from what is not there yet: a server that is down, or of which the gateway has not told, keeps
everything. Names are not kept anywhere, so renames need nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial

import discord

from bot.commands.desk import Desk
from bot.domain.errors import TopicwireError
from bot.domain.models import Channel, Place, WorkspaceId
from bot.pipeline.membership import forget_channel, leave_channel, leave_others, leave_workspace, resume_channels
from bot.platforms.discord.pace import Pace
from bot.platforms.discord.permissions import Where, ask_for, say_lacking
from bot.platforms.discord.refusals import TROUBLE

log = logging.getLogger(__name__)
NAME = "discord"
_ONES_OWN = f"{NAME}:dm:"

Step = Callable[[discord.Client], Awaitable[object]]


class Membership:
    """Keeps what the store knows in step with where the bot is."""

    def __init__(self, desk: Desk, pace: Pace) -> None:
        self._desk = desk
        self._pace = pace
        self._steps: asyncio.Queue[Step] = asyncio.Queue()
        self._to_look_over: set[int] = set()

    async def run(self, client: discord.Client) -> None:
        """Take one step after another: a server that removes the bot and takes it back must not overtake itself.

        What an earlier client left to do falls: the new one is told of everything that there is.
        """
        self._steps = asyncio.Queue()
        self._to_look_over.clear()
        while True:
            step = await self._steps.get()
            try:
                await step(client)
            except (TopicwireError, *TROUBLE) as error:
                log.warning("discord: %s", error)
            except Exception:  # a boundary: what is wrong with one server must not keep the others from being looked at
                log.exception("discord: a change of a server could not be followed")

    def settle(self) -> None:
        """End what is watched in servers that removed the bot while it was away, once all that there are were named."""
        self._steps.put_nowait(self._settle)

    def leave(self, guild_id: int) -> None:
        """End what is watched in a server that removed the bot; its settings stay for a return."""
        self._steps.put_nowait(partial(self._leave, guild_id))

    def forget(self, guild_id: int, *channels: int) -> None:
        """Let channels or threads that were deleted go with all that was kept for them."""
        for channel in channels:
            self._steps.put_nowait(partial(self._forget, _place(guild_id, channel)))

    def look_over(self, guild_id: int, *, is_changing: bool = False) -> None:
        """Compare a server with what is kept: channels that are gone go, what may not be written to any more ends, what
        may be again goes on.

        While rights `are changing` that waits a moment, for they are seldom changed in one go.
        """
        if guild_id in self._to_look_over:
            return
        self._to_look_over.add(guild_id)
        moment = self._pace.settling.total_seconds() if is_changing else 0.0
        asyncio.get_running_loop().call_later(moment, self._steps.put_nowait, partial(self._look_over, guild_id))

    async def _settle(self, client: discord.Client) -> None:
        present = {_workspace(guild.id) for guild in client.guilds}

        def is_present(workspace: WorkspaceId) -> bool:
            return workspace in present or workspace.startswith(_ONES_OWN)

        await leave_others(self._desk.store, NAME, is_present, self._desk.clock())

    async def _leave(self, guild_id: int, _: discord.Client) -> None:
        await leave_workspace(self._desk.store, NAME, _workspace(guild_id), self._desk.clock())

    async def _forget(self, place: Place, _: discord.Client) -> None:
        await forget_channel(self._desk.store, place)

    async def _look_over(self, guild_id: int, client: discord.Client) -> None:
        self._to_look_over.discard(guild_id)
        guild = client.get_guild(guild_id)
        if guild is None or guild.unavailable:
            return
        kept = await self._desk.store.list_workspace_channels(_workspace(guild_id), with_direct=False)
        ours = [channel for channel in kept if channel.place.platform == NAME]
        open_ones = [channel.place for channel in ours if await self._is_open(client, channel)]
        await resume_channels(self._desk.store, self._desk.bells, open_ones, self._desk.clock())

    async def _is_open(self, client: discord.Client, channel: Channel) -> bool:
        """Tell whether a channel may be told things; one that may not is given up, one that was deleted goes."""
        try:
            where = await ask_for(client, channel.place.channel)
        except TROUBLE as error:
            log.warning("discord: channel %s could not be looked at: %s", channel.place.channel, error)
            return False
        if where is None:
            await forget_channel(self._desk.store, channel.place)
        elif where.lacking:
            await self._give_up(channel, where)
        return where is not None and not where.lacking

    async def _give_up(self, channel: Channel, where: Where) -> None:
        """Give a channel up where it watches anything: so it is told once, however often this is seen."""
        if await self._desk.store.list_subscriptions(channel.id):
            await leave_channel(self._desk.store, channel, say_lacking(where), self._desk.clock())
            self._desk.bells.deliver.ring()


def _workspace(guild_id: int) -> WorkspaceId:
    return WorkspaceId(f"{NAME}:{guild_id}")


def _place(guild_id: int, channel: int) -> Place:
    return Place(platform=NAME, workspace=_workspace(guild_id), channel=str(channel))
