"""What is kept of changed articles; see `bot.ports.stores`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.changes import ChangedArticle, JudgedChanges
from bot.domain.models import ArticleId, DevelopmentId, WorkspaceId
from bot.domain.records import ArticleVersion


class ChangeStore(Protocol):
    """Versions of articles that wait to be judged, and the developments among them."""

    async def list_changed(self, limit: int) -> list[ChangedArticle]:
        """List versions of gathered articles that nobody has judged, oldest first, with the wording before them."""

    async def save_changes(self, judged: JudgedChanges, now: datetime) -> None:
        """Write the developments and alerts of changes; the versions judged wait no more."""

    async def list_versions(self, viewer: WorkspaceId, ids: Sequence[ArticleId]) -> list[ArticleVersion]:
        """List what articles said after their first wordings, in feeds that the viewer sees, by article and age."""

    async def list_changes(self, ids: Sequence[DevelopmentId]) -> Mapping[DevelopmentId, tuple[str, str]]:
        """Tell what each of the developments that are changes said before and says now."""
