"""What pages ask of the store beyond what commands do."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.alerts import AlertKind, Delivery
from bot.domain.judgements import Judged, Lag, Undelivered
from bot.domain.models import TopicId, WorkspaceId


class PageStore(Protocol):
    """Judgements, the outbox as the operator sees it, and the secret behind story links."""

    async def make_secret(self, name: str) -> bytes:
        """Return the secret of a name, 32 bytes that are made the first time and kept."""

    async def list_secrets(self, beginning: str) -> dict[str, bytes]:
        """Return the secrets whose names begin so."""

    async def renew_secret(self, name: str, *, workspace: WorkspaceId, actor: str, now: datetime) -> None:
        """Replace a secret of a workspace, or make it, and write that into the audit log."""

    async def count_judged(self, viewer: WorkspaceId, topic: TopicId, *, since: datetime) -> Judged:
        """Count the stories of a topic that the viewer was told since then, and those called wrong there."""

    async def find_last_told(self, viewer: WorkspaceId, kind: AlertKind) -> tuple[Delivery, datetime] | None:
        """Find the last delivery of a kind that reached a channel of the viewer's, and when it did."""

    async def list_undelivered(self, limit: int) -> list[Undelivered]:
        """List what was given up and what waits, of all workspaces, failed ones first, then the oldest."""

    async def measure_lag(self, *, since: datetime) -> Lag:
        """Measure how long posts took since then, from the decision to the platform's answer."""
