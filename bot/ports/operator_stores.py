"""What the operator asks of what is kept, across all workspaces: no command of a chat reaches these."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NoReturn, Protocol

from bot.domain.models import Place, WorkspaceId
from bot.domain.operation import AuditLine, Cleaned, FailingFeed, Growth, Measured


class OperatorStore(Protocol):
    """Reads and clean-ups of the whole database."""

    async def wait_for_damage(self) -> NoReturn:
        """Wait until the database proves to be damaged, and raise DamagedError with the way to restore."""

    async def measure(self) -> Measured:
        """Count what waits and how large the file is; cheap enough to be asked every few seconds."""

    async def measure_growth(self, since: datetime) -> Growth:
        """Count the articles seen since then, and all."""

    async def list_failing_feeds(self) -> list[FailingFeed]:
        """List the feeds whose last poll failed, the longest failing first."""

    async def list_told_places(self) -> list[Place]:
        """List the places that are told anything: those with a subscription, a followed story or a digest."""

    async def preview_clean(self, before: datetime) -> Cleaned:
        """Count what `clean` would take of what ended before then."""

    async def clean(self, before: datetime, most: int) -> Cleaned:
        """Take out at most so many stories that ended before then, the oldest first; never followed ones.

        What waits to be told of a story keeps it as well.
        """

    async def list_audit(self, workspace: WorkspaceId | None, since: datetime, limit: int) -> list[AuditLine]:
        """List who changed what, the newest first, in one workspace or (None) in all."""

    async def forget_person(self, actor: str, direct: Sequence[str] = ()) -> int:
        """Erase a person's id wherever it stands, and their channels of direct messages with all that these watch.

        Returns how many rows were touched.
        """
