"""What sites ask of robots (RFC 9309): asked once a day for each site, obeyed before a page is fetched."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from protego import Protego

from bot.domain.errors import TopicwireError
from bot.domain.troubles import Trouble
from bot.feeds.download import RefusedError

AGENT = "Topicwire"
KEPT = timedelta(days=1)
"""RFC 9309 section 2.4: no longer than 24 hours."""
KEPT_FAILURE = timedelta(minutes=10)
MOST_KEPT = 500
MAX_BYTES = 500 * 1024
"""Section 2.5: at least so much must be read."""
_NOT_THERE = {Trouble.LOGIN, Trouble.REFUSED, Trouble.MISSING, Trouble.GONE, Trouble.STATUS}
"""Section 2.3.1.3: a site that has no robots.txt to give may be read; one that fails may not, for now."""
FetchText = Callable[[str, int], Awaitable[bytes]]


class RobotsRefusedError(TopicwireError):
    """The site asks robots not to read this page, or cannot say so now."""


@dataclass(frozen=True, slots=True)
class _Rules:
    until: datetime
    rules: Protego | None
    is_open: bool = False


class Robots:
    """Rules by site; `fetch` gets a document of at most so many bytes, and raises RefusedError or what the web does."""

    def __init__(self, fetch: FetchText, clock: Callable[[], datetime]) -> None:
        self._fetch, self._clock = fetch, clock
        self._sites: OrderedDict[str, asyncio.Task[_Rules]] = OrderedDict()

    async def check(self, url: str) -> None:
        """Raise RobotsRefusedError where the page's site asks robots not to read it."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        rules = await self._find(site)
        if rules.rules is None and not rules.is_open:
            raise RobotsRefusedError("its site's robots.txt cannot be read now")
        if rules.rules is not None and not rules.rules.can_fetch(url, AGENT):
            raise RobotsRefusedError("its site asks robots not to read it (robots.txt)")

    async def _find(self, site: str) -> _Rules:
        asking = self._sites.get(site)
        if asking is None or (asking.done() and _has_ended(asking, self._clock())):
            asking = asyncio.create_task(self._ask(site))
            self._sites[site] = asking
        self._sites.move_to_end(site)
        while len(self._sites) > MOST_KEPT:
            self._sites.popitem(last=False)
        return await asyncio.shield(asking)

    async def _ask(self, site: str) -> _Rules:
        now = self._clock()
        try:
            body = await self._fetch(f"{site}/robots.txt", MAX_BYTES)
            return _Rules(now + KEPT, Protego.parse(body.decode("utf-8", "replace")))
        except RefusedError as refused:
            is_open = refused.trouble in _NOT_THERE
            return _Rules(now + (KEPT if is_open else KEPT_FAILURE), None, is_open)
        except Exception:  # noqa: BLE001 - whatever a site or its text provokes means that its wishes are not known
            return _Rules(now + KEPT_FAILURE, None)


def _has_ended(asking: asyncio.Task[_Rules], now: datetime) -> bool:
    return asking.cancelled() or asking.exception() is not None or asking.result().until <= now
