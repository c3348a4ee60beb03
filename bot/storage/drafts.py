"""Drafts of topics: kept a week, so that what somebody typed outlives a press, a restart and a second thought."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from bot.domain.errors import NotFoundError
from bot.domain.models import Sensitivity, WorkspaceId
from bot.domain.tunings import Draft, DraftId, NewDraft
from bot.storage.engine import Rows, to_the_end
from bot.storage.topic_tables import topic_drafts

KEPT = timedelta(days=7)
MOST_KEPT = 200
"""Of a workspace."""


class DraftRows(Rows):
    """Drafts of topics. Add a test for each new public method."""

    @to_the_end
    async def add_draft(self, draft: NewDraft) -> Draft:
        """Keep a draft; those of the workspace that are a week old, or too many, go."""
        values = {
            "workspace": draft.workspace,
            "topic_id": draft.topic_id,
            "name": draft.name,
            "query": draft.query,
            "sensitivity": draft.sensitivity.value,
            "actor": draft.actor,
            "at": draft.at,
        }
        mine = topic_drafts.c.workspace == draft.workspace
        newest = select(topic_drafts.c.id).where(mine).order_by(topic_drafts.c.id.desc()).limit(MOST_KEPT)
        async with self.database.write() as db:
            row = (await db.execute(insert(topic_drafts).values(**values).returning(topic_drafts))).one()
            await db.execute(delete(topic_drafts).where(topic_drafts.c.at < draft.at - KEPT))
            await db.execute(delete(topic_drafts).where(mine, topic_drafts.c.id.not_in(newest)))
        return _draft_from(row)

    async def get_draft(self, viewer: WorkspaceId, number: int) -> Draft:
        """Get a draft of the viewer's by its number; raises NotFoundError."""
        mine = select(topic_drafts).where(topic_drafts.c.id == number, topic_drafts.c.workspace == viewer)
        async with self.database.read() as db:
            row = (await db.execute(mine)).one_or_none()
        if row is None:
            raise NotFoundError(
                f"There is no draft {number} here: it was saved, or is older than {KEPT.days} days. "
                "/news topic add begins a new one."
            )
        return _draft_from(row)

    @to_the_end
    async def save_draft_rate(self, draft_id: DraftId, per_day: float) -> None:
        """Note how many articles a day a draft would match."""
        async with self.database.write() as db:
            await db.execute(update(topic_drafts).where(topic_drafts.c.id == draft_id).values(per_day=per_day))

    @to_the_end
    async def delete_draft(self, draft_id: DraftId) -> None:
        """Forget a draft; nothing where it is gone."""
        async with self.database.write() as db:
            await db.execute(delete(topic_drafts).where(topic_drafts.c.id == draft_id))


def _draft_from(row: Row[Any]) -> Draft:
    return Draft(
        id=row.id,
        workspace=row.workspace,
        topic_id=row.topic_id,
        name=row.name,
        query=row.query,
        sensitivity=Sensitivity(row.sensitivity),
        actor=row.actor,
        at=row.at,
        per_day=row.per_day,
    )
