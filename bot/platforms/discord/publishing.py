"""Announcement channels: a message goes on to the channel's followers, where the channel's settings say so.

Asking twice is harmless, so a lost answer is settled with the delivery. Discord hands on ten messages an hour of a
channel; one beyond that is handed on with its next edit.
https://docs.discord.com/developers/resources/message#crosspost-message
"""

from __future__ import annotations

import logging

import discord

from bot.domain.records import Outgoing
from bot.platforms.discord.refusals import PUBLISHED, WRONG_KIND

log = logging.getLogger(__name__)


async def publish(client: discord.Client, outgoing: Outgoing, message: discord.Message) -> None:
    """Hand a message on; a refusal is told in the log and stops nothing."""
    is_wanted = outgoing.is_published and not message.flags.crossposted
    if not is_wanted or not _may_be_announcement(client, message.channel.id):
        return
    try:
        await message.publish()
    except discord.RateLimited:
        _tell(message, "ten an hour are handed on; this one follows with its next edit")
    except discord.HTTPException as error:
        if error.status >= 500:
            raise
        if error.code not in (PUBLISHED, WRONG_KIND):
            _tell(message, error.text or str(error))


def _may_be_announcement(client: discord.Client, channel: int) -> bool:
    known = client.get_channel(channel)
    return known is None or (isinstance(known, discord.TextChannel) and known.is_news())


def _tell(message: discord.Message, reason: str) -> None:
    log.warning("discord: message %s in channel %s is not published: %s", message.id, message.channel.id, reason)
