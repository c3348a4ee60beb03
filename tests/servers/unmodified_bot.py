"""A program that knows nothing of the fakes: both chats in one process, and two attempts to leave loopback."""

from __future__ import annotations

import asyncio
import os
import socket
import sys

import discord
from discord import app_commands
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

client = discord.Client(intents=discord.Intents(guilds=True))
tree = app_commands.CommandTree(client)
app = AsyncApp(token=os.environ["TOPICWIRE_SLACK_BOT_TOKEN"])


@tree.command(description="ping")
async def ping(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("pong")


@client.event
async def on_ready() -> None:
    await tree.sync()


@app.command("/ping")
async def slack_ping(ack: object) -> None:
    await ack("pong")  # type: ignore[operator]


def leave() -> None:
    """Try an address and a name of other machines."""
    try:
        socket.create_connection(("192.0.2.1", 80), 1)
    except ConnectionRefusedError:
        sys.stdout.write("address refused\n")
    try:
        socket.getaddrinfo("outlet.example", 80)
    except socket.gaierror:
        sys.stdout.write("name refused\n")
    sys.stdout.flush()


async def main() -> None:
    leave()
    handler = AsyncSocketModeHandler(app, os.environ["TOPICWIRE_SLACK_APP_TOKEN"])
    await asyncio.gather(
        handler.connect_async(),  # type: ignore[no-untyped-call]
        client.start(os.environ["TOPICWIRE_DISCORD_TOKEN"]),
    )


if __name__ == "__main__":
    asyncio.run(main())
