"""Finds the message of a delivery whose answer was lost, by the delivery in its buttons, wherever it may have gone.

a reply: the thread on its parent, then the channel · a forum: the posts of ours · all else: the channel
newest first, back to the first try
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import discord

from bot.domain.errors import UnknownOutcomeError
from bot.domain.records import Outgoing
from bot.platforms.discord.custom_ids import delivery_prefix
from bot.platforms.discord.message_ids import read_id, read_spot
from bot.platforms.discord.permissions import look_at, may_read_history
from bot.platforms.discord.threads import list_forum_messages

SKEW = timedelta(minutes=2)  # our clock and Discord's may differ by so much
LEAST_HISTORY = 200
MOST_HISTORY = 10_000
"""What a minute or two of asking brings; only a clock that was off by days would have us look back further."""


async def find_message(
    client: discord.Client, outgoing: Outgoing, forum: discord.ForumChannel | None, since: datetime
) -> discord.Message | None:
    """Find the message of a delivery that was first tried then; None where there is none.

    Raises UnknownOutcomeError where the bot cannot see what it posted, discord.py's errors where Discord refuses.
    """
    prefix = delivery_prefix(outgoing.key)
    async for message in _list_messages(client, outgoing, forum, since - SKEW):
        is_ours = client.user is not None and message.author.id == client.user.id
        if is_ours and any(custom_id.startswith(prefix) for custom_id in _custom_ids(message)):
            return message
    return None


async def _list_messages(
    client: discord.Client, outgoing: Outgoing, forum: discord.ForumChannel | None, since: datetime
) -> AsyncIterator[discord.Message]:
    if forum is not None and client.user is not None:
        async for message in list_forum_messages(forum, client.user.id, since):
            yield message
        return
    place = read_id(outgoing.place.channel)
    await _require_history(client, place)
    parent = read_spot(outgoing.reply_to, outgoing.place) if outgoing.reply_to is not None else None
    if parent is not None:
        # Whether developments go into threads may have been set otherwise since.
        thread = parent.channel if parent.channel != place else parent.message
        try:
            async for message in _list_history(client, thread, since):
                yield message
        except discord.NotFound:  # there is no thread yet, or none any more
            pass
    if parent is None or parent.channel == place:
        async for message in _list_history(client, place, since):
            yield message


async def _require_history(client: discord.Client, place: int) -> None:
    """Raise UnknownOutcomeError where the bot may not look back: Discord would show an empty channel."""
    may = await may_read_history(client, place)
    if may:
        return
    name = look_at(client, str(place)).name
    if may is None:
        raise UnknownOutcomeError(f"Discord has not told yet whether the bot sees what was posted in {name}")
    raise UnknownOutcomeError(f"to know whether a message was posted, the bot needs Read Message History in {name}")


async def _list_history(client: discord.Client, channel: int, since: datetime) -> AsyncIterator[discord.Message]:
    """Yield messages, newest first, back to then; our clock may be wrong, so not by it alone."""
    seen = 0
    async for message in client.get_partial_messageable(channel).history(limit=MOST_HISTORY):
        yield message
        seen += 1
        if seen >= LEAST_HISTORY and message.created_at < since:
            return


def _custom_ids(message: discord.Message) -> list[str]:
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return [item.custom_id or "" for row in rows for item in row.children if isinstance(item, discord.Button)]
