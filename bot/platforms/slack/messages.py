"""Messages out: the living message posted, edited and replied to, and lost answers settled.

unsure? -> look for our metadata in the channel -> bring its picture -> wait for its turn -> chat.postMessage -> ts
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.cards import Card
from bot.domain.errors import MessageGoneError, PlatformError, RetryLaterError, UnknownOutcomeError
from bot.domain.records import Outgoing
from bot.platforms.slack.identity import Identity
from bot.platforms.slack.pace import Pace
from bot.platforms.slack.pictures import Gallery
from bot.platforms.slack.refusals import REFUSALS, RefusedBlocksError, ask
from bot.platforms.slack.render import Message, render_card, render_mentions

log = logging.getLogger(__name__)
EVENT_TYPE = "topicwire"
# Our clock and Slack's may differ; looking a little further back costs a page at most.
SKEW = timedelta(minutes=5)
PAGE = 200

Json = dict[str, Any]
Send = Callable[[Message], Awaitable[AsyncSlackResponse]]


class Messages:
    """Sends cards to channels of one workspace."""

    def __init__(
        self,
        client: AsyncWebClient,
        gap: timedelta,
        clock: Callable[[], float] = time.monotonic,
        *,
        unfurls: bool = False,
        broadcasts: bool = False,
    ) -> None:
        self._client, self._clock, self._gap, self._pace = client, clock, gap, Pace(gap)
        self._gallery = Gallery(client)
        self._unfurls, self._broadcasts = unfurls, broadcasts

    async def post(self, outgoing: Outgoing, me: Identity) -> str:
        """Post a card and return its ts; where an earlier try may have succeeded, return that message's ts instead."""
        if outgoing.unsure_since is not None:
            found = await self._settle(outgoing, outgoing.unsure_since, me)
            if found is not None and outgoing.picture is None:  # an edit would take the picture out of it
                await self._freshen(outgoing, found, me)
            if found is not None:
                self._gallery.forget(outgoing.key)
                return found
        if outgoing.reply_to is not None:
            await self._require_parent(outgoing, outgoing.reply_to, me)
        channel = outgoing.place.channel
        pictures = await self._gallery.bring(outgoing.key, outgoing.picture)
        await asyncio.sleep(self._pace.reserve(channel, self._clock()).total_seconds())

        async def send(message: Message) -> AsyncSlackResponse:
            return await self._client.chat_postMessage(
                channel=channel,
                text=message.text,
                blocks=[*message.blocks, *render_mentions(outgoing.mentions)],
                thread_ts=outgoing.reply_to,
                metadata={"event_type": EVENT_TYPE, "event_payload": {"delivery": outgoing.key}},
                reply_broadcast=self._broadcasts and outgoing.reply_to is not None,
                unfurl_links=self._unfurls,
                unfurl_media=self._unfurls,
                link_names=False,
                parse="none",
            )

        sent = await self._send_with(send, outgoing, me, pictures) if pictures else None
        sent = sent or await self._send(send, outgoing, me)
        self._gallery.forget(outgoing.key)
        return str(sent["ts"])

    async def edit(self, outgoing: Outgoing, message_id: str, me: Identity) -> None:
        """Show the card in a message; harmless to repeat, so an unsure edit is simply made again."""

        async def send(message: Message) -> AsyncSlackResponse:
            return await self._client.chat_update(
                channel=outgoing.place.channel,
                ts=message_id,
                text=message.text,
                blocks=message.blocks,
                link_names=False,
                parse="none",
            )

        await self._send(send, outgoing, me)

    async def _send_with(
        self, send: Send, outgoing: Outgoing, me: Identity, pictures: Sequence[Json]
    ) -> AsyncSlackResponse | None:
        """Send a card with its picture; None where Slack refuses that, which it does while it works on a new file."""
        for pause in (self._gap, 2 * self._gap, self._gap):
            try:
                return await self._try(send, outgoing.card, outgoing, me, pictures)
            except RefusedBlocksError as error:
                log.info("Slack: delivery %s is refused with its picture: %s", outgoing.key, error)
                await asyncio.sleep(pause.total_seconds())
        log.warning("Slack: delivery %s comes without its picture", outgoing.key)
        return None

    async def _send(self, send: Send, outgoing: Outgoing, me: Identity) -> AsyncSlackResponse:
        """Send a rendered card, once more without its picture where Slack may have refused it for that."""
        try:
            return await self._try(send, outgoing.card, outgoing, me)
        except RefusedBlocksError:
            if outgoing.card.image_url is None:
                raise
            return await self._try(send, replace(outgoing.card, image_url=None), outgoing, me)

    async def _try(
        self, send: Send, card: Card, outgoing: Outgoing, me: Identity, pictures: Sequence[Json] = ()
    ) -> AsyncSlackResponse:
        try:
            doing = send(render_card(card, outgoing.key, pictures))
            return await ask(doing, channel=outgoing.place.channel, bot=me.name)
        except RetryLaterError as error:
            if error.retry_after is not None:
                self._pace.hold(error.retry_after, self._clock())
            raise

    async def _settle(self, outgoing: Outgoing, since: datetime, me: Identity) -> str | None:
        """Find the message of an earlier try; whatever keeps us from looking leaves the outcome unknown."""
        try:
            return await self._find(outgoing, since, me)
        except RetryLaterError as error:
            raise UnknownOutcomeError(f"still not known whether it was sent: {error}") from None

    async def _find(self, outgoing: Outgoing, since: datetime, me: Identity) -> str | None:
        """Look through the newest page whatever its time, since our clock may be wrong, and back to the first try."""
        channel, cursor, until = outgoing.place.channel, "", (since - SKEW).timestamp()
        while True:
            page = await ask(self._page(outgoing, cursor), channel=channel, bot=me.name)
            messages = page.get("messages") or ()
            for message in messages:
                if _is_delivery(message, outgoing.key, me):
                    return str(message["ts"])
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            is_past = outgoing.reply_to is None and messages and float(messages[-1]["ts"]) < until
            if not cursor or is_past:
                return None

    def _page(self, outgoing: Outgoing, cursor: str) -> Awaitable[AsyncSlackResponse]:
        """Ask for a page of the channel, newest first, or of the thread, oldest first."""
        wanted: dict[str, Any] = {"limit": PAGE, "include_all_metadata": True}
        wanted |= {"cursor": cursor} if cursor else {}
        channel = outgoing.place.channel
        if outgoing.reply_to is None:
            return self._client.conversations_history(channel=channel, **wanted)
        return self._client.conversations_replies(channel=channel, ts=outgoing.reply_to, **wanted)

    async def _freshen(self, outgoing: Outgoing, message_id: str, me: Identity) -> None:
        """Bring a message found again up to the card of now; the next edit does it where this fails."""
        try:
            await self.edit(outgoing, message_id, me)
        except PlatformError as error:
            log.info("Slack: message %s found again, but not brought up to date: %s", message_id, error)

    async def _require_parent(self, outgoing: Outgoing, parent: str, me: Identity) -> None:
        """Raise MessageGoneError where the parent is gone: Slack would take the reply and show it nowhere."""
        channel = outgoing.place.channel
        try:
            page = await ask(
                self._client.conversations_replies(channel=channel, ts=parent, limit=1), channel=channel, bot=me.name
            )
        except REFUSALS:  # no right to look: what is wrong for posting too, the post itself will say
            return
        except UnknownOutcomeError as error:
            raise RetryLaterError(str(error)) from None
        first: Mapping[str, Any] = next(iter(page.get("messages") or ()), {})
        if first.get("subtype") == "tombstone":
            raise MessageGoneError(f"Slack channel {channel}: the message to reply to was deleted")


def _is_delivery(message: Mapping[str, Any], delivery: str, me: Identity) -> bool:
    """Tell whether a message is our own and of this delivery; another app may use the same words in its metadata."""
    metadata = message.get("metadata") or {}
    is_ours = message.get("bot_id") == me.bot_id or message.get("user") == me.user_id
    payload = metadata.get("event_payload") or {}
    return is_ours and metadata.get("event_type") == EVENT_TYPE and payload.get("delivery") == delivery
