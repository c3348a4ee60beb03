"""Poll: claim due feeds -> fetch -> parse -> unseen entries become articles.

One transaction a feed holds its articles and its whole state, so that a crash before it loses nothing (the feed is
polled again) and a crash after it repeats nothing (the articles wait for gather).
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from time import perf_counter

from bot.alerts.feed_news import decide_feed_news
from bot.domain.feeds import Entry, EntryKeys, Feed, NewArticle, Outcome
from bot.domain.moves import decide_move
from bot.domain.pace import Bounds, Course, Pace, Wishes, decide_next_check, observe
from bot.domain.records import FeedRequest, Poll, Reading, Wording
from bot.domain.settings import FetchSettings
from bot.domain.troubles import Trouble
from bot.domain.urls import shown_host
from bot.pipeline.bells import Bells
from bot.pipeline.events import EVENTS, emit, problem
from bot.pipeline.shares import HostShares
from bot.pipeline.sift import hold, sift
from bot.pipeline.tell import tell_feed_news
from bot.ports import Fetcher, Store
from bot.ports.measures import ARTICLES, POLLS

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
IDLE = timedelta(minutes=1)
FUTURE_SLACK = timedelta(hours=1)
JITTER = 0.1
AS_BEFORE = {Outcome.NOT_MODIFIED, Outcome.UNCHANGED}
ROOM_BEHIND = 16_000_000
"""So many bytes of documents may wait for their rest to be read, while other feeds are seen for the first time."""


@dataclass(slots=True)
class _Beginning:
    """What of a first sight was written before the whole: the newest entries, and how many articles they became.

    `behind`: the bytes of the document of which the rest waits until other feeds have begun too.
    """

    entries: tuple[Entry, ...] = ()
    new: int = 0
    behind: int = 0


@dataclass(slots=True, kw_only=True)
class Poller:
    """Polls feeds as they come due; how many at a time, in all and at one host, is the fetcher's to keep.

    A host has no more claimed than its share, so that a slow one occupies nobody else's place.
    """

    store: Store
    fetcher: Fetcher
    settings: FetchSettings
    bells: Bells
    clock: Callable[[], datetime]
    retention: timedelta = timedelta(0)
    """Entries dated before it are no news: their articles may have been taken out already. 0: any age."""
    has_begun: bool = False
    """Whether every feed that was due at the start has been claimed once."""
    _active: int = 0
    _behind: int = 0
    _shares: HostShares = field(init=False)
    _bounds: Bounds = field(init=False)

    def __post_init__(self) -> None:
        self._bounds = Bounds(least=self.settings.min_interval, most=self.settings.max_interval)
        self._shares = HostShares(per_host=max(self.settings.per_host, 1), pause=self.settings.host_pause)

    async def run(self) -> None:
        """Poll due feeds until cancelled; sleeps until the next one is due or the bell rings."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                # Twice as many are claimed as are fetched, so that a claim is one transaction for many feeds.
                room = 2 * self.settings.concurrency - self._active
                claimed = []
                if room >= self.settings.concurrency:
                    claimed = await self.store.claim_due_feeds(self.clock(), LEASE, room)
                for feed in await self._share_out(claimed):
                    self._active += 1
                    tasks.create_task(self._poll_in_share(feed))
                if not claimed:
                    self.has_begun = True
                    await tell_feed_news(self.store, self.bells, self.clock())
                    await self.bells.poll.wait(await self._pause())

    async def poll_due(self) -> int:
        """Poll everything that is due now, once; returns how many feeds were polled."""
        polled = 0
        async with asyncio.TaskGroup() as tasks:
            while claimed := await self.store.claim_due_feeds(self.clock(), LEASE, 2 * self.settings.concurrency):
                self._active += len(claimed)
                for feed in claimed:
                    tasks.create_task(self._poll_in_turn(feed))
                polled += len(claimed)
                while self._active > self.settings.concurrency:
                    await self.bells.poll.wait(IDLE)
        await tell_feed_news(self.store, self.bells, self.clock())
        return polled

    async def _pause(self) -> timedelta:
        if self._active > self.settings.concurrency:
            return IDLE
        due = await self.store.next_feed_due_at()
        return IDLE if due is None else min(due - self.clock(), IDLE)

    async def _share_out(self, claimed: list[Feed]) -> list[Feed]:
        """Keep of the claimed feeds what fits into their hosts' shares; the others are due when their turn will be."""
        taken, later = self._shares.split(claimed, self.clock())
        if later:
            await self.store.postpone_feeds(later)
        return taken

    async def _poll_in_share(self, feed: Feed) -> None:
        began = perf_counter()
        try:
            await self._poll_in_turn(feed)
        finally:
            self._shares.end(feed, timedelta(seconds=perf_counter() - began))

    async def _poll_in_turn(self, feed: Feed) -> None:
        try:
            await self.poll_feed(feed)
        except Exception:  # one feed's trouble must not end the loop; its lease runs out and it is polled again
            log.exception("feed %s (%s) could not be polled", feed.id, shown_host(feed.url))
        finally:
            self._leave_place()

    async def poll_feed(self, feed: Feed) -> Outcome:
        """Fetch one feed and write what came of it; returns the outcome word."""
        began = perf_counter()
        beginning = _Beginning()
        request = FeedRequest(url=feed.url, validators=feed.validators, language=feed.language, scope=feed.scope)
        if feed.first_polled_at is None:
            request = replace(request, take_newest=partial(self._save_newest, feed, beginning))
        try:
            reading = await self.fetcher.read(request)
        finally:
            self._step_forward(beginning)
        now = self.clock()
        poll = await self._decide(feed, reading, beginning, now)
        new = beginning.new + await self.store.save_poll(poll)
        POLLS.labels(poll.outcome.value).inc()
        ARTICLES.inc(new - beginning.new)
        if new:
            self.bells.gather.ring()
        if poll.move.is_final:
            there = shown_host(poll.move.url or "")
            problem("a feed moves to the address it redirects to", feed=feed.id, host=shown_host(feed.url), to=there)
        _tell(feed, poll, new, round((perf_counter() - began) * 1000))
        return poll.outcome

    async def _save_newest(self, feed: Feed, beginning: _Beginning, reading: Reading) -> None:
        """Write the newest entries of a first sight, which come before the rest; the feed's state comes with that."""
        now = self.clock()
        read = zip(reading.entries, reading.keys, strict=True)
        poll = Poll(
            feed_id=feed.id,
            at=now,
            outcome=Outcome.NEW,
            reason="",
            title=reading.title,
            language=feed.language or reading.language,
            validators=feed.validators,
            failures=feed.failures,
            next_check_at=feed.next_check_at,
            articles=tuple(new_article(feed, reading, e, k, now) for e, k in read if not self._is_too_old(e, now)),
            is_part=True,
        )
        beginning.entries = reading.entries
        beginning.new = await self.store.save_poll(poll)
        ARTICLES.inc(beginning.new)
        self.bells.gather.ring()
        if self._behind + reading.remaining <= ROOM_BEHIND:
            beginning.behind = reading.remaining
            self._behind += reading.remaining
            self._leave_place()

    def _step_forward(self, beginning: _Beginning) -> None:
        """Count a feed as under way again whose rest was read behind the others."""
        if beginning.behind:
            self._behind -= beginning.behind
            self._active += 1

    def _leave_place(self) -> None:
        self._active -= 1
        if self._active <= self.settings.concurrency:
            self.bells.poll.ring()

    async def _decide(self, feed: Feed, reading: Reading, beginning: _Beginning, now: datetime) -> Poll:
        failed = reading.outcome is Outcome.FAILED
        failures = feed.failures + 1 if failed else 0
        seen = (*beginning.entries, *reading.entries)
        pace = feed.pace if reading.outcome is not Outcome.NEW else self._observe(feed, reading, seen, now)
        poll = Poll(
            feed_id=feed.id,
            at=now,
            outcome=reading.outcome,
            reason=reading.reason,
            title=reading.title,
            language=feed.language or reading.language,
            validators=feed.validators if failed else reading.validators,
            failures=failures,
            next_check_at=self._next_check(feed, reading, pace, failures, now),
            pace=pace,
            trouble=reading.trouble,
            news=decide_feed_news(feed, failures=failures, trouble=reading.trouble, reason=reading.reason),
            move=decide_move(feed, reading.moved_to, failed=failed),
            is_quiet=is_quiet(feed, reading),
        )
        if reading.outcome is not Outcome.NEW:
            return poll
        return await self._sort_out(feed, reading, poll)

    async def _sort_out(self, feed: Feed, reading: Reading, poll: Poll) -> Poll:
        """Tell unseen entries from known ones, and what is held back from news."""
        read = list(zip(reading.entries, reading.keys, strict=True))
        found = await self.store.find_known(feed, reading.keys) if read else {}
        unseen = [(e, k) for e, k in read if k not in found and not self._is_too_old(e, poll.at)]
        sifted = await sift(self.store, feed, unseen, known=len(found) + reading.skipped, now=poll.at)
        arrivals = tuple(
            new_article(feed, reading, entry, key, poll.at, is_held=key in sifted.held) for entry, key in sifted.unseen
        )
        poll = replace(
            poll,
            outcome=Outcome.NEW if arrivals else Outcome.UNCHANGED,
            articles=arrivals,
            known=(*found.items(), *sifted.alike),
            wordings=tuple(Wording(article_id=found[k], title=e.title, text=e.text) for e, k in read if k in found),
        )
        if not any(entry.published_at for entry in reading.entries):  # when they came has to tell the rhythm
            came = [poll.at] * (len(arrivals) if feed.first_polled_at is not None else 1)
            poll = replace(poll, pace=observe(poll.pace, came, poll.at))
        return hold(feed, poll) if sifted.held else poll

    def _is_too_old(self, entry: Entry, now: datetime) -> bool:
        return bool(self.retention) and entry.published_at is not None and entry.published_at < now - self.retention

    def _observe(self, feed: Feed, reading: Reading, seen: Sequence[Entry], now: datetime) -> Pace:
        dates = [entry.published_at for entry in seen if entry.published_at is not None]
        return replace(observe(feed.pace, dates, now), asked=reading.asked)

    def _next_check(self, feed: Feed, reading: Reading, pace: Pace, failures: int, now: datetime) -> datetime:
        return decide_next_check(
            Course(interval=feed.interval, is_adaptive=feed.is_adaptive, pace=pace),
            Wishes(fresh_for=reading.fresh_for, retry_after=reading.retry_after),
            self._bounds,
            failures=failures,
            is_gone=reading.trouble is Trouble.GONE,
            now=now,
            jitter=random.uniform(-JITTER, JITTER),  # noqa: S311
        )


def new_article(
    feed: Feed, reading: Reading, entry: Entry, keys: EntryKeys, now: datetime, *, is_held: bool = False
) -> NewArticle:
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
        is_held=is_held,
    )


def is_quiet(feed: Feed, reading: Reading) -> bool:
    """Tell whether a poll found a feed that was well exactly as it was."""
    if reading.outcome not in AS_BEFORE or feed.failures or feed.told_as or feed.first_polled_at is None:
        return False
    return reading.validators == feed.validators and reading.moved_to is None and feed.moved_to is None


def _tell(feed: Feed, poll: Poll, new: int, ms: int) -> None:
    turned_bad = poll.outcome is Outcome.HELD or (poll.outcome is Outcome.FAILED and feed.failures == 0)
    recovered = poll.outcome is not Outcome.FAILED and feed.failures > 0
    level = logging.WARNING if turned_bad else logging.INFO if recovered or new else logging.DEBUG
    if not EVENTS.isEnabledFor(level):
        return
    fields: dict[str, object] = {"feed": feed.id, "host": shown_host(feed.url), "outcome": poll.outcome.value}
    fields |= {"new": new, "ms": ms}
    if poll.reason:
        fields["reason"] = poll.reason
    emit("poll", level=level, **fields)
