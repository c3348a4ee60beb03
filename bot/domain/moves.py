"""When a feed's address is changed for the one that its server keeps sending us to."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.domain.feeds import Feed

MOVES = 3
"""So many polls in a row must have been sent on for good (301, 308) to the same address, and been answered there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where permanent redirects lead, how many polls in a row saw that, and whether the feed moves there now."""

    url: str | None = None
    times: int = 0
    is_final: bool = False


def decide_move(feed: Feed, moved_to: str | None, *, failed: bool) -> Move:
    """Count one more poll that was sent on; a failed one tells nothing.

    A feed with credentials never moves, for they belong to its address; none moves to an address that holds a login.
    """
    if failed:
        return Move(url=feed.moved_to, times=feed.moved_times)
    if moved_to is None or moved_to == feed.url:
        return Move()
    times = feed.moved_times + 1 if moved_to == feed.moved_to else 1
    return Move(url=moved_to, times=times, is_final=times % MOVES == 0 and _may_move(feed, moved_to))


def _may_move(feed: Feed, moved_to: str) -> bool:
    parts = urlsplit(moved_to)
    return feed.scope is None and parts.username is None and parts.password is None
