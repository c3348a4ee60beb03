"""Posts, edits and finds messages so that a lost answer never becomes a second message.

A delivery's message has a nonce made of the delivery, which Discord takes once within a few minutes. After that our
message is looked for in the channel's history by the delivery in its buttons; a card without a button cannot be found
that way, and its delivery is then sent again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import discord

from bot.domain.errors import PermanentError, RetryLaterError, UnknownOutcomeError
from bot.domain.records import Outgoing
from bot.platforms.discord.connection import BotClient, Connection
from bot.platforms.discord.custom_ids import delivery_prefix
from bot.platforms.discord.flights import Flight, following
from bot.platforms.discord.pace import Pace
from bot.platforms.discord.refusals import TROUBLE, read_trouble
from bot.platforms.discord.render import Rendered, render_card

SKEW = timedelta(minutes=2)  # our clock and Discord's may differ by so much
MAX_HISTORY = 1000
LEAST_HISTORY = 200

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class _Errand:
    """A request under way for a delivery; it outlives the caller's patience."""

    task: asyncio.Task[discord.Message]
    flight: Flight


class Sender:
    """Carries out deliveries, each with at most one errand at a time."""

    def __init__(self, connection: Connection, pace: Pace, clock: Clock) -> None:
        self._connection = connection
        self._pace = pace
        self._clock = clock
        self._errands: dict[str, _Errand] = {}

    async def post(self, outgoing: Outgoing) -> str:
        """Post the card once and return the message's id, however often this is asked for."""
        try:
            return await self._post(outgoing)
        except RetryLaterError as error:
            if outgoing.unsure_since is None:
                raise
            # This try was surely not carried out; of the one before it nobody knows yet.
            raise UnknownOutcomeError(str(error)) from error

    async def _post(self, outgoing: Outgoing) -> str:
        rendered = render_card(outgoing.card, outgoing.key)
        message = await self._run(outgoing, lambda client: self._settle_or_send(client, outgoing, rendered))
        if outgoing.unsure_since is not None and not _shows(message, rendered):
            await self._run(outgoing, lambda client: _edit(client, outgoing, str(message.id), rendered))
        return str(message.id)

    async def edit(self, outgoing: Outgoing, message_id: str) -> None:
        """Show the card in a message posted earlier."""
        rendered = render_card(outgoing.card, outgoing.key)
        await self._run(outgoing, lambda client: _edit(client, outgoing, message_id, rendered))

    async def close(self) -> None:
        """Give up what is under way; the deliveries are unsure and will be settled."""
        errands, self._errands = self._errands, {}
        for errand in errands.values():
            errand.task.cancel()
        await asyncio.gather(*(errand.task for errand in errands.values()), return_exceptions=True)

    async def _run(
        self, outgoing: Outgoing, make: Callable[[BotClient], Coroutine[Any, Any, discord.Message]]
    ) -> discord.Message:
        """Wait for the delivery's errand, begun now or by an earlier try, as long as a delivery may take."""
        errand = self._errands.get(outgoing.key) or self._begin(make(self._connection.client))
        self._errands[outgoing.key] = errand
        await asyncio.wait({errand.task}, timeout=self._pace.sending.total_seconds())
        channel = outgoing.place.channel
        if not errand.task.done():
            # A request on the wire can be given up; one that waits for its turn must not be: the library would keep its
            # gates shut for ever when it is cancelled in a global rate limit. The next try then finds it here.
            if errand.flight.is_waiting:
                del self._errands[outgoing.key]
                errand.task.cancel()
            raise UnknownOutcomeError(f"Discord did not answer in time about a message to channel {channel}")
        self._errands.pop(outgoing.key, None)
        try:
            return errand.task.result()
        except TROUBLE as error:
            raise read_trouble(error, errand.flight, channel) from error
        except asyncio.CancelledError:
            raise UnknownOutcomeError(f"the bot stopped while a message went to channel {channel}") from None

    def _begin(self, sending: Coroutine[Any, Any, discord.Message]) -> _Errand:
        with following() as flight:
            task = asyncio.create_task(sending)
        task.add_done_callback(_hear)
        return _Errand(task, flight)

    async def _settle_or_send(self, client: BotClient, outgoing: Outgoing, rendered: Rendered) -> discord.Message:
        since = outgoing.unsure_since
        # A try that is still to come by our clock may be hours old: the clock went back.
        if since is not None and not timedelta(0) <= self._clock() - since <= self._pace.nonce_window:
            found = await _find(client, outgoing, since - SKEW)
            if found is not None:
                return found
        return await _send(client, outgoing, rendered)


def _hear(task: asyncio.Task[discord.Message]) -> None:
    """Take note of a failure that nobody waits for any more: the next try asks for it."""
    if not task.cancelled():
        task.exception()


def _channel(client: BotClient, outgoing: Outgoing) -> discord.PartialMessageable:
    return client.get_partial_messageable(_read_id(outgoing.place.channel))


def _read_id(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise PermanentError(f"{text!r} is no id of a Discord channel or message. Subscribe again in the channel.")
    return int(text)


async def _send(client: BotClient, outgoing: Outgoing, rendered: Rendered) -> discord.Message:
    channel = _channel(client, outgoing)
    options: dict[str, Any] = {"view": view} if (view := rendered.view()) else {}
    if outgoing.reply_to is not None:
        options["reference"] = discord.MessageReference(
            message_id=_read_id(outgoing.reply_to), channel_id=channel.id, fail_if_not_exists=True
        )
    roles = [discord.Object(_read_id(role)) for role in outgoing.mentions]
    if roles:
        options["content"] = " ".join(f"<@&{role.id}>" for role in roles)
    # With a nonce of ours the library also sets enforce_nonce.
    return await channel.send(
        embeds=list(rendered.embeds),
        nonce=f"tw-{outgoing.key}",
        allowed_mentions=discord.AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False),
        **options,
    )


async def _edit(client: BotClient, outgoing: Outgoing, message_id: str, rendered: Rendered) -> discord.Message:
    message = _channel(client, outgoing).get_partial_message(_read_id(message_id))
    return await message.edit(
        embeds=list(rendered.embeds), view=rendered.view(), allowed_mentions=discord.AllowedMentions.none()
    )


async def _find(client: BotClient, outgoing: Outgoing, since: datetime) -> discord.Message | None:
    """Look for the message of a delivery, newest first, back to then; our clock may be wrong, so not by it alone."""
    prefix, seen = delivery_prefix(outgoing.key), 0
    async for message in _channel(client, outgoing).history(limit=MAX_HISTORY):
        is_ours = client.user is not None and message.author.id == client.user.id
        if is_ours and any(custom_id.startswith(prefix) for custom_id in _custom_ids(message)):
            return message
        seen += 1
        if seen >= LEAST_HISTORY and message.created_at < since:
            return None
    return None


def _custom_ids(message: discord.Message) -> list[str]:
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return [item.custom_id or "" for row in rows for item in row.children if isinstance(item, discord.Button)]


def _shows(message: discord.Message, rendered: Rendered) -> bool:
    """Tell whether a message found shows this card; only texts are compared, for Discord adds to embeds."""
    return [_texts(embed) for embed in message.embeds] == [_texts(embed) for embed in rendered.embeds]


def _texts(embed: discord.Embed) -> tuple[str, str, str]:
    return (embed.title or "").strip(), (embed.description or "").strip(), (embed.footer.text or "").strip()
