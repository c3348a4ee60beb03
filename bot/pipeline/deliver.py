"""Deliver: claim due deliveries -> held? -> fold -> build card -> send -> record the Post (or the next attempt).

Nothing is marked sent before the platform answered; what was under way when the answer was lost, or when the process
died, comes back unsure and is settled by the platform before it is sent again.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.alerts.digest import is_planned
from bot.alerts.rollup import HOUR, STALE_AFTER, decide_fold, decide_hold, quiet_until
from bot.domain.alerts import Action, AlertKind, Delivery, DeliveryStatus, Post, PostState
from bot.domain.errors import (
    EditRefusedError,
    MessageGoneError,
    MessageRefusedError,
    NotFoundError,
    PermanentError,
    PlatformError,
    PlatformRefusedError,
    RetryLaterError,
    UnknownOutcomeError,
    WorkspaceRefusedError,
)
from bot.domain.models import DeliveryId, WorkspaceId
from bot.domain.records import Outgoing, Sent
from bot.pipeline.bells import Bell, Bells
from bot.pipeline.events import emit, problem
from bot.pipeline.membership import leave_channel
from bot.pipeline.read import Reader
from bot.pipeline.show import NothingToSay, Showing, named_topics
from bot.ports import Platform, Store
from bot.ports.measures import DELIVERIES
from bot.ports.together import Together

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=2)
IDLE = timedelta(minutes=1)
FIRST_RETRY = timedelta(seconds=2)
LONGEST_RETRY = timedelta(minutes=10)
SETTLE_AFTER = timedelta(seconds=10)
"""A request whose answer was lost may still be carried out: looked for before, its message would not be there yet, and
an edit made again would be undone by it."""
LONGEST_SEND = timedelta(minutes=5)
"""After this a platform's answer counts as lost."""
AT_ONCE = 128
"""How many deliveries of a platform are under way; one that waits for its channel's turn holds a place."""
OUR_OWN = (AlertKind.NOTICE, AlertKind.HEALTH)
"""Words of our own to those who run a channel: never held back, never handed on."""
GRACE = timedelta(seconds=2)
BREATH = timedelta(milliseconds=100)


class _HeldError(Exception):
    """The delivery must wait, and with it what is like it in its channel (`is_all`: everything of stories)."""

    def __init__(self, reason: str, *, until: datetime, is_all: bool) -> None:
        super().__init__(reason)
        self.until, self.is_all = until, is_all


@dataclass(slots=True, kw_only=True)
class Deliverer:
    """Sends what the outbox holds for one platform; channels wait for nothing but themselves.

    Of the places under way a workspace gets no more once it has as many as are left, so that one which hangs leaves
    some to the others. A platform that refuses us altogether is asked again now and then, with one delivery; a
    workspace that does is passed by for as long.
    """

    store: Store
    platform: Platform
    reader: Reader
    bells: Bells
    clock: Callable[[], datetime]
    _busy: dict[DeliveryId, WorkspaceId] = field(default_factory=dict)
    _refused_until: datetime | None = None
    _shut: dict[WorkspaceId, datetime] = field(default_factory=dict)
    _bell: Bell = field(init=False)
    _marking: Together[DeliveryId, bool] = field(init=False)
    _recording: Together[Sent, None] = field(init=False)

    def __post_init__(self) -> None:
        self._bell = self.bells.deliver.echo()
        self._marking = Together(self._mark)
        self._recording = Together(self._record)

    async def run(self) -> None:
        """Deliver what comes due until cancelled; what is under way then gets a moment to end."""
        tasks: set[asyncio.Task[None]] = set()
        try:
            while True:
                claimed = await self._claim()
                showing = Showing(self.store, self.reader, self.platform, claimed)
                for delivery in claimed:
                    task = asyncio.create_task(self._deliver_and_ring(delivery, showing))
                    tasks.add(task)
                    task.add_done_callback(tasks.discard)
                if not claimed:
                    await self._rest()
        finally:
            await _drain(tasks)

    async def _rest(self) -> None:
        """Sleep until something may be due."""
        await self._bell.wait(await self._pause())
        if self._busy:  # those that end together are followed by one claim, which costs more the more waits
            await asyncio.sleep(BREATH.total_seconds())

    async def deliver_due(self) -> int:
        """Deliver everything that is due now; returns how many deliveries were tried."""
        tried = 0
        while claimed := await self._claim():
            showing = Showing(self.store, self.reader, self.platform, claimed)
            async with asyncio.TaskGroup() as tasks:
                for delivery in claimed:
                    tasks.create_task(self._deliver_and_ring(delivery, showing))
            tried += len(claimed)
        return tried

    @property
    def is_refused(self) -> bool:
        """Whether the platform refuses us altogether, whatever the channel."""
        return self._refused_until is not None

    def bring_forward(self) -> None:
        """Ask a platform that refused us at once, where the clock went back."""
        if self._refused_until is not None:
            self._refused_until = min(self._refused_until, self.clock())
        self._shut.clear()

    async def _claim(self) -> list[Delivery]:
        now, free = self.clock(), self._free()
        if free <= 0 or (self._refused_until is not None and now < self._refused_until):
            return []
        claimed = await self.store.claim_due_deliveries(
            now, LEASE, max(1, free // 2), platform=self.platform.name, full=self._full()
        )
        # One that takes longer than its lease comes back while it is under way; it goes on with a new lease.
        fresh = [delivery for delivery in claimed if delivery.id not in self._busy]
        self._busy |= {delivery.id: delivery.channel.place.workspace for delivery in fresh}
        return fresh

    def _free(self) -> int:
        return (AT_ONCE if self._refused_until is None else 1) - len(self._busy)

    def _full(self) -> set[WorkspaceId]:
        free, now = self._free(), self.clock()
        shut = {workspace for workspace, until in self._shut.items() if now < until}
        return shut | {workspace for workspace, held in Counter(self._busy.values()).items() if held >= free}

    async def _pause(self) -> timedelta:
        """Tell how long to sleep at most; the end of each delivery under way rings besides."""
        if self._free() <= 0:
            return IDLE
        due = await self.store.next_delivery_due_at(platform=self.platform.name, full=self._full())
        if due is not None and self._refused_until is not None:
            due = max(due, self._refused_until)
        return IDLE if due is None else max(timedelta(0), min(due - self.clock(), IDLE))

    async def _deliver_and_ring(self, delivery: Delivery, showing: Showing) -> None:
        try:
            await self.deliver(delivery, showing)
        except (
            Exception
        ):  # one delivery's trouble must not end the loop; its lease runs out and it is settled and tried again
            log.exception("delivery %s could not be carried out", delivery.id)
        finally:
            self._busy.pop(delivery.id, None)
            self._bell.ring()

    async def deliver(self, delivery: Delivery, showing: Showing) -> str:
        """Carry out one delivery and record what came of it; returns the outcome word for the log."""
        try:
            await self._check_hold(delivery)
            outcome = await self._carry_out(await self._fold(delivery), showing)
            self._refused_until = None
            self._shut.pop(delivery.channel.place.workspace, None)
        except _HeldError as held:
            await self.store.hold_deliveries(delivery, until=held.until, reason=str(held), is_all=held.is_all)
            outcome = "held"
        except NothingToSay as nothing:
            await self.store.record_skipped(delivery.id, reason=str(nothing), now=self.clock())
            outcome = "skipped"
        except MessageGoneError as error:
            outcome = await self._take_gone(delivery, error)
        except EditRefusedError as error:  # the message stays as it is; developments go on as replies
            await self.store.record_skipped(delivery.id, reason=str(error), now=self.clock())
            outcome = "skipped"
        except NotFoundError:  # closed meanwhile: its channel was given up, or a roll-up tells it
            outcome = "closed"
        except PermanentError as error:
            outcome = await self._stop(delivery, error)
        except MessageRefusedError as error:
            await self.store.record_failed(delivery.id, reason=str(error), now=self.clock())
            problem(str(error), platform=delivery.channel.place.platform, channel=delivery.channel.place.channel)
            outcome = "failed"
        except UnknownOutcomeError as error:
            outcome = await self._retry(delivery, error, is_unsure=True)
        except PlatformRefusedError as error:
            outcome = await self._wait_out(delivery, error)
        except PlatformError as error:
            outcome = await self._retry(delivery, error, is_unsure=False)
        _tell(delivery, outcome)
        return outcome

    async def _carry_out(self, delivery: Delivery, showing: Showing) -> str:
        post = await self._living(delivery)
        card = await showing.card(delivery)
        is_shown = post is not None and post.shown_hash == card.shown_hash
        if delivery.action is Action.EDIT and is_shown and not _is_unsure(delivery):
            raise NothingToSay("already shown")
        outgoing = Outgoing(
            key=delivery.key,
            place=delivery.channel.place,
            card=card,
            reply_to=post.message_id if post is not None and delivery.action is Action.REPLY else None,
            unsure_since=delivery.first_tried_at,
            mentions=await showing.mentions(delivery),
            thread=await showing.thread(delivery),
            topics=named_topics(delivery),
            picture=await showing.picture(delivery),
            is_published=delivery.channel.is_published and delivery.alert.kind not in OUR_OWN,
        )
        if not await self._marking.ask(delivery.id):
            raise NotFoundError(f"delivery {delivery.id} is not open any more")
        message_id = await self._send(outgoing, post.message_id if delivery.action is Action.EDIT and post else None)
        sent = Sent(delivery_id=delivery.id, message_id=message_id, shown_hash=card.shown_hash)
        await self._recording.ask(sent)
        return "sent"

    async def _mark(self, ids: Sequence[DeliveryId]) -> list[bool]:
        leaving = await self.store.mark_sending(ids, self.clock())
        return [delivery in leaving for delivery in ids]

    async def _record(self, sent: Sequence[Sent]) -> list[None]:
        await self.store.record_sent(sent, self.clock())
        return [None] * len(sent)

    async def _send(self, outgoing: Outgoing, edited: str | None) -> str:
        try:
            async with asyncio.timeout(LONGEST_SEND.total_seconds()):
                if edited is None:
                    return await self.platform.post(outgoing)
                await self.platform.edit(outgoing, edited)
                return edited
        except TimeoutError:
            raise UnknownOutcomeError(f"{self.platform.name} did not answer within {LONGEST_SEND}") from None

    async def _check_hold(self, delivery: Delivery) -> None:
        """Raise _HeldError where quiet hours, or for a new post the most an hour, ask to wait."""
        channel, now = delivery.channel, self.clock()
        kind = delivery.alert.kind
        is_asked = kind is AlertKind.DIGEST and not is_planned(delivery.alert.reason)
        if _is_unsure(delivery) or kind in OUR_OWN or is_asked:
            return
        until = quiet_until(channel, now)
        is_quiet = until is not None
        # A digest is the remedy for too many messages: it comes whatever their number.
        may_be_many = delivery.action is Action.POST and kind is not AlertKind.DIGEST
        if may_be_many and channel.max_per_hour is not None:
            until = decide_hold(channel, now, await self.store.list_posted_since(channel.id, now - HOUR))
        if until is not None:
            raise _HeldError("quiet hours" if is_quiet else "the most an hour", until=until, is_all=is_quiet)

    async def _fold(self, delivery: Delivery) -> Delivery:
        """Make one roll-up of a post and those that wait behind it, where there are enough; else return it."""
        alert, now = delivery.alert, self.clock()
        may_fold = delivery.action is Action.POST and alert.story_id is not None and not _is_unsure(delivery)
        has_waited = delivery.next_attempt_at > alert.created_at or now - alert.created_at > STALE_AFTER
        if not may_fold or not has_waited:
            return delivery
        first, *others = decide_fold(await self.store.list_waiting(delivery.channel.id), now) or (None,)
        return await self.store.fold_deliveries(delivery.id, others, now) if first == delivery.id else delivery

    async def _living(self, delivery: Delivery) -> Post | None:
        """Return the story's message in the channel; edits and replies without a live one have nothing to do."""
        if delivery.alert.story_id is None or delivery.action is Action.POST:
            return None
        post = await self.store.find_post(delivery.alert.story_id, delivery.channel.id)
        if post is None or post.state is PostState.GONE:
            raise NothingToSay("the post is gone")
        return post

    async def _stop(self, delivery: Delivery, error: PermanentError) -> str:
        """Give up the channel, and tell the workspace's ops channel what to do."""
        await leave_channel(self.store, delivery.channel, str(error), self.clock())
        return "failed"

    async def _wait_out(self, delivery: Delivery, error: PlatformRefusedError) -> str:
        """Keep everything pending while the platform, or the delivery's workspace there, refuses us; told once."""
        until = self.clock() + (error.retry_after or LONGEST_RETRY)
        workspace = delivery.channel.place.workspace
        is_one = isinstance(error, WorkspaceRefusedError)
        if (workspace not in self._shut) if is_one else (self._refused_until is None):
            problem(str(error), platform=self.platform.name, **({"workspace": workspace} if is_one else {}))
        if is_one:
            self._shut[workspace] = until
        else:
            self._refused_until = until
        await self.store.record_retry(delivery.id, next_attempt_at=until, reason=str(error), is_unsure=False)
        return "retry"

    async def _retry(self, delivery: Delivery, error: PlatformError, *, is_unsure: bool) -> str:
        wished = error.retry_after if isinstance(error, RetryLaterError) else None
        pause = wished or min(FIRST_RETRY * (1 << min(delivery.attempts, 16)), LONGEST_RETRY)
        pause = max(pause, SETTLE_AFTER) if is_unsure else pause
        await self.store.record_retry(
            delivery.id, next_attempt_at=self.clock() + pause, reason=str(error), is_unsure=is_unsure
        )
        return "unsure" if is_unsure else "retry"

    async def _take_gone(self, delivery: Delivery, error: MessageGoneError) -> str:
        if delivery.alert.story_id is not None:
            await self.store.mark_post_gone(delivery.alert.story_id, delivery.channel.id)
        await self.store.record_skipped(delivery.id, reason=str(error), now=self.clock())
        return "gone"


def _is_unsure(delivery: Delivery) -> bool:
    return delivery.status is DeliveryStatus.SENDING or delivery.first_tried_at is not None


async def _drain(tasks: set[asyncio.Task[None]]) -> None:
    """Let running sends end within GRACE, then cancel them: they stay SENDING and are settled at the next start."""
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=GRACE.total_seconds())
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)


def _tell(delivery: Delivery, outcome: str) -> None:
    DELIVERIES.labels(delivery.channel.place.platform, outcome).inc()
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
