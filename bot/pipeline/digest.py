"""Digest: claim due plans and what was asked for -> decide -> compose -> one transaction -> the outbox.

That transaction writes the day's row with its alert and delivery and the plan's next time: a kill before it leaves all
to be done again, a kill after it nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.alerts.digest import decide_digest, span_of, write_digest
from bot.domain.digests import DueDigest, NewDigest
from bot.pipeline.bells import Bells
from bot.pipeline.compose import Composer
from bot.pipeline.events import problem
from bot.ports import Store

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
IDLE = timedelta(minutes=5)
"""The longest sleep: so often at least it is noted that feeds can be read."""
AT_ONCE = 20
CATCHES_UP = timedelta(minutes=3)
"""So long after a start a late digest is not made yet: what was missed is being read first."""
SETTLED_AFTER = timedelta(minutes=2)
"""What is being gathered carries the instant at which that began: a planned digest tells up to when all is written, so
that nothing falls between it and the next."""


@dataclass(slots=True, kw_only=True)
class Digester:
    """Writes the digests that are due into the outbox."""

    store: Store
    composer: Composer
    bells: Bells
    clock: Callable[[], datetime]
    _began_at: datetime | None = None

    async def run(self) -> None:
        """Write what comes due until cancelled."""
        self._began_at = self.clock()
        while True:
            await self.digest_due()
            await self.bells.digest.wait(await self._pause())

    async def digest_due(self) -> int:
        """Write everything that is due now; returns how many digests will be sent."""
        await self.store.note_reading(self.clock())
        written = 0
        while claimed := await self.store.claim_due_digests(self.clock(), LEASE, AT_ONCE):
            for due in claimed:
                written += await self._write(due)
        if written:
            self.bells.deliver.ring()
        return written

    async def _write(self, due: DueDigest) -> bool:
        """Write one; trouble with it is told and must not keep the others: its lease ends, and it is tried again."""
        try:
            made = await self._ask(due) if due.number is not None or due.plan is None else await self._plan(due)
            return made is not None and await self.store.save_digest(made, self.clock())
        except Exception as error:  # one channel's digest must not end those of the others
            log.debug("no digest for %s", due.channel.place, exc_info=True)
            place = due.channel.place
            problem(f"a digest could not be made: {error}", platform=place.platform, channel=place.channel)
            return False

    async def _plan(self, due: DueDigest) -> NewDigest | None:
        now, plan = self.clock(), due.plan
        assert plan is not None  # noqa: S101 - the caller looked
        decided = decide_digest(plan, due.channel, due_at=due.due_at, told_until=due.told_until, now=now)
        if decided.day is None or decided.since is None:
            return NewDigest(claimed=due, next_at=decided.next_at)
        if decided.late_for is not None and self._began_at is not None and now - self._began_at < CATCHES_UP:
            return None  # looked at again when its lease ends
        until = max(now - SETTLED_AFTER, decided.since)
        topics = await self.composer.list_wanted(due.channel, plan.topics)
        digest = await self.composer.compose(due.channel, topics, since=decided.since, until=until, plan=plan)
        told = replace(digest, day=decided.day, due_at=decided.late_for)
        text = "" if plan.is_silent and not told.stories else write_digest(told)
        return NewDigest(claimed=due, text=text, day=decided.day, until=until, next_at=decided.next_at)

    async def _ask(self, due: DueDigest) -> NewDigest:
        now, plan = self.clock(), due.plan
        topics = await self.composer.list_wanted(due.channel, plan.topics if plan is not None else ())
        digest = await self.composer.compose(due.channel, topics, since=now - span_of(plan), until=now, plan=plan)
        return NewDigest(claimed=due, text=write_digest(digest))

    async def _pause(self) -> timedelta:
        now = self.clock()
        due = await self.store.next_digest_due_at(now)
        return IDLE if due is None else max(timedelta(0), min(due - now, IDLE))
