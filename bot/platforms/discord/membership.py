"""What the gateway tells of servers and channels that end, come back, or change what the bot may do there.

Names are not kept anywhere, so renames need nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable

import discord

from bot.commands.desk import Desk
from bot.domain.errors import TopicwireError
from bot.domain.models import Place, WorkspaceId
from bot.pipeline.membership import forget_channel, leave_others, leave_workspace, resume_channels
from bot.platforms.discord.permissions import may_write

log = logging.getLogger(__name__)
NAME = "discord"


class Membership:
    """Keeps what the store knows in step with where the bot is."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turn = asyncio.Lock()

    async def settle(self, client: discord.Client) -> None:
        """End what is watched in servers that removed the bot while it did not run."""
        present = {_workspace(guild.id) for guild in client.guilds}
        await self._carry_out(leave_others(self._desk.store, NAME, present, self._desk.clock()))

    async def leave(self, guild_id: int) -> None:
        """End what is watched in a server that removed the bot; its settings stay for a return."""
        await self._carry_out(leave_workspace(self._desk.store, NAME, _workspace(guild_id), self._desk.clock()))

    async def forget(self, guild_id: int, *channels: int) -> None:
        """Let channels or threads that were deleted go with all that was kept for them."""
        for channel in channels:
            await self._carry_out(forget_channel(self._desk.store, _place(guild_id, channel)))

    async def resume(self, guild: discord.Guild) -> None:
        """Begin again what ended because the bot could not write, wherever in a server it can now."""
        await self._carry_out(self._resume(guild))

    async def _resume(self, guild: discord.Guild) -> None:
        store, workspace = self._desk.store, _workspace(guild.id)
        kept = [c.place for c in await store.list_channels(NAME) if c.place.workspace == workspace]
        open_ones = {str(channel.id) for channel in guild.channels if may_write(channel)}
        places = [place for place in kept if place.channel in open_ones]
        await resume_channels(store, self._desk.bells, places, self._desk.clock())

    async def _carry_out(self, step: Awaitable[object]) -> None:
        """Take one step after another: a server that removes the bot and takes it back must not overtake itself."""
        async with self._turn:
            try:
                await step
            except TopicwireError as error:
                log.warning("discord: %s", error)


def _workspace(guild_id: int) -> WorkspaceId:
    return WorkspaceId(f"{NAME}:{guild_id}")


def _place(guild_id: int, channel: int) -> Place:
    return Place(platform=NAME, workspace=_workspace(guild_id), channel=str(channel))
