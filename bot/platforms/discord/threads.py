"""Threads and forums: a development in the thread on its story's message, a story as a post of a forum.

A thread has the id of the message that it hangs on, a forum's post that of its first message: so a thread is made by
asking for it, and asking again is harmless. A forum's post has no nonce. One whose answer was lost is looked for among
the forum's newest posts by the delivery in its buttons.
https://docs.discord.com/developers/resources/channel#start-thread-from-message
"""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, Literal

import discord

from bot.domain.errors import MessageGoneError
from bot.domain.text import clean
from bot.platforms.discord.flights import once
from bot.platforms.discord.markdown import fit
from bot.platforms.discord.permissions import UNKNOWN_CHANNEL
from bot.platforms.discord.refusals import ARCHIVED, HAS_THREAD, LOCKED, NO_THREADS

log = logging.getLogger(__name__)
MAX_NAME = 100
MAX_TAGS = 5
ARCHIVED_AFTER_MINUTES: Literal[4320] = 4320
"""A thread leaves the list of channels after three days of silence; the next development brings it back."""
LEAST_LOOKED_AT = 25
MOST_LOOKED_AT = 200
NAMELESS = "…"
_APART = re.compile(r"[\W_]+")

Forum = discord.ForumChannel
Sending = Callable[[discord.abc.Messageable], Awaitable[discord.Message]]
Acting = Callable[[], Awaitable[discord.Message]]
_CLOSED = "the post {} in a Discord forum was deleted or locked"


def name_thread(text: str) -> str:
    """Name a thread by a headline."""
    return fit(clean(text), MAX_NAME) or NAMELESS


async def find_forum(client: discord.Client, channel: int) -> Forum | None:
    """Return the channel where it is a forum; one that the gateway has not told of yet is asked for."""
    known = client.get_channel(channel)
    if known is None:
        try:
            known = await client.fetch_channel(channel)
        except (discord.NotFound, discord.Forbidden, discord.InvalidData):
            return None  # the message itself is refused with the reason
    return known if isinstance(known, Forum) else None


def find_home(channel: object, me: int) -> int | None:
    """Return the channel that a thread of ours, or a post of a forum, belongs to; None where it stands for itself.

    What is pressed or asked there is about that channel: alerts are watched and muted in it.
    """
    if not isinstance(channel, discord.Thread):
        return None
    return channel.parent_id if channel.owner_id == me or isinstance(channel.parent, Forum) else None


async def post_in_forum(forum: Forum, title: str, topics: Sequence[str], message: dict[str, Any]) -> discord.Message:
    """Begin a post of the forum; at most one comes of it."""
    begin: Any = forum.create_thread  # its overloads part what `message` holds together
    with once():
        made: discord.channel.ThreadWithMessage = await begin(
            name=name_thread(title),
            auto_archive_duration=ARCHIVED_AFTER_MINUTES,
            applied_tags=choose_tags(forum, topics),
            **message,
        )
    return made.message


def choose_tags(forum: Forum, topics: Sequence[str]) -> list[discord.ForumTag]:
    """Choose the tags named as the topics are, whatever their capitals and hyphens.

    Where the forum asks for a tag and none is named so, the first that everybody may use stands in.
    """
    wanted = {_fold(topic) for topic in topics}
    free = [tag for tag in forum.available_tags if not tag.moderated]
    chosen = [tag for tag in free if _fold(tag.name) in wanted][:MAX_TAGS]
    return chosen or (free[:1] if forum.flags.require_tag else [])


def _fold(name: str) -> str:
    return _APART.sub(" ", name.casefold()).strip()


async def list_forum_messages(forum: Forum, me: int, since: datetime) -> AsyncIterator[discord.Message]:
    """Yield the first messages of the posts of `me` in a forum, newest first, back to then; not by our clock alone."""
    seen = 0
    async for thread in _list_ours(forum, me):
        if seen >= MOST_LOOKED_AT or (seen >= LEAST_LOOKED_AT and discord.utils.snowflake_time(thread.id) < since):
            return
        seen += 1
        try:
            yield await thread.fetch_message(thread.id)
        except discord.NotFound:
            continue  # deleted meanwhile


async def _list_ours(forum: Forum, me: int) -> AsyncIterator[discord.Thread]:
    found = {t.id: t for t in await forum.guild.active_threads() if t.parent_id == forum.id}
    async for archived in forum.archived_threads(limit=MOST_LOOKED_AT):
        found[archived.id] = archived
    for ident in sorted(found, reverse=True):
        if found[ident].owner_id == me:
            yield found[ident]


async def send_in_thread(
    client: discord.Client, channel: int, message: int, name: str, send: Sending
) -> discord.Message | None:
    """Send into the thread on a message, made where there is none; None where the place takes none now.

    That is so where it has no threads, or no room or no time for one more, and where people closed this one.

    Discord opens an archived thread by itself when something is sent into it.
    """
    thread = client.get_partial_messageable(message)
    try:
        if client.get_channel(message) is not None:
            try:
                return await send(thread)
            except discord.NotFound:
                pass  # deleted, and the gateway has not told yet
        try:
            await _begin_thread(client, channel, message, name)
        except discord.RateLimited as error:
            log.info("discord: no thread can be made in channel %s for %.0f s", channel, error.retry_after)
            return None  # minutes, often; what comes after this one should not wait so long
        return await send(thread)
    except discord.HTTPException as error:
        if isinstance(error, discord.Forbidden) or error.code in NO_THREADS:
            return None
        raise


async def _begin_thread(client: discord.Client, channel: int, message: int, name: str) -> None:
    try:
        await client.http.start_thread_with_message(
            channel, message, name=name_thread(name), auto_archive_duration=ARCHIVED_AFTER_MINUTES
        )
    except discord.HTTPException as error:
        if error.code != HAS_THREAD:
            raise


async def act_in_post(client: discord.Client, thread: int, act: Acting) -> discord.Message:
    """Write in a forum's post or edit a message of it, opening it again where it was archived.

    Raises MessageGoneError where people deleted or locked the post: they want no more of it.
    """
    try:
        return await act_in_thread(client, thread, act)
    except discord.HTTPException as error:
        if error.code in (UNKNOWN_CHANNEL, LOCKED, ARCHIVED) or _is_locked(client, thread):
            raise MessageGoneError(_CLOSED.format(thread)) from error
        raise


async def act_in_thread(client: discord.Client, thread: int, act: Acting) -> discord.Message:
    """Write in a thread or edit a message of it, opening it again where it was archived.

    Raises discord.py's error with the code ARCHIVED where people closed it for good.
    """
    try:
        return await act()
    except discord.HTTPException as closed:
        if closed.code != ARCHIVED:
            raise
        try:
            await client.http.edit_channel(thread, archived=False)
        except (discord.Forbidden, discord.NotFound):
            raise closed from None
    return await act()


def _is_locked(client: discord.Client, thread: int) -> bool:
    known = client.get_channel(thread)
    return isinstance(known, discord.Thread) and known.locked
