"""Deliver: claim due deliveries -> build card -> render -> send -> record the Post (or the next attempt).

Nothing is marked sent before the platform answered; what was under way when the answer was lost, or when the process
died, comes back unsure and is settled by the platform before it is sent again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.alerts.cards import development_card, story_card
from bot.domain.cards import Card
from bot.domain.errors import (
    MessageGoneError,
    PermanentError,
    PlatformError,
    RetryLaterError,
    StoryNotFoundError,
    UnknownOutcomeError,
)
from bot.domain.models import Action, ChannelId, Delivery, Post, PostState
from bot.domain.records import Outgoing
from bot.pipeline.bells import Bells
from bot.pipeline.events import emit, problem
from bot.pipeline.read import Reader
from bot.ports import Platform, Store

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=2)
IDLE = timedelta(minutes=1)
FIRST_RETRY = timedelta(seconds=2)
LONGEST_RETRY = timedelta(minutes=10)
AT_ONCE = 32
GRACE = timedelta(seconds=2)


class _NothingToSay(Exception):  # noqa: N818 - a turn of the flow, not an error
    """The delivery has nothing to show any more."""


@dataclass(slots=True, kw_only=True)
class Deliverer:
    """Sends what the outbox holds; channels wait for nothing but themselves."""

    store: Store
    platforms: Mapping[str, Platform]
    reader: Reader
    bells: Bells
    clock: Callable[[], datetime]
    _busy: set[ChannelId] = field(default_factory=set)

    async def run(self) -> None:
        """Deliver what comes due until cancelled; what is under way then gets a moment to end."""
        tasks: set[asyncio.Task[None]] = set()
        try:
            while True:
                claimed = await self._claim()
                for delivery in claimed:
                    self._busy.add(delivery.channel.id)
                    task = asyncio.create_task(self._deliver_and_ring(delivery))
                    tasks.add(task)
                    task.add_done_callback(tasks.discard)
                if not claimed:
                    await self.bells.deliver.wait(await self._pause())
        finally:
            await _drain(tasks)

    async def deliver_due(self) -> int:
        """Deliver everything that is due now; returns how many deliveries were tried."""
        tried = 0
        while claimed := await self._claim():
            async with asyncio.TaskGroup() as tasks:
                for delivery in claimed:
                    self._busy.add(delivery.channel.id)
                    tasks.create_task(self._deliver_and_ring(delivery))
            tried += len(claimed)
        return tried

    async def _claim(self) -> list[Delivery]:
        room = AT_ONCE - len(self._busy)
        return await self.store.claim_due_deliveries(self.clock(), LEASE, room) if room > 0 else []

    async def _pause(self) -> timedelta:
        due = await self.store.next_delivery_due_at()
        return IDLE if due is None else max(timedelta(0), min(due - self.clock(), IDLE))

    async def _deliver_and_ring(self, delivery: Delivery) -> None:
        try:
            await self.deliver(delivery)
        except (
            Exception
        ):  # one delivery's trouble must not end the loop; its lease runs out and it is settled and tried again
            log.exception("delivery %s could not be carried out", delivery.id)
        finally:
            self._busy.discard(delivery.channel.id)
            self.bells.deliver.ring()

    async def deliver(self, delivery: Delivery) -> str:
        """Carry out one delivery and record what came of it; returns the outcome word for the log."""
        try:
            outcome = await self._carry_out(delivery)
        except _NothingToSay as nothing:
            await self.store.record_skipped(delivery.id, reason=str(nothing), now=self.clock())
            outcome = "skipped"
        except MessageGoneError as error:
            outcome = await self._take_gone(delivery, error)
        except PermanentError as error:
            await self.store.record_failed(delivery.id, reason=str(error), now=self.clock())
            problem(str(error), platform=delivery.channel.place.platform, channel=delivery.channel.place.channel)
            outcome = "failed"
        except UnknownOutcomeError as error:
            outcome = await self._retry(delivery, error, is_unsure=True)
        except PlatformError as error:
            outcome = await self._retry(delivery, error, is_unsure=False)
        _tell(delivery, outcome)
        return outcome

    async def _carry_out(self, delivery: Delivery) -> str:
        platform = self.platforms.get(delivery.channel.place.platform)
        if platform is None:
            raise RetryLaterError(f"{delivery.channel.place.platform} is not set up", retry_after=LONGEST_RETRY)
        post = await self._living(delivery)
        card = await self._card(delivery)
        if delivery.action is Action.EDIT and post is not None and post.shown_hash == card.shown_hash:
            raise _NothingToSay("already shown")
        outgoing = Outgoing(
            delivery_id=delivery.id,
            place=delivery.channel.place,
            card=card,
            reply_to=post.message_id if post is not None and delivery.action is Action.REPLY else None,
            unsure_since=delivery.first_tried_at,
        )
        await self.store.mark_sending(delivery.id, self.clock())
        if delivery.action is Action.EDIT and post is not None:
            await platform.edit(outgoing, post.message_id)
            message_id = post.message_id
        else:
            message_id = await platform.post(outgoing)
        await self.store.record_sent(delivery.id, message_id=message_id, shown_hash=card.shown_hash, now=self.clock())
        return "sent"

    async def _living(self, delivery: Delivery) -> Post | None:
        """Return the story's message in the channel; edits and replies without a live one have nothing to do."""
        if delivery.alert.story_id is None:
            return None
        post = await self.store.find_post(delivery.alert.story_id, delivery.channel.id)
        if delivery.action is not Action.POST and (post is None or post.state is PostState.GONE):
            raise _NothingToSay("the post is gone")
        return post

    async def _card(self, delivery: Delivery) -> Card:
        alert, channel = delivery.alert, delivery.channel
        if alert.story_id is None:
            raise _NothingToSay("nothing to show")
        try:
            view = await self.reader.story(channel.place.workspace, alert.story_id)
        except StoryNotFoundError:
            raise _NothingToSay("the story is no longer kept") from None
        if delivery.action is Action.REPLY:
            return development_card(view, alert.reason, channel=channel, development_id=alert.development_id)
        return story_card(view, channel=channel)

    async def _retry(self, delivery: Delivery, error: PlatformError, *, is_unsure: bool) -> str:
        wished = error.retry_after if isinstance(error, RetryLaterError) else None
        pause = wished or min(FIRST_RETRY * (1 << min(delivery.attempts, 16)), LONGEST_RETRY)
        await self.store.record_retry(
            delivery.id, next_attempt_at=self.clock() + pause, reason=str(error), is_unsure=is_unsure
        )
        return "unsure" if is_unsure else "retry"

    async def _take_gone(self, delivery: Delivery, error: MessageGoneError) -> str:
        if delivery.alert.story_id is not None:
            await self.store.mark_post_gone(delivery.alert.story_id, delivery.channel.id)
        await self.store.record_skipped(delivery.id, reason=str(error), now=self.clock())
        return "gone"


async def _drain(tasks: set[asyncio.Task[None]]) -> None:
    """Let running sends end within GRACE, then cancel them: they stay SENDING and are settled at the next start."""
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=GRACE.total_seconds())
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)


def _tell(delivery: Delivery, outcome: str) -> None:
    emit(
        "deliver",
        level=logging.INFO
        if outcome == "sent"
        else logging.WARNING
        if outcome in {"failed", "retry"}
        else logging.DEBUG,
        delivery=delivery.id,
        action=delivery.action.value,
        platform=delivery.channel.place.platform,
        channel=delivery.channel.place.channel,
        outcome=outcome,
        attempt=delivery.attempts + 1,
    )
