"""Titles that an outlet uses again and again («Morning briefing»): they say nothing about sameness."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import blake2b

from bot.domain.groups import TitleUse
from bot.domain.models import WorkspaceId

MOST_REPEATS = 5
SHORT_TERMS = 5
FRESH = timedelta(hours=12)
_SWEEP = timedelta(hours=1)


class Templates:
    """The titles that each outlet used lately."""

    def __init__(self, kept: timedelta) -> None:
        self._kept = kept
        self._uses: dict[int, tuple[int, datetime]] = {}
        self._changed: set[int] = set()
        self._sweep_at: datetime | None = None

    def note(self, scope: WorkspaceId | None, outlet: str, key: str, at: datetime, *, terms: int) -> bool:
        """Note a title and tell whether it is a template: used often, or short and used again half a day away.

        An outlet that publishes one article again under another address within hours is not yet a template.
        """
        digest = _digest(scope or "", outlet, key)
        uses, last_at = self._uses.get(digest, (0, at))
        is_template = uses >= MOST_REPEATS or (uses > 0 and terms <= SHORT_TERMS and abs(at - last_at) >= FRESH)
        self._uses[digest] = (uses + 1, max(last_at, at))
        self._changed.add(digest)
        return is_template or not key

    def recall(self, titles: Iterable[TitleUse]) -> None:
        """Take over what was kept of earlier uses."""
        self._uses |= {title.digest: (title.uses, title.last_at) for title in titles}

    def take_changes(self) -> tuple[TitleUse, ...]:
        """Tell which titles were used since this was asked last."""
        changed, self._changed = self._changed, set()
        found = ((digest, self._uses.get(digest)) for digest in sorted(changed))
        return tuple(TitleUse(digest=d, uses=use[0], last_at=use[1]) for d, use in found if use is not None)

    def expire(self, now: datetime) -> None:
        """Forget titles not used for a while."""
        if self._sweep_at is not None and now < self._sweep_at:
            return
        self._sweep_at = now + _SWEEP
        self._uses = {digest: use for digest, use in self._uses.items() if now - use[1] <= self._kept}


def _digest(*parts: str) -> int:
    hashed = blake2b("\0".join(parts).encode(errors="replace"), digest_size=8).digest()
    return int.from_bytes(hashed, "big", signed=True)
