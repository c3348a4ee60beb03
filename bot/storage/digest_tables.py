"""The tables of digests: who wants them when, which were made, who has caught up, and when feeds could be read."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.storage.columns import Instant
from bot.storage.schema import metadata, numbered, parent, partial

digest_plans = Table(
    "digest_plans",
    metadata,
    Column("channel_id", Integer, ForeignKey("channels.id", ondelete="CASCADE"), primary_key=True),
    # A wall time as 08:00, in the channel's zone.
    Column("at", String, nullable=False),
    Column("weekdays", JSON, nullable=False),
    Column("topics", JSON, nullable=False),
    Column("length", Integer, nullable=False),
    Column("is_silent", Boolean, nullable=False),
    # NULL: the next time is to be found anew.
    Column("due_at", Instant),
    Column("lease_until", Instant),
    Column("told_until", Instant),
)

# One for each day of a channel's calendar; those that somebody asked for have no day, and one of them may wait.
digests = Table(
    "digests",
    metadata,
    numbered(),
    parent("channel_id", "channels.id"),
    Column("local_date", String),
    Column("made_at", Instant, nullable=False),
    Column("lease_until", Instant),
    Column("told_at", Instant),
    parent("alert_id", "alerts.id", nullable=True),
    UniqueConstraint("channel_id", "local_date"),
    sqlite_autoincrement=True,
)
partial("uq_digests_waiting", digests.c.channel_id, unique=True, where=text("told_at IS NULL"))
partial("ix_digests_alert_id", digests.c.alert_id, where=text("alert_id IS NOT NULL"))

# Up to when a person has caught up in a channel.
catchups = Table(
    "catchups",
    metadata,
    parent("channel_id", "channels.id"),
    Column("actor", Text, nullable=False),
    Column("until", Instant, nullable=False),
    PrimaryKeyConstraint("channel_id", "actor"),
    sqlite_with_rowid=False,
)

# The spans in which feeds could be read; what lies between them was blind.
reading_spans = Table(
    "reading_spans",
    metadata,
    numbered(),
    Column("began_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
)
