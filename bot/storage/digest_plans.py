"""When each channel wants its digest: the settings, and the due rows of both planned digests and those asked for."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Row, case, delete, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.digests import DigestPlan
from bot.domain.models import ChannelId, WorkspaceId
from bot.storage.audit import OURSELVES, log_change
from bot.storage.columns import instant
from bot.storage.digest_tables import digest_plans, digests
from bot.storage.engine import Rows, to_the_end
from bot.storage.tables import audit_log, channels

STOPPED = "digest.stop"


class DigestPlanRows(Rows):
    """Plans of digests. Add a test for each new public method."""

    async def find_digest_plan(self, channel_id: ChannelId) -> DigestPlan | None:
        """Find when and of what a channel wants its digest."""
        async with self.database.read() as db:
            found = await db.execute(select(digest_plans).where(digest_plans.c.channel_id == channel_id))
            row = found.one_or_none()
        return None if row is None else plan_from(row)

    @to_the_end
    async def save_digest_plan(self, channel_id: ChannelId, plan: DigestPlan, *, actor: str, now: datetime) -> None:
        """Set a channel's digest; what was told up to now stays known. The next time is found anew."""
        values = plan_values(plan) | {"due_at": None, "lease_until": None}
        saved = upsert(digest_plans).values(channel_id=channel_id, **values)
        async with self.database.write() as db:
            await db.execute(saved.on_conflict_do_update(index_elements=[digest_plans.c.channel_id], set_=values))
            await _log(db, channel_id, actor=actor, now=now, action="digest.change")

    @to_the_end
    async def delete_digest_plan(self, channel_id: ChannelId, *, actor: str, now: datetime) -> bool:
        """End a channel's digest; False where it had none."""
        async with self.database.write() as db:
            gone = delete(digest_plans).where(digest_plans.c.channel_id == channel_id)
            was_there = (await db.execute(gone)).rowcount == 1
            if was_there:
                await _log(db, channel_id, actor=actor, now=now, action="digest.remove")
            return was_there

    @to_the_end
    async def ask_digest(self, channel_id: ChannelId, now: datetime) -> bool:
        """Ask for a digest of a channel as soon as may be; False where one is asked for already."""
        asked = upsert(digests).values(channel_id=channel_id, made_at=now).on_conflict_do_nothing()
        async with self.database.write() as db:
            return (await db.execute(asked)).rowcount == 1

    async def next_digest_due_at(self, now: datetime) -> datetime | None:
        """Tell when the next digest is due or its lease ends; a plan without a time, and what was asked for, is now."""
        planned = select(func.min(_free_at(digest_plans.c.due_at, digest_plans.c.lease_until, now)))
        asked = select(func.min(_free_at(digests.c.made_at, digests.c.lease_until, now)))
        async with self.database.read() as db:
            both = [await db.scalar(planned), await db.scalar(asked.where(digests.c.told_at.is_(None)))]
        return min((at for at in both if at is not None), default=None)


def is_free(lease_until: ColumnElement[Any], now: datetime) -> ColumnElement[bool]:
    """Tell whether nobody holds a row."""
    return or_(lease_until.is_(None), lease_until <= now)


def _free_at(due_at: ColumnElement[Any], lease_until: ColumnElement[Any], now: datetime) -> ColumnElement[Any]:
    due = case((due_at.is_(None), instant(now)), else_=due_at)
    return case((lease_until > due, lease_until), else_=due)


async def plan_anew(db: AsyncConnection, now: datetime, channel_id: ChannelId | None = None) -> None:
    """Let the next time of plans be found anew (of one channel, or all); one that is due already stays so."""
    later = update(digest_plans).where(digest_plans.c.due_at > now)
    here = later if channel_id is None else later.where(digest_plans.c.channel_id == channel_id)
    await db.execute(here.values(due_at=None))


async def stop_plan(db: AsyncConnection, channel_id: ChannelId, workspace: WorkspaceId, now: datetime) -> None:
    """End the digest of a channel that is given up; it is written down, so that it can begin again."""
    gone = delete(digest_plans).where(digest_plans.c.channel_id == channel_id).returning(*digest_plans.c)
    row = (await db.execute(gone)).one_or_none()
    if row is not None:
        before = plan_values(plan_from(row))
        subject = str(channel_id)
        await log_change(
            db, at=now, actor=OURSELVES, workspace=workspace, action=STOPPED, subject=subject, before=before
        )


async def resume_plan(db: AsyncConnection, channel_id: ChannelId, workspace: WorkspaceId, now: datetime) -> None:
    """Begin again the digest that `stop_plan` ended, unless somebody changed or ended it since."""
    subject = str(channel_id)
    last = select(audit_log.c.action, audit_log.c.before).where(
        audit_log.c.subject == subject, audit_log.c.action.like("digest.%")
    )
    row = (await db.execute(last.order_by(audit_log.c.id.desc()).limit(1))).one_or_none()
    if row is not None and row.action == STOPPED:
        await db.execute(upsert(digest_plans).values(channel_id=channel_id, **row.before))
        await log_change(db, at=now, actor=OURSELVES, workspace=workspace, action="digest.resume", subject=subject)


PLAN: tuple[ColumnElement[Any], ...] = tuple(c for c in digest_plans.c if c.name != "channel_id")
"""The columns that `plan_from` reads, to stand beside a channel's."""


def plan_from(row: Row[Any]) -> DigestPlan:
    """Read a row of `digest_plans`."""
    return DigestPlan(
        at=time.fromisoformat(row.at),
        weekdays=tuple(row.weekdays),
        topics=tuple(row.topics),
        length=row.length,
        is_silent=row.is_silent,
    )


def plan_values(plan: DigestPlan) -> dict[str, Any]:
    """Give the columns of `digest_plans` that can be chosen."""
    return {
        "at": f"{plan.at:%H:%M}",
        "weekdays": list(plan.weekdays),
        "topics": list(plan.topics),
        "length": plan.length,
        "is_silent": plan.is_silent,
    }


async def _log(db: AsyncConnection, channel_id: ChannelId, *, actor: str, now: datetime, action: str) -> None:
    workspace = await db.scalar(select(channels.c.workspace).where(channels.c.id == channel_id))
    await log_change(
        db, at=now, actor=actor, workspace=WorkspaceId(workspace or ""), action=action, subject=str(channel_id)
    )
