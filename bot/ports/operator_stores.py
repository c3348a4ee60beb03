"""What the operator asks of what is kept, across all workspaces: no command of a chat reaches these."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.models import Place
from bot.domain.operation import FailingFeed, Growth, Measured


class OperatorStore(Protocol):
    """Reads and clean-ups of the whole database."""

    async def measure(self) -> Measured:
        """Count what waits and how large the file is; cheap enough to be asked every few seconds."""

    async def measure_growth(self, since: datetime) -> Growth:
        """Count the articles seen since then, and all."""

    async def list_failing_feeds(self) -> list[FailingFeed]:
        """List the feeds whose last poll failed, the longest failing first."""

    async def list_told_places(self) -> list[Place]:
        """List the places that are told anything: those with a subscription or a followed story."""
