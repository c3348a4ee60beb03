"""What Discord's errors mean for a delivery, in one sentence with the remedy."""

from __future__ import annotations

from datetime import timedelta

import aiohttp
import discord

from bot.domain.errors import (
    MessageGoneError,
    MessageRefusedError,
    PermanentError,
    PlatformError,
    PlatformRefusedError,
    RetryLaterError,
    UnknownOutcomeError,
)
from bot.platforms.discord.flights import Flight
from bot.platforms.discord.permissions import ALL_TO_WRITE, UNKNOWN_CHANNEL, Where, say_lacking

# Error codes: Discord's developer documentation, "Opcodes and Status Codes".
CLOSED_TO_US = 50007
UNKNOWN_GUILD, UNKNOWN_MESSAGE = 10004, 10008
INVALID_BODY = 50035
ACKNOWLEDGED = 40060
"""An interaction that was responded to already."""
NOT_NOW = (20016, 20022, 20028, 30046)
"""Slow mode, and edits or writes that come too fast for a channel or an old message."""
PUBLISHED, WRONG_KIND = 40033, 50024
ARCHIVED, HAS_THREAD, LOCKED = 50083, 160004, 160005
NO_THREADS = (WRONG_KIND, 50003, 160006, 160007, ARCHIVED, LOCKED, UNKNOWN_CHANNEL)
"""The place has no threads, or no room for another; or this one was closed or deleted by people."""

# RuntimeError: the session was closed while a request waited for its turn (a reconnect, or the end of the run).
TROUBLE = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError, RuntimeError)


def read_trouble(error: Exception, flight: Flight, where: Where) -> PlatformError:
    """Say what a failed post or edit in a channel means; `flight` tells whether it may have been carried out."""
    channel = where.name
    if isinstance(error, discord.HTTPException) and error.status < 500 and error.status not in (401, 429):
        return _read_refusal(error, where)
    if flight.is_unsure:
        return UnknownOutcomeError(f"Discord did not say whether it carried out a message to {channel}: {_said(error)}")
    if isinstance(error, discord.RateLimited):
        return RetryLaterError(_limited(channel), retry_after=timedelta(seconds=error.retry_after))
    if isinstance(error, discord.HTTPException) and error.status == 429:
        return RetryLaterError(_limited(channel), retry_after=flight.retry_after)
    if isinstance(error, discord.HTTPException) and error.status == 401:
        return PlatformRefusedError(
            "Discord refuses the bot's token. Make a new one and set TOPICWIRE_DISCORD_TOKEN to it."
        )
    return RetryLaterError(f"Discord cannot be reached: {_said(error)}")


def _read_refusal(error: discord.HTTPException, where: Where) -> PlatformError:
    channel = where.name
    if error.code in (UNKNOWN_CHANNEL, UNKNOWN_GUILD):
        return PermanentError(f"{channel} is no longer there on Discord. Subscribe in a channel that exists.")
    if error.code == UNKNOWN_MESSAGE:
        return MessageGoneError(f"the message in {channel} on Discord was deleted")
    if error.code == INVALID_BODY and "message_reference" in error.text:
        return MessageGoneError(f"the message to reply to in {channel} on Discord was deleted")
    if error.code in NOT_NOW:
        return RetryLaterError(_limited(channel))
    if error.code in (ARCHIVED, LOCKED):
        return PermanentError(f"{channel} was locked on Discord. Unlock it, or subscribe in another channel.")
    if error.code == CLOSED_TO_US:
        return PermanentError(
            "A person takes no direct messages from the bot on Discord. They can allow them in the server's privacy "
            "settings, and follow again."
        )
    if error.status in (403, 404):
        return PermanentError(_say_forbidden(error, where))
    return MessageRefusedError(f"Discord does not accept the message for {channel}: {error.text}")


def _say_forbidden(error: discord.HTTPException, where: Where) -> str:
    """Name the permission that lacks and the channel; where all seem to be held, those that are needed."""
    if where.lacking:
        return say_lacking(where)
    return f"Discord does not let the bot write in {where.name} ({error.text}). Give it {ALL_TO_WRITE} there."


def _limited(channel: str) -> str:
    return f"Discord asks to wait before more is sent to {channel}"


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
