"""What an operator sets for Discord."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscordSettings:
    """The bot's account on Discord."""

    token: str = field(default="", repr=False)
    """The bot's token, from the Bot page of your application in Discord's developer portal; never logged."""
    shards: bool = False
    """Whether the servers are parted over as many connections as Discord advises; it asks for that from 2,500 on."""
    sync_commands: bool = True
    """Whether /news is registered with Discord at start where it changed; off where you register commands yourself."""
