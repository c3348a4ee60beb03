"""Titles that an outlet uses again and again («Morning briefing»): they say nothing about sameness."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from bot.domain.groups import TitleUse
from bot.domain.models import WorkspaceId

MOST_REPEATS = 5
SHORT_TERMS = 5
FRESH = timedelta(hours=12)
_FRESH = FRESH.total_seconds()
_SWEEP = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Repeat:
    """How often an outlet used a title lately: `is_template` says that it tells nothing by now, `is_worn` that it came
    so often that not even articles with the same text belong together by it.
    """

    digest: int
    is_first: bool
    is_template: bool
    is_worn: bool


class Templates:
    """The titles that each outlet used lately."""

    def __init__(self, kept: timedelta) -> None:
        self._kept = kept.total_seconds()
        # A hundred thousand titles are remembered, nearly all of them used once: only more is counted.
        self._last: dict[int, float] = {}
        self._repeats: dict[int, int] = {}
        self._changed: set[int] = set()
        self._sweep_at: datetime | None = None

    def note(self, scope: WorkspaceId | None, outlet: str, key: str, at: datetime, *, terms: int) -> Repeat:
        """Note a title and tell whether it is a template: used often, or short and used again half a day away.

        An outlet that publishes one article again under another address within hours is not yet a template.
        """
        digest, now = _digest(scope or "", outlet, key), at.timestamp()
        last = self._last.get(digest)
        uses = 0 if last is None else self._repeats.get(digest, 1)
        is_again = last is not None and terms <= SHORT_TERMS and abs(now - last) >= _FRESH
        self._last[digest] = now if last is None else max(last, now)
        if uses:
            self._repeats[digest] = uses + 1
        self._changed.add(digest)
        # Whose title it is must be known: a wire's stands over the copies of many.
        is_worn = uses >= MOST_REPEATS and bool(key and outlet)
        return Repeat(digest, is_first=not uses, is_template=is_worn or is_again or not key, is_worn=is_worn)

    def recall(self, titles: Iterable[TitleUse]) -> None:
        """Take over what was kept of earlier uses."""
        for title in titles:
            self._last[title.digest] = title.last_at.timestamp()
            if title.uses > 1:
                self._repeats[title.digest] = title.uses

    def take_changes(self) -> tuple[TitleUse, ...]:
        """Tell which titles were used since this was asked last."""
        changed, self._changed = self._changed, set()
        return tuple(
            TitleUse(
                digest=digest,
                uses=self._repeats.get(digest, 1),
                last_at=datetime.fromtimestamp(self._last[digest], UTC),
            )
            for digest in sorted(changed)
            if digest in self._last
        )

    def expire(self, now: datetime) -> None:
        """Forget titles not used for a while."""
        if self._sweep_at is not None and now < self._sweep_at:
            return
        self._sweep_at = now + _SWEEP
        oldest = now.timestamp() - self._kept
        self._last = {digest: last for digest, last in self._last.items() if last >= oldest}
        self._repeats = {digest: uses for digest, uses in self._repeats.items() if digest in self._last}


def _digest(*parts: str) -> int:
    hashed = blake2b("\0".join(parts).encode(errors="replace"), digest_size=8).digest()
    return int.from_bytes(hashed, "big", signed=True)
