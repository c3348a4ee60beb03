"""Shares: of what is due, each host gets so much at a time; the rest is due again when its turn will be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.feeds import Feed
from bot.domain.models import FeedId
from bot.domain.urls import shown_host

AHEAD = 2
"""So many times its places may a host have claimed, so that its lane never runs empty."""
FIRST_GUESS = timedelta(seconds=0.5)
LEARNING = 0.2
LEAST_STEP = timedelta(milliseconds=10)
FURTHEST = timedelta(minutes=30)
"""A feed that waits for its host waits no longer than this; then it is looked at anew."""
MOST_HOSTS = 10_000


@dataclass(slots=True, kw_only=True)
class HostShares:
    """Counts what each host is busy with, learns how long it takes, and queues the rest behind that."""

    per_host: int
    pause: timedelta
    _active: Counter[str] = field(default_factory=Counter)
    _usual: dict[str, timedelta] = field(default_factory=dict)
    _free_at: dict[str, datetime] = field(default_factory=dict)

    def split(self, feeds: Iterable[Feed], now: datetime) -> tuple[list[Feed], list[tuple[FeedId, datetime]]]:
        """Take what fits into the hosts' shares; returns it, and when each of the others will have its turn."""
        taken: list[Feed] = []
        later: list[tuple[FeedId, datetime]] = []
        for feed in feeds:
            host = shown_host(feed.url)
            if self._active[host] < self.per_host * AHEAD:
                self._active[host] += 1
                taken.append(feed)
            else:
                later.append((feed.id, self._queue(host, now)))
        return taken, later

    def end(self, feed: Feed, took: timedelta) -> None:
        """Count one request less, and learn from how long it took."""
        host = shown_host(feed.url)
        self._active[host] -= 1
        if self._active[host] <= 0:
            del self._active[host]
        if len(self._usual) > MOST_HOSTS:
            self._usual.clear()
        usual = self._usual.get(host, took)
        self._usual[host] = usual + (took - usual) * LEARNING

    def _queue(self, host: str, now: datetime) -> datetime:
        step = max(self._usual.get(host, FIRST_GUESS) / self.per_host, self.pause, LEAST_STEP)
        if len(self._free_at) > MOST_HOSTS:
            self._free_at = {name: at for name, at in self._free_at.items() if at > now}
        at = min(max(self._free_at.get(host, now), now) + step, now + FURTHEST)
        self._free_at[host] = at
        return at
