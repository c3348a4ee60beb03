"""`topicwire invite`: the link that brings the bot into a Discord server."""

from __future__ import annotations

import argparse
import asyncio
from typing import TYPE_CHECKING

from bot import config
from bot.domain.errors import ConfigError
from bot.platforms.discord.settings import DiscordSettings

if TYPE_CHECKING:
    Nouns = argparse._SubParsersAction[argparse.ArgumentParser]

NO_DISCORD = (
    "discord: there is no token. Set TOPICWIRE_DISCORD_TOKEN to the bot's token, from the Bot page of your application"
)


def add_to(nouns: Nouns) -> None:
    """Add the command to the parser."""
    parser = nouns.add_parser("invite", help="print the link that brings the bot into a Discord server")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    settings = config.load(options.config).platforms.get("discord")
    if not isinstance(settings, DiscordSettings):
        raise ConfigError([NO_DISCORD])
    from bot.platforms.discord.inviting import ask_for_invitation  # loads Discord's library
    from bot.platforms.discord.permissions import NAMES

    name, link = asyncio.run(ask_for_invitation(settings.token))
    print(f"Open this link to bring {name} into a server that you manage:\n\n  {link}\n")
    print(f"It asks for {', '.join(NAMES.values())}, and for nothing else.")
    return 0
