"""The tables of feeds: state and care, what people are to be told, what a document held, and who uses one."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)  # fmt: skip

from bot.storage.care import care_columns
from bot.storage.columns import Instant, Scope, Span
from bot.storage.schema import metadata, numbered, parent, partial

feeds = Table(
    "feeds",
    metadata,
    numbered(),
    Column("url", Text, nullable=False),
    Column("scope", Scope, nullable=False),
    Column("title", Text, nullable=False),
    Column("language", String),
    Column("interval", Span, nullable=False),
    Column("next_check_at", Instant, nullable=False),
    # When a claim may take it: next_check_at, or the end of a lease, or NULL where nobody uses the feed.
    Column("due_at", Instant),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", LargeBinary),
    Column("failures", Integer, nullable=False, default=0),
    Column("first_polled_at", Instant),
    Column("last_success_at", Instant),
    Column("outcome", String),
    Column("problem", Text, nullable=False, default=""),
    Column("is_declared", Boolean, nullable=False, default=False),
    Column("articles", Integer, nullable=False, default=0),
    *care_columns(),
    UniqueConstraint("scope", "url"),
    sqlite_autoincrement=True,
)
partial("ix_feeds_due_at", feeds.c.due_at, where=text("due_at IS NOT NULL"))

# What people are to be told of feeds, written with the poll that decides it.
feed_news = Table(
    "feed_news",
    metadata,
    numbered(),
    parent("feed_id", "feeds.id"),
    Column("what", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("told_at", Instant),
    Index("ix_feed_news_feed_id", "feed_id"),
    Index("ix_feed_news_told_at", "told_at"),
    sqlite_autoincrement=True,
)
partial("ix_feed_news_untold", feed_news.c.id, where=text("told_at IS NULL"))

# Apart from `feeds`, whose rows every poll writes: this changes only when a document does.
feed_items = Table(
    "feed_items",
    metadata,
    Column("feed_id", ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    Column("seen", LargeBinary, nullable=False),
)

feed_uses = Table(
    "feed_uses",
    metadata,
    Column("workspace", String, nullable=False),
    parent("feed_id", "feeds.id"),
    Column("tags", JSON, nullable=False, server_default="[]"),
    PrimaryKeyConstraint("feed_id", "workspace"),
    Index("ix_feed_uses_workspace", "workspace"),
    sqlite_with_rowid=False,
)
