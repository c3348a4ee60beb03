"""Posts and edits messages so that a lost answer never becomes a second message.

What an earlier try may have posted is looked for by the delivery in its buttons: each message that the pipeline sends
has one. So the library may not repeat a request by itself that may have been carried out. Besides, a delivery's message
has a nonce made of the delivery, which Discord takes once within a few minutes: it covers what the history does not
show yet, or the bot may not see. The posts of a forum have none.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import discord

from bot.domain.errors import MessageRefusedError, RetryLaterError, UnknownOutcomeError
from bot.domain.records import Outgoing
from bot.platforms.discord.attachments import attach_picture, can_show, render_picture
from bot.platforms.discord.connection import BotClient, Connection
from bot.platforms.discord.flights import Flight, following, once
from bot.platforms.discord.message_ids import Spot, pack_spot, read_id, read_spot
from bot.platforms.discord.pace import Pace
from bot.platforms.discord.permissions import Where, look_at, may_attach
from bot.platforms.discord.publishing import Publisher
from bot.platforms.discord.refusals import TROUBLE, UNKNOWN_MESSAGE, read_trouble
from bot.platforms.discord.render import Rendered, render_card
from bot.platforms.discord.settling import find_message
from bot.platforms.discord.threads import act_in_post, act_in_thread, find_forum, post_in_forum, send_in_thread

log = logging.getLogger(__name__)
_DELETED = "a message on Discord was deleted before it was known to be posted"
"""What an unknown message means where one is posted: a nonce is kept when its message was deleted."""
ABOUT_THE_BODY = (400, 403, 413)
"""Answers that a picture may be the reason of: its form, a permission that lacks, its size."""

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class _Errand:
    """A request under way for a delivery; it outlives the caller's patience."""

    task: asyncio.Task[discord.Message]
    flight: Flight


class Sender:
    """Carries out deliveries, each with at most one errand at a time."""

    def __init__(self, connection: Connection, publisher: Publisher, pace: Pace, clock: Clock) -> None:
        self._connection = connection
        self._publisher = publisher
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
        ident = pack_spot(Spot(message.channel.id, message.id), outgoing.place)
        if outgoing.unsure_since is not None and not _shows(message, rendered):
            fresh = render_picture(rendered, outgoing.picture) if message.attachments else rendered
            await self._run(outgoing, lambda client: _edit(client, outgoing, ident, fresh))
        return ident

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
        if not errand.task.done():
            # A request on the wire can be given up; one that waits for its turn must not be: the library would keep its
            # gates shut for ever when it is cancelled in a global rate limit. The next try then finds it here.
            if errand.flight.is_waiting:
                del self._errands[outgoing.key]
                errand.task.cancel()
            raise UnknownOutcomeError(f"Discord did not answer in time about a message to {self._look(outgoing).name}")
        self._errands.pop(outgoing.key, None)
        try:
            return errand.task.result()
        except TROUBLE as error:
            raise read_trouble(error, errand.flight, self._look(outgoing)) from error
        except asyncio.CancelledError:
            raise UnknownOutcomeError("the bot stopped while a message was on its way") from None

    def _look(self, outgoing: Outgoing) -> Where:
        channel = outgoing.place.channel
        try:
            return look_at(self._connection.client, channel)
        except RetryLaterError:  # the connection ended meanwhile
            return Where(f"channel {channel}")

    def _begin(self, sending: Coroutine[Any, Any, discord.Message]) -> _Errand:
        with following() as flight:
            task = asyncio.create_task(sending)
        task.add_done_callback(_hear)
        return _Errand(task, flight)

    async def _settle_or_send(self, client: BotClient, outgoing: Outgoing, rendered: Rendered) -> discord.Message:
        forum = None if outgoing.reply_to else await find_forum(client, read_id(outgoing.place.channel))
        since = outgoing.unsure_since
        message = await self._settle(client, outgoing, forum, since) if since is not None else None
        message = message or await _send(client, outgoing, rendered, forum)
        await self._publisher.publish(client, outgoing, message)
        return message

    async def _settle(
        self, client: BotClient, outgoing: Outgoing, forum: discord.ForumChannel | None, since: datetime
    ) -> discord.Message | None:
        """Find what an earlier try posted; where the bot may not look, the nonce tells as long as it is known."""
        try:
            return await find_message(client, outgoing, forum, since)
        except UnknownOutcomeError:
            if forum is not None or self._is_old(since):
                raise
            return None

    def _is_old(self, since: datetime) -> bool:
        """Tell whether the nonce of a first try may be forgotten; one still to come by our clock may be hours old."""
        return not timedelta(0) <= self._clock() - since <= self._pace.nonce_window


def _hear(task: asyncio.Task[discord.Message]) -> None:
    """Take note of a failure that nobody waits for any more: the next try asks for it."""
    if not task.cancelled():
        task.exception()


async def _send(
    client: BotClient, outgoing: Outgoing, rendered: Rendered, forum: discord.ForumChannel | None
) -> discord.Message:
    """Send a message; where Discord refuses it with its picture, and so carried nothing out, without that."""
    picture = outgoing.picture
    if can_show(picture) and may_attach(client, read_id(outgoing.place.channel)):
        options = _options(outgoing, render_picture(rendered, picture)) | {"files": [attach_picture(picture)]}
        try:
            return await _send_with(client, outgoing, options, forum)
        except discord.HTTPException as error:
            if error.status not in ABOUT_THE_BODY:
                raise
            log.warning("Discord: the picture of delivery %s was refused: %s", outgoing.key, error.text)
    return await _send_with(client, outgoing, _options(outgoing, rendered), forum)


async def _send_with(
    client: BotClient, outgoing: Outgoing, options: dict[str, Any], forum: discord.ForumChannel | None
) -> discord.Message:
    if forum is not None:
        return await post_in_forum(forum, outgoing.card.title or outgoing.card.text, outgoing.topics, options)

    async def send(where: discord.abc.Messageable) -> discord.Message:
        # With a nonce of ours the library also sets enforce_nonce.
        try:
            with once():
                return await where.send(nonce=f"tw-{outgoing.key}", **options)
        except discord.NotFound as error:
            if error.code == UNKNOWN_MESSAGE and outgoing.reply_to is not None:
                raise MessageRefusedError(_DELETED) from error
            raise

    place = read_id(outgoing.place.channel)
    here = client.get_partial_messageable(place)
    if outgoing.reply_to is None:
        return await send(here)
    parent = read_spot(outgoing.reply_to, outgoing.place)
    if parent.channel != place:
        post = client.get_partial_messageable(parent.channel)
        return await act_in_post(client, parent.channel, lambda: send(post))
    if outgoing.thread is not None:
        sent = await send_in_thread(client, place, parent.message, outgoing.thread, send)
        if sent is not None:
            return sent
    options["reference"] = discord.MessageReference(
        message_id=parent.message, channel_id=place, fail_if_not_exists=True
    )
    return await send(here)


def _options(outgoing: Outgoing, rendered: Rendered) -> dict[str, Any]:
    """Give what every new message has; it calls exactly the roles that were asked for."""
    options: dict[str, Any] = {"view": view} if (view := rendered.view()) else {}
    roles = [discord.Object(read_id(role)) for role in outgoing.mentions]
    if roles:
        options["content"] = " ".join(f"<@&{role.id}>" for role in roles)
    options["embeds"] = list(rendered.embeds)
    options["allowed_mentions"] = discord.AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False)
    return options


async def _edit(client: BotClient, outgoing: Outgoing, message_id: str, rendered: Rendered) -> discord.Message:
    spot = read_spot(message_id, outgoing.place)
    target = client.get_partial_messageable(spot.channel).get_partial_message(spot.message)

    async def edit() -> discord.Message:
        return await target.edit(
            embeds=list(rendered.embeds), view=rendered.view(), allowed_mentions=discord.AllowedMentions.none()
        )

    if str(spot.channel) != outgoing.place.channel:
        return await act_in_post(client, spot.channel, edit)
    return await act_in_thread(client, spot.channel, edit)  # a place may be a thread itself


def _shows(message: discord.Message, rendered: Rendered) -> bool:
    """Tell whether a message found shows this card; only texts are compared, for Discord adds to embeds."""
    return [_texts(embed) for embed in message.embeds] == [_texts(embed) for embed in rendered.embeds]


def _texts(embed: discord.Embed) -> tuple[str, str, str]:
    return (embed.title or "").strip(), (embed.description or "").strip(), (embed.footer.text or "").strip()
