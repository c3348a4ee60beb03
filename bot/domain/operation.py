"""What an operator is told of the bot: how much there is and waits, and what a clean-up takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How the database is at one moment; `pending` counts open deliveries by platform."""

    feeds: int
    feeds_failing: int
    ungathered: int
    pending: Mapping[str, int]
    oldest_pending_at: datetime | None
    database_bytes: int
    disk_free_bytes: int
