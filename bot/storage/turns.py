"""Whose turn it is in the outbox: order within a channel, fairness between workspaces.

Of a channel the oldest open delivery may leave. While that is a post which is held, what needs no new post may pass it:
edits and replies of stories that are posted, and messages of no story; each story's own order stays.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, case, exists, func, or_, select
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.selectable import FromClause

from bot.domain.alerts import Action, DeliveryStatus
from bot.domain.models import WorkspaceId
from bot.storage.rows import DELIVERY
from bot.storage.tables import OPEN, alerts, channels, deliveries

PENDING, SENDING = DeliveryStatus.PENDING.value, DeliveryStatus.SENDING.value
POST = Action.POST.value


def select_due(now: datetime, limit: int, platform: str | None, full: Collection[WorkspaceId]) -> Select[Any]:
    """Select the deliveries that may be claimed: workspaces in turn, within each what is unsure first, then by time.

    `platform` None stands for all; the workspaces in `full` are passed by.
    """
    is_free = or_(deliveries.c.lease_until.is_(None), deliveries.c.lease_until <= now)
    within = (deliveries.c.status != SENDING, deliveries.c.next_attempt_at, deliveries.c.id)
    turn = func.row_number().over(partition_by=channels.c.workspace, order_by=within).label("turn")
    ready = (
        select(deliveries.c.id, turn)
        .join(channels, channels.c.id == deliveries.c.channel_id)
        .where(deliveries.c.id.in_(heads()), deliveries.c.next_attempt_at <= now, is_free, *_of(platform, full))
        .subquery("ready")
    )
    return (
        select(*DELIVERY)
        .join_from(ready, deliveries, deliveries.c.id == ready.c.id)
        .join(alerts, alerts.c.id == deliveries.c.alert_id)
        .join(channels, channels.c.id == deliveries.c.channel_id)
        .order_by(ready.c.turn, deliveries.c.next_attempt_at, deliveries.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=deliveries)
    )


def select_next_due(platform: str | None, full: Collection[WorkspaceId]) -> Select[Any]:
    """Select the instant at which the next delivery may be claimed."""
    later = deliveries.c.lease_until > deliveries.c.next_attempt_at
    turn = case((later, deliveries.c.lease_until), else_=deliveries.c.next_attempt_at)
    return (
        select(func.min(turn))
        .join_from(deliveries, channels, channels.c.id == deliveries.c.channel_id)
        .where(deliveries.c.id.in_(heads()), *_of(platform, full))
    )


@cache
def heads() -> Select[Any]:
    """Select the deliveries whose turn it is, stepping from channel to channel along the index.

    The steps cost as many look-ups as there are channels with something open, however long their queues are; only where
    a post is held its channel's queue is walked.
    """
    first = select(func.min(deliveries.c.channel_id).label("channel_id")).where(OPEN)
    busy = first.cte("busy", recursive=True)
    later, oldest = deliveries.alias("later"), deliveries.alias("oldest")
    following = (
        select(func.min(later.c.channel_id)).where(OPEN, later.c.channel_id > busy.c.channel_id).scalar_subquery()
    )
    busy = busy.union_all(select(following).where(busy.c.channel_id.is_not(None)))
    head = select(func.min(oldest.c.id)).where(OPEN, oldest.c.channel_id == busy.c.channel_id).scalar_subquery()
    first_open = select(head.label("id")).select_from(busy).where(busy.c.channel_id.is_not(None)).cte("first_open")
    held = deliveries.alias("held")
    passing = (
        select(_passing(held))
        .join_from(first_open, held, held.c.id == first_open.c.id)
        .join(alerts, alerts.c.id == held.c.alert_id)
        .where(is_held(held))
    )
    return select(first_open.c.id).union_all(passing)  # type: ignore[return-value]


def is_held(row: FromClause) -> ColumnElement[bool]:
    """Tell whether a delivery (beside its alert) is a post that was held and not tried since."""
    return and_(
        row.c.action == POST,
        row.c.status == PENDING,
        row.c.attempts == 0,
        row.c.next_attempt_at > alerts.c.created_at,
    )


def _passing(held: FromClause) -> Any:
    """Find the oldest delivery that may pass a channel's held post."""
    later, post = deliveries.alias("passing"), deliveries.alias("its_post")
    waits = exists(
        select(post.c.id).where(
            _is_open_post(post), post.c.story_id == later.c.story_id, post.c.channel_id == later.c.channel_id
        )
    )
    return (
        select(later.c.id)
        .where(
            OPEN,
            later.c.channel_id == held.c.channel_id,
            later.c.id > held.c.id,
            or_(later.c.story_id.is_(None), and_(later.c.action != POST, ~waits)),
        )
        .order_by(later.c.id)
        .limit(1)
        .correlate(held)
        .scalar_subquery()
    )


def _is_open_post(row: FromClause) -> ColumnElement[bool]:
    return and_(row.c.action == POST, row.c.status.in_((PENDING, SENDING)))


def _of(platform: str | None, full: Collection[WorkspaceId]) -> list[ColumnElement[bool]]:
    wanted = [] if platform is None else [channels.c.platform == platform]
    return [*wanted, channels.c.workspace.not_in(sorted(full))] if full else wanted
