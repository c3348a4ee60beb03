"""The pace that Slack asks for: one message a second in a channel, and nothing until a Retry-After has passed.

https://docs.slack.dev/apis/web-api/rate-limits
"""

from __future__ import annotations

from datetime import timedelta

from bot.domain.errors import RetryLaterError

UNSAID = timedelta(seconds=1)
PATIENCE = timedelta(seconds=2)
_MANY = 1000


class Pace:
    """When the next message may go where; instants are seconds of any steady clock, handed in."""

    def __init__(self, gap: timedelta) -> None:
        self._gap = gap
        self._next: dict[str, float] = {}
        self._held_until = 0.0

    def reserve(self, channel: str, now: float) -> timedelta:
        """Take the channel's next turn and return how long to wait for it.

        Raises RetryLaterError where that is longer than a sender should stand in line for; no turn is taken then.
        """
        turn = max(now, self._held_until, self._next.get(channel, now))
        wait = timedelta(seconds=turn - now)
        if wait > PATIENCE:
            raise RetryLaterError(f"Slack channel {channel} has no turn yet", retry_after=wait)
        if len(self._next) > _MANY:
            self._next = {name: at for name, at in self._next.items() if at > now}
        self._next[channel] = turn + self._gap.total_seconds()
        return wait

    def hold(self, pause: timedelta | None, now: float) -> None:
        """Let nothing go for as long as Slack asked (one second where it did not say)."""
        self._held_until = max(self._held_until, now + (pause or UNSAID).total_seconds())
