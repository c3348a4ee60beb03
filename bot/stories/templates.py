"""Titles that an outlet uses again and again («Morning briefing»): they say nothing about sameness."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_REPEATS = 5
SHORT_TERMS = 5
FRESH = timedelta(hours=12)


@dataclass(slots=True)
class _Use:
    count: int
    last_at: datetime


class Templates:
    """The titles each outlet used lately."""

    def __init__(self, kept: timedelta) -> None:
        self._kept = kept
        self._uses: dict[tuple[str, str], _Use] = {}
        self._sweep_at: datetime | None = None

    def note(self, outlet: str, key: str, at: datetime, *, terms: int) -> bool:
        """Note a title and tell whether it is a template: used often, or short and used again half a day away.

        An outlet that publishes one article again under another address within hours is not yet a template.
        """
        use = self._uses.get((outlet, key))
        if use is None:
            self._uses[outlet, key] = _Use(1, at)
            return not key
        is_template = use.count >= MOST_REPEATS or (terms <= SHORT_TERMS and abs(at - use.last_at) >= FRESH)
        use.count += 1
        use.last_at = max(use.last_at, at)
        return is_template or not key

    def expire(self, now: datetime) -> None:
        """Forget titles not used for a while."""
        if self._sweep_at is not None and now < self._sweep_at:
            return
        self._sweep_at = now + timedelta(hours=1)
        self._uses = {name: use for name, use in self._uses.items() if now - use.last_at <= self._kept}
