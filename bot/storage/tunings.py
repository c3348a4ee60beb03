"""Tunings: what a workspace taught, each offered, in force or undone, with who and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import StoryId, WorkspaceId
from bot.domain.tunings import NewTuning, Tuning, TuningId, TuningKind, TuningState
from bot.storage.audit import log_change
from bot.storage.engine import Rows, to_the_end
from bot.storage.rematches import ask_rematch
from bot.storage.tables import audit_log
from bot.storage.topic_tables import tunings

OFFER_KEPT = timedelta(days=30)
WISH = "tuning.wish"
ON, OFF, OFFERED = TuningState.ON.value, TuningState.OFF.value, TuningState.OFFERED.value


class TuningRows(Rows):
    """What workspaces taught. Add a test for each new public method."""

    @to_the_end
    async def offer_tunings(self, offers: Sequence[NewTuning], *, actor: str, now: datetime) -> list[Tuning]:
        """Keep what is offered to somebody, so that a press can name it by number; returns them in order.

        What the workspace has already, in whatever state, is returned as it is.
        """
        async with self.database.write() as db:
            old = delete(tunings).where(tunings.c.state == OFFERED, tunings.c.at < now - OFFER_KEPT)
            await db.execute(old)
            return [await _offer(db, offer, actor, now) for offer in offers]

    async def find_tuning(self, viewer: WorkspaceId, number: int) -> Tuning | None:
        """Find a tuning of the viewer's by its number."""
        mine = select(tunings).where(tunings.c.id == number, tunings.c.workspace == viewer)
        async with self.database.read() as db:
            row = (await db.execute(mine)).one_or_none()
        return None if row is None else _tuning_from(row)

    async def list_tunings(self, viewer: WorkspaceId, kind: TuningKind | None = None) -> list[Tuning]:
        """List what is in force in a workspace, of one kind or of all, the latest first."""
        mine = select(tunings).where(tunings.c.workspace == viewer, tunings.c.state == ON)
        if kind is not None:
            mine = mine.where(tunings.c.kind == kind.value)
        async with self.database.read() as db:
            return [_tuning_from(row) for row in await db.execute(mine.order_by(tunings.c.id.desc()))]

    async def list_all_tunings(self, kind: TuningKind) -> list[Tuning]:
        """List what is in force of a kind in all workspaces: what the matcher needs."""
        async with self.database.read() as db:
            found = await db.execute(select(tunings).where(tunings.c.state == ON, tunings.c.kind == kind.value))
            return [_tuning_from(row) for row in found]

    @to_the_end
    async def set_tuning(self, tuning: Tuning, state: TuningState, *, actor: str, now: datetime) -> bool:
        """Put a tuning in force or undo it; False where it was so already. Its topic's matches are judged anew."""
        changed = update(tunings).where(tunings.c.id == tuning.id, tunings.c.state != state.value)
        async with self.database.write() as db:
            done = await db.execute(changed.values(state=state.value, actor=actor, at=now))
            if done.rowcount == 0:
                return False
            action = "tuning.add" if state is TuningState.ON else "tuning.remove"
            subject = f"{tuning.id} {tuning.kind.value} {tuning.topic_id or ''}"
            await log_change(
                db, at=now, actor=actor, workspace=tuning.workspace, action=action, subject=subject.strip(),
                before={"rule": tuning.rule, "state": tuning.state.value},
            )  # fmt: skip
            if tuning.topic_id is not None:
                await ask_rematch(db, tuning.topic_id, is_overlay=True, now=now)
        return True

    @to_the_end
    async def add_tuning_wish(self, story_id: StoryId, workspace: WorkspaceId, *, actor: str, now: datetime) -> int:
        """Note that somebody who may not change topics finds one wrong of a story; returns how many do."""
        said = select(audit_log.c.actor).where(
            audit_log.c.action == WISH, audit_log.c.subject == str(story_id), audit_log.c.workspace == workspace
        )
        async with self.database.write() as db:
            actors = set((await db.execute(said.distinct())).scalars())
            if actor not in actors:
                await log_change(db, at=now, actor=actor, workspace=workspace, action=WISH, subject=str(story_id))
            return len(actors | {actor})


async def _offer(db: AsyncConnection, offer: NewTuning, actor: str, now: datetime) -> Tuning:
    same = select(tunings).where(
        tunings.c.workspace == offer.workspace,
        tunings.c.kind == offer.kind.value,
        tunings.c.topic_id == offer.topic_id,
        tunings.c.rule == offer.rule,
    )
    row = (await db.execute(same.order_by(tunings.c.id.desc()).limit(1))).one_or_none()
    if row is None:
        values = {
            "workspace": offer.workspace,
            "kind": offer.kind.value,
            "topic_id": offer.topic_id,
            "story_id": offer.story_id,
            "rule": offer.rule,
            "state": OFFERED,
            "actor": actor,
            "at": now,
        }
        row = (await db.execute(insert(tunings).values(**values).returning(tunings))).one()
    return _tuning_from(row)


def _tuning_from(row: Row[Any]) -> Tuning:
    return Tuning(
        id=TuningId(row.id),
        workspace=row.workspace,
        kind=TuningKind(row.kind),
        rule=row.rule,
        topic_id=row.topic_id,
        story_id=row.story_id,
        state=TuningState(row.state),
        actor=row.actor,
        at=row.at,
    )
