"""How often a topic was right, what was not delivered, and how long telling takes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, func, select, union

from bot.domain.alerts import Action, AlertKind, Delivery, DeliveryStatus
from bot.domain.judgements import Judged, Lag, Undelivered
from bot.domain.models import Place, TopicId, WorkspaceId
from bot.storage.engine import Rows
from bot.storage.rows import DELIVERY, delivery_from
from bot.storage.sight import threshold
from bot.storage.tables import CLOSED_AS_FAILED, OPEN, alerts, audit_log, channels, deliveries, story_topics, topics
from bot.storage.topic_tables import tunings
from bot.storage.tunings import WISH

MOST_MEASURED = 2_000
_TOLD = (DeliveryStatus.DONE.value, DeliveryStatus.FOLDED.value)


class JudgementRows(Rows):
    """Judgements. Add a test for each new public method."""

    async def count_judged(self, viewer: WorkspaceId, topic: TopicId, *, since: datetime) -> Judged:
        """Count the stories of a topic that the viewer was told since then, and those called wrong there.

        A wish names no topic: it counts for every topic of its story.
        """
        told = _told(viewer, topic, since).subquery()
        wished = select(audit_log.c.subject).where(audit_log.c.action == WISH, audit_log.c.workspace == viewer)
        taught = select(cast(tunings.c.story_id, String)).where(
            tunings.c.workspace == viewer, tunings.c.topic_id == topic, tunings.c.story_id.is_not(None)
        )
        wrong = case((cast(told.c.story_id, String).in_(union(wished, taught)), 1), else_=0)
        async with self.database.read() as db:
            row = (await db.execute(select(func.count(), func.coalesce(func.sum(wrong), 0)).select_from(told))).one()
        return Judged(told=row[0], wrong=row[1])

    async def find_last_told(self, viewer: WorkspaceId, kind: AlertKind) -> tuple[Delivery, datetime] | None:
        """Find the last delivery of a kind that reached a channel of the viewer's, and when it did."""
        columns: list[ColumnElement[Any]] = [*DELIVERY, deliveries.c.closed_at]
        last = (
            select(*columns)
            .join(alerts, alerts.c.id == deliveries.c.alert_id)
            .join(channels, channels.c.id == deliveries.c.channel_id)
            .where(
                channels.c.workspace == viewer, alerts.c.kind == kind.value,
                deliveries.c.status == DeliveryStatus.DONE.value,
            )
            .order_by(deliveries.c.id.desc())
            .limit(1)
        )  # fmt: skip
        async with self.database.read() as db:
            row = (await db.execute(last)).one_or_none()
        return None if row is None else (delivery_from(row), row.closed_at)

    async def list_undelivered(self, limit: int) -> list[Undelivered]:
        """List what was given up and what waits, of all workspaces, failed ones first, then the oldest."""
        found = (
            select(deliveries, alerts.c.kind, alerts.c.created_at, channels.c.platform, channels.c.workspace,
                   channels.c.channel)
            .join(alerts, alerts.c.id == deliveries.c.alert_id)
            .join(channels, channels.c.id == deliveries.c.channel_id)
        )  # fmt: skip
        async with self.database.read() as db:
            failed = (
                await db.execute(found.where(CLOSED_AS_FAILED).order_by(deliveries.c.id.desc()).limit(limit))
            ).all()
            room = limit - len(failed)
            waiting = (await db.execute(found.where(OPEN).order_by(deliveries.c.id).limit(room))).all() if room else []
        return [
            Undelivered(
                id=row.id,
                place=Place(platform=row.platform, workspace=row.workspace, channel=row.channel),
                kind=AlertKind(row.kind),
                action=Action(row.action),
                status=DeliveryStatus(row.status),
                attempts=row.attempts,
                reason=row.reason,
                created_at=row.created_at,
                next_attempt_at=row.next_attempt_at,
                story_id=row.story_id,
            )
            for row in (*failed, *waiting)
        ]

    async def measure_lag(self, *, since: datetime) -> Lag:
        """Measure how long posts took since then, from the decision to the platform's answer."""
        taken = (
            select(alerts.c.created_at, deliveries.c.closed_at)
            .join(alerts, alerts.c.id == deliveries.c.alert_id)
            .where(deliveries.c.status == DeliveryStatus.DONE.value, deliveries.c.action == Action.POST.value,
                   deliveries.c.closed_at >= since)
            .order_by(deliveries.c.id.desc())
            .limit(MOST_MEASURED)
        )  # fmt: skip
        async with self.database.read() as db:
            spans = sorted(row.closed_at - row.created_at for row in await db.execute(taken))
        if not spans:
            return Lag(messages=0)
        late = spans[min(len(spans) * 19 // 20, len(spans) - 1)]
        return Lag(messages=len(spans), middle=max(spans[len(spans) // 2], timedelta()), slowest_twentieth=late)


def _told(viewer: WorkspaceId, topic: TopicId, since: datetime) -> Select[tuple[int]]:
    """Select the stories of a topic that some channel of the viewer's was told."""
    return (
        select(deliveries.c.story_id)
        .join(channels, channels.c.id == deliveries.c.channel_id)
        .join(story_topics, story_topics.c.story_id == deliveries.c.story_id)
        .join(topics, topics.c.id == story_topics.c.topic_id)
        .where(
            channels.c.workspace == viewer,
            deliveries.c.action == Action.POST.value,
            deliveries.c.status.in_(_TOLD),
            deliveries.c.closed_at >= since,
            story_topics.c.topic_id == topic,
            story_topics.c.score >= threshold(),
        )
        .distinct()
    )
