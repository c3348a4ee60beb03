"""What an operator is told of the bot: how much there is and waits, and what is wrong and what to do."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check found: of what, whether it is in order, what was seen, and for trouble what to do."""

    about: str
    is_trouble: bool
    seen: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailingFeed:
    """A feed whose last polls failed; the host alone stands for its address."""

    host: str
    title: str
    failures: int
    problem: str
    last_success_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """What came since an instant, and when the newest article was seen."""

    articles: int
    total: int
    newest_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """What a clean-up takes or took, and when the oldest of it ended."""

    stories: int
    articles: int
    alerts: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One change: who did what to what, where."""

    at: datetime
    actor: str
    workspace: str
    action: str
    subject: str
