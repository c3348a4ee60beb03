"""Announcement channels: a message goes on to the channel's followers, where the channel's settings say so.

posted -> handed on, or kept where the channel's limit is reached (ten an hour) -> handed on when that has passed

Asking twice is harmless, so a lost answer is settled with the delivery, and what is kept survives a restart.
https://docs.discord.com/developers/resources/message#crosspost-message
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import discord

from bot.domain.errors import TopicwireError
from bot.domain.publications import Publication
from bot.domain.records import Outgoing
from bot.platforms.discord.message_ids import Spot, pack_spot, read_spot
from bot.platforms.discord.pace import Pace
from bot.platforms.discord.refusals import PUBLISHED, TROUBLE, WRONG_KIND
from bot.ports import Store

log = logging.getLogger(__name__)
NAME = "discord"
LONGEST_LIMIT = timedelta(hours=1)
"""What is kept for longer than Discord's limit lasts was kept by a clock that has been put back since."""


class Publisher:
    """Hands messages on; one for the whole run, whatever connection there is."""

    def __init__(self, store: Store, pace: Pace, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._pace = pace
        self._clock = clock
        self._kept = asyncio.Event()

    async def publish(self, client: discord.Client, outgoing: Outgoing, message: discord.Message) -> None:
        """Hand a message on, or keep it for later; a refusal is told in the log and stops nothing.

        Raises discord.py's errors where it is not known what Discord did.
        """
        is_wanted = outgoing.is_published and not message.flags.crossposted
        if not is_wanted or not _may_be_announcement(client, message.channel.id):
            return
        spot = Spot(message.channel.id, message.id)
        limit = await _ask(client, spot)
        if limit is not None:
            due_at = self._clock() + limit
            await self._store.save_publication(outgoing.place, pack_spot(spot, outgoing.place), due_at=due_at)
            self._kept.set()
            log.info("discord: message %s in channel %s is published at %s", spot.message, spot.channel, due_at)

    async def run(self, client: discord.Client) -> None:
        """Hand on what is kept when its time has come."""
        while True:
            self._kept.clear()
            pause = self._pace.longest_pause
            try:
                pause = min([pause, *(await self._hand_on_due(client))])
            except TopicwireError as error:
                log.warning("discord: what waits to be published cannot be read: %s", error)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._kept.wait(), pause.total_seconds())

    async def _hand_on_due(self, client: discord.Client) -> list[timedelta]:
        """Hand on what is due; returns how long each of the others waits."""
        kept = [(one, self._wait(one)) for one in await self._store.list_publications(NAME)]
        for one, wait in kept:
            if wait <= timedelta(0):
                try:
                    await self._hand_on(client, one)
                except TROUBLE as error:
                    log.warning("discord: message %s is published later: %s", one.message_id, error)
        return [wait for _, wait in kept if wait > timedelta(0)]

    def _wait(self, kept: Publication) -> timedelta:
        left = kept.due_at - self._clock()
        return left if left <= LONGEST_LIMIT else timedelta(0)

    async def _hand_on(self, client: discord.Client, kept: Publication) -> None:
        place = kept.channel.place
        limit = await _ask(client, read_spot(kept.message_id, place)) if kept.channel.is_published else None
        if limit is None:
            await self._store.delete_publication(kept.channel.id, kept.message_id)
        else:
            await self._store.save_publication(place, kept.message_id, due_at=self._clock() + limit)
            self._kept.set()


async def _ask(client: discord.Client, spot: Spot) -> timedelta | None:
    """Ask Discord to hand a message on; returns how long it asks to wait first, None where it is done with."""
    try:
        await client.get_partial_messageable(spot.channel).get_partial_message(spot.message).publish()
    except discord.RateLimited as error:
        return timedelta(seconds=error.retry_after)
    except discord.HTTPException as error:
        if error.status >= 500 or error.status in (401, 429):
            raise
        if error.code not in (PUBLISHED, WRONG_KIND):
            why = error.text or str(error)
            log.warning("discord: message %s in channel %s is not published: %s", spot.message, spot.channel, why)
    return None


def _may_be_announcement(client: discord.Client, channel: int) -> bool:
    known = client.get_channel(channel)
    return known is None or (isinstance(known, discord.TextChannel) and known.is_news())
