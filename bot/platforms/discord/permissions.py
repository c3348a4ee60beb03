"""What the bot may do where: the permissions that it needs, those that it lacks, and channels by their names.

https://docs.discord.com/developers/topics/permissions
"""

from __future__ import annotations

from dataclasses import dataclass

import discord

NAMES = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "create_public_threads": "Create Public Threads",
    "embed_links": "Embed Links",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
}
"""The permissions of the invitation, as Discord's menus call them."""
NEEDED = discord.Permissions(**dict.fromkeys(NAMES, True))
_TO_WRITE = ("view_channel", "send_messages", "embed_links", "read_message_history")
_IN_A_THREAD = ("view_channel", "send_messages_in_threads", "embed_links", "read_message_history")
ALL_TO_WRITE = "View Channel, Send Messages, Embed Links and Read Message History"

UNKNOWN_CHANNEL = 10003

Guilded = (discord.abc.GuildChannel, discord.Thread)


@dataclass(frozen=True, slots=True)
class Where:
    """A channel as people know it, and the names of the permissions that the bot is seen to lack there."""

    name: str
    lacking: tuple[str, ...] = ()


def look_at(client: discord.Client, channel: str) -> Where:
    """Describe a channel as far as the gateway told of it."""
    return _describe(client.get_channel(int(channel)) if _is_id(channel) else None, channel)


async def ask_for(client: discord.Client, channel: str) -> Where | None:
    """Describe a channel, asking for one that the gateway does not name, as an archived thread; None: it was deleted.

    Raises discord.py's errors where Discord says neither.
    """
    if not _is_id(channel):
        return None
    known: object = client.get_channel(int(channel))
    try:
        known = known or await client.fetch_channel(int(channel))
    except discord.Forbidden:
        return Where(f"channel {channel}", (NAMES["view_channel"],))
    except discord.NotFound as error:
        if error.code != UNKNOWN_CHANNEL:
            raise
        return None
    return _describe(known, channel)


def say_lacking(where: Where) -> str:
    """Name the permissions that lack and the channel, with the remedy."""
    return f"The bot lacks {join(where.lacking)} in {where.name} on Discord. Give it that in the channel's settings."


def _describe(known: object, channel: str) -> Where:
    if not isinstance(known, Guilded):
        return Where(f"channel {channel}")
    return Where(f"#{known.name} ({known.guild.name})", tuple(NAMES[name] for name in _list_lacking(known)))


def _is_id(channel: str) -> bool:
    return channel.isascii() and channel.isdigit()


def may_write(channel: discord.abc.GuildChannel) -> bool:
    """Tell whether the bot can post alerts in a channel."""
    return not _list_lacking(channel)


async def may_read_history(client: discord.Client, channel: int) -> bool | None:
    """Tell whether the bot sees what it posted in a channel; None where the gateway has not told of its server yet.

    Raises discord.py's errors where Discord refuses to tell of the channel.
    """
    known: object = client.get_channel(channel) or await client.fetch_channel(channel)
    if not isinstance(known, Guilded):
        return True  # direct messages
    return None if known.guild.unavailable else "read_message_history" not in _list_lacking(known)


def may_attach(client: discord.Client, channel: int) -> bool:
    """Tell whether the bot may send files in a channel; True where that is not known."""
    known = client.get_channel(channel)
    if not isinstance(known, Guilded) or (isinstance(known, discord.Thread) and known.parent is None):
        return True
    return known.permissions_for(known.guild.me).attach_files


def _list_lacking(channel: discord.abc.GuildChannel | discord.Thread) -> list[str]:
    if isinstance(channel, discord.Thread) and channel.parent is None:
        return []
    held = channel.permissions_for(channel.guild.me)
    wanted = _IN_A_THREAD if isinstance(channel, discord.Thread) else _TO_WRITE
    lacking = [name for name in wanted if not getattr(held, name)]
    # Who may not see a channel may do nothing there, and who may not write may not embed: the first says it all.
    if "view_channel" in lacking:
        return ["view_channel"]
    return [name for name in lacking if name != "embed_links" or wanted[1] not in lacking]


def join(names: tuple[str, ...]) -> str:
    """Join names as a sentence does."""
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
