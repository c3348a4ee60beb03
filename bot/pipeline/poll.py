"""Poll: claim due feeds -> fetch -> parse -> unseen entries become articles.

One transaction a feed holds its articles and its whole state, so that a crash before it loses nothing (the feed is
polled again) and a crash after it repeats nothing (the articles wait for gather).
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import perf_counter

from bot.domain.models import Entry, EntryKeys, Feed, NewArticle, Outcome
from bot.domain.records import FeedRequest, Poll, Reading
from bot.domain.settings import FetchSettings
from bot.domain.urls import shown_host
from bot.pipeline.bells import Bells
from bot.pipeline.events import EVENTS, emit
from bot.ports import Fetcher, Store

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
IDLE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(days=1)
FUTURE_SLACK = timedelta(hours=1)
JITTER = 0.1


@dataclass(slots=True, kw_only=True)
class Poller:
    """Polls feeds as they come due, `settings.concurrency` at a time."""

    store: Store
    fetcher: Fetcher
    settings: FetchSettings
    bells: Bells
    clock: Callable[[], datetime]
    _active: int = 0

    async def run(self) -> None:
        """Poll due feeds until cancelled; sleeps until the next one is due or the bell rings."""
        slots = asyncio.Semaphore(self.settings.concurrency)
        async with asyncio.TaskGroup() as tasks:
            while True:
                # Twice as many are claimed as are fetched, so that a claim is one transaction for many feeds.
                room = 2 * self.settings.concurrency - self._active
                claimed = []
                if room >= self.settings.concurrency:
                    claimed = await self.store.claim_due_feeds(self.clock(), LEASE, room)
                for feed in claimed:
                    self._active += 1
                    tasks.create_task(self._poll_in_turn(feed, slots))
                if not claimed:
                    await self.bells.poll.wait(await self._pause())

    async def poll_due(self) -> int:
        """Poll everything that is due now, once; returns how many feeds were polled."""
        polled = 0
        slots = asyncio.Semaphore(self.settings.concurrency)
        while claimed := await self.store.claim_due_feeds(self.clock(), LEASE, 4 * self.settings.concurrency):
            self._active += len(claimed)
            async with asyncio.TaskGroup() as tasks:
                for feed in claimed:
                    tasks.create_task(self._poll_in_turn(feed, slots))
            polled += len(claimed)
        return polled

    async def _pause(self) -> timedelta:
        if self._active:
            return IDLE
        due = await self.store.next_feed_due_at()
        return IDLE if due is None else min(due - self.clock(), IDLE)

    async def _poll_in_turn(self, feed: Feed, slots: asyncio.Semaphore) -> None:
        try:
            async with slots:
                await self.poll_feed(feed)
        except Exception:  # one feed's trouble must not end the loop; its lease runs out and it is polled again
            log.exception("feed %s (%s) could not be polled", feed.id, shown_host(feed.url))
        finally:
            self._active -= 1
            if self._active <= self.settings.concurrency:
                self.bells.poll.ring()

    async def poll_feed(self, feed: Feed) -> Outcome:
        """Fetch one feed and write what came of it; returns the outcome word."""
        began = perf_counter()
        reading = await self.fetcher.read(FeedRequest(url=feed.url, validators=feed.validators, language=feed.language))
        now = self.clock()
        poll = await self._decide(feed, reading, now)
        new = await self.store.save_poll(poll)
        if new:
            self.bells.gather.ring()
        _tell(feed, poll, new, round((perf_counter() - began) * 1000))
        return poll.outcome

    async def _decide(self, feed: Feed, reading: Reading, now: datetime) -> Poll:
        failed = reading.outcome is Outcome.FAILED
        failures = feed.failures + 1 if failed else 0
        poll = Poll(
            feed_id=feed.id,
            at=now,
            outcome=reading.outcome,
            reason=reading.reason,
            title=reading.title,
            language=feed.language or reading.language,
            validators=feed.validators if failed else reading.validators,
            failures=failures,
            next_check_at=decide_next_check(feed, reading, failures, now, random.uniform(-JITTER, JITTER)),  # noqa: S311
        )
        if reading.outcome is not Outcome.NEW:
            return poll
        found = await self.store.find_known(feed, reading.keys) if reading.keys else {}
        unseen = [(e, k) for e, k in zip(reading.entries, reading.keys, strict=True) if k not in found]
        return replace(
            poll,
            outcome=Outcome.NEW if unseen else Outcome.UNCHANGED,
            articles=tuple(new_article(feed, reading, entry, key, now) for entry, key in unseen),
            known=tuple(found.items()),
        )


def decide_next_check(feed: Feed, reading: Reading, failures: int, now: datetime, jitter: float) -> datetime:
    """Choose when to poll again: the feed's interval, doubled for each failure in a row up to a day, never never.

    `jitter` is a fraction of the pause, so that feeds added together drift apart.
    """
    pause = min(feed.interval * (1 << min(failures, 16)), max(LONGEST_PAUSE, feed.interval))
    pause += pause * jitter
    if reading.retry_after is not None:
        pause = max(pause, min(reading.retry_after, LONGEST_PAUSE))
    return now + pause


def new_article(feed: Feed, reading: Reading, entry: Entry, keys: EntryKeys, now: datetime) -> NewArticle:
    """Make an article of an unseen entry. A date in the future is no date; a first sight is silent."""
    published = entry.published_at
    return NewArticle(
        keys=keys,
        link=entry.link,
        outlet=entry.outlet or feed.title or reading.title or shown_host(feed.url),
        title=entry.title,
        text=entry.text,
        language=entry.language or feed.language or reading.language,
        published_at=published if published is not None and published <= now + FUTURE_SLACK else None,
        image_url=entry.image_url,
        is_silent=feed.first_polled_at is None,
    )


def _tell(feed: Feed, poll: Poll, new: int, ms: int) -> None:
    turned_bad = poll.outcome is Outcome.FAILED and feed.failures == 0
    recovered = poll.outcome is not Outcome.FAILED and feed.failures > 0
    level = logging.WARNING if turned_bad else logging.INFO if recovered or new else logging.DEBUG
    if not EVENTS.isEnabledFor(level):
        return
    fields: dict[str, object] = {"feed": feed.id, "host": shown_host(feed.url), "outcome": poll.outcome.value}
    fields |= {"new": new, "ms": ms}
    if poll.reason:
        fields["reason"] = poll.reason
    emit("poll", level=level, **fields)
