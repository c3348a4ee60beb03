"""A small discord.py bot with one of everything that a person can use, for proving the fake Discord."""

from __future__ import annotations

import asyncio
import contextlib
import functools
from collections.abc import AsyncIterator
from typing import Any

import discord
from discord import app_commands

from tests.servers.discord import DiscordSpec, FakeDiscord, turned_to
from tests.shared_data import SHARED

DESCRIPTION = SHARED / "servers" / "discord_openapi.json"
TOPICS = ("economy", "ecology", "sports")


@functools.cache
def described() -> DiscordSpec | None:
    """Return Discord's description where the shared folder has it."""
    return DiscordSpec(DESCRIPTION) if DESCRIPTION.is_file() else None


class Form(discord.ui.Modal, title="Add a topic"):
    """A form with a field of each style: in a row of its own, as a label's component, and a select menu."""

    name: discord.ui.TextInput[Form] = discord.ui.TextInput(label="Name", custom_id="name", max_length=20)
    query: discord.ui.Label[Form] = discord.ui.Label(
        text="Query", component=discord.ui.TextInput(custom_id="query", default="zte", required=False)
    )
    mode: discord.ui.Label[Form] = discord.ui.Label(
        text="Mode",
        component=discord.ui.Select(
            custom_id="mode", options=[discord.SelectOption(label=m, value=m) for m in ("live", "digest")]
        ),
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        query, mode = self.query.component, self.mode.component
        assert isinstance(query, discord.ui.TextInput)
        assert isinstance(mode, discord.ui.Select)
        words = f"{self.name.value}: {query.value} ({mode.values[0]})"
        await interaction.response.send_message(words, ephemeral=True)


class Bot(discord.Client):
    """The bot; `errors` holds what its commands raised."""

    def __init__(self, **options: Any) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True)
        super().__init__(intents=intents, guild_ready_timeout=0.01, **options)
        self.tree = app_commands.CommandTree(self)
        self.errors: list[Exception] = []
        self.readies = 0
        self.was_ready, self.was_resumed, self.was_wrong = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.gone: list[str] = []
        self.tree.error(self._on_error)
        self.tree.add_command(news())
        self.tree.add_command(app_commands.Command(name="late", description="Too late", callback=late))

    async def _on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        self.errors.append(error)
        self.was_wrong.set()

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def on_ready(self) -> None:
        self.readies += 1
        self.was_ready.set()

    async def on_resumed(self) -> None:
        self.was_resumed.set()

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        self.gone.append(channel.name)

    def room(self, fake: FakeDiscord) -> discord.TextChannel:
        """Return the first channel."""
        channel = self.get_channel(int(fake.channel_id()))
        assert isinstance(channel, discord.TextChannel)
        return channel


async def late(interaction: discord.Interaction) -> None:
    await asyncio.sleep(0.4)
    await interaction.response.send_message("x")


def news() -> app_commands.Group:
    """Make /news with subcommands and the group «topic»."""
    group = app_commands.Group(name="news", description="News")
    topic = app_commands.Group(name="topic", description="Topics", parent=group)
    group.command(name="latest", description="The latest stories")(latest)
    group.command(name="digest", description="Slow")(digest)
    group.command(name="menu", description="A button")(menu)
    topic.command(name="add", description="A form")(add)
    topic.command(name="show", description="A topic")(app_commands.autocomplete(topic=complete)(show))
    return group


async def latest(interaction: discord.Interaction, where: discord.TextChannel | None = None, count: int = 1) -> None:
    rights = interaction.permissions
    words = f"{count} of {where.name if where else 'here'}; manager: {rights.manage_guild and rights.manage_channels}"
    await interaction.response.send_message(words, embed=discord.Embed(title="T", description="d"), ephemeral=True)


async def digest(interaction: discord.Interaction) -> None:
    await interaction.response.defer(thinking=True)
    await interaction.followup.send("digest @everyone <@1>", allowed_mentions=discord.AllowedMentions.none())


class More(discord.ui.Button[discord.ui.View]):
    """A button that turns the page of its message."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.edit_message(content="page 2")


async def menu(interaction: discord.Interaction) -> None:
    view = discord.ui.View()
    view.add_item(More(label="More", custom_id="more:7"))
    await interaction.response.send_message("page 1", view=view)


async def add(interaction: discord.Interaction) -> None:
    await interaction.response.send_modal(Form())


async def show(interaction: discord.Interaction, topic: str) -> None:
    await interaction.response.send_message(topic)


async def complete(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=n.title(), value=n) for n in TOPICS if n.startswith(current)]


@contextlib.asynccontextmanager
async def running(
    bot_options: dict[str, Any] | None = None, **options: Any
) -> AsyncIterator[tuple[FakeDiscord, Bot, discord.TextChannel]]:
    """Run the bot against a fake with these options until the block ends; a start that fails raises."""
    async with FakeDiscord(spec=described(), **options) as fake, _started(fake, bot_options or {}) as bot:
        yield fake, bot, bot.room(fake)


@contextlib.asynccontextmanager
async def _started(fake: FakeDiscord, options: dict[str, Any]) -> AsyncIterator[Bot]:
    with turned_to(fake):
        bot = Bot(**options)
        task = asyncio.create_task(bot.start(fake.token))
        waiting = asyncio.create_task(bot.was_ready.wait())
        try:
            await asyncio.wait({task, waiting}, timeout=10, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                await task
            yield bot
        finally:
            waiting.cancel()
            await bot.close()
            await asyncio.wait({task}, timeout=2)
